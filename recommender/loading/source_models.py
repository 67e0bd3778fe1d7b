"""Models of the pages that statements rest on, and of what readers found in them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from recommender.nouns.source import Verdict

from .fields import PAGE, PRINTABLE, Day, Id, Quotation, Text
from .strict import Strict


class ExcerptText(Strict):
    """The sentences that carry a claim, verbatim; a neighbour where it could turn them."""

    text: Text
    before: Text | None = None
    after: Text | None = None


class SourceText(Strict):
    """A page that statements rest on, registered once; they cite it by its id."""

    id: Id
    title: Text
    url: Annotated[str, StringConstraints(pattern=PAGE)]
    publisher: Text
    interested: bool
    published: Day | None = None
    read: Day
    version: Annotated[str, StringConstraints(min_length=1, max_length=40), PRINTABLE] | None = None
    package: Id | None = None
    excerpts: Annotated[dict[Id, ExcerptText], Field(max_length=256)] = {}


class ReadingText(Strict):
    """What a reader found in the pages of a statement; `sentence` stands in an excerpt it cites."""

    on: Day
    verdict: Verdict
    sentence: Quotation | None = None


class CheckedText(ReadingText):
    """A reading, and that of a second reader who was not told the first verdict."""

    second: ReadingText | None = None
