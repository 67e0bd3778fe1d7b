"""What a terminal is shown while something long is done."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

import pytest

from recommender.cli._progress import counted, progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")


def test_a_terminal_sees_how_much_is_done_and_what_by_its_very_name():
    with redirect_stderr(Terminal()) as seen, progress("Asking", 4) as show:
        told = counted(show)
        told("torch")
        told("tensorflow[and-cuda]")
    assert "50%" in seen.getvalue()
    assert "tensorflow[and-cuda]" in seen.getvalue()


def test_without_a_total_no_share_is_shown():
    with redirect_stderr(Terminal()) as seen, progress("looking around", None) as show:
        show(1, "1 done; waiting")
    assert "1 done; waiting" in seen.getvalue()
    assert "%" not in seen.getvalue()


def test_a_pipe_gets_nothing():
    with redirect_stderr(io.StringIO()) as seen, progress("Scanning") as show:
        show(0.5)
        show(1, "done")
    assert seen.getvalue() == ""
