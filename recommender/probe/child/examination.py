"""One examination: load the framework, run each check, report how each ended."""

from __future__ import annotations

import argparse
import errno
import importlib
import importlib.metadata
import json
import os
import platform
import sys
import tempfile
import time
from typing import Any

from .protocol import OUT_OF_MEMORY, STARVED, Framework, Skip, Unsupported, Wrong, spec_of

LINE = 300  # characters kept of any message
ROOM = 16_000_000  # bytes that any check may need
FULL = (errno.ENOSPC, errno.EFBIG, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC))


class Channel:
    """The private pipe to the parent: one JSON object a line, flushed at once."""

    def __init__(self) -> None:
        descriptor = os.environ.pop("PROBE_FD", None)
        path = os.environ.pop("PROBE_FILE", None)
        if descriptor is not None:
            # Not for grandchildren: a forgotten one would hold the pipe open.
            os.set_inheritable(int(descriptor), False)
            self._stream = os.fdopen(int(descriptor), "w", encoding="utf-8")
        elif path is not None:
            self._stream = open(path, "a", encoding="utf-8")  # noqa: SIM115, PTH123 - open until the end
        else:
            self._stream = os.fdopen(os.dup(1), "w", encoding="utf-8")

    def say(self, event: str, **fields: Any) -> None:
        """Send one line."""
        self._stream.write(json.dumps({"event": event, **fields}, default=str) + "\n")
        self._stream.flush()


def adapter(name: str) -> Framework:
    """Return the adapter of a name from `frameworks/`."""
    return Framework(importlib.import_module(f"{__package__}.frameworks.{name}"))


def find_check(name: str) -> Any:
    """Return the check of an id from `checks/`."""
    return importlib.import_module(f"{__package__}.checks.{name.replace('-', '_')}")


def facts(framework: Framework) -> dict[str, Any]:
    """Return what can be known without importing the framework."""
    spec = spec_of(framework.MODULE)
    versions = {}
    for package in framework.PACKAGES:
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        # A folder left over by an uninstall is a namespace package: it has no origin.
        "present": spec is not None and spec.origin is not None,
        "python": platform.python_version(),
        "arch": platform.machine(),
        "prefixes": sorted({sys.prefix, sys.base_prefix}),
        "versions": versions,
    }


def first_line(error: BaseException) -> str:
    r"""Return an error in one line: its type and the first line of its message.

    >>> first_line(ValueError("bad thing\nmore"))
    'ValueError: bad thing'
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{type(error).__name__}: {lines[0]}"[:LINE] if lines else type(error).__name__


def conclude(name: str, check: Any, framework: Framework) -> dict[str, Any]:
    """Run one check and return its status, line and figures, however it ends."""
    figures: dict[str, Any] = {}
    try:
        because, figures = check.run(framework)
        status = "pass"
    except Skip as reason:
        status, because = "skip", str(reason)
    except Unsupported as reason:
        status, because = "unsupported", str(reason)
    except Wrong as reason:
        status, because, figures = "fail", str(reason), reason.figures
    except ModuleNotFoundError as error:
        # Some optional package further down; the framework's own parts count against it.
        own = (error.name or "").split(".")[0] == framework.MODULE
        status = "fail" if own or name == "import" else "skip"
        because = first_line(error) if own else f"needs {error.name}, which is not installed"
    except NotImplementedError as error:
        status, because = "unsupported", first_line(error)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a framework may raise anything
        status, because = "fail", first_line(error)
    if status == "fail" and STARVED.search(because):
        status, because = "killed", OUT_OF_MEMORY
    if status == "fail" and full(because):
        status, because = "skip", f"no room left for temporary files ({because})"
    return {"status": status, "because": because[:LINE], "figures": figures}


def full(because: str) -> bool:
    """Return whether the disk may be full: an error says so, or a file cannot be written.

    >>> full("OSError: [Errno 28] No space left on device"), full("ValueError: off by one")
    (True, False)
    """
    if any(os.strerror(number) in because for number in FULL):
        return True
    try:
        with tempfile.TemporaryFile() as file:
            file.write(bytes(ROOM))
    except OSError:
        return True
    return False


def examine(framework: Framework, checks: list[str], channel: Channel) -> None:
    """Run the checks in order; the framework is imported first unless `import` is one of them."""
    members = [find_check(name) for name in checks]
    if "import" not in checks and any(getattr(check, "LOADS", True) for check in members):
        channel.say("load")
        framework.load()
    for name, check in zip(checks, members):
        channel.say("start", check=name)
        began = time.perf_counter()
        result = conclude(name, check, framework)
        seconds = round(time.perf_counter() - began, 3)
        channel.say("result", check=name, seconds=seconds, **result)
        if name == "import" and result["status"] != "pass":
            break


def main(arguments: list[str]) -> None:
    """Read the command line, examine, report, and exit without the framework's own clean-up."""
    words = argparse.ArgumentParser(prog="probe-child")
    words.add_argument("--framework", required=True)
    words.add_argument("--checks", default="")
    words.add_argument("--facts", action="store_true")
    words.add_argument("--gpus", default="")
    words.add_argument("--keep", default="")
    words.add_argument("--threads", default="")
    words.add_argument("--worker")
    words.add_argument("--rank", type=int, default=0)
    words.add_argument("--meeting", default="")
    given = words.parse_args(arguments)
    channel = Channel()
    os.dup2(2, 1)
    forbid_core_files()
    framework = adapter(given.framework)
    framework.gpus = given.gpus
    framework.keep = given.keep
    for name, value in framework.ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    for name in framework.THREADS if given.threads else ():
        os.environ.setdefault(name, given.threads)
    if given.facts:
        channel.say("facts", **facts(framework))
    elif given.worker:
        report = find_check(given.worker).worker(framework, given.rank, given.meeting)
        channel.say("worker", **report)
    else:
        examine(framework, [name for name in given.checks.split(",") if name], channel)
    channel.say("end")
    sys.stderr.flush()
    os._exit(0)  # both frameworks may crash or chatter in their teardown


def forbid_core_files() -> None:
    """Forbid core dumps, which a crash of the framework would leave behind."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
