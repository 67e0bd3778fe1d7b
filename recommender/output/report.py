"""The whole report as one document."""

from __future__ import annotations

from recommender.engine import Recommendation

from . import adjustments, clock, plan, provenance, reasons, robustness, routes, scan, warnings
from .answered import unknown
from .document import Report, Section, clean, report
from .headline import clarity, headline, lenses
from .screen import screen
from .teller import Teller


def tell(
    advice: Recommendation, *, language: str = "en", full: bool = False, verbose: bool = False
) -> Report:
    """Return a recommendation as a document: one screen, or with `full` the whole account.

    `verbose` names rules by their ids, and adds every rule with its state to the whole account.
    """
    teller = Teller(advice, language, verbose=verbose)
    return told_by(teller, traced=verbose) if full else screen(teller)


def told_by(teller: Teller, *, traced: bool = False) -> Report:
    """Return the whole account: what, how sure, why, what if, what next, sources.

    The teller afterwards has the numbers of the sources. `traced` adds every rule with its state.
    """
    line, read = headline(teller), teller.advice.profile.scan
    found: list[Section | None] = [
        warnings.referrals(teller),
        clarity(teller),
        plan.plan(teller),
        lenses(teller),
        reasons.exclusions(teller),
        *reasons.why(teller),
        reasons.contributions(teller) if traced else None,
        reasons.contradictions(teller),
        robustness.robustness(teller),
        robustness.changes(teller),
        unknown(teller),
        routes.routes(teller),
        clock.clocks(teller),
        *(scan.sections_of(read, teller.language) if read else ()),
        adjustments.weights(teller),
        adjustments.overlays(teller),
        adjustments.retired(teller),
        warnings.warnings(teller),
        provenance.trace(teller) if traced else None,
    ]
    # Only now are all the sources known.
    found += [provenance.sources(teller), provenance.provenance(teller)]
    return report(clean(teller.advice.profile.name), line, found)
