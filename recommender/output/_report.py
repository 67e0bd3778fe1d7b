"""The whole report as one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _headline, _outlook, _reasons, _robustness
from ._document import Document, clean
from ._teller import Teller

if TYPE_CHECKING:
    from recommender.engine import Recommendation

    from ._document import Section


def tell(advice: Recommendation, *, language: str = "en", verbose: bool = False) -> Document:
    """Return a recommendation as a document: what, how sure, why, what if, what next, sources.

    `verbose` adds every rule with its state.
    """
    return told_by(Teller(advice, language), verbose=verbose)


def told_by(teller: Teller, *, verbose: bool = False) -> Document:
    """Return the document of a teller, which afterwards has the numbers of the sources."""
    headline = _headline.headline(teller)
    found: list[Section | None] = [
        _headline.verdict(teller),
        _headline.lenses(teller),
        _reasons.exclusions(teller),
        *_reasons.why(teller),
        _reasons.contributions(teller) if verbose else None,
        _reasons.contradictions(teller),
        _robustness.robustness(teller),
        _robustness.changes(teller),
        _outlook.unknown(teller),
        _outlook.routes(teller),
        _outlook.weights(teller),
        _outlook.overlays(teller),
        _outlook.retired(teller),
        _outlook.warnings(teller),
        _outlook.trace(teller) if verbose else None,
    ]
    # Only now are all the sources known.
    found += [_outlook.sources(teller), _outlook.provenance(teller)]
    sections = tuple(section for section in found if section is not None and section.blocks)
    return Document(clean(teller.advice.profile.name), headline, sections)
