"""Documents laid out in lines of any width, for a terminal or a text file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from .document import Block, Item, Items, Paragraph, Report, Span, Spans, Table, words
from .wrap import cell_len, clipped, wrap

WIDTH = 80
NARROWEST = 30
NARROWEST_COLUMN = 6
WIDEST = 100
"""Longer lines tire the eye."""

_ASCII = str.maketrans(
    {
        "“": '"', "”": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-", "…": "...",
        "·": "-", "→": "->", "×": "x", "✓": "+", "≤": "<=", "≥": ">=", "\u00a0": " ",
    }
)  # fmt: skip


def lines(document: Report, width: int = WIDTH) -> Iterator[Spans]:
    """Yield a document in lines that fit a width, without trailing blanks."""
    yield from map(_trimmed, _lines(document, min(max(width, NARROWEST), WIDEST)))


def _trimmed(line: Spans) -> Spans:
    while line and not line[-1].text.rstrip():
        line = line[:-1]
    if line and line[-1].text[-1].isspace():
        line = (*line[:-1], Span(line[-1].text.rstrip(), line[-1].kind, line[-1].url))
    return line


def carried(text: str, encoding: str) -> str:
    """Return a text with symbols in ASCII that an encoding lacks.

    >>> carried("tea → “cup”", "ascii")
    'tea -> "cup"'
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
    except LookupError:
        return text.translate(_ASCII).encode("ascii", "replace").decode("ascii")
    return text


def _lines(document: Report, width: int) -> Iterator[Spans]:
    yield from wrap(document.headline, width)
    for section in document.sections:
        if section.title:
            yield ()
            yield from wrap((Span(section.title, "strong"),), width)
        for block in section.blocks:
            yield from _block(block, width)


def _block(block: Block, width: int) -> Iterator[Spans]:
    if isinstance(block, Paragraph):
        yield from _indented(block.line, "  ", width)
    elif isinstance(block, Items):
        margin = max(cell_len(item.mark) for item in block.items)
        for item in block.items:
            yield from _item(item, margin, width)
    else:
        yield from _table(block, width)


def _spelled(line: Spans) -> Iterator[Span]:
    """Yield the spans of a line, with the address behind each link."""
    for span in line:
        yield span
        if span.url:
            yield Span(f" <{span.url}>", "dim", span.url)


def _indented(line: Spans, indent: str, width: int) -> Iterator[Spans]:
    for part in wrap(line, width - len(indent)):
        yield (Span(indent), *part)


def _item(item: Item, margin: int, width: int) -> Iterator[Spans]:
    """Yield an item's lines: its mark flush right in its column, the rest hanging beside it."""
    blank = " " * (margin + 4)
    lead = " " * (2 + margin - cell_len(item.mark))
    first: Spans = (Span(lead), Span(item.mark, item.kind), Span("  "))
    for part in wrap(tuple(_spelled(item.line)), width - len(blank)):
        yield (*first, *part)
        first = (Span(blank),)
    for detail in item.details:
        yield from _indented(detail, blank, width)


def _table(table: Table, width: int) -> Iterator[Spans]:
    """Yield a table's lines, columns aligned; the last column with words is wrapped."""
    rows = [tuple(map(_cut, row, table.most)) if table.most else row for row in table.rows]
    widths = [max(cell_len(words(row[i])) for row in rows) for i in range(len(table.head))]
    while sum(widths) + 2 * len(widths) > width and max(widths) > NARROWEST_COLUMN:
        widths[widths.index(max(widths))] -= 1
    for row in rows:
        cells = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=()):
            line: list[Span] = []
            for part, size in zip(parts, widths, strict=True):
                line += [Span("  "), *part, Span(" " * (size - cell_len(words(part))))]
            yield tuple(line)


def _cut(cell: Spans, most: int) -> Spans:
    """Cut a cell short, first what stands in brackets, so that each of several options is seen."""
    text = words(cell)
    if cell_len(text) <= most:
        return cell
    return (Span(clipped(re.sub(r" ?[(（][^()（）]*[)）]", "", text), most), cell[0].kind),)
