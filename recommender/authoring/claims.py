"""Claims: the statements of a pack's documents, whether each holds today, and what a probe saw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from recommender.judging.lens import applied_review
from recommender.nouns.errors import Place
from recommender.nouns.json_values import json_value
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Fact, Pack, Rule
from recommender.nouns.source import Citation, Reference

CLAIMS_SCHEMA = 1
"""The version of the JSON that an audit is written as."""

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a probe saw of one check for one candidate."""

    check: str
    candidate: str
    verdict: str
    because: str


@dataclass(frozen=True, slots=True)
class AuditedClaim:
    """One statement of a document with its audit.

    `kind` is `fact` where the pack audits the statement itself, and `rule` where a rule encodes
    it and its review is the audit. `rules` are the rules that encode it; a fact that decides
    nothing has none.
    """

    id: str
    kind: Literal["fact", "rule"]
    document: str
    says: str
    verdict: str
    because: str
    rules: tuple[str, ...]
    sources: tuple[Reference, ...]
    expired: bool
    seen: tuple[Sighting, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Freshness:
    """How many cells (a candidate on a criterion) of a pack are judged, measured and expired."""

    cells: int
    judged: int
    read_within_a_year: int
    measured: int
    measured_here: int
    expired: int


@dataclass(frozen=True, slots=True)
class Audit:
    """All claims in the order of the documents, and the versions that a probe examined."""

    pack: str
    version: str
    as_of: dt.date
    claims: tuple[AuditedClaim, ...]
    freshness: Freshness
    probed: bool
    versions: Mapping[str, Mapping[str, str]]


def audit(
    pack: Pack, *, observations: Observations | None = None, as_of: dt.date | None = None
) -> Audit:
    """Return the audit of every statement that a pack takes from its documents.

    >>> from recommender import load_pack
    >>> found = audit(load_pack("tests/toy/rules"))
    >>> [(claim.id, claim.verdict) for claim in found.claims][:2]
    [('mornings-want-caffeine', 'weakened'), ('evenings-want-calm', 'stands')]
    """
    as_of = as_of or pack.dated
    claims = [*_facts(pack, observations, as_of), *_uncovered_rules(pack, observations, as_of)]
    return Audit(
        pack=pack.id,
        version=pack.version,
        as_of=as_of,
        claims=tuple(sorted(claims, key=lambda claim: _position(pack, claim))),
        freshness=freshness(pack, observations, as_of),
        probed=observations is not None,
        versions=observations.versions if observations else {},
    )


def _position(pack: Pack, claim: AuditedClaim) -> tuple[int, int, str]:
    text = pack.documents[claim.document].text if claim.document in pack.documents else ""
    return list(pack.documents).index(claim.document), text.find(claim.says), claim.id


def _facts(pack: Pack, observations: Observations | None, as_of: dt.date) -> Iterator[AuditedClaim]:
    for fact in pack.facts.values():
        rules = encoding(pack, fact)
        checks = (*fact.checks, *(check for rule in rules for check in rule.checks))
        yield AuditedClaim(
            id=fact.id,
            kind="fact",
            document=fact.says.cite,
            says=fact.says.says,
            verdict=fact.verdict,
            because=fact.because,
            rules=tuple(rule.id for rule in rules),
            sources=tuple(
                pack.reference(each)
                for each in fact.sources
                or [cited for rule in rules for cited in _reviewing(rule, as_of)]
            ),
            expired=any(_is_expired(rule, as_of) for rule in rules),
            seen=_sightings(checks, pack, observations),
            place=fact.place,
        )


def encoding(pack: Pack, fact: Fact) -> list[Rule]:
    """Return the rules that encode a fact: those it names, and those that quote the same words."""
    same = [
        rule.id for rule in pack.rules.values()
        if rule.cites and (rule.cites.cite, rule.cites.says) == (fact.says.cite, fact.says.says)
    ]  # fmt: skip
    return [pack.rules[id_] for id_ in dict.fromkeys((*fact.rules, *same)) if id_ in pack.rules]


def _uncovered_rules(
    pack: Pack, observations: Observations | None, as_of: dt.date
) -> Iterator[AuditedClaim]:
    covered = {rule.id for fact in pack.facts.values() for rule in encoding(pack, fact)}
    for rule in pack.rules.values():
        cited = rule.cites
        if cited is None or rule.id in covered:
            continue
        review = applied_review(rule, as_of)
        yield AuditedClaim(
            id=rule.id,
            kind="rule",
            document=cited.cite,
            says=cited.says,
            verdict=review.verdict if review else "not reviewed",
            because=review.because if review else rule.because,
            rules=(rule.id,),
            sources=tuple(map(pack.reference, _reviewing(rule, as_of))),
            expired=_is_expired(rule, as_of),
            seen=_sightings(rule.checks, pack, observations),
            place=rule.place,
        )


def _reviewing(rule: Rule, as_of: dt.date) -> tuple[Citation, ...]:
    review = applied_review(rule, as_of)
    return review.sources if review else ()


def _is_expired(rule: Rule, as_of: dt.date) -> bool:
    review = applied_review(rule, as_of)
    return review is not None and review.expires is not None and review.expires < as_of


def _sightings(
    checks: Iterable[str], pack: Pack, observations: Observations | None
) -> tuple[Sighting, ...]:
    if observations is None:
        return ()
    return tuple(
        Sighting(check, name, seen.verdict, seen.because)
        for check in dict.fromkeys(checks)
        for name in pack.candidates
        if (seen := observations.get(check, name)) is not None
    )


def freshness(pack: Pack, observations: Observations | None, as_of: dt.date) -> Freshness:
    """Count the cells of candidates and criteria by how their judgement is backed.

    A cell is judged if some rule of the criterion names the candidate; it is expired if the
    review of any such rule is.
    """
    known = read = measured = here = expired = 0
    for criterion in pack.criteria:
        rules = [r for r in pack.rules.values() if r.criterion == criterion]
        for candidate in pack.candidates:
            own = [rule for rule in rules if candidate in judged(rule)]
            known += bool(own)
            read += any(_is_fresh(pack, rule, as_of) for rule in own)
            measured += any(rule.evidence == "measured" or rule.checks for rule in own)
            here += any(_saw(rule, candidate, observations) for rule in own)
            expired += any(_is_expired(rule, as_of) for rule in own)
    cells = len(pack.criteria) * len(pack.candidates)
    return Freshness(cells, known, read, measured, here, expired)


def judged(rule: Rule) -> set[str]:
    """Return the candidates that a rule judges, by itself or in its review."""
    review = rule.review.favors if rule.review else None
    return {*rule.favors, *(review or ()), *rule.rates}


def _is_fresh(pack: Pack, rule: Rule, as_of: dt.date) -> bool:
    cited = (*rule.sources, *_reviewing(rule, as_of))
    return any(each.source and as_of - pack.sources[each.source].read <= YEAR for each in cited)


def _saw(rule: Rule, candidate: str, observations: Observations | None) -> bool:
    seen = [observations.get(check, candidate) for check in rule.checks] if observations else []
    return any(each is not None and each.verdict != "unavailable" for each in seen)


def as_data(found: Audit) -> dict[str, Any]:
    """Return an audit as plain values, under a schema number."""
    return {"schema": CLAIMS_SCHEMA, "kind": "claims", **json_value(found)}
