"""The screen: a document in colour on a terminal, or plain in a pipe."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from recommender.output.document import Kind, Report, Span, linked, words
from recommender.output.layout import WIDEST, WIDTH, carried, lines
from recommender.output.wrap import wrap

from ._echo import put

STYLES: Mapping[Kind, int] = {"strong": 1, "dim": 2, "code": 36, "good": 32, "bad": 31, "warn": 33}
"""Bold, faint, cyan, green, red and yellow, as every terminal takes them (ECMA-48, SGR)."""

PLAIN_TERMINALS = ("dumb", "unknown")


def draw(*documents: Report) -> None:
    """Write documents to standard output, as wide as the terminal is, a blank line between."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    colour, width = coloured(), _width()
    for number, each in enumerate(documents):
        lead = "\n" if number else ""
        put(lead + drawn(each, width, encoding=encoding, colour=colour), colour=colour)


def drawn(document: Report, width: int, *, encoding: str = "utf-8", colour: bool = False) -> str:
    """Return a document for a terminal of some width; what the encoding lacks is in ASCII."""
    written = ""
    for line in lines(document, width):
        for span in line:
            text = carried(span.text, encoding)
            written += _dressed(span, text) if colour else text
        written += "\n"
    return written


def folded(text: str, width: int, margin: int = 0) -> str:
    r"""Return a line broken between words, to be written after so many blanks at a width.

    >>> folded("tea or coffee", 10, 2)
    'tea or\n  coffee'
    """
    parts = wrap((Span(text),), max(width - margin, 1))
    return f"\n{' ' * margin}".join(words(part) for part in parts)


def width_of(stream: object) -> int:
    """Return the columns of a terminal that is easy to read across, 0 for what is no terminal."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns  # type: ignore[attr-defined]
    except (OSError, ValueError, AttributeError):
        return 0
    return min(columns or WIDTH, WIDEST)


def _dressed(span: Span, text: str) -> str:
    style = STYLES.get(span.kind)
    text = f"\x1b[{style}m{text}\x1b[0m" if style else text
    # https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda: how terminals take links
    return f"\x1b]8;;{span.url}\x1b\\{text}\x1b]8;;\x1b\\" if linked(span.url) else text


def coloured(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether standard output gets colour (https://no-color.org, force-color.org).

    >>> coloured({"FORCE_COLOR": "1"}), coloured({"FORCE_COLOR": "1", "NO_COLOR": "1"})
    (True, False)
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and environment.get("TERM") not in PLAIN_TERMINALS


def _width() -> int:
    """Return the width of the terminal, also of one behind a pipe."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal():
        return int(told)
    streams = (sys.stdout, sys.stderr, sys.stdin) if coloured() else (sys.stdout,)
    return next(filter(None, map(width_of, streams)), WIDTH)
