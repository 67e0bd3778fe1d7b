"""Signals while children run: Ctrl-C, a closed terminal and a kill must not leave them behind."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")


@contextlib.contextmanager
def one_interrupt() -> Iterator[None]:
    """Turn the first signal to end into a KeyboardInterrupt, and ignore the next.

    The clean-up after the first must not be cut short by a second.
    """
    numbers = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
    # Whoever started us may have told us to be deaf to some of them (nohup): we stay so.
    before = {n: signal.getsignal(n) for n in numbers if signal.getsignal(n) != signal.SIG_IGN}
    ended = False

    def interrupt(*_: object) -> None:
        nonlocal ended
        ended = True
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in before:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if ended else handler)
