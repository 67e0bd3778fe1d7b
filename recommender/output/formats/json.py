"""JSON for programs: the whole recommendation, under a schema number (docs/json.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from recommender.engine import RECOMMENDATION_SCHEMA, Recommendation, RouteAdvice
from recommender.judging.explanation import Exclusion, Reason
from recommender.judging.lens import LENSES, Lens
from recommender.judging.outcome import WHOLE
from recommender.nouns.errors import RecommenderError, marked
from recommender.nouns.json_values import json_value
from recommender.nouns.library import Library
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Route
from recommender.nouns.referral import Referral
from recommender.output.clock import clocks_of
from recommender.output.document import words
from recommender.output.headline import headline
from recommender.output.routes import installing_as_data
from recommender.output.scan import inferred
from recommender.output.teller import Teller, shown

KIND = "recommendation"

_written = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode


def render(advice: Recommendation, *, language: str = "en", **_: bool) -> str:
    """Return a recommendation as a JSON object: keys in a fixed order, one entry a line."""
    return write(_gathered(advice, language)) + "\n"


def render_all(advised: Sequence[Recommendation], *, language: str = "en", **_: bool) -> str:
    """Return several recommendations as one JSON list."""
    return write_all(_gathered(each, language) for each in advised) + "\n"


def write_all(entries: Iterable[Mapping[str, Any]]) -> str:
    """Return several objects as one JSON list."""
    return ",\n".join(map(write, entries)).join("[]")


def write(data: Mapping[str, Any]) -> str:
    """Return values and nouns as JSON that people can read and compare: one entry a line."""
    lines = ",\n".join(f"  {_written(key)}: {_value(value)}" for key, value in data.items())
    return marked(f"{{\n{lines}\n}}", lambda unsafe: json.dumps(unsafe)[1:-1])


def error_as_data(error: RecommenderError) -> dict[str, Any]:
    """Return an error as an object, which stands in the place of what could not be told."""
    return {"kind": "error", "faults": [str(fault) for fault in error.faults]}


def _value(value: Any) -> str:
    value = json_value(value)
    if isinstance(value, dict) and any(isinstance(each, dict | list) for each in value.values()):
        rows = ",\n".join(f"    {_written(key)}: {_written(each)}" for key, each in value.items())
        return f"{{\n{rows}\n  }}"
    if isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        rows = ",\n".join(f"    {_written(each)}" for each in value)
        return f"[\n{rows}\n  ]"
    return _written(value)


def as_data(advice: Recommendation, *, language: str = "en") -> dict[str, Any]:
    """Return a recommendation as plain values; sentences are in the language asked for."""
    data: dict[str, Any] = json_value(_gathered(advice, language))
    return data


def _gathered(advice: Recommendation, language: str) -> dict[str, Any]:
    """Return what is to be written, with nouns as they are; sources last, when all are known."""
    teller = Teller(advice, language)
    pack, told = advice.pack, advice.explanation
    return {
        "schema": RECOMMENDATION_SCHEMA,
        "kind": KIND,
        "language": teller.language.spoken,
        "headline": words(headline(teller)),
        **decision(advice),
        "referrals": [_referral(teller, each) for each in advice.referrals],
        "notes": advice.profile.notes,
        "source": advice.profile.source,
        "lenses": {lens: _lens(advice, lens) for lens in LENSES},
        "thresholds": pack.thresholds,
        "candidates": {
            name: {
                "title": teller.name(name),
                "home": pack.candidates[name].home,
                "score": advice.ranking.scores[name],
                "vetoed_by": list(advice.matrix.vetoes.get(name, ())),
                "possibly_vetoed_by": list(advice.matrix.possible_vetoes.get(name, ())),
            }
            for name in advice.ranking.order
        },
        "criteria": _criteria(teller),
        "reasons": [_reason(teller, reason) for reason in told.reasons],
        "exclusions": [_exclusion(teller, each) for each in told.exclusions],
        "open_questions": [
            {**_fields(each), "ask": teller.language.ask(each.question)}
            for each in told.open_questions
        ],
        "inapplicable_questions": list(told.inapplicable),
        "document_reasons": [
            {"rule": r.rule, "says": r.sentence, "earned": r.earned}
            for r in advice.document.fired()
        ],
        "conflicts": [[reason.rule for reason in group] for group in advice.conflicts()],
        "shifts": advice.shifts,
        "excluded_today": advice.excluded_today,
        "tipping_weights": advice.tipping_weights,
        "ask_first": advice.ask_first and advice.ask_first.question,
        "on_probed_machine": advice.on_probed_machine,
        "plan": advice.plan,
        "libraries": [_library(teller, name) for each in advice.plan for name in each.libraries],
        "routes": [_route(teller, each) for each in advice.routes],
        "clocks": clocks_of(advice),
        "unreached": advice.unreached,
        "retired_rules": pack.retired,
        "warnings": list(advice.warnings),
        "readings": advice.profile.readings,
        **({} if advice.profile.scan is None else {"inferred": inferred(advice.profile.scan)}),
        "observations": _observations(advice.observations),
        "sensitivity": advice.sensitivity,
        "counterfactuals": advice.counterfactuals,
        "sources": [pack.reference(each) for each in teller.sources],
    }


def decision(advice: Recommendation) -> dict[str, Any]:
    """Return what a decision record needs, so that it can be rechecked later."""
    return {
        "name": advice.profile.name,
        "lens": advice.lens,
        "outcome": advice.outcome,
        "best": advice.best,
        "basis": advice.decision.basis,
        "leaders": list(advice.leaders),
        "scores": advice.ranking.scores,
        "margin": advice.ranking.margin,
        "stake": advice.ranking.stake,
        "answers": advice.profile.answers,
        "weights": advice.profile.weights,
        "support": support(advice),
        "points": {r.rule: r.earned for r in advice.explanation.fired()},
        "vetoes": advice.matrix.vetoes,
        "provenance": advice.provenance,
        "overlays": advice.pack.overlays,
    }


def _lens(advice: Recommendation, lens: Lens) -> dict[str, Any] | None:
    """Tell what one lens advises, with its ranking by score."""
    told, ranking = advice.decisions.get(lens), advice.rankings.get(lens)
    if told is None or ranking is None:
        return None
    return {
        **_fields(told, "support", "probability"),
        "support": told.support / WHOLE,
        "probability": share_of(told.probability),
        "ranking": ranking,
    }


def support(advice: Recommendation) -> dict[str, Any]:
    """Return the share of completions in which each candidate is first, and the probability."""
    found = advice.support
    return {
        "best": found.best,
        "shares": {
            name: part / WHOLE for name, part in zip(found.candidates, found.shares, strict=True)
        },
        "probability": share_of(advice.probability),
        "decided": found.decided / WHOLE,
        "usual": found.usual / WHOLE,
    }


def share_of(part: int | None) -> float | None:
    """Return ten-thousandths as a share of one, where there are any."""
    return None if part is None else part / WHOLE


def _criteria(teller: Teller) -> dict[str, Any]:
    matrix = teller.advice.matrix
    return {
        name: {
            "title": teller.language.criterion(name),
            "weight": weight,
            "points": dict(zip(matrix.candidates, row, strict=True)),
            "stake": stake,
        }
        for name, weight, row, stake in zip(
            matrix.criteria, matrix.weights, matrix.points, matrix.stakes, strict=True
        )
    }


def _reason(teller: Teller, reason: Reason) -> dict[str, Any]:
    sentence = teller.sentence(reason, teller.advice.explanation.lens)
    told = {**_fields(reason, "sources", "place"), "sentence": sentence}
    return {**told, **_origin(teller, reason)}


def _exclusion(teller: Teller, exclusion: Exclusion) -> dict[str, Any]:
    sentence = teller.language.constraint(exclusion.constraint)
    told = {**_fields(exclusion, "sources", "place"), "sentence": sentence}
    return {**told, **_origin(teller, exclusion)}


def _referral(teller: Teller, referral: Referral) -> dict[str, Any]:
    return {
        "id": referral.id,
        "sentence": teller.language.referral(referral.id),
        "instead": list(referral.instead),
        "evidence": referral.evidence,
        "reviewed": referral.reviewed,
        **_origin(teller, referral),
    }


def _library(teller: Teller, name: str) -> dict[str, Any]:
    library = teller.pack.libraries[name]
    return {
        "id": name,
        "candidate": library.candidate,
        "name": library.name,
        "serves": teller.language.serves(name),
        "expires": library.expires,
        **_origin(teller, library),
    }


def _route(teller: Teller, told: RouteAdvice) -> dict[str, Any]:
    route = told.route
    return {
        "id": route.id,
        "candidate": route.candidate,
        "target": route.target,
        "steps": list(route.steps),
        "maturity": route.maturity,
        "because": teller.language.route(route.id, route.because),
        "certain": told.certain,
        "check": route.check,
        "seen": told.seen,
        "expires": route.expires,
        "expired": told.expired,
        "installing": installing_as_data(told.installing),
        **_origin(teller, route),
    }


def _origin(
    teller: Teller, told: Reason | Exclusion | Referral | Route | Library
) -> dict[str, Any]:
    """Return the line of the pack that says so, and the numbers of its sources."""
    return {"place": shown(told.place, teller.pack), "sources": teller.cite(told.sources)}


def _observations(seen: Observations | None) -> dict[str, Any] | None:
    if seen is None:
        return None
    return {
        "made": seen.made,
        "digest": seen.digest,
        "machine": seen.machine,
        "versions": seen.versions,
        "seen": list(seen.by_key.values()),
    }


def _fields(noun: Any, *without: str) -> dict[str, Any]:
    return {name: getattr(noun, name) for name in noun.__match_args__ if name not in without}
