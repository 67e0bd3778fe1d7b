"""Rules, constraints, routes, referrals and libraries: from checked text to the engine's nouns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from recommender.nouns.condition import RuleTest
from recommender.nouns.library import Library
from recommender.nouns.pack import Constraint, Measure, Review, Route, Rule
from recommender.nouns.referral import Referral
from recommender.nouns.source import Checked

from .answers import read_answers
from .conditions import ConditionReader
from .definitions import Definitions, Row, built

if TYPE_CHECKING:
    from .models import (
        CaseText,
        ConstraintText,
        LibraryText,
        ReferralText,
        ReviewText,
        RouteText,
        RuleText,
    )
    from .source_models import CheckedText, ReadingText


def rule_of(pack: Definitions, row: Row, text: RuleText) -> Rule:
    """Return one rule, with the names it uses and the shares it gives checked."""
    place = row.place()
    pack.known(text.criterion, "criterion", pack.criteria, row.place("criterion"))
    pack.own(row, tuple(text.favors), "a rule")
    sources = pack.sources(text.source, row.at("source"))
    if not text.favors and text.measure is None and text.review is None:
        pack.fault(place, f"the rule `{text.id}` favors nobody", "add `favors: {candidate: share}`")
    measure = text.measure and built(Measure, text.measure)
    if measure is not None and (
        measure.none_at == measure.full_at
        or (measure.scale == "log" and min(measure.none_at, measure.full_at) <= 0)
    ):
        remedy = "they must differ, and be above zero on a log scale"
        here = row.place("measure")
        pack.fault(here, "the anchors do not span a scale", remedy)
        measure = None
    return built(
        Rule,
        text,
        when=_when(pack, row),
        favors=_shares(pack, row.at("favors"), text.favors),
        place=place,
        sources=sources,
        review=_review(pack, row.at("review"), text.review),
        rates={},
        cases=_cases(pack, row, text.tests),
        measure=measure,
        checked=checked_of(text.checked),
        holds=pack.claims(text.holds, row),
    )


def constraint_of(pack: Definitions, row: Row, text: ConstraintText) -> Constraint:
    """Return one constraint, with the candidates that it excludes checked."""
    pack.own(row, text.vetoes, "a constraint")
    for index, name in enumerate(text.vetoes):
        pack.known(name, "candidate", pack.candidates, row.place("vetoes", index))
    stated = _stated(pack, row, text)
    return built(Constraint, text, **stated, holds=pack.claims(text.holds, row))


def route_of(pack: Definitions, row: Row, text: RouteText) -> Route:
    """Return one route, with the candidate that it starts from checked."""
    place = row.place()
    pack.own(row, (text.candidate,), "routes")
    pack.known(text.candidate, "candidate", pack.candidates, place)
    card = pack.candidates.get(text.candidate)
    packages = () if card is None or text.packages == () else card.packages
    return built(
        Route,
        text,
        id=text.id or f"{text.candidate}: {' > '.join(text.steps)} ({text.target})",
        place=place,
        when=_when(pack, row) if text.when else None,
        sources=pack.sources(text.source, row.at("source")),
        checked=checked_of(text.checked),
        prefer=_when(pack, row, "prefer") if text.prefer else None,
        holds=pack.claims(text.holds, row),
        packages=(*packages, *(text.packages or ())),
    )


def referral_of(pack: Definitions, row: Row, text: ReferralText) -> Referral:
    """Return one referral, with the sources that it cites checked."""
    stated = _stated(pack, row, text)
    unless = _when(pack, row, "unless") if text.unless else None
    return built(Referral, text, **stated, unless=unless)


def library_of(pack: Definitions, row: Row, text: LibraryText) -> Library:
    """Return one library, with the candidate that it is for checked."""
    pack.own(row, (text.candidate,), "libraries")
    pack.known(text.candidate, "candidate", pack.candidates, row.place())
    stated = _stated(pack, row, text)
    card = pack.candidates.get(text.candidate)
    packages = (*card.packages, *text.packages) if card and text.packages else ()
    return built(Library, text, **stated, holds=pack.claims(text.holds, row), packages=packages)


def _stated(
    pack: Definitions, row: Row, text: ConstraintText | ReferralText | LibraryText
) -> dict[str, Any]:
    """Return what is read alike of each statement that has a condition and tests of its own."""
    return {
        "when": _when(pack, row),
        "place": row.place(),
        "sources": pack.sources(text.source, row.at("source")),
        "cases": _cases(pack, row, text.tests),
        "checked": checked_of(text.checked),
    }


def checked_of(text: CheckedText | ReadingText | None) -> Checked | None:
    """Return what a reader found of a statement, and a second one, if any did."""
    if text is None:
        return None
    return built(Checked, text, second=checked_of(getattr(text, "second", None)))


def _when(pack: Definitions, row: Row, key: str = "when") -> Any:
    raw = row.raw
    reader = ConditionReader(pack.questions, row.file.name, pack.faults)
    return reader.read(raw.get(key), raw, key)


def _shares(pack: Definitions, row: Row, favors: Mapping[str, float]) -> dict[str, int]:
    for name in favors:
        pack.known(name, "candidate", pack.candidates, row.place(name))
    return {name: round(share * 100) for name, share in favors.items()}


def _review(pack: Definitions, row: Row, text: ReviewText | None) -> Review | None:
    if text is None:
        return None
    place = row.place()
    if text.verdict == "stands" and text.favors is not None:
        what = "a review that `stands` changes no `favors`"
        pack.fault(place, what, "leave `favors` out, or say `weakened`")
    if text.verdict == "weakened" and text.favors is None:
        what = "a review that says `weakened` needs the `favors` of today"
        pack.fault(place, what, "add `favors: {candidate: share}`")
    favors = text.favors
    if favors is not None:
        pack.own(row, tuple(favors), "a review")
    return built(
        Review,
        text,
        place=place,
        sources=pack.sources(text.sources, row.at("sources")),
        favors=None if favors is None else _shares(pack, row.at("favors"), favors),
    )


def _cases(pack: Definitions, row: Row, texts: tuple[CaseText, ...]) -> tuple[RuleTest, ...]:
    found = []
    for index, text in enumerate(texts):
        test = row.at("tests", index)
        given = read_answers(test.raw["given"], pack.questions, row.file.name, pack.faults)
        found.append(RuleTest(given, text.expect, test.place()))
    return tuple(found)
