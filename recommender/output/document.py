"""The document that prose formats lay out: sections of paragraphs, items and tables of spans.

All words of a report pass through `clean` here, so that no format can forget it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from recommender.nouns.errors import clean

Kind: TypeAlias = Literal["plain", "strong", "dim", "code", "good", "bad", "warn"]
Spans: TypeAlias = tuple["Span", ...]
Block: TypeAlias = "Paragraph | Items | Table"

__all__ = [
    "Item", "Items", "Paragraph", "Report", "Section", "Span", "Table",
    "clean", "item", "linked", "listed", "paragraph", "report", "spans", "words",
]  # fmt: skip


class Span(NamedTuple):
    """Some words, their role, and their address if they are a link."""

    text: str
    kind: Kind = "plain"
    url: str = ""


def spans(*parts: str | Span) -> Spans:
    """Return a line of strings and spans, cleaned, without empty ones."""
    found = (part if isinstance(part, Span) else Span(part) for part in parts)
    return tuple(span._replace(text=clean(span.text)) for span in found if span.text)


def words(line: Spans) -> str:
    """Return the words of a line as plain text."""
    return "".join(span.text for span in line)


def linked(url: str) -> bool:
    """Return whether an address may become a link: only plain web addresses may."""
    return url.startswith(("https://", "http://")) and url.isascii() and url.isprintable()


class Paragraph(NamedTuple):
    """Running text."""

    line: Spans


def paragraph(*parts: str | Span) -> Paragraph:
    """Return running text of strings and spans."""
    return Paragraph(spans(*parts))


class Item(NamedTuple):
    """One entry of a list: a mark, such as its points, the entry, and smaller lines below."""

    mark: str
    line: Spans
    details: tuple[Spans, ...] = ()
    kind: Kind = "plain"


def item(
    mark: str, *parts: str | Span, details: Iterable[str | Spans] = (), kind: Kind = "plain"
) -> Item:
    """Return an entry of strings and spans; a smaller line below it may be a string too."""
    below = tuple(spans(each) if isinstance(each, str) else each for each in details)
    return Item(mark, spans(*parts), below, kind)


class Items(NamedTuple):
    """A list."""

    items: tuple[Item, ...]


class Table(NamedTuple):
    """Rows of cells under a header; lines cut a column short beyond `most` of their cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]
    most: tuple[int, ...] = ()


class Section(NamedTuple):
    """A part with a title; formats know it by its `id`, whatever the language."""

    id: str
    title: str
    blocks: tuple[Block, ...]


def listed(name: str, title: str, items: Iterable[Item], *before: Block) -> Section | None:
    """Return a section of one list after some blocks, or `None` if there is nothing in the list."""
    there = tuple(items)
    return Section(name, title, (*before, Items(there))) if there else None


class Report(NamedTuple):
    """A whole report: the project's name, its headline, and its sections."""

    title: str
    headline: Spans
    sections: tuple[Section, ...]


def report(title: str, headline: Spans, sections: Iterable[Section | None]) -> Report:
    """Return a report of those sections that have anything in them."""
    return Report(title, headline, tuple(each for each in sections if each and each.blocks))
