"""Verdicts: scores, outcome and winner of many rows at once, in the integers of `scoring`.

Here tables are summed up; `judging.outcome` decides by the sums.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from recommender.judging.outcome import NOBODY, outcomes_of

from .tables import MISPLACED, SCORES, SPEAKS, STAKE, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from recommender.nouns.pack import Thresholds

    from .filling import Filling
    from .tables import Layout, Steps, Tables

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
    tables: Tables,
    limits: Thresholds,
    fillings: Sequence[Filling],
    rows: int,
    start: int,
    found: Verdicts,
) -> None:
    """Judge rows by what fills their planes, and write what is found from `start` on."""
    planes: Any = np.zeros((tables.planes, min(CHUNK, rows)), np.uint8)
    for begin in range(0, rows, CHUNK):
        chunk = slice(begin, min(begin + CHUNK, rows))
        odd = found.odd[start + chunk.start : start + chunk.stop]
        for each in fillings:
            each.fill(chunk, planes[:, : len(odd)], odd)
        decide(tables, limits, planes[:, : len(odd)], start + begin, found)


def decide(tables: Tables, limits: Thresholds, planes: Any, start: int, found: Verdicts) -> None:
    """Judge the rows of filled planes, and write what is found from `start` on."""
    for into, (entries, base) in zip(tables.into, _entries(tables.lookups, planes), strict=True):
        np.take(tables.bytes[base:], entries, out=planes[into], mode="clip")
    totals = _summed(tables.groups, tables.sums, planes)
    tell(tables, limits, planes, totals, start, found)


def tell(
    tables: Tables, limits: Thresholds, planes: Any, totals: Any, start: int, found: Verdicts
) -> None:
    """Turn what the tables sum up to into verdicts, and write these from `start` on."""
    rows, count = slice(start, start + planes.shape[1]), len(found.scores)
    sums = _apart(tables.layout, totals)
    scores, vetoes, hanging = (
        sums[begin : begin + count] for begin in range(SCORES, len(sums), count)
    )

    def gains(heavy: Any) -> list[Any]:
        return _apart(tables.gain_layout, _summed(tables.groups, tables.gains, planes[:, heavy]))

    outcome, best = outcomes_of(
        scores,
        [each != 0 for each in vetoes],
        [each != 0 for each in hanging],
        sums[STAKE],
        sums[UNKNOWN],
        sums[STAKE] + sums[SPEAKS] != 0,
        gains,
        limits,
    )
    for into, score in zip(found.scores, scores, strict=True):
        into[rows] = score
    found.odd[rows] |= sums[MISPLACED] != 0
    found.outcome[rows] = outcome
    found.best[rows] = np.where(best == NOBODY, count, best)


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


def _summed(steps: Steps, tables: Any, planes: Any) -> Any:
    """Add up what the tables give each row, a row of the result for each lane."""
    planes = planes.astype(np.uint16)  # numbers of one kind, and a small one, add up fastest
    totals: Any = np.zeros((len(tables), planes.shape[1]), np.int64)
    looked: Any = np.empty(planes.shape[1], np.int64)
    for entries, base in _entries(steps, planes):
        for total, table in zip(totals, tables, strict=True):
            np.take(table[base:], entries, out=looked, mode="clip")
            np.add(total, looked, out=total)
    return totals


def _apart(layout: Layout, totals: Any) -> list[Any]:
    """Take the numbers that are packed in lanes apart."""
    return [
        ((totals[lane] >> shift) & mask) * scale
        for lane, shift, mask, scale in zip(*layout, strict=True)
    ]
