"""Markdown for a wiki, an issue or a job summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.output.markup import inline, section
from recommender.output.report import tell

if TYPE_CHECKING:
    from recommender.engine import Recommendation


def render(advice: Recommendation, *, language: str = "en") -> str:
    """Return a recommendation in Markdown, its headline as the title."""
    document = tell(advice, language=language)
    parts = [f"# {inline(document.headline)}", *map(section, document.sections)]
    return "\n\n".join(parts) + "\n"
