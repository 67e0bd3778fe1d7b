"""The whole report as one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import (
    adjustments,
    open_questions,
    plan,
    provenance,
    reasons,
    referrals,
    robustness,
    routes,
    scan,
    warnings,
)
from .document import Document, clean
from .headline import clarity, headline, lenses
from .teller import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable

    from recommender.engine import Recommendation

    from .document import Section


def tell(advice: Recommendation, *, language: str = "en", verbose: bool = False) -> Document:
    """Return a recommendation as a document: what, how sure, why, what if, what next, sources.

    `verbose` adds every rule with its state.
    """
    return told_by(Teller(advice, language), verbose=verbose)


def told_by(teller: Teller, *, verbose: bool = False) -> Document:
    """Return the document of a teller, which afterwards has the numbers of the sources."""
    line = headline(teller)
    found: list[Section | None] = [
        referrals.referrals(teller),
        clarity(teller),
        plan.plan(teller),
        lenses(teller),
        reasons.exclusions(teller),
        *reasons.why(teller),
        reasons.contributions(teller) if verbose else None,
        reasons.contradictions(teller),
        robustness.robustness(teller),
        robustness.changes(teller),
        open_questions.unknown(teller),
        routes.routes(teller),
        *_scanned(teller),
        adjustments.weights(teller),
        adjustments.overlays(teller),
        adjustments.retired(teller),
        warnings.warnings(teller),
        provenance.trace(teller) if verbose else None,
    ]
    # Only now are all the sources known.
    found += [provenance.sources(teller), provenance.provenance(teller)]
    sections = tuple(section for section in found if section is not None and section.blocks)
    return Document(clean(teller.advice.profile.name), line, sections)


def _scanned(teller: Teller) -> Iterable[Section | None]:
    """Return what was read in a repository, where the answers come from one."""
    found = teller.advice.profile.scan
    return () if found is None else scan.sections_of(found, teller.language)
