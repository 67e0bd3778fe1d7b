"""The document that prose formats lay out: sections of paragraphs, items and tables of spans.

Every word that reaches a reader passes through `clean` here, so that no format can forget it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from recommender.nouns.errors import clean

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    Kind: TypeAlias = Literal["plain", "strong", "dim", "code", "good", "bad", "warn"]
    Spans: TypeAlias = tuple["Span", ...]
    Block: TypeAlias = "Paragraph | Items | Table"

__all__ = [
    "Document", "Item", "Items", "Paragraph", "Section", "Span", "Table",
    "clean", "linked", "spans", "words",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Hold a run of words, what they are, and where they lead if they are a link."""

    text: str
    kind: Kind = "plain"
    url: str = ""


def spans(*parts: str | Span) -> Spans:
    """Build a line from strings and spans, cleaned, the empty ones left out."""
    found = (part if isinstance(part, Span) else Span(part) for part in parts)
    return tuple(_cleaned(span) for span in found if span.text)


def _cleaned(span: Span) -> Span:
    text = clean(span.text)
    return span if text == span.text else Span(text, span.kind, span.url)


def words(line: Spans) -> str:
    """Give the bare words of a line."""
    return "".join(span.text for span in line)


def linked(url: str) -> bool:
    """Tell whether an address may become a link: nothing but the web, plainly written."""
    return url.startswith(("https://", "http://")) and url.isascii() and url.isprintable()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold running text."""

    line: Spans


@dataclass(frozen=True, slots=True)
class Item:
    """Hold one entry of a list: a mark such as its points, the entry, and smaller lines below."""

    mark: str
    line: Spans
    details: tuple[Spans, ...] = ()
    kind: Kind = "plain"


@dataclass(frozen=True, slots=True)
class Items:
    """Hold a list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Hold rows of cells under a head."""

    head: tuple[str, ...]
    rows: tuple[tuple[Spans, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Hold a titled part; `id` is what formats know it by, whatever the language."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Hold a whole report: the project's name, the one line that says it all, the sections."""

    title: str
    headline: Spans
    sections: tuple[Section, ...]

    def section(self, name: str) -> Section | None:
        """Look a section up by its id."""
        return next((section for section in self.sections if section.id == name), None)
