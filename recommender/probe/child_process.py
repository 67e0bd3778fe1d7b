"""A child process under examination: its own session, a private pipe, limits, and its end."""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import process_tree

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]

TAIL = 64_000
"""Bytes kept of what a child writes to stderr."""
RESULTS = 1_000_000
"""Bytes heard of what a child reports; the longest honest report is a hundredth of that."""
DEEPEST = 16
"""Levels of lists and mappings in what it reports."""
GRACE = 0.5
"""Seconds a hanging child has to say where it hangs."""
POSIX = os.name == "posix"


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended: exit code, last output, and the reason if it was killed."""

    code: int
    stderr: str = ""
    killed_for: str | None = None  # time | memory | budget | interrupt
    hung_in: str | None = None


class NoTemporaryFolderError(OSError):
    """No temporary folder can be made for a child."""


class ChildProcess:
    """A running child process; call `poll` often, until `ending` is set.

    >>> import sys
    >>> child = ChildProcess([sys.executable, "-c", "print('not heard here')"])
    >>> while child.ending is None:
    ...     child.poll()
    ...     time.sleep(0.01)
    >>> child.ending.code, child.garbled
    (0, [])
    """

    def __init__(
        self,
        command: list[str],
        environment: dict[str, str] | None = None,
        memory_mb: float | None = None,
    ) -> None:
        try:
            self.folder = tempfile.TemporaryDirectory(
                prefix="recommender-probe-", ignore_cleanup_errors=True
            )
        except OSError as error:
            raise NoTemporaryFolderError(
                error.errno, f"no temporary folder can be made: {error}"
            ) from None
        self.events: list[dict[str, Any]] = []
        self.garbled: list[str] = []
        self.ending: Ending | None = None
        self.peak_mb = 0.0
        self._memory_mb = memory_mb
        self._killed_for: str | None = None
        self._kill_at: float | None = None
        self._next_weighing = 0.0
        self._results = self._chatter = b""
        self._heard = 0
        surroundings = {
            **(os.environ if environment is None else environment),
            "TMPDIR": self.folder.name,
            "TEMP": self.folder.name,
            "TMP": self.folder.name,
            "PYTHONFAULTHANDLER": "1",
            "PYTHONNOUSERSITE": "1",
            "PYTHONUNBUFFERED": "1",
        }
        start: dict[str, Any] = {
            "cwd": self.folder.name,
            "env": surroundings,
            "stdin": subprocess.DEVNULL,
        }
        try:
            if POSIX:
                self._start_with_pipes(command, start)
            else:
                self._start_with_files(command, start)
        except OSError:
            self.folder.cleanup()
            raise

    def _start_with_pipes(self, command: list[str], start: dict[str, Any]) -> None:
        results, to_results = os.pipe()
        chatter, to_chatter = os.pipe()
        start["env"]["PROBE_FD"] = str(to_results)
        try:
            self._process = subprocess.Popen(
                command,
                **start,
                stdout=to_chatter,
                stderr=to_chatter,
                pass_fds=(to_results,),
                start_new_session=True,
            )
            self._limit_memory()
        except OSError:
            os.close(results)
            os.close(chatter)
            raise
        finally:
            os.close(to_results)
            os.close(to_chatter)
        self._sources = (results, chatter)
        for source in self._sources:
            os.set_blocking(source, False)

    def _start_with_files(self, command: list[str], start: dict[str, Any]) -> None:
        # Windows has neither sessions nor passed pipes: files serve, read as they grow.
        results, chatter = Path(self.folder.name, "results"), Path(self.folder.name, "chatter")
        results.touch()
        start["env"]["PROBE_FILE"] = str(results)
        with chatter.open("wb") as to_chatter:
            self._process = subprocess.Popen(
                command,
                **start,
                stdout=to_chatter,
                stderr=to_chatter,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        self._sources = (os.open(results, os.O_RDONLY), os.open(chatter, os.O_RDONLY))

    def poll(self) -> None:
        """Read what the child wrote, check its memory, and see whether it has ended."""
        if self.ending is not None:
            return
        over = self._process.poll() is not None
        self._listen()
        if over:
            self._close()
        elif self._kill_at is not None and time.monotonic() >= self._kill_at:
            self._end()
        else:
            self._weigh()

    def kill(self, reason: str) -> None:
        """Kill the child with all that it started; one that hangs may first say where."""
        if self._killed_for is None and self.ending is None:
            self._killed_for = reason
            self._kill_at = time.monotonic()
            if reason in ("time", "budget") and POSIX:
                self._kill_at += GRACE
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._process.pid, signal.SIGABRT)
            else:
                self._end()

    def dispose(self) -> None:
        """Kill the child at once and wait until it is gone."""
        self.kill("interrupt")
        while self.ending is None:
            self.poll()
            time.sleep(0.005)

    def _end(self) -> None:
        process_tree.end(self._process.pid, self.folder.name)

    def _limit_memory(self) -> None:
        """Set the system's own limit on the memory of one process (on Linux)."""
        if self._memory_mb is None or not hasattr(resource, "prlimit"):
            return
        most = int(self._memory_mb * 1e6)
        with contextlib.suppress(OSError, ValueError):  # it is gone, or may have less already
            resource.prlimit(self._process.pid, resource.RLIMIT_DATA, (most, most))

    def _weigh(self) -> None:
        now = time.monotonic()
        if self._memory_mb is None or now < self._next_weighing:
            return
        weight = process_tree.resident_mb(self._process.pid, self.folder.name)
        # Where thousands of processes run, looking at all of them must not take what we measure.
        self._next_weighing = now + max(0.05, 20 * (time.monotonic() - now))
        self.peak_mb = max(self.peak_mb, weight)
        if weight > self._memory_mb:
            self.kill("memory")

    def _listen(self) -> None:
        results, chatter = self._sources
        heard = _drain(results)
        self._results += heard[: max(0, RESULTS - self._heard)]
        self._heard += len(heard)
        self._chatter = (self._chatter + _drain(chatter))[-TAIL:]
        *lines, self._results = self._results.split(b"\n")
        for line in lines:
            self._understand(line.decode("utf-8", "replace"))

    def _understand(self, line: str) -> None:
        try:
            event = _plain(json.loads(line))
        except (ValueError, RecursionError):
            event = None
        if isinstance(event, dict) and isinstance(event.get("event"), str):
            self.events.append(event)
        elif line.strip():
            self.garbled.append(line[:200])

    def _close(self) -> None:
        self._end()  # whatever it left running
        self._listen()
        self._understand(self._results.decode("utf-8", "replace"))
        for source in self._sources:
            os.close(source)
        stderr = self._chatter.decode("utf-8", "replace")
        hung = stack_top(stderr) if self._killed_for in ("time", "budget") else None
        self.ending = Ending(self._process.wait(), stderr, self._killed_for, hung)
        self.folder.cleanup()


def _drain(source: int) -> bytes:
    """Return what can be read now, at most a few megabytes."""
    parts = []
    for _ in range(64):
        try:
            part = os.read(source, 65536)
        except BlockingIOError:
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts)


def _plain(value: Any, levels: int = DEEPEST) -> Any:
    """Return what a child said as plain JSON values; raises `ValueError` if it is too deep."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict | list) and not levels:
        raise ValueError("too many levels")
    if isinstance(value, dict):
        return {_plain(key): _plain(each, levels - 1) for key, each in value.items()}
    return [_plain(each, levels - 1) for each in value] if isinstance(value, list) else value


def stack_top(stderr: str) -> str | None:
    r"""Return the innermost frame of the stack that faulthandler prints.

    >>> stack_top('Current thread 0x1 (most recent first):\n  File "/a/b.py", line 3 in stuck\n')
    'b.py line 3 in stuck'
    """
    current = stderr.rpartition("Current thread")[2] or stderr
    found = re.search(r'File "([^"]*)", line (\d+) in (\S+)', current)
    return f"{Path(found[1]).name} line {found[2]} in {found[3]}" if found else None
