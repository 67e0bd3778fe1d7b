"""Models of how a rule file cites: a page by its id, or a passage of a document."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator

from .fields import Id, Quotation, several
from .strict import Strict


def _by_id(value: Any) -> Any:
    """Refuse a page that is described where it is cited: it would age in two places."""
    if isinstance(value, dict) and not value.keys().isdisjoint({"title", "url", "read"}):
        raise ValueError(
            "a source is cited by its id; register the page under `sources:` and write "
            "`{source: its-id, excerpt: the-excerpt}` here"
        )
    return value


class CitationText(Strict):
    """A passage of a pack document (`cite`, `says`), or a source and the excerpt that says so."""

    source: Id | None = None
    excerpt: Id | None = None
    cite: Id | None = None
    says: Quotation | None = None


OneCitation = Annotated[CitationText, BeforeValidator(_by_id)]
Citations = Annotated[tuple[OneCitation, ...], BeforeValidator(several)]
