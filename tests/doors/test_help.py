"""`--help` of every command ends with examples that can be run, and shells complete the commands."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import click
import pytest

from recommender.cli._commands import recommender as command_line

from .command import ROOT, recommender, shell


def commands(command=command_line, path=()):
    """Yield every command with its path."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


def examples_of(path):
    """Return the lines under "Examples:", which must be the last of the help."""
    told = recommender(*path, "--help").out.rstrip("\n").splitlines()
    assert "  Examples:" in told, told
    return [line.strip() for line in told[told.index("  Examples:") + 1 :]]


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_every_help_ends_with_one_or_two_examples_that_parse(path):
    examples = examples_of(path)
    assert 1 <= len(examples) <= 2
    for line in examples:
        name, *given = shlex.split(line)
        assert name == "recommender"
        assert given[: len(path)] == list(path)
        command, context = command_line, None
        while isinstance(command, click.Group):
            context = command.make_context(command.name, [given[0]], parent=context)
            command, given = command.get_command(context, given[0]), given[1:]
            assert command is not None, line
        command.make_context(command.name, given, parent=context)  # raises what would be refused


@pytest.mark.parametrize("line", examples_of(("questions",)) + examples_of(("skill", "show")))
def test_examples_that_need_no_file_run(line):
    assert recommender(*shlex.split(line)[1:]).code == 0


SHELLS = ("bash", "zsh", "fish")


@pytest.mark.parametrize("name", SHELLS)
def test_each_shell_gets_its_script_and_the_page_says_how(name):
    ran = shell(_RECOMMENDER_COMPLETE=f"{name}_source")
    assert ran.code == 0
    assert "_RECOMMENDER_COMPLETE" in ran.out
    assert (
        f"_RECOMMENDER_COMPLETE={name}_source recommender"
        in (ROOT / "docs/commands.md").read_text()
    )
    if shutil.which(name):
        subprocess.run([name, "-n"], input=ran.out, text=True, check=True, timeout=30)


@pytest.mark.parametrize(
    ("written", "offered"),
    [("recommender sc", ["scan", "schema", "score"]), ("recommender score --verb", ["--verbose"])],
)
def test_shells_complete_commands_and_options(written, offered):
    words = {"COMP_WORDS": written, "COMP_CWORD": str(len(written.split()) - 1)}
    told = shell(_RECOMMENDER_COMPLETE="bash_complete", **words).out
    assert [line.split(",")[1] for line in told.splitlines()] == offered
