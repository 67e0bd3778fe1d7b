"""Scoring: the decision matrix of a case, and from the matrix to a ranking.

The aggregation is the additive, linear value model of multi-criteria decision analysis (R. L.
Keeney and H. Raiffa, Decisions with Multiple Objectives, 1976, chapter 3) in whole numbers:
a tie is integer equality, and nothing is normalised by the set of candidates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from recommender.nouns.errors import UsageError, did_you_mean
from recommender.nouns.pack import State, Thresholds

from .lens import Lens
from .outcome import NOBODY, Outcome, outcome_of, reversible, within


@dataclass(frozen=True, slots=True)
class Pending:
    """The points that one unknown rule could still earn each candidate.

    `rare` is true if it could fire only through an answer marked `rare`.
    """

    rule: str
    criterion: int
    points: tuple[int, ...]
    rare: bool = False


@dataclass(frozen=True, slots=True)
class DecisionMatrix:
    """The points of every candidate (column) on every criterion (row).

    `points[i][j]` is the sum of weight(rule) times favors over the rules of criterion *i* that
    fire, in hundredths; `stakes[i]` is that sum for a candidate that all of them favored fully.
    `possible_vetoes` come from unknown constraints; `rare_vetoes` names those constraints that
    could hold only through an answer marked `rare`.
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
    rare_vetoes: frozenset[str] = frozenset()

    def hanging_over(self, candidate: str) -> tuple[str, ...]:
        """Return the unknown constraints that may exclude a candidate, less the rare ones."""
        possible = self.possible_vetoes.get(candidate, ())
        return tuple(each for each in possible if each not in self.rare_vetoes)

    @property
    def speaks(self) -> bool:
        """Whether any rule fired."""
        return any(self.stakes) or "fires" in self.states.values()


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates in order, with scores, margin and outcome.

    `order` has the best first and the excluded last. `scores` and `margin` are exact, in
    hundredths; `margin` is the first survivor's score less the second's. `best` is `None` unless
    the outcome is `clear` or `close`; `leaders` are the candidates that share the first place.
    `unknown_stake` and `hanging` (the constraints that may exclude the first) leave out what could
    come about only through an answer marked `rare`; `reversible` is true if all unknown rules
    together could put another candidate first.
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
        """The margin in whole hundredths of the stake."""
        return round(100 * self.margin / self.stake) if self.stake else 0


def rank(matrix: DecisionMatrix, weights: Mapping[str, int] | None = None) -> Ranking:
    """Rank the candidates of a decision matrix, and decide the outcome.

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
    usual = [each for each in matrix.pending if not each.rare]
    unknown_stake = sum(force[each.criterion] * max(each.points, default=0) for each in usual)
    standing = [scores[name] for name in order]
    out = (1 << len(order)) - (1 << len(survivors))
    outcome, best = outcome_of(
        scores=standing,
        excluded=out,
        hanging=sum(1 << j for j, name in enumerate(order) if matrix.hanging_over(name)),
        stake=stake,
        unknown=unknown_stake,
        speaks=matrix.speaks,
        gains=lambda _: _gains(matrix, usual, force, order),
        limits=matrix.thresholds,
    )
    gains = _gains(matrix, matrix.pending, force, order)
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
        hanging=matrix.hanging_over(survivors[0]) if survivors else (),
        weights=dict(zip(matrix.criteria, force, strict=True)),
    )


def _gains(
    matrix: DecisionMatrix, pending: Sequence[Pending], force: tuple[int, ...], order: list[str]
) -> list[int]:
    """Return, in `order`, the most that unknown rules together could gain each on the first."""
    columns = [matrix.candidates.index(name) for name in order]
    return [
        sum(
            force[entry.criterion] * max(0, entry.points[column] - entry.points[columns[0]])
            for entry in pending
        )
        for column in columns
    ]
