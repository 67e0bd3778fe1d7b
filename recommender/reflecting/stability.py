"""Stability: how far one weight can move before another candidate comes first, exactly.

B. Mareschal, Weight stability intervals in multicriteria decision aid, European Journal of
Operational Research 33 (1988) 54-64.
"""

from __future__ import annotations

from functools import cmp_to_key
from typing import NamedTuple, TypeAlias

from recommender.judging.scoring import DecisionMatrix, Ranking, rank

WEIGHTS = range(11)
"""The weights that a project may give a criterion."""


class Interval(NamedTuple):
    """The weights of one criterion with which the first candidate stays first, all others fixed.

    An end is `None` if no weight on that side changes the first; `below` and `above` name the
    candidate that draws level at each end. `weight` is the one in force.
    """

    low: float | None
    high: float | None
    weight: int
    below: str | None = None
    above: str | None = None


class TippingWeight(NamedTuple):
    """The nearest whole weight of one criterion at which another candidate leads, and which."""

    criterion: str
    weight: int
    winner: str


def stability_intervals(matrix: DecisionMatrix, ranking: Ranking) -> dict[str, Interval]:
    """Return, by criterion, the weights with which the first stays first, all others fixed.

    The margin is linear in each weight (docs/architecture.md, "The arithmetic"), so the first
    stays first at all weights between two at which another candidate draws level.
    """
    found = {}
    for criterion, weight in zip(matrix.criteria, matrix.weights, strict=True):
        low, high = _evens(matrix, ranking, criterion)
        found[criterion] = Interval(
            low=low and low[0] / low[1],
            high=high and high[0] / high[1],
            weight=weight,
            below=low and low[2],
            above=high and high[2],
        )
    return found


# The weight at which a rival draws level, a fraction of whole numbers, and the rival.
_Even: TypeAlias = tuple[int, int, str]


def _evens(
    matrix: DecisionMatrix, ranking: Ranking, criterion: str
) -> tuple[_Even | None, _Even | None]:
    first, *rivals = [name for name in ranking.order if name not in matrix.vetoes] or ("",)
    row = matrix.criteria.index(criterion)
    points = dict(zip(matrix.candidates, matrix.points[row], strict=True))
    below: list[_Even] = []
    above: list[_Even] = []
    for rival in rivals:
        lead = points[first] - points[rival]
        margin = ranking.scores[first] - ranking.scores[rival]
        even = matrix.weights[row] * lead - margin
        if lead > 0 and even >= 0:
            below.append((even, lead, rival))
        if lead < 0:
            above.append((-even, -lead, rival))
    weight = cmp_to_key(_compared)
    return max(below, key=weight, default=None), min(above, key=weight, default=None)


def _compared(one: _Even, other: _Even) -> int:
    """Compare two weights without dividing."""
    return one[0] * other[1] - other[0] * one[1]


def tipping_weights(matrix: DecisionMatrix, best: str) -> tuple[TippingWeight, ...]:
    """Find for each criterion the nearest whole weight (0-10) at which another than `best` leads.

    That is by the score of what is known. Criteria of which no weight does that are left out; the
    smallest change of a weight comes first.
    """
    found = []
    for criterion, now, row in zip(matrix.criteria, matrix.weights, matrix.points, strict=True):
        # Where it gives all of them the same, no weight of it changes who leads.
        tried = WEIGHTS if len(set(row)) > 1 else (now,)
        for weight in sorted(tried, key=lambda each: (abs(each - now), each)):
            leader = rank(matrix, {criterion: weight}).leader
            if leader not in (None, best):
                found.append((abs(weight - now), TippingWeight(criterion, weight, leader)))
                break
    return tuple(each for _, each in sorted(found, key=lambda f: (f[0], f[1].criterion)))
