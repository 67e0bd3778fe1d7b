"""Progress on standard error: how much of something long is done, and what is under way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count


@contextmanager
def progress(label: str, total: float | None = 1) -> Iterator[Callable[..., None]]:
    """Show a bar while something is done; nothing if standard error is no terminal.

    Yield what is called with how much is done, of `total` if that is known, and maybe with words
    that take the place of `label`.
    """
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich import progress as bars  # a tenth of a second
    from rich.console import Console

    figures = [bars.TaskProgressColumn(), bars.TimeRemainingColumn()] if total is not None else []
    columns = [bars.BarColumn(), *figures, bars.TextColumn("{task.description}", markup=False)]
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done, words=label: bar.update(task, completed=done, description=words)


def counted(show: Callable[..., None]) -> Callable[[str], None]:
    """Return what is called with the name of each of several things as it is done."""
    done = count(1)
    return lambda name: show(next(done), name)
