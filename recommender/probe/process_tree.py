"""How much memory a child's whole session holds, and how to end all of it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def resident_mb(session: int) -> float:
    """Give the resident memory of every process of a session, in MB; 0 where it cannot be known.

    >>> resident_mb(os.getsid(0)) > 1
    True
    """
    if Path("/proc/self/stat").exists():
        names = (entry.name for entry in Path("/proc").iterdir())
        return sum(_linux_resident(name, session) for name in names if name.isdigit())
    if sys.platform == "win32":
        return 0.0
    listing = subprocess.run(
        ["ps", "-axo", "pgid=,rss="],  # noqa: S607 - the system's own
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    rows = [line.split() for line in listing.splitlines()]
    return sum(int(row[1]) / 1000 for row in rows if len(row) == 2 and row[0] == str(session))  # noqa: PLR2004


def _linux_resident(process: str, session: int) -> float:
    try:
        # The name in brackets may hold spaces: everything of interest comes after it.
        fields = (
            Path(f"/proc/{process}/stat").read_text(errors="replace").rpartition(")")[2].split()
        )
    except OSError:
        return 0.0  # it ended meanwhile
    return int(fields[21]) * PAGE / 1e6 if fields[3] == str(session) else 0.0


def end(leader: int) -> None:
    """Kill the leader of a session with everything in its group; it may be gone already."""
    if sys.platform == "win32":
        subprocess.run(  # noqa: S603 - a number of our own
            ["taskkill", "/F", "/T", "/PID", str(leader)],  # noqa: S607
            capture_output=True,
            check=False,
        )
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
