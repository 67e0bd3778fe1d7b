"""The command line: runs a command, and turns every error into plain words."""

from __future__ import annotations

import errno
import gc
import os
import sys
from typing import NoReturn

from recommender.nouns.errors import RecommenderError

from ._echo import echo, hush, prepare
from ._exit_codes import ANSWERED, INTERNAL, INTERRUPTED, UNREADABLE, code_of

COLLECT_AFTER = 250_000
"""Objects that may come before garbage is looked for: more than a pack that is read from YAML and
advice on a project make, of which hardly any is garbage."""

FULL = (
    errno.ENOSPC, errno.EFBIG, errno.EIO, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EBADF,
)  # fmt: skip
"""What keeps an output from being written that is no fault of ours."""


def main(args: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code (docs/exit-codes.md).

    All output has been flushed by then. The process ends at once: collecting garbage and taking
    down the interpreter would take a tenth of a short command's time. It ends as usual if the
    caller gave `args`, if other threads run, or if somebody watches (a debugger, a profiler).
    """
    gc.set_threshold(COLLECT_AFTER)
    # No plug-in has any business here, and looking for one reads what every package says of itself.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = run(args)
    watched = sys.getprofile() or sys.gettrace() or sys.flags.interactive
    threading = sys.modules.get("threading")
    if args is not None or watched or (threading and threading.active_count() > 1):
        sys.exit(code)
    os._exit(code)


def run(args: list[str] | None = None) -> int:
    """Run the command line and return its exit code; no exception leaves it."""
    prepare()
    told, code = _run(args)
    # The reader may have seen enough (`| head`), of this too: that is no error.
    try:
        for line in told:
            echo(line, err=True)
    except OSError:
        pass
    hush()
    return code


def _run(args: list[str] | None) -> tuple[list[str], int]:
    """Run a command; return what to say of its failure, and the exit code."""
    try:
        from ._commands import serve  # here, so that Ctrl-C is told while the commands load, too

        code = serve(args)
        sys.stdout.flush()
    except RecommenderError as error:
        return [f"error: {fault}" for fault in error.faults], code_of(error)
    except KeyboardInterrupt:
        return ["stopped"], INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click's word for a closed pipe is to exit
        return [], ANSWERED
    except OSError as error:
        if error.errno in FULL:
            return [f"error: the output cannot be written: {error.strerror}"], UNREADABLE
        return [_report(error)], INTERNAL
    except Exception as error:  # noqa: BLE001  (the last resort: one line and a report)
        return [_report(error)], INTERNAL
    return [], code


def _report(error: Exception) -> str:
    import tempfile  # with what it loads, a thirtieth of a start
    import traceback

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
