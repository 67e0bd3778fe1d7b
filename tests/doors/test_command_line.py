"""Every line is read by click, which is given what it needs to know."""

import subprocess
import sys

import pytest

from recommender.cli import run
from recommender.cli._commands import recommender as commands
from tests.conftest import ROOT


@pytest.mark.parametrize("line", [["score", "*.yaml"], ["next", "x.yaml"]])
def test_click_takes_the_words_of_the_process_by_itself(monkeypatch, line):
    # Only then does it write out patterns where no shell does.
    taken = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "argv", ["recommender", *line])
    monkeypatch.setattr(commands, "main", lambda args, **_: taken.append(args))
    assert run() == run(line) == 0
    assert taken == [None, line]


def test_an_interrupt_ends_the_line_that_shows_it():
    code = (
        "import recommender.cli.score as p, sys\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "p._refuse_repeats = stop\n"
        "from recommender.cli import run\n"
        "sys.exit(run(['score', 'a.yaml']))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (ran.returncode, ran.stderr) == (130, "\nstopped\n")
