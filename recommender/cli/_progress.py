"""Progress on standard error, where an index is asked of one package after another."""

from __future__ import annotations

import sys
from typing import Any, Self


class Progress:
    """A bar on standard error with the packages that are done; nothing if that is no terminal."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._bar: Any = None

    def __enter__(self) -> Self:
        """Begin to show it."""
        if sys.stderr.isatty():
            from rich import progress
            from rich.console import Console

            columns = (
                progress.BarColumn(),
                progress.MofNCompleteColumn(),
                progress.TextColumn("{task.description}"),
            )
            self._bar = progress.Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._bar.add_task("asking", total=self._total)
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was."""
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, name: str) -> None:
        """Show that a package is done."""
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], advance=1, description=name)
