"""The commands of the command line, found by file name."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from importlib import import_module

import click

from recommender.version import __version__

from ._exit_codes import ANSWERED, MISUSED

_FIRST_LINE = re.compile(r'"""(.*?)(?:\n|""")')


class Commands(click.Group):
    """A group of commands, each in a module of its name; help does not import them."""

    folder = os.path.dirname(__file__)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the name of every public module of this folder."""
        del ctx
        found = (os.path.splitext(name) for name in os.listdir(self.folder))
        names = (name for name, kind in found if kind == ".py" and not name.startswith("_"))
        return sorted(name.replace("_", "-") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command and return it."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"{__package__}.{cmd_name.replace('-', '_')}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with the first line of each module."""
        rows = []
        for name in self.list_commands(ctx):
            path = os.path.join(self.folder, f"{name.replace('-', '_')}.py")
            with open(path, encoding="utf-8") as source:
                line = _FIRST_LINE.search(source.readline())
            rows.append((name, line[1].rstrip(".") if line else ""))
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, or fail with the nearest one as suggestion."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from recommender.nouns.errors import did_you_mean

            hint = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"no command `{args[0]}`; {hint}", ctx)
        return super().resolve_command(ctx, args)


EPILOG = """\b
Examples:
  recommender ask --save project.yaml
  recommender score project.yaml"""


@click.command(
    cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, message="recommender %(version)s")
def recommender() -> None:
    """Tell a deep-learning project which framework to build on, with reasons to check.

    Begin with `recommender ask`, or write a project file and `recommender score` it.
    """


def serve(args: list[str] | None) -> int:
    """Run a command line and return its exit code; mistakes in the line are told.

    Without `args` click takes those of the process, and on Windows writes out their patterns.
    Raises `KeyboardInterrupt` where it was stopped, and what the command raises.
    """
    try:
        code = recommender.main(args, prog_name="recommender", standalone_mode=False)
    except click.ClickException as error:
        with suppress(BrokenPipeError):
            error.show()
        return MISUSED
    except click.Abort:
        raise KeyboardInterrupt from None
    return code if isinstance(code, int) else ANSWERED
