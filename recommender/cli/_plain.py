"""Plain command lines: `score` with its ordinary options, read without loading click.

Click and what it draws in take a quarter of the time of a whole `score`. Whatever is not plain is
left to it: other commands, help, completion, and all mistakes, which it knows how to tell.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from ._options import Option, Takes

COMMAND = "score"

COMPLETING = "_RECOMMENDER_COMPLETE"
"""By this a shell asks click which words may follow."""


def plain(line: Sequence[str]) -> Callable[[], int] | None:
    """Read a command line and give what it asks for; `None` leaves it to click."""
    # On Windows click stands in for the shell: it writes out patterns and home folders.
    if line[:1] != [COMMAND] or COMPLETING in os.environ or sys.platform == "win32":
        return None
    from ._advice import OPTIONS, arranged  # noqa: PLC0415  (only for this command)
    from ._projects import advise_on  # noqa: PLC0415

    found = read(line[1:], OPTIONS)
    if found is None:
        return None
    files, given = found
    return lambda: advise_on(files, **arranged(**given))


def read(
    words: Sequence[str], options: Sequence[Option]
) -> tuple[tuple[str, ...], dict[str, Any]] | None:
    """Tell files from options, as click would; `None` where anything is out of the ordinary.

    >>> from recommender.cli._options import AS_OF
    >>> read(["a.yaml", "--as-of", "2026-11-23", "-"], [AS_OF])
    (('a.yaml', '-'), {'as_of': datetime.date(2026, 11, 23)})
    >>> read(["a.yaml", "--as-of"], [AS_OF]) or read(["--help"], [AS_OF]) or read([], [AS_OF])
    """
    named = {name: option for option in options for name in option.names}
    given = {option.parameter: option.unset for option in options}
    files = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") or word == "-":
            files.append(word)
            continue
        name, assigned, value = word.partition("=")
        option = named.get(name)
        if option is None or (assigned and not name.startswith("--")):
            return None
        if option.takes == "nothing":
            if assigned:
                return None
            given[option.parameter] = True
            continue
        if not assigned:
            value = next(rest, "-")
        try:
            taken = _READERS[option.takes](value)
        except ValueError:
            return None
        given[option.parameter] = (*given[option.parameter], taken) if option.repeated else taken
    return (tuple(files), given) if files else None


def _text(value: str) -> str:
    if value.startswith("-"):  # another option perhaps, and this one lacks its own
        raise ValueError(value)
    return value


def _number(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise ValueError(value)
    return int(value)


def _day(value: str) -> dt.date:
    from datetime import date  # noqa: PLC0415  (what only asks for help needs no calendar)

    return date.fromisoformat(value)


_READERS: dict[Takes, Callable[[str], Any]] = {
    "text": _text,
    "number": _number,
    "day": _day,
}
