"""Breaking lines of spans at a width in terminal cells, in English and in Chinese."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from recommender.errors import unled

from ._document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._document import Spans

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_FIRST_WIDE = "\u2e80"
_CLOSING = "，。、；：！？）」』》】”’…·"
_PLAIN_UNIT = re.compile(r"\s+|\S+")

# Latin, and the signs that the report uses, take a cell each; Chinese and its punctuation two.
_SINGLE = (
    (" ", "~"), ("\u00a0", "\u02ff"), ("\u2010", "\u2027"), ("\u2190", "\u21ff"),
    ("\u2200", "\u22ff"), ("\u2500", "\u257f"), ("\u2713", "\u2713"),
)  # fmt: skip
_DOUBLE = (("\u3001", "\u3002"), ("\u4e00", "\u9fff"), ("\uff01", "\uff60"))


@cache
def _wide_unit() -> re.Pattern[str]:
    """Match what is never broken: blanks, a wide character with what must not begin a line, a word.

    Compiled when there is something wide: that takes longer than laying out an English report.
    """
    return re.compile(rf"\s+|[（「『《【“‘]*[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+[{_CLOSING}]*")


@cache
def _joints() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match where a wide text begins, and where one may be broken at its end."""
    return re.compile(rf"[（「『《【“‘]*[{_WIDE}]"), re.compile(rf"[{_WIDE}{_CLOSING}]$")


def _is_narrow(text: str) -> bool:
    return text.isascii() or max(text) < _FIRST_WIDE


@cache
def _cells(character: str) -> int:
    """Give the cells of a character of the report's own, 0 for any other."""
    for cells, ranges in ((1, _SINGLE), (2, _DOUBLE)):
        if any(low <= character <= high for low, high in ranges):
            return cells
    return 0


def cell_len(text: str) -> int:
    """Count the terminal cells that a text takes.

    >>> cell_len("tea → cup"), cell_len("茶")
    (9, 2)
    """
    if text.isascii():
        return len(text)
    cells = list(map(_cells, text))
    if all(cells):
        return sum(cells)
    from rich.cells import cell_len  # noqa: PLC0415  (slow to load, and rarely needed)

    return cell_len(text)


def wrap(line: Spans, width: int) -> list[Spans]:
    """Break a line of spans so that each part fits the width; a longer word is cut.

    >>> from ._document import spans, words
    >>> [words(part) for part in wrap(spans("tea or coffee"), 8)]
    ['tea or', 'coffee']
    """
    rows: list[list[Span]] = [[]]
    used = 0
    for cluster in _clusters(line):
        size = sum(cell_len(unit.text) for unit in cluster)
        blank = cluster[0].text.isspace()
        if used and used + size > width and not blank:
            _trim(rows[-1])
            rows.append([])
            used = 0
        if blank and not used:
            continue
        for unit in cluster:
            for piece in _cut(unit, width - used if size > width else width, width):
                if used + cell_len(piece.text) > width and not blank:
                    rows.append([])
                    used = 0
                rows[-1].append(piece)
                used += cell_len(piece.text)
    _trim(rows[-1])
    return [_joined(row) for row in rows]


def _clusters(line: Spans) -> Iterator[list[Span]]:
    """Group units that must stay together: words that touch across two spans."""
    cluster: list[Span] = []
    for span in line:
        unit_of = _PLAIN_UNIT if _is_narrow(span.text) else _wide_unit()
        for text in unit_of.findall(span.text):
            unit = Span(text, span.kind, span.url)
            if cluster and (_apart(cluster[-1].text, text)):
                yield cluster
                cluster = []
            cluster.append(unit)
    if cluster:
        yield cluster


def _apart(before: str, after: str) -> bool:
    if before.isspace() or after.isspace():
        return True
    if after[0] in _CLOSING:
        return False
    if _is_narrow(before) and _is_narrow(after):
        return before[-1] in _CLOSING
    begins, ends = _joints()
    return bool(begins.match(after) or ends.search(before))


def _cut(unit: Span, first: int, width: int) -> Iterator[Span]:
    text, room = unit.text, max(first, 1)
    while cell_len(text) > room:
        taken = 0
        while taken < len(text) and cell_len(text[: taken + 1]) <= room:
            taken += 1
        taken = max(taken, 1)
        yield Span(text[:taken], unit.kind, unit.url)
        text, room = text[taken:], max(width, 1)
    if text:
        yield Span(text, unit.kind, unit.url)


def _trim(row: list[Span]) -> None:
    while row and row[-1].text.isspace():
        row.pop()


def _joined(row: list[Span]) -> Spans:
    joined: list[Span] = []
    if row:
        row[0] = Span(unled(row[0].text), row[0].kind, row[0].url)
    for span in row:
        if joined and (joined[-1].kind, joined[-1].url) == (span.kind, span.url):
            joined[-1] = Span(joined[-1].text + span.text, span.kind, span.url)
        else:
            joined.append(span)
    return tuple(joined)
