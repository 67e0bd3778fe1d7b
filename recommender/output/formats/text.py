"""Text for people: one screen, or the whole account."""

from __future__ import annotations

from recommender.engine import Recommendation
from recommender.output.document import words
from recommender.output.layout import lines
from recommender.output.report import tell


def render(
    advice: Recommendation, *, language: str = "en", full: bool = False, verbose: bool = False
) -> str:
    """Return a recommendation as plain text, 80 columns wide."""
    document = tell(advice, language=language, full=full, verbose=verbose)
    return "".join(f"{words(line)}\n" for line in lines(document))
