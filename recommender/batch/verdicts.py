"""Verdicts: scores, outcome and winner of many rows at once, in the integers of `scoring`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from recommender.judging.scoring import OUTCOMES

from .tables import MISPLACED, SCORES, SPEAKS, STAKE, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .filling import Filling
    from .tables import Layout, Steps, Tables

CLEAR, CLOSE, TIE, NO_SURVIVOR, LITTLE = map(
    OUTCOMES.index, ("clear", "close", "tie", "no-survivor", "too-little-known")
)
PERMILLE = 1000

CHUNK = 1 << 15
"""Rows that are taken through all steps together: what is worked on stays in the cache."""


class Verdicts(NamedTuple):
    """Hold a column an array: scores a row a candidate, outcome by its place in `OUTCOMES`.

    `best` is a candidate's place, or the number of candidates where none stands out. Nothing is
    said of rows in `odd`.
    """

    scores: Any
    outcome: Any
    best: Any
    odd: Any

    @classmethod
    def room(cls, candidates: int, rows: int) -> Verdicts:
        """Make room for the verdicts on some rows."""
        scores: Any = np.empty((candidates, rows), np.int32)
        named: Any = np.empty((2, rows), np.int8)
        return cls(scores, named[0], named[1], np.zeros(rows, bool))


def judge(
    tables: Tables, fillings: Sequence[Filling], rows: int, start: int, found: Verdicts
) -> None:
    """Judge rows by what fills their planes, and write what is found from `start` on."""
    planes: Any = np.zeros((tables.planes, min(CHUNK, rows)), np.uint8)
    for begin in range(0, rows, CHUNK):
        chunk = slice(begin, min(begin + CHUNK, rows))
        odd = found.odd[start + chunk.start : start + chunk.stop]
        for each in fillings:
            each.fill(chunk, planes[:, : len(odd)], odd)
        decide(tables, planes, len(odd), start + begin, found)


def decide(tables: Tables, planes: Any, filled: int, start: int, found: Verdicts) -> None:
    """Judge as many rows as planes are filled for, and write what is found from `start` on."""
    rows, count = slice(start, start + filled), len(found.scores)
    planes = planes[:, :filled]
    for into, (entries, base) in zip(tables.into, _entries(tables.lookups, planes), strict=True):
        np.take(tables.bytes[base:], entries, out=planes[into], mode="clip")
    sums = _summed(tables.groups, tables.sums, tables.layout, planes)
    stake, unknown = sums[STAKE], sums[UNKNOWN]
    scores, vetoes, hanging = (
        sums[begin : begin + count] for begin in range(SCORES, len(sums), count)
    )
    for into, score in zip(found.scores, scores, strict=True):
        into[rows] = score
    found.odd[rows] |= sums[MISPLACED] != 0
    standing = [np.where(veto == 0, score, -1) for score, veto in zip(scores, vetoes, strict=True)]
    top, second, first, hangs = _podium(standing, hanging)
    tie, close, limit = tables.limits
    margin, beside = (top - second) * PERMILLE, second >= 0
    outcome = np.where((hangs != 0) | (beside & (margin <= close * stake)), CLOSE, CLEAR)
    outcome[beside & (margin <= tie * stake)] = TIE
    outcome[stake + sums[SPEAKS] == 0] = LITTLE
    heavy = np.flatnonzero(beside & (unknown * PERMILLE > limit * (stake + unknown)))
    if len(heavy):
        gains = _summed(tables.groups, tables.gains, tables.gain_layout, planes[:, heavy])
        outcome[heavy[_reversible(gains, [each[heavy] for each in standing], first[heavy])]] = (
            LITTLE
        )
    outcome[top < 0] = NO_SURVIVOR
    found.outcome[rows] = outcome
    found.best[rows] = np.where(outcome <= CLOSE, first, count)


def _entries(steps: Steps, planes: Any) -> Iterator[tuple[Any, int]]:
    """Find, look-up by look-up, which entry each row takes, and where its table begins."""
    step: Any = np.empty(planes.shape[1], np.uint16)
    for (begin, end), base in zip(pairwise(steps.starts.tolist()), steps.bases, strict=True):
        found: Any = np.zeros_like(step)
        for index in range(begin, end):
            plane, stride = planes[steps.planes[index]], steps.strides[index]
            np.multiply(plane, stride, out=step, dtype=np.uint16)
            np.add(found, step, out=found)
        yield found.astype(np.intp), base


def _summed(steps: Steps, tables: Any, layout: Layout, planes: Any) -> list[Any]:
    """Add up what the tables give each row, and take the lanes apart."""
    planes = planes.astype(np.uint16)  # numbers of one kind, and a small one, add up fastest
    totals: Any = np.zeros((len(tables), planes.shape[1]), np.int64)
    looked: Any = np.empty(planes.shape[1], np.int64)
    for entries, base in _entries(steps, planes):
        for total, table in zip(totals, tables, strict=True):
            np.take(table[base:], entries, out=looked, mode="clip")
            np.add(total, looked, out=total)
    return [
        ((totals[lane] >> shift) & mask) * scale
        for lane, shift, mask, scale in zip(*layout, strict=True)
    ]


def _podium(standing: list[Any], hanging: list[Any]) -> tuple[Any, Any, Any, Any]:
    """Give each row's highest and second number (-1: none), who has the first, what hangs there."""
    top: Any = np.full(len(standing[0]), -1, np.int64)
    second, first, hangs = top.copy(), np.zeros_like(top), np.zeros_like(top)
    for index, (score, hang) in enumerate(zip(standing, hanging, strict=True)):
        higher = score > top
        second = np.maximum(second, np.minimum(top, score))
        first[higher] = index
        hangs = np.where(higher, hang, hangs)
        top = np.maximum(top, score)
    return top, second, first, hangs


def _reversible(gains: list[Any], standing: list[Any], first: Any) -> Any:
    """Tell whether the unknown rules could carry another candidate past the first."""
    found: Any = np.zeros(len(first), bool)
    for ahead, top in enumerate(standing):
        for other, rival in enumerate(standing):
            gain = gains[ahead * len(standing) + other]
            found |= (first == ahead) & (rival >= 0) & (gain > top - rival)
    return found
