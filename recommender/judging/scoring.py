"""Scoring: the decision matrix of a case, and from the matrix to a ranking.

The aggregation is the additive, linear value model of multi-criteria decision analysis (R. L.
Keeney and H. Raiffa, Decisions with Multiple Objectives, 1976, chapter 3) in whole numbers:
a tie is integer equality, and nothing is normalised by the set of candidates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from recommender.nouns.condition import State
from recommender.nouns.errors import UsageError, did_you_mean

from .lens import Lens


class Pending(NamedTuple):
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
    lens: Lens = "today"
    as_of: dt.date | None = None
    observed: bool = False
    rare_vetoes: frozenset[str] = frozenset()

    def hanging_over(self, candidate: str) -> tuple[str, ...]:
        """List the constraints that may exclude a candidate, without those that rarely do."""
        possible = self.possible_vetoes.get(candidate, ())
        return tuple(each for each in possible if each not in self.rare_vetoes)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates by their score over what is known, best first (the vetoed last).

    `scores` and `margin` are exact whole hundredths; `margin` is first against second among the
    survivors. `leaders` lists the survivors that share the greatest score; `reversible` tells
    whether all unknown rules together could put another first. What is advised is another matter,
    which takes the open answers into account (`outcome.Decision`).
    """

    order: tuple[str, ...]
    scores: Mapping[str, int]
    leaders: tuple[str, ...]
    margin: int
    stake: int
    reversible: bool = False
    weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def leader(self) -> str | None:
        """Name the survivor with the greatest score; `None` where several share it, or none is."""
        return self.leaders[0] if len(self.leaders) == 1 else None

    @property
    def lead(self) -> int:
        """Give the margin in whole hundredths of the stake, for display and for examples."""
        return round(100 * self.margin / self.stake) if self.stake else 0


def rank(matrix: DecisionMatrix, weights: Mapping[str, int] | None = None) -> Ranking:
    """Weigh a decision matrix and say who leads and by how much; only numbers are touched.

    `weights` (0-10) replace the matrix's own for the criteria named. Raises `UsageError` for a
    criterion that the matrix does not have.

    >>> rank(DecisionMatrix(("a", "b"), ("x",), (2,), ((300, 100),), (300,))).leader
    'a'
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
    standing = [scores[name] for name in order]
    gains = _gains(matrix, force, order)
    leaders = tuple(name for name in survivors if scores[name] == standing[0])
    margin = scores[survivors[0]] - scores[survivors[1]] if len(survivors) > 1 else 0
    return Ranking(
        order=tuple(order),
        scores=scores,
        leaders=leaders,
        margin=margin,
        stake=stake,
        reversible=any(
            gain > standing[0] - each
            for each, gain in zip(standing[1 : len(survivors)], gains[1:], strict=False)
        ),
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
