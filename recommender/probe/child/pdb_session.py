"""A pdb without a terminal, which records a local variable where it stops and goes on."""

from __future__ import annotations

import inspect
import io
import pdb  # noqa: T100 - the very thing under test
import types
from typing import Any, Callable


class Watcher(pdb.Pdb):
    """A debugger that stops at one line and records the local variable `hidden`."""

    def __init__(self) -> None:
        # readrc: a user's ~/.pdbrc must not run here; nosigint: Ctrl-C is the parent's business.
        super().__init__(stdin=io.StringIO(), stdout=io.StringIO(), nosigint=True, readrc=False)
        self.seen: list[Any] = []

    def interaction(self, frame: types.FrameType | None, traceback: Any) -> None:
        """Record the variable and go on, where pdb would ask a person."""
        del traceback
        if frame is not None and "hidden" in frame.f_locals:
            self.seen.append(frame.f_locals["hidden"])
        self.set_continue()


def stops(function: Callable[..., Any], called: Callable[..., Any], inputs: list[Any]) -> list[Any]:
    """Call `called` on each input, with a breakpoint on the last line of `function`.

    Returns the value of its local variable `hidden` at each stop.

    >>> def double(x):
    ...     hidden = x + x
    ...     return hidden
    >>> stops(double, double, [2, 3])  # doctest: +SKIP
    [4, 6]
    """
    watcher = Watcher()
    lines, first = inspect.getsourcelines(function)
    watcher.set_break(inspect.getsourcefile(function) or "", first + len(lines) - 1)
    for given in inputs:
        watcher.runcall(called, given)
    return watcher.seen
