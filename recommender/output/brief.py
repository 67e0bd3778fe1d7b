"""The advice in brief for programs and agents: a bounded number of characters (docs/json.md)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from recommender.judging.case import Case
from recommender.judging.outcome import WHOLE
from recommender.language import points
from recommender.nouns.json_values import json_value
from recommender.reflecting.interview import next_of

from . import plan
from .document import clean, linked, words
from .formats.json import share_of, write
from .headline import headline, unanswered
from .reasons import strongest
from .teller import Teller
from .warnings import readings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recommender.engine import Recommendation
    from recommender.judging.explanation import Exclusion, Reason
    from recommender.nouns.referral import Referral
    from recommender.nouns.source import Citation

SCHEMA = 2
"""The version of the JSON that brief advice is written as."""

LIMIT = 3500
"""Characters of brief advice: an agent pays for each, in every turn that follows."""

MOST = 3
"""Entries of a list: exclusions, questions."""

MOST_STEPS = 6

COUNTS = ((3, 3), (3, 2), (2, 2), (2, 1), (1, 1))
"""Reasons for the best and against it: with too little room, fewer are told rather than cut."""

WIDTHS = (600, 400, 300, 240)
"""Characters of a sentence, tried for each count. Headline and plan are whole with all of them."""

LEAST_WIDTHS = (180, 120, 60, 40, 20, 8)
"""Characters of a sentence, plan and all, where all of that takes too much."""

NARROW = 60
"""Below this many characters a sentence, addresses are left out."""

LONGEST_HEADLINE = 1000
"""Characters that only a headline with names of any length has."""

LONGEST_ADDRESS = 160


def brief(advice: Recommendation, *, language: str = "en") -> dict[str, Any]:
    """Return what matters most of a recommendation; written, it takes at most `LIMIT` characters.

    >>> from recommender import load_pack, load_profile, recommend
    >>> pack = load_pack("tests/toy/rules")
    >>> advice = recommend(load_profile("tests/toy/examples/night-owl.yaml", pack), pack)
    >>> told = brief(advice)
    >>> told["best"], told["reasons"][0]["favors"], told["reasons"][0]["points"]
    ('tea', 'tea', '+28.8')
    """
    teller = Teller(advice, language)
    whole = _gathered(teller)
    for counts, width in product(COUNTS, WIDTHS):
        told = _within(whole, list(_reasons(teller, counts, width)), width)
        if len(write(told)) <= LIMIT:
            return told
    for width in LEAST_WIDTHS:
        least: dict[str, Any] = _shortened(told, width)
        least["headline"] = _shortened(whole["headline"], LONGEST_HEADLINE)
        if len(write(least)) <= LIMIT:
            break
    return least


def _within(whole: dict[str, Any], reasons: list[dict[str, Any]], width: int) -> dict[str, Any]:
    """Shorten every sentence but headline and plan, which are short mostly and say the most."""
    cut: dict[str, Any] = _shortened({**whole, "reasons": reasons}, width)
    return cut | {name: _shortened(whole[name], LIMIT) for name in ("headline", "plan")}


def _gathered(teller: Teller) -> dict[str, Any]:
    advice = teller.advice
    blank = unanswered(advice)  # figures would say nothing of this project
    fired = [each for each in advice.explanation.exclusions if each.state == "fires"]
    # Those that would take an answer that the pack calls rare are left to the whole account.
    hanging = [e for e in advice.explanation.exclusions if e.constraint in advice.decision.hanging]
    return {
        "schema": SCHEMA,
        "kind": "brief-advice",
        "language": teller.language.spoken,
        "headline": words(headline(teller)),
        "outcome": advice.outcome,
        "best": advice.best,
        "basis": advice.decision.basis,
        "probability": None if blank else share_of(advice.probability),
        "lens": advice.lens,
        "lenses": {lens: teller.told(each) for lens, each in advice.decisions.items()},
        "referrals": [_referral(teller, each) for each in advice.referrals[:MOST]],
        "reasons": [],  # as many as there is room for
        "excluded": [_excluded(teller, each) for each in fired[:MOST]],
        "possibly_excluded": [_excluded(teller, each) for each in hanging[:MOST]],
        "plan": [
            {"act": step.act, "candidate": step.candidate, "says": plan.told(teller, step)}
            for step in plan.shown(teller)
            if not blank
        ][:MOST_STEPS],
        "ask_next": [
            {"question": name, "ask": teller.language.ask(name)} for name in _telling(advice)
        ],
        "readings": readings(teller.language, advice.profile)[:MOST],
        "as_of": json_value(advice.provenance.as_of),
    }


def _reasons(teller: Teller, counts: tuple[int, int], width: int) -> Iterator[dict[str, Any]]:
    """Yield the strongest reasons for the first over the second, then those against it."""
    advice, rivals = teller.advice, teller.advice.rivals()
    if rivals is None:
        return
    for (candidate, over), most in zip((rivals, rivals[::-1]), counts, strict=True):
        for reason in strongest(teller, candidate, over, most):
            said = _sentence(teller, reason, width)
            if open_ := reason.state == "unknown":
                said = teller.say("Not settled: {said}", said=said)
            yield {
                "favors": candidate,
                "points": points(reason.moves(candidate, over), signed=True),
                **({"counts_in": reason.likelihood / WHOLE} if open_ else {}),
                "rule": reason.rule,
                "says": said,
                # A quotation grades nothing: the evidence is of what holds today.
                "evidence": "quoted" if advice.lens == "document" else reason.evidence,
                "source": _source(teller, reason.sources),
            }


def _sentence(teller: Teller, reason: Reason, width: int) -> str:
    """Return a rule's sentence: where there is no room for what held once, what holds today."""
    lens = teller.advice.lens
    said = teller.sentence(reason, lens, short=True)
    if len(said) > width and reason.standing == "weakened" and lens != "document":
        return teller.language.review(reason.rule)
    return said


def _referral(teller: Teller, referral: Referral) -> dict[str, Any]:
    return {
        "referral": referral.id,
        "says": teller.language.referral(referral.id),
        "instead": list(referral.instead)[:MOST],
        "source": _source(teller, referral.sources),
    }


def _excluded(teller: Teller, exclusion: Exclusion) -> dict[str, Any]:
    open_ = [name for name, answer in exclusion.answers.items() if answer is None]
    return {
        "candidates": list(exclusion.candidates)[:MOST],
        "constraint": exclusion.constraint,
        "says": teller.language.constraint(exclusion.constraint),
        **({"depends_on": open_[:MOST]} if open_ else {}),
        "source": _source(teller, exclusion.sources),
    }


def _source(teller: Teller, sources: Sequence[Citation]) -> dict[str, Any] | None:
    """Return the source to name where only one is: a page, before the document."""
    for cited in (*(each for each in sources if each.source), *sources):
        found = teller.pack.reference(cited)
        if cited.cite:
            return {"title": found.title, "says": found.says}
        url = found.url if len(found.url) <= LONGEST_ADDRESS and linked(found.url) else ""
        partial = {"interested": True} if found.interested else {}
        return {"title": found.title, "url": url, "read": json_value(found.read), **partial}
    return None


def _telling(advice: Recommendation) -> list[str]:
    """Choose the open questions that are expected to settle most, the most telling first.

    What the project answers with `unknown` was asked already.
    """
    day, seen = advice.provenance.as_of, advice.observations
    case = Case.of(advice.profile, advice.pack, lens=advice.lens, as_of=day, observations=seen)
    found: list[str] = []
    while len(found) < MOST:
        inquiry = next_of(case, (*advice.profile.unknown, *found))
        if inquiry is None:
            break
        found.append(inquiry.question)
    return found


def _shortened(value: Any, width: int) -> Any:
    """Shorten every sentence to a number of characters; addresses stay whole or are left out."""
    if isinstance(value, dict):
        return {key: _shortened(each, width) for key, each in value.items()}
    if isinstance(value, list):
        return [_shortened(each, width) for each in value]
    if not isinstance(value, str):
        return value
    if linked(value):
        return value if width >= NARROW else ""
    text = clean(value)
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"
