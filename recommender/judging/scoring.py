"""Scoring: from a profile and a pack to a decision matrix, and from the matrix to a ranking.

The aggregation is the additive, linear value model of multi-criteria decision analysis (R. L.
Keeney and H. Raiffa, Decisions with Multiple Objectives, 1976, chapter 3) in whole numbers:
a tie is integer equality, and nothing is normalised by the set of candidates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recommender.nouns.errors import UsageError, did_you_mean
from recommender.nouns.pack import State, Thresholds

from .lens import Lens, view
from .outcome import NOBODY, Outcome, outcome_of, reversible, within
from .program import bits, program_of

if TYPE_CHECKING:
    from recommender.nouns.observation import Observations
    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile

    from .lens import View
    from .program import Truths


@dataclass(frozen=True, slots=True)
class Pending:
    """Hold the points that one unknown rule could still give, one number per candidate."""

    rule: str
    criterion: int
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DecisionMatrix:
    """Hold the points of every candidate (column) on every criterion (row).

    `points[i][j]` is the sum of weight(rule) times favors over the rules of criterion *i* that
    fire, in hundredths; `stakes[i]` what a candidate favored fully by all of them would have.
    """

    candidates: tuple[str, ...]
    criteria: tuple[str, ...]
    weights: tuple[int, ...]
    points: tuple[tuple[int, ...], ...]
    stakes: tuple[int, ...]
    vetoes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    possible_vetoes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pending: tuple[Pending, ...] = ()
    states: Mapping[str, State] = field(default_factory=dict)
    thresholds: Thresholds = field(default_factory=Thresholds)
    lens: Lens = "today"
    as_of: dt.date | None = None
    observed: bool = False

    @property
    def speaks(self) -> bool:
        """Tell whether any rule fired."""
        return any(self.stakes) or "fires" in self.states.values()


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hold the result: candidates best first (the vetoed last), scores, and how clear it is.

    `scores` and `margin` are exact whole hundredths; `margin` is first against second among the
    survivors. `best` is `None` unless the outcome is `clear` or `close`; `leaders` lists the
    candidates that share the first place.
    """

    order: tuple[str, ...]
    scores: Mapping[str, int]
    outcome: Outcome
    best: str | None
    leaders: tuple[str, ...]
    margin: int
    stake: int
    unknown_stake: int = 0
    reversible: bool = False
    hanging: tuple[str, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def lead(self) -> int:
        """Give the margin in whole hundredths of the stake, for display and for examples."""
        return round(100 * self.margin / self.stake) if self.stake else 0


def judge(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
) -> DecisionMatrix:
    """Judge a profile by a pack's rules, as one lens shows them.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> matrix = judge(load_profile({"answers": {"hour": "morning"}}, pack), pack)
    >>> matrix.candidates, matrix.states["mornings-want-caffeine"]
    (('coffee', 'tea'), 'fires')
    """
    truths = program_of(pack).run(profile.answers)
    seen = seen_by(profile, pack, truths, lens, as_of, observations)
    observed = lens == "measured" and observations is not None and truths.this_machine
    return _matrix(profile, pack, seen, truths, observed=observed)


def seen_by(
    profile: Profile,
    pack: Pack,
    truths: Truths | None = None,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
) -> View:
    """Choose the view that a profile is judged by: observations count only on its own machine."""
    if observations is not None and lens == "measured":
        truths = truths or program_of(pack).run(profile.answers)
        if not truths.this_machine:
            observations = None
    return view(pack, lens, as_of, observations)


def weights_in_force(profile: Profile, seen: View) -> tuple[int, ...]:
    """Give the weight of each criterion of a view: the project's own where it has one."""
    return tuple(
        profile.weights.get(name, weight)
        for name, weight in zip(seen.criteria, seen.weights, strict=True)
    )


def _matrix(
    profile: Profile, pack: Pack, seen: View, truths: Truths, *, observed: bool
) -> DecisionMatrix:
    fires, possible = truths.rules
    fires, unknown = fires & seen.active, possible & ~fires & seen.active
    width = len(seen.candidates)
    points = [[0] * width for _ in seen.criteria]
    stakes = [0] * len(seen.criteria)
    for index in bits(fires):
        term = seen.terms[index]
        row, weight = points[term.criterion], term.weight
        for column, share in enumerate(term.favors):
            row[column] += weight * share
        stakes[term.criterion] += weight * max(term.favors, default=0)
    pending = tuple(
        Pending(term.rule, term.criterion, tuple(term.weight * share for share in term.favors))
        for term in (seen.terms[index] for index in bits(unknown))
    )
    states: dict[str, State] = {seen.terms[index].rule: "silent" for index in bits(seen.active)}
    states |= {seen.terms[index].rule: "fires" for index in bits(fires)}
    states |= {entry.rule: "unknown" for entry in pending}
    holding, maybe = truths.constraints
    return DecisionMatrix(
        candidates=seen.candidates,
        criteria=seen.criteria,
        weights=weights_in_force(profile, seen),
        points=tuple(map(tuple, points)),
        stakes=tuple(stakes),
        vetoes=_excluded(pack, seen, holding),
        possible_vetoes=_excluded(pack, seen, maybe & ~holding),
        pending=pending,
        states=states,
        thresholds=pack.thresholds,
        lens=seen.lens,
        as_of=seen.as_of,
        observed=observed,
    )


def _excluded(pack: Pack, seen: View, mask: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    names = list(pack.constraints) if mask else []
    for index in bits(mask):
        for column in seen.vetoes[index]:
            found.setdefault(seen.candidates[column], []).append(names[index])
    return {candidate: tuple(sorted(ids)) for candidate, ids in sorted(found.items())}


def rank(matrix: DecisionMatrix, weights: Mapping[str, int] | None = None) -> Ranking:
    """Weigh a decision matrix and say who leads and how clearly; only numbers are touched.

    `weights` (0-10) replace the matrix's own for the criteria named. Raises `UsageError` for a
    criterion that the matrix does not have.

    >>> rank(DecisionMatrix(("a", "b"), ("x",), (2,), ((300, 100),), (300,))).outcome
    'clear'
    """
    for name in weights or ():
        if name not in matrix.criteria:
            raise UsageError(f"no criterion `{name}`; {did_you_mean(name, matrix.criteria)}")
    force = tuple(
        (weights or {}).get(name, weight)
        for name, weight in zip(matrix.criteria, matrix.weights, strict=True)
    )
    totals = [0] * len(matrix.candidates)
    for weight, row in zip(force, matrix.points, strict=True):
        for column, earned in enumerate(row):
            totals[column] += weight * earned
    scores = dict(zip(matrix.candidates, totals, strict=True))
    order = sorted(scores, key=lambda name: (name in matrix.vetoes, -scores[name], name))
    survivors = [name for name in order if name not in matrix.vetoes]
    stake = sum(weight * each for weight, each in zip(force, matrix.stakes, strict=True))
    unknown_stake = sum(force[p.criterion] * max(p.points, default=0) for p in matrix.pending)
    standing = [scores[name] for name in order]
    out = (1 << len(order)) - (1 << len(survivors))
    gains = _gains(matrix, force, order)
    outcome, best = outcome_of(
        scores=standing,
        excluded=out,
        hanging=sum(1 << j for j, name in enumerate(order) if name in matrix.possible_vetoes),
        stake=stake,
        unknown=unknown_stake,
        speaks=matrix.speaks,
        gains=lambda _: gains,
        limits=matrix.thresholds,
    )
    leaders = tuple(
        name
        for name in survivors
        if within(standing[0] - scores[name], matrix.thresholds.tie, stake)
    )
    margin = scores[survivors[0]] - scores[survivors[1]] if len(survivors) > 1 else 0
    return Ranking(
        order=tuple(order),
        scores=scores,
        outcome=outcome,
        best=order[best] if best != NOBODY else None,
        leaders=leaders,
        margin=margin,
        stake=stake,
        unknown_stake=unknown_stake,
        reversible=len(survivors) > 1 and reversible(0, standing, out, gains),
        hanging=matrix.possible_vetoes.get(survivors[0], ()) if survivors else (),
        weights=dict(zip(matrix.criteria, force, strict=True)),
    )


def _gains(matrix: DecisionMatrix, force: tuple[int, ...], order: list[str]) -> list[int]:
    """Add up the most that the unknown rules could gain each candidate on the first."""
    columns = [matrix.candidates.index(name) for name in order]
    return [
        sum(
            force[entry.criterion] * max(0, entry.points[column] - entry.points[columns[0]])
            for entry in matrix.pending
        )
        for column in columns
    ]


def score(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
) -> Ranking:
    """Judge and rank in one call.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> score(load_profile({"answers": {"hour": "evening"}}, pack), pack).best
    'tea'
    """
    return rank(judge(profile, pack, lens=lens, as_of=as_of, observations=observations))
