"""Text for people: one readable answer for a terminal, a narrow window or a pipe."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from ._document import Item, Items, Paragraph, Span, Table, linked, words
from ._telling import tell
from ._wrap import cell_len, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from rich.console import Console

    from recommender.engine import Recommendation

    from ._document import Block, Document, Spans

WIDTH = 80
NARROWEST = 30
NARROWEST_COLUMN = 6
WIDEST = 100
"""Longer lines tire the eye."""

STYLES = {
    "plain": "",
    "strong": "bold",
    "dim": "dim",
    "code": "cyan",
    "good": "green",
    "bad": "red",
    "warn": "yellow",
}

_ASCII = str.maketrans(
    {
        "“": '"', "”": '"', "‘": "'", "’": "'", "−": "-", "–": "-", "—": "-", "…": "...",
        "·": "-", "→": "->", "×": "x", "✓": "+", "≤": "<=", "≥": ">=", "\u00a0": " ",
    }
)  # fmt: skip


def render(advice: Recommendation, *, language: str = "en") -> str:
    """Write a recommendation as plain text, 80 columns wide."""
    lines = _lines(tell(advice, language=language), WIDTH)
    return "\n".join(words(line).rstrip() for line in lines) + "\n"


def show(
    advice: Recommendation, console: Console, *, language: str = "en", verbose: bool = False
) -> None:
    """Print a recommendation on a terminal or into a pipe; `verbose` adds every rule.

    Symbols that the stream's encoding cannot carry are written in ASCII.
    """
    lay(tell(advice, language=language, verbose=verbose), console)


def lay(document: Document, console: Console) -> None:
    """Print any document as `show` does."""
    from rich.text import Text  # noqa: PLC0415  (slow to load, and a pipe needs none)

    width = min(max(console.width, NARROWEST), WIDEST)
    encoding = console.encoding
    for line in _lines(document, width):
        text = Text(no_wrap=True)
        for span in line:
            style = STYLES[span.kind]
            if linked(span.url):
                style = f"{style} link {span.url}".strip()
            text.append(carried(span.text, encoding), style=style)
        text.rstrip()
        console.print(text, soft_wrap=True, highlight=False)


def pour(
    advice: Recommendation,
    stream: TextIO,
    width: int = WIDTH,
    *,
    language: str = "en",
    verbose: bool = False,
) -> None:
    """Write a recommendation into a pipe or a file, without colours, as `show` would."""
    width = min(max(width, NARROWEST), WIDEST)
    stream.writelines(
        carried(words(line).rstrip(), stream.encoding or "utf-8") + "\n"
        for line in _lines(tell(advice, language=language, verbose=verbose), width)
    )


def carried(text: str, encoding: str) -> str:
    """Say a text in an encoding, symbols in ASCII where it lacks them.

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


def _lines(document: Document, width: int) -> Iterator[Spans]:
    yield from wrap(document.headline, width)
    for section in document.sections:
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
    """Write the address behind each link: text has no other way to show it."""
    for span in line:
        yield span
        if span.url:
            yield Span(f" <{span.url}>", "dim", span.url)


def _indented(line: Spans, indent: str, width: int) -> Iterator[Spans]:
    for part in wrap(line, width - len(indent)):
        yield (Span(indent), *part)


def _item(item: Item, margin: int, width: int) -> Iterator[Spans]:
    """Set the mark at the left, flush right in its column, and hang the rest beside it."""
    blank = " " * (margin + 4)
    lead = " " * (2 + margin - cell_len(item.mark))
    first: Spans = (Span(lead), Span(item.mark, item.kind), Span("  "))
    for part in wrap(tuple(_spelled(item.line)), width - len(blank)):
        yield (*first, *part)
        first = (Span(blank),)
    for detail in item.details:
        yield from _indented(detail, blank, width)


def _table(table: Table, width: int) -> Iterator[Spans]:
    """Align the columns; the last that has words takes what is left, wrapped."""
    widths = [max(cell_len(words(row[i])) for row in table.rows) for i in range(len(table.head))]
    while sum(widths) + 2 * len(widths) > width and max(widths) > NARROWEST_COLUMN:
        widths[widths.index(max(widths))] -= 1
    for row in table.rows:
        cells = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=()):
            line: list[Span] = []
            for part, size in zip(parts, widths, strict=True):
                line += [Span("  "), *part, Span(" " * (size - cell_len(words(part))))]
            yield tuple(line)
