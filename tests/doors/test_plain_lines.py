"""A plain command line means the same whether click reads it or not."""

import subprocess
import sys

import click
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recommender.cli import _plain, run
from recommender.cli._advice import OPTIONS
from recommender.cli._commands import recommender as commands
from recommender.cli.score import command
from tests.conftest import ROOT
from tests.doors.command import TOY, recommender

NAMES = [name for option in OPTIONS for name in option.names]
VALUES = [
    "a.yaml", "-", "", "json", "0", "7", "007", "-1", "1_000", " 3", "٣", "1e3", "99999999999999999999", "2026-11-23",
    "20261123", "2026-W47-1", "2026-13-01", "today", "--", "--help", "-h", "-vv", "-vx", "-f", "--verbose=1", "--forma",
    "--format=", "--format=json", "--samples=5", "--samples=-5", "--seed=x", "-v=", "--with=tea=coffee", "--as-of=2026-11-23",
    "--lens", "--=", "=", "é", "\udcff", "a b", "*",
]  # fmt: skip
PARENT = click.Context(commands, help_option_names=["-h", "--help"])
lines = st.lists(st.sampled_from([*NAMES, *VALUES]) | st.text(max_size=5), max_size=7)


@settings(max_examples=2000)
@given(lines)
@example(["a.yaml", "--rules", "x", "--rules=y", "-v", "--force", "--seed", "3"])
@example(["--format", "text", "--format", "json", "a.yaml", "b.yaml"])
def test_what_is_plain_is_what_click_reads(line):
    found = _plain.read(line, OPTIONS)
    try:
        context = command.make_context("score", list(line), parent=PARENT)
    except (click.ClickException, click.exceptions.Exit):
        assert found is None, "click has something to say of it"
        return
    if found is not None:
        files, given_ = found
        assert {"files": files, **given_} == context.params


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.parameter)
def test_every_option_is_plain(option):
    value = {"text": ["x"], "number": ["5"], "day": ["2026-11-23"], "nothing": []}[option.takes]
    for name in option.names:
        _, given_ = _plain.read(["a.yaml", name, *value], OPTIONS)
        assert given_[option.parameter] != option.unset


def test_the_same_is_written_either_way(monkeypatch):
    owl = "tests/toy/examples/night-owl.yaml"
    line = ("score", owl, "--rules", TOY, "--samples", "50", "--as-of=2026-11-23")
    plainly = recommender(*line)
    monkeypatch.setattr("recommender.cli.plain", lambda _: None)
    assert plainly == recommender(*line)
    assert plainly.code == 0
    assert plainly.out


def test_completion_is_for_click(monkeypatch):
    assert _plain.plain(["score", "a.yaml"]) is not None
    monkeypatch.setenv("_RECOMMENDER_COMPLETE", "bash_complete")
    assert _plain.plain(["score", "a.yaml"]) is None


def test_so_is_every_line_where_it_stands_in_for_the_shell(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert _plain.plain(["score", "*.yaml"]) is None


@pytest.mark.parametrize("line", [["score", "*.yaml"], ["next", "x.yaml"]])
def test_click_takes_the_words_of_the_process_by_itself(monkeypatch, line):
    # Only then does it write out patterns where no shell does.
    taken = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "argv", ["recommender", *line])
    monkeypatch.setattr(commands, "main", lambda args, **_: taken.append(args))
    assert run() == run(line) == 0
    assert taken == [None, line]


def test_other_commands_are_for_click():
    assert _plain.plain([]) is _plain.plain(["ask"]) is _plain.plain(["--version"]) is None


def test_an_interrupt_ends_the_line_that_shows_it():
    code = (
        "import recommender.cli._projects as p, sys\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "p._refuse_repeats = stop\n"
        "from recommender.cli import run\n"
        "sys.exit(run(['score', 'a.yaml']))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (ran.returncode, ran.stderr) == (130, "\nstopped\n")
