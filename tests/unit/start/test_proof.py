"""A step that fails or takes too long is named, and what it started ends with it."""

from __future__ import annotations

import sys
import time

import pytest

from recommender.start.proof import Step, UnprovedError, _take, account


def test_a_failed_step_is_told_by_its_last_words(tmp_path):
    words = [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"]
    with pytest.raises(UnprovedError, match="the step `run` failed here: the reason"):
        _take("run", words, tmp_path, 30)


def test_a_step_that_takes_too_long_is_stopped_with_its_children(tmp_path):
    child = f"open({str(tmp_path / 'late')!r}, 'w')"
    code = (
        "import subprocess, sys, time;"
        f"subprocess.Popen([sys.executable, '-c', \"import time; time.sleep(3); {child}\"]);"
        "time.sleep(60)"
    )
    with pytest.raises(UnprovedError, match="was stopped"):
        _take("train", [sys.executable, "-c", code], tmp_path, 1)
    time.sleep(3)
    assert not (tmp_path / "late").exists()


def test_a_step_sees_nothing_of_our_own_path(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    code = "import os, sys; sys.exit('PYTHONPATH' in os.environ)"
    _take("run", [sys.executable, "-c", code], tmp_path, 30)


def test_the_account_says_what_was_done_and_what_not():
    text = account([Step("run", 1.5)], {"rows": 32}, "the phone")
    assert "| run | 1.5 |" in text
    assert "rows 32" in text
    assert "Not done here: the phone." in text
    assert "Nothing was run" in account([], {}, "")
