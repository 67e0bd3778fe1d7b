"""Sources: what statements rest on, and how a statement points to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from .errors import Place

Verdict: TypeAlias = Literal["supported", "partly", "contradicted", "not-found"]
Evidence: TypeAlias = Literal["measured", "documented", "reported", "judged"]


class Excerpt(NamedTuple):
    """The sentences of a source that carry a claim, to the letter.

    `before` and `after` are the neighbours that could turn what they say.
    """

    id: str
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A public page, or a page of our own measurements, that statements rest on; registered once.

    `published` is the day on which it was written or last changed, where it says so; `interested`
    tells that its publisher gains by what it says. `package` names what `version` is
    a version of, by its name in a package index.
    """

    id: str
    title: str
    url: str
    publisher: str
    interested: bool
    read: dt.date
    place: Place
    published: dt.date | None = None
    version: str = ""
    excerpts: Mapping[str, Excerpt] = field(default_factory=dict)
    package: str = ""

    def reference(self, excerpt: str = "") -> Reference:
        """Return a citation of this page spelt out, with the words of an excerpt.

        >>> page = Source("a", "A page", "https://example.org", "P", False, dt.date.min, Place(""))
        >>> page.reference("gone").title, page.reference("gone").says
        ('A page', '')
        """
        said = self.excerpts.get(excerpt) or Excerpt("", "")
        return Reference(
            title=self.title,
            url=self.url,
            read=self.read,
            says=said.text,
            source=self.id,
            excerpt=said.id,
            before=said.before,
            after=said.after,
            publisher=self.publisher,
            interested=self.interested,
            published=self.published,
            version=self.version,
        )


class Citation(NamedTuple):
    """Where a statement comes from: a passage of a pack document, or a source.

    A document is named by `cite`, and the passage quoted in `says`; a source by `source`, with an
    `excerpt` of it where one carries the statement.
    """

    source: str = ""
    excerpt: str = ""
    cite: str = ""
    says: str = ""


class Reference(NamedTuple):
    """A citation spelt out, as reports print it; `before` and `after` belong to the excerpt."""

    title: str = ""
    url: str = ""
    read: dt.date | None = None
    cite: str = ""
    says: str = ""
    source: str = ""
    excerpt: str = ""
    before: str = ""
    after: str = ""
    publisher: str = ""
    interested: bool = False
    published: dt.date | None = None
    version: str = ""


class Checked(NamedTuple):
    """What a reader found in the pages of a statement: the sentence that bears it out, or none.

    `second` is what another reader found who was not told the first verdict.
    """

    on: dt.date
    verdict: Verdict
    sentence: str = ""
    second: Checked | None = None
