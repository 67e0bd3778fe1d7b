"""The processes that a child started: their memory, and how to end all of them.

What it started belongs to its session, descends from it, or carries the mark that it was given in
its environment: a process with a session of its own, whose parent has gone, has only that mark.
Outside Linux only the session is known.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc/self/stat")
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident_mb(leader: int, mark: str = "") -> float:
    """Return the resident memory of a child and all that it started in MB; 0 if it is not known.

    >>> resident_mb(os.getsid(0)) > 1
    True
    """
    if PROC.exists():
        return sum(each.resident_mb for each in _members(leader, mark))
    if sys.platform == "win32":
        return 0.0
    listing = subprocess.run(
        ["ps", "-axo", "pgid=,rss="],  # noqa: S607 - the system's own
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    rows = [line.split() for line in listing.splitlines()]
    return sum(int(row[1]) / 1000 for row in rows if len(row) == 2 and row[0] == str(leader))  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class _Process:
    """One process as Linux tells of it."""

    id: int
    parent: int
    session: int
    resident_mb: float


def _members(leader: int, mark: str) -> list[_Process]:
    """List the processes of a child: its session, its descendants, and whoever bears its mark."""
    numbers = (entry.name for entry in PROC.parent.parent.iterdir())
    seen = [found for name in numbers if name.isdigit() and (found := _process(int(name)))]
    members = {each.id: each for each in seen if each.session == leader}
    rest = [each for each in seen if each.id not in members and each.id != os.getpid()]
    if mark:
        marked = [each for each in rest if mark.encode() in _environment(each.id)]
        members |= {each.id: each for each in marked}
    while born := [each for each in rest if each.parent in members and each.id not in members]:
        members |= {each.id: each for each in born}
    return list(members.values())


def _process(number: int) -> _Process | None:
    try:
        # The name in brackets may hold spaces: everything of interest comes after it.
        text = Path(f"/proc/{number}/stat").read_text(errors="replace")
    except OSError:
        return None  # it ended meanwhile
    state, parent, _, session, *fields = text.rpartition(")")[2].split()
    if state == "Z":
        return None
    return _Process(number, int(parent), int(session), int(fields[17]) * PAGE / 1e6)


def _environment(number: int) -> bytes:
    try:
        return Path(f"/proc/{number}/environ").read_bytes()
    except OSError:
        return b""  # it ended meanwhile, or is somebody else's


def end(leader: int, mark: str = "") -> None:
    """Kill a child with all that it started; some of it may be gone already."""
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(leader)],  # noqa: S607
            capture_output=True,
            check=False,
        )
        return
    # Who is in no session of ours is looked for while there still is somebody to descend from.
    others = _members(leader, mark) if PROC.exists() else []
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
    for each in others:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(each.id, signal.SIGKILL)
