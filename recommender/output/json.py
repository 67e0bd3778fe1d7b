"""JSON for programs: the whole recommendation under a schema number (docs/json.md)."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from recommender.engine import RECOMMENDATION_SCHEMA
from recommender.errors import UNSAFE, Place
from recommender.lens import LENSES

from ._document import words
from ._teller import Teller, shown
from ._verdict import headline

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from recommender.engine import Recommendation, RouteAdvice
    from recommender.explanation import Exclusion, OpenQuestion, Reason
    from recommender.observation import Observations

KIND = "recommendation"

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def render(advice: Recommendation, *, language: str = "en") -> str:
    """Write a recommendation as one JSON object: keys in a fixed order, an entry a line."""
    return write(as_data(advice, language=language)) + "\n"


def render_all(advised: Sequence[Recommendation], *, language: str = "en") -> str:
    """Write several recommendations as one JSON list."""
    return write_all(as_data(each, language=language) for each in advised) + "\n"


def write_all(entries: Iterable[Mapping[str, Any]]) -> str:
    """Write several objects of plain values as one list."""
    return ",\n".join(map(write, entries)).join("[]")


def write(data: Mapping[str, Any]) -> str:
    """Write plain values so that people can read and compare them: an entry a line."""
    lines = ",\n".join(f"  {_compact(key)}: {_value(value)}" for key, value in data.items())
    return f"{{\n{lines}\n}}"


def _value(value: Any) -> str:
    if isinstance(value, dict) and any(isinstance(each, dict | list) for each in value.values()):
        rows = ",\n".join(f"    {_compact(key)}: {_compact(each)}" for key, each in value.items())
        return f"{{\n{rows}\n  }}"
    if isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        rows = ",\n".join(f"    {_compact(each)}" for each in value)
        return f"[\n{rows}\n  ]"
    return _compact(value)


def _compact(value: Any) -> str:
    written = _ENCODER.encode(value)
    if written.isprintable():  # as nearly all are, and UNSAFE takes its time to say so
        return written
    return UNSAFE.sub(lambda found: json.dumps(found[0])[1:-1], written)


def as_data(advice: Recommendation, *, language: str = "en") -> dict[str, Any]:
    """Turn a recommendation into plain values; sentences are in the language asked for."""
    teller = Teller(advice, language)
    pack, told = advice.pack, advice.explanation
    data = {
        "schema": RECOMMENDATION_SCHEMA,
        "kind": KIND,
        "language": teller.language.spoken,
        "headline": words(headline(teller)),
        **decision(advice),
        "notes": advice.profile.notes,
        "source": advice.profile.source,
        "lenses": {
            lens: plain(advice.rankings[lens]) if lens in advice.rankings else None
            for lens in LENSES
        },
        "thresholds": plain(pack.thresholds),
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
        "open_questions": [_question(teller, each) for each in told.open_questions],
        "inapplicable_questions": list(told.inapplicable),
        "document_reasons": [
            {"rule": r.rule, "says": r.sentence, "earned": plain(r.earned)}
            for r in advice.document.fired()
        ],
        "conflicts": [[reason.rule for reason in group] for group in advice.conflicts()],
        "shifts": plain(advice.shifts),
        "routes": [_route(teller, each) for each in advice.routes],
        "unreached": plain(advice.unreached),
        "overlays": plain(pack.overlays),
        "retired_rules": plain(pack.retired),
        "warnings": list(advice.warnings),
        "observations": _observations(advice.observations),
        "sensitivity": plain(advice.sensitivity),
        "counterfactuals": plain(advice.counterfactuals),
    }
    data["sources"] = [plain(source) for source in teller.sources]
    return data


def decision(advice: Recommendation) -> dict[str, Any]:
    """Give what a decision record must hold so that it can be checked again later."""
    return {
        "name": advice.profile.name,
        "lens": advice.lens,
        "outcome": advice.outcome,
        "best": advice.best,
        "leaders": list(advice.leaders),
        "scores": plain(advice.ranking.scores),
        "margin": advice.ranking.margin,
        "stake": advice.ranking.stake,
        "answers": plain(advice.profile.answers),
        "weights": plain(advice.profile.weights),
        "points": {r.rule: plain(r.earned) for r in advice.explanation.fired()},
        "vetoes": plain(advice.matrix.vetoes),
        "provenance": plain(advice.provenance),
    }


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
    return {
        **_bare(reason),
        "sentence": teller.sentence(reason, teller.advice.explanation.lens),
        "place": shown(reason.place, teller.pack),
        "sources": teller.cite(reason.sources),
    }


def _exclusion(teller: Teller, exclusion: Exclusion) -> dict[str, Any]:
    return {
        **_bare(exclusion),
        "sentence": teller.language.constraint(exclusion.constraint),
        "place": shown(exclusion.place, teller.pack),
        "sources": teller.cite(exclusion.sources),
    }


def _question(teller: Teller, waiting: OpenQuestion) -> dict[str, Any]:
    data: dict[str, Any] = plain(waiting)
    return {**data, "ask": teller.language.ask(waiting.question)}


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
        "seen": plain(told.seen),
        "expires": plain(route.expires),
        "expired": told.expired,
        "place": shown(route.place, teller.pack),
        "sources": teller.cite(route.sources),
    }


def _observations(seen: Observations | None) -> dict[str, Any] | None:
    if seen is None:
        return None
    return {
        "made": seen.made,
        "digest": seen.digest,
        "machine": plain(seen.machine),
        "versions": plain(seen.versions),
        "seen": [plain(each) for each in seen.by_key.values()],
    }


def _bare(told: Reason | Exclusion) -> dict[str, Any]:
    data: dict[str, Any] = plain(told)
    return {key: value for key, value in data.items() if key not in ("sources", "place")}


def plain(value: Any) -> Any:
    """Turn any noun into what JSON can hold: fields by name, sets in order, dates as text."""
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is float:
        return round(value, 6) if math.isfinite(value) else None
    if kind is tuple or kind is list:
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if kind is frozenset or kind is set:
        return sorted(value)
    if kind is Place:
        return str(value)
    if hasattr(kind, "__match_args__"):  # the fields of a noun, at no cost
        return {name: plain(getattr(value, name)) for name in kind.__match_args__}
    return value.isoformat() if isinstance(value, dt.date) else value


_AS_THEY_ARE = {str, int, bool, type(None)}
