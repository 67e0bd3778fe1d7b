"""Review: what of a pack's claims on package indexes a newer snapshot bears out, and what not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from recommender.index.claims import claim_of
from recommender.judging.case import Case
from recommender.judging.plan import plan_of
from recommender.nouns.errors import Place
from recommender.nouns.json_values import json_value
from recommender.nouns.library import Library
from recommender.nouns.pack import Constraint, Fact, Pack, Route, Rule
from recommender.nouns.profile import Profile

from .claims import encoding
from .sources import claiming

if TYPE_CHECKING:
    from recommender.index.snapshot import Snapshot

REVIEW_SCHEMA = 1
"""The version of the JSON that a review is written as."""

Claiming: TypeAlias = Rule | Constraint | Route | Fact | Library

KINDS = {
    Rule: "rule", Constraint: "constraint", Route: "route", Fact: "fact", Library: "library",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FallenClaim:
    """One claim that no longer holds, to be read again by a person.

    `before` and `now` are what the older and the newer snapshot say, in words; `held` is the day of
    the last snapshot that bore the claim out. `projects` counts those of the pack's population that
    would be advised otherwise, were there no such statement.
    """

    id: str
    kind: str
    claim: str
    before: str
    now: str
    held: dt.date | None
    projects: int
    place: Place


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """What a newer snapshot makes of a pack's claims: those that hold, and items to review.

    `unlisted` has the Pythons that there are wheels for, and whose day nobody wrote down.
    """

    day: dt.date
    holding: tuple[str, ...]
    items: tuple[FallenClaim, ...]
    newer: Mapping[str, tuple[str, str]]
    unlisted: tuple[str, ...]
    projects: int

    @property
    def confirmed(self) -> dict[str, dt.date]:
        """The day on which each claim was last borne out, where one is known."""
        kept = {item.claim: item.held for item in self.items if item.held is not None}
        return {**kept, **dict.fromkeys(self.holding, self.day)}


def review(
    pack: Pack,
    before: Snapshot,
    after: Snapshot,
    day: dt.date,
    *,
    mine: Callable[[Claiming], bool] = lambda _: True,
) -> ClaimReview:
    """Compare a pack's claims with a newer snapshot; those that move most projects come first.

    `mine` tells which statements to look at. Nothing of the pack is changed.

    >>> import datetime as dt
    >>> from recommender import load_pack
    >>> from recommender.index.snapshot import Snapshot
    >>> nothing = Snapshot({}, {})
    >>> review(load_pack("tests/toy/rules"), nothing, nothing, dt.date(2026, 11, 27)).items
    ()
    """
    holding: dict[str, None] = {}
    found = []
    moved: dict[tuple[str, str], int] = {}
    for each in filter(mine, claiming(pack)):
        for text in each.holds:
            claim = claim_of(text)
            if claim.holds(after):
                holding[str(claim)] = None
                continue
            key = KINDS[type(each)], each.id
            if key not in moved:
                moved[key] = _moved(pack, each)
            seen = claim.seen(before), claim.seen(after)
            held = before.confirmed.get(str(claim))
            found.append(
                FallenClaim(each.id, key[0], str(claim), *seen, held, moved[key], each.place)
            )
    found.sort(key=lambda item: (-item.projects, item.kind, item.id, item.claim))
    return ClaimReview(
        day,
        tuple(holding),
        tuple(found),
        _newer(before, after),
        after.unlisted,
        len(pack.population),
    )


def packages_of(
    pack: Pack, *, mine: Callable[[Claiming], bool] = lambda _: True
) -> tuple[set[str], set[str]]:
    """Return the packages that a pack's claims read, and those whose requirements they speak of."""
    claims = [claim_of(text) for each in filter(mine, claiming(pack)) for text in each.holds]
    sides = [each for claim in claims for each in claim.sides]
    pinning = {s.packages[0] for s in sides if s.derivation in ("requires", "admits-feature")}
    read = {name for s in sides for name in s.packages[: 1 if s.derivation == "requires" else 2]}
    return read, pinning


def as_data(found: ClaimReview, pack: Pack, *, written: bool) -> dict[str, Any]:
    """Return a review as plain values, under a schema number."""
    return {
        "schema": REVIEW_SCHEMA,
        "kind": "refresh",
        "pack": pack.id,
        "version": pack.version,
        "written": written,
        **json_value(found),
    }


def _newer(before: Snapshot, after: Snapshot) -> dict[str, tuple[str, str]]:
    """Return, by package, the newest release before and now, where they differ."""

    def last(snapshot: Snapshot, name: str) -> str:
        package = snapshot.packages.get(name)
        return package.finals[-1].version if package and package.finals else "none"

    pairs = {name: (last(before, name), last(after, name)) for name in after.packages}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _moved(pack: Pack, statement: Claiming) -> int:
    """Count the projects of the population that are advised otherwise without a statement."""
    less = _without(pack, statement)
    profiles = [Profile(dict(each.answers), name=each.id) for each in pack.population]
    return sum(_advice(each, pack) != _advice(each, less) for each in profiles)


def _without(pack: Pack, statement: Claiming) -> Pack:
    """Return a pack without a statement; of a fact, without the rules that encode it."""
    if isinstance(statement, Constraint):
        return replace(pack, constraints=_but(pack.constraints, [statement.id]))
    if isinstance(statement, Library):
        return replace(pack, libraries=_but(pack.libraries, [statement.id]))
    if isinstance(statement, Route):
        return replace(pack, routes=tuple(r for r in pack.routes if r.id != statement.id))
    rules = encoding(pack, statement) if isinstance(statement, Fact) else [statement]
    return replace(pack, rules=_but(pack.rules, [rule.id for rule in rules]))


def _but(entries: Mapping[str, Any], ids: Iterable[str]) -> dict[str, Any]:
    return {name: each for name, each in entries.items() if name not in ids}


def _advice(profile: Profile, pack: Pack) -> tuple[Any, ...]:
    case = Case.of(profile, pack)
    return case.decision.outcome, case.decision.best, plan_of(case)
