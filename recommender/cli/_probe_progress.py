"""The progress of a probe on a terminal: the checks that run, and how many are done."""

from __future__ import annotations

import sys
from typing import Any, Self


class Progress:
    """A live line on standard error; nothing if that is no terminal."""

    def __init__(self) -> None:
        self._live: Any = None
        self._done = 0
        self._running: list[str] = []

    def __enter__(self) -> Self:
        """Begin to show it."""
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.status import Status

            self._live = Status("looking around", console=Console(stderr=True))
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was."""
        if self._live is not None:
            self._live.stop()

    def __call__(self, event: str, candidate: str, check: str) -> None:
        """Show that a check began or ended."""
        name = f"{candidate}: {check}"
        if event == "start":
            self._running.append(name)
        else:
            self._done += 1
            self._running = [each for each in self._running if each != name]
        if self._live is not None:
            running = ", ".join(sorted(set(self._running)))
            self._live.update(f"{self._done} done; {running or 'waiting'}")
