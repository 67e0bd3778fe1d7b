"""A step that fails or takes too long is named, and what it started ends with it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from recommender.start import proof
from recommender.start.proof import TimedStep, UnprovedError, _take, account, prove


def test_a_failed_step_is_told_by_its_last_words(tmp_path):
    words = [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"]
    with pytest.raises(UnprovedError, match="the step `run` failed here: “the reason”"):
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
    text = account([TimedStep("run", 1.5)], {"rows": 32}, "the phone")
    assert "| run | 1.5 |" in text
    assert "rows 32" in text
    assert "Not done here: the phone." in text
    assert "Nothing was run" in account([], {}, "")


def test_the_account_is_in_the_words_it_is_given():
    said = {"run": "运行", "rows": "行数", ", ": "、", "Compared: {figures}.": "比较：{figures}。"}
    text = account(
        [TimedStep("run", 1.5)],
        {"rows": 32, "other": 1},
        "",
        lambda key, **values: said.get(key, key).format(**values),
    )
    assert "| 运行 | 1.5 |" in text
    assert "比较：行数 32、other 1。" in text


@pytest.mark.parametrize("uv", ["", "/bin/uv"])
def test_the_environment_is_made_by_uv_where_uv_locked(tmp_path, monkeypatch, uv):
    taken = []

    def take(name, words, *_):
        taken.append((name, words))
        (tmp_path / "out").mkdir(exist_ok=True)
        (tmp_path / "out" / "compared.json").write_text('{"rows": 32}')
        for place in ("", "tests", ".venv"):
            (tmp_path / place / "__pycache__").mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(proof, "_take", take)
    steps, compared = prove(tmp_path, Path(sys.executable), lambda _: None, uv=uv)
    assert [step.name for step in steps] == [
        "environment",
        "install",
        "train",
        "export",
        "run",
        "test",
    ]
    assert compared == {"rows": 32}
    for name, words in taken[:2]:
        assert (words[0] == uv) == bool(uv), name
    assert taken[1][1][-3:] == ["--no-deps", "-r", "requirements.txt"]
    left = [path.parent for path in tmp_path.rglob("__pycache__")]
    assert left == [tmp_path / ".venv"], "what was compiled stays in the environment alone"
