"""The command line: finds its commands by file name, and turns every error into plain words."""

from __future__ import annotations

import errno
import gc
import os
import re
import sys
import threading
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from recommender.errors import RecommenderError
from recommender.version import __version__

from ._echo import echo, hush, prepare

COLLECT_AFTER = 100_000
"""Objects that may come before garbage is looked for: a short command makes hardly any."""

INTERRUPTED = 130
INTERNAL = 70
UNWRITTEN = 3
FULL = (errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC))
"""What keeps an output from being written that is no fault of ours."""

_FIRST_LINE = re.compile(r'"""(.*?)(?:\n|""")')


class Commands(click.Group):
    """Find a command in the file of its name; help lines are read without importing it."""

    folder = os.path.dirname(__file__)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name every module of this folder that is not private."""
        del ctx
        found = (os.path.splitext(name) for name in os.listdir(self.folder))
        names = (name for name, kind in found if kind == ".py" and not name.startswith("_"))
        return sorted(name.replace("_", "-") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"{__name__}.{cmd_name.replace('-', '_')}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with the first line of each file."""
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
        """Suggest the nearest command for a word that is none."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            from recommender.errors import did_you_mean  # noqa: PLC0415  (only on a mistake)

            hint = did_you_mean(args[0], self.list_commands(ctx))
            raise click.UsageError(f"no command `{args[0]}`; {hint}", ctx)
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        echo(f"recommender {__version__}")
        ctx.exit()


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show the version and exit.",
)  # fmt: skip
def recommender() -> None:
    """Tell a deep-learning project which framework to build on, with reasons to check.

    Begin with `recommender ask`, or write a project file and `recommender score` it.
    """


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its code (docs/architecture.md, "Exit codes").

    What is to be written is written by then. Collecting garbage that a process takes with it
    anyway, and taking the interpreter down object by object, is a tenth of a short command.
    """
    gc.set_threshold(COLLECT_AFTER)
    # No plug-in has any business here, and looking for one reads what every package says of itself.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = run(args)
    if threading.active_count() > 1:  # somebody is still at work: leave them the time
        sys.exit(code)
    os._exit(code)


def run(args: list[str] | None = None) -> int:
    """Run the command line and return its exit code; no exception leaves it."""
    prepare()
    told, code = _run(args)
    # The reader may have seen enough (`| head`), of this too: that is no error.
    with suppress(OSError):
        for line in told:
            echo(line, err=True)
    hush()
    return code


def _run(args: list[str] | None) -> tuple[list[str], int]:
    """Run a command; give what is to be said of its failure, and the exit code."""
    try:
        code = recommender.main(args, prog_name="recommender", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        with suppress(BrokenPipeError):
            error.show()
        return [], error.exit_code
    except RecommenderError as error:
        return [f"error: {fault}" for fault in error.faults], error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return ["stopped"], INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click's word for a closed pipe is to exit
        return [], 0
    except OSError as error:
        if error.errno in FULL:
            return [f"error: the output cannot be written: {error.strerror}"], UNWRITTEN
        return [_report(error)], INTERNAL
    except Exception as error:  # noqa: BLE001  (the last resort: one line and a report)
        return [_report(error)], INTERNAL
    return [], code if isinstance(code, int) else 0


def _report(error: Exception) -> str:
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    text = "".join(traceback.format_exception(error))
    line = f"internal error: {type(error).__name__}: {error}".splitlines()[0]
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", prefix="recommender-", suffix=".txt", delete=False
        ) as report:
            report.write(text)
    except OSError:
        return f"{line} (no report could be written)"
    return f"{line}; please report it with {report.name}"
