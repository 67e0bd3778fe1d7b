"""Lenses: the numbers of a pack as its document said them, as they hold today, or as measured.

`document` takes the cited sentences at face value; `today` applies each rule's review; `measured`
is `today` with what a probe refuted on this machine taken away (docs/architecture.md, "Three
lenses"). A view holds numbers only, aligned with the pack's rules, criteria and candidates.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from recommender.nouns.errors import UsageError, did_you_mean
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Constraint, Measure, Pack, Review, Rule, Standing
from recommender.nouns.source import Evidence

if TYPE_CHECKING:
    from recommender.nouns.population import CalibrationPoint

Lens: TypeAlias = Literal["document", "today", "measured"]
LENSES: tuple[Lens, ...] = ("document", "today", "measured")

DOCUMENT_WEIGHT = 5
"""What every rule weighs under `document`, since the document grades nothing."""

SPREAD: Mapping[Evidence, int] = {"measured": 5, "documented": 10, "reported": 20, "judged": 30}
"""How far a rating may be off in either direction, in hundredths, by the grade of its evidence."""

LARGEST = 1e300


class Term(NamedTuple):
    """One rule's numbers under a lens: favors in hundredths, one for each candidate.

    `spread` is how far they may be off in either direction (`SPREAD`).
    """

    rule: str
    criterion: int
    weight: int
    favors: tuple[int, ...]
    sentence: str
    standing: Standing | Literal["as-written"] = "as-written"
    expired: bool = False
    refuted: tuple[str, ...] = ()
    spread: int = 0
    decides: bool = False


class View(NamedTuple):
    """The numbers of a pack under one lens on one day.

    `active` is the mask of the rules that count, `vetoes[i]` the places in `candidates` that
    constraint *i* excludes; rules and constraints are in the pack's order.
    """

    lens: Lens
    as_of: dt.date
    candidates: tuple[str, ...]
    criteria: tuple[str, ...]
    weights: tuple[int, ...]
    terms: tuple[Term, ...]
    active: int
    vetoes: tuple[tuple[int, ...], ...]


def day_of(as_of: dt.date | None, pack: Pack) -> dt.date:
    """Return the day to judge at: `as_of`, or the pack's own date; of a `datetime`, its date.

    Raises `UsageError` if `as_of` is no date.
    """
    day = as_of or pack.dated
    if isinstance(day, dt.datetime):  # a date too, which compares with no other
        day = day.date()
    if not isinstance(day, dt.date):
        raise UsageError(f"`as_of` takes a datetime.date, not {day!r}")
    return day


def view(
    pack: Pack,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
) -> View:
    """Return a pack as a lens shows it; reviews and their expiry are judged at `as_of`.

    Observations are taken as applying; whether they do for a project, `Case.observed` says.
    Raises `UsageError` for a lens that does not exist.
    """
    if lens not in LENSES:
        raise UsageError(f"there is no lens `{lens}`; {did_you_mean(lens, LENSES)}")
    as_of = day_of(as_of, pack)
    observations = observations if lens == "measured" else None
    key = (View, lens, as_of)
    if observations is None and key in pack.memo:
        return pack.memo[key]  # type: ignore[no-any-return]
    seen = _view(pack, lens, as_of, observations)
    if observations is None:
        pack.memo[key] = seen
    return seen


def calibration_at(pack: Pack, lens: Lens, day: dt.date) -> tuple[CalibrationPoint, ...]:
    """Return the calibration of a pack where it holds: through the lens `today`, as reviewed.

    It was made of the rules with their reviews; before the day of one it says nothing.
    """
    early = day < pack.dated and any(r.review and r.review.on > day for r in pack.rules.values())
    return () if lens != "today" or early else pack.calibration


def _view(pack: Pack, lens: Lens, as_of: dt.date, observations: Observations | None) -> View:
    criteria = tuple(sorted(pack.criteria))
    position = {criterion: index for index, criterion in enumerate(criteria)}
    document = lens == "document"
    terms, active = [], 0
    for index, rule in enumerate(pack.rules.values()):
        if rule.id not in pack.retired and (rule.cites or not document):
            active |= 1 << index
        if document:
            terms.append(_as_published(pack, rule, position[rule.criterion]))
        else:
            terms.append(_as_reviewed(pack, rule, position[rule.criterion], as_of, observations))
    return View(
        lens=lens,
        as_of=as_of,
        candidates=tuple(sorted(pack.candidates)),
        criteria=criteria,
        weights=tuple(1 if document else pack.criteria[name].weight for name in criteria),
        terms=tuple(terms),
        active=active,
        vetoes=tuple(
            _vetoed(pack, constraint, document=document, observations=observations)
            for constraint in pack.constraints.values()
        ),
    )


def _as_published(pack: Pack, rule: Rule, criterion: int) -> Term:
    cited = rule.cites
    shares = rule.favors if cited else {}
    # The document grades nothing: whoever its sentence names gets everything.
    most = max(shares.values(), default=0) or 1
    favors = tuple(100 * (shares.get(name) == most) for name in sorted(pack.candidates))
    return Term(
        rule.id, criterion, DOCUMENT_WEIGHT, favors, cited.says if cited else rule.because,
        spread=SPREAD[rule.evidence], decides=decides(pack, rule),
    )  # fmt: skip


def decides(pack: Pack, rule: Rule) -> bool:
    """Return whether a rule is a deciding reason rather than a default."""
    return pack.criteria[rule.criterion].decides if rule.decides is None else rule.decides


def _as_reviewed(
    pack: Pack, rule: Rule, criterion: int, as_of: dt.date, observations: Observations | None
) -> Term:
    shares, sentence = rule.favors, rule.because
    standing: Standing | Literal["as-written"] = "as-written"
    review = applied_review(rule, as_of)
    if review is not None:
        standing, sentence = review.verdict, review.because
        if review.favors is not None:
            shares = review.favors
        elif standing == "overturned":
            shares = {}
    if standing != "overturned" or (review is not None and review.favors):
        shares = {**shares, **rule.rates}
    if rule.measure is not None:
        shares = _measured(rule.measure, pack, observations)
    refuted = tuple(
        name
        for name in sorted(pack.candidates)
        if observations and any(observations.refutes(check, name) for check in rule.checks)
    )
    favors = tuple(
        0 if name in refuted else shares.get(name, 0) for name in sorted(pack.candidates)
    )
    expired = review is not None and review.expires is not None and review.expires < as_of
    return Term(
        rule.id, criterion, rule.weight, favors, sentence, standing, expired, refuted,
        SPREAD[rule.evidence], decides(pack, rule),
    )  # fmt: skip


def applied_review(rule: Rule, as_of: dt.date) -> Review | None:
    """Return the review of a rule in force on a day; one written after that day does not count."""
    return rule.review if rule.review is not None and rule.review.on <= as_of else None


def _measured(measure: Measure, pack: Pack, observations: Observations | None) -> Mapping[str, int]:
    shares = {}
    for name in pack.candidates:
        seen = observations.get(measure.check, name) if observations else None
        figure = seen.figures.get(measure.figure) if seen else None
        if isinstance(figure, int | float) and not isinstance(figure, bool):
            shares[name] = share_of(measure, figure)
    return shares


def share_of(measure: Measure, figure: float) -> int:
    """Convert a measured figure to hundredths: 0 at `none_at`, 100 at `full_at`, clipped between.

    >>> from recommender.nouns.pack import Measure
    >>> share_of(Measure("speed", "steps", none_at=10, full_at=1000, scale="log"), 100)
    50
    """
    low, high = measure.none_at, measure.full_at
    if not -LARGEST < figure < LARGEST:  # infinite, not a number, or beyond all measuring
        return 0
    if measure.scale == "log":
        if figure <= 0:
            return 0
        low, high, figure = math.log(low), math.log(high), math.log(figure)
    return round(100 * min(1.0, max(0.0, (figure - low) / (high - low))))


def _vetoed(
    pack: Pack, constraint: Constraint, *, document: bool, observations: Observations | None
) -> tuple[int, ...]:
    if document and constraint.cites is None:
        return ()
    return tuple(
        index
        for index, name in enumerate(sorted(pack.candidates))
        if name in constraint.vetoes
        and (
            not constraint.refuted
            or (observations is not None and observations.refutes(constraint.refuted, name))
        )
    )
