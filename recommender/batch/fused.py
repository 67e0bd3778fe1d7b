"""The verdicts of `verdicts.decide` in one pass of machine code, where numba is installed.

The same tables and the same integers, taken a block of rows at a time, without the arrays that
numpy needs in between and without Python's lock, so that processors do not wait for each other.
Compiling takes seconds. numba keeps the result beside the bytecode of this module, in
`__pycache__`, where whoever can write can change the code itself; where this user cannot write
there, nothing is kept, and each process compiles for itself.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from .tables import MISPLACED, SCORES, SPEAKS, STAKE, UNKNOWN
from .verdicts import CLEAR, CLOSE, LITTLE, NO_SURVIVOR, PERMILLE, TIE, Verdicts

if TYPE_CHECKING:
    from collections.abc import Callable

    from .tables import Layout, Steps, Tables

try:
    import numba
except ImportError:
    numba = None

INSTALLED = numba is not None
"""Without it all this is plain Python, right and slow; only tests run it so."""

BLOCK = 1024
"""Rows whose numbers stay in the first cache."""

KEEP = os.access(Path(__file__).parent, os.W_OK)

Function = TypeVar("Function", bound="Callable[..., Any]")


def compiled(function: Function) -> Function:
    """Have a function compiled when it is first called."""
    if numba is None:
        return function
    return cast("Function", numba.njit(nogil=True, cache=KEEP)(function))


@compiled
def entries_of(steps: Steps, index: int, planes: Any, begin: int, found: Any) -> None:
    """Find which entry of a table each row takes."""
    found[:] = 0
    for step in range(steps.starts[index], steps.starts[index + 1]):
        plane = planes[steps.planes[step], begin : begin + len(found)]
        stride = steps.strides[step]
        for row in range(len(found)):
            found[row] += stride * np.uint16(plane[row])


@compiled
def sum_up(
    steps: Steps, tables: Any, layout: Layout, planes: Any, begin: int, rows: int, numbers: Any
) -> None:
    """Add up what the tables give each row, and take the lanes apart."""
    entries: Any = np.empty(rows, np.uint16)
    totals: Any = np.zeros((len(tables), rows), np.int64)
    for index in range(len(steps.bases)):
        entries_of(steps, index, planes, begin, entries)
        for lane in range(len(tables)):
            table, total = tables[lane, steps.bases[index] :], totals[lane]
            for row in range(rows):
                total[row] += table[entries[row]]
    for index in range(len(layout.lanes)):
        total, number = totals[layout.lanes[index]], numbers[index, :rows]
        shift, mask, scale = layout.shifts[index], layout.masks[index], layout.scales[index]
        for row in range(rows):
            number[row] = ((total[row] >> shift) & mask) * scale


@compiled
def decide(tables: Tables, planes: Any, filled: int, start: int, found: Verdicts) -> None:
    """Judge as many rows as planes are filled for, and write what is found from `start` on."""
    lookups = tables.lookups
    count = len(found.scores)
    numbers: Any = np.empty((len(tables.layout.lanes), BLOCK), np.int64)
    gains: Any = np.empty((len(tables.gain_layout.lanes), BLOCK), np.int64)
    podium: Any = np.empty((4, BLOCK), np.int64)
    told: Any = np.empty(BLOCK, np.int8)
    heavy: Any = np.empty(BLOCK, np.bool_)
    entries: Any = np.empty(BLOCK, np.uint16)
    for begin in range(0, filled, BLOCK):
        rows = min(BLOCK, filled - begin)
        for index in range(len(lookups.bases)):
            entries_of(lookups, index, planes, begin, entries[:rows])
            table = tables.bytes[lookups.bases[index] :]
            plane = planes[tables.into[index], begin : begin + rows]
            for row in range(rows):
                plane[row] = table[entries[row]]
        sum_up(tables.groups, tables.sums, tables.layout, planes, begin, rows, numbers)
        climb(numbers, rows, count, podium)
        outcomes(numbers, rows, podium, tables.limits, told, heavy)
        settle(tables, planes, begin, rows, count, numbers, podium, heavy, gains, told)
        at = start + begin
        for index in range(count):
            score, into = numbers[SCORES + index], found.scores[index, at : at + rows]
            for row in range(rows):
                into[row] = score[row]
        outcome, best = found.outcome[at : at + rows], found.best[at : at + rows]
        odd, misplaced, first = found.odd[at : at + rows], numbers[MISPLACED], podium[2]
        for row in range(rows):
            outcome[row] = told[row]
            best[row] = first[row] if told[row] <= CLOSE else count
            odd[row] |= misplaced[row] != 0


@compiled
def climb(numbers: Any, rows: int, count: int, podium: Any) -> None:
    """Find each row's highest and second score (-1: none), who has the first, what hangs there."""
    top, second, first, hangs = podium[0], podium[1], podium[2], podium[3]
    top[:] = -1
    second[:] = -1
    first[:] = 0
    hangs[:] = 0
    for index in range(count):
        score, veto = numbers[SCORES + index], numbers[SCORES + count + index]
        hanging = numbers[SCORES + 2 * count + index]
        for row in range(rows):
            standing = score[row] if veto[row] == 0 else -1
            second[row] = max(second[row], min(top[row], standing))
            first[row] = index if standing > top[row] else first[row]
            hangs[row] = hanging[row] if standing > top[row] else hangs[row]
            top[row] = max(top[row], standing)


@compiled
def outcomes(
    numbers: Any, rows: int, podium: Any, limits: tuple[int, int, int], told: Any, heavy: Any
) -> None:
    """Take the outcomes; `heavy` are the rows of which too much is unknown to leave it at that."""
    tie, close, unknown = limits
    stake, open_, speaks = numbers[STAKE], numbers[UNKNOWN], numbers[SPEAKS]
    top, second, hangs = podium[0], podium[1], podium[3]
    for row in range(rows):  # no branches: so processors do it for several rows at once
        margin, beside = (top[row] - second[row]) * PERMILLE, second[row] >= 0
        here = CLOSE if (hangs[row] != 0) | (beside & (margin <= close * stake[row])) else CLEAR
        here = TIE if beside & (margin <= tie * stake[row]) else here
        here = LITTLE if stake[row] + speaks[row] == 0 else here
        told[row] = NO_SURVIVOR if top[row] < 0 else here
        heavy[row] = beside & (open_[row] * PERMILLE > unknown * (stake[row] + open_[row]))


@compiled
def settle(
    tables: Tables, planes: Any, begin: int, rows: int, count: int,
    numbers: Any, podium: Any, heavy: Any, gains: Any, told: Any,
) -> None:  # fmt: skip
    """Tell of heavy rows whether the unknown rules could carry another candidate past the first."""
    chosen = np.flatnonzero(heavy[:rows])
    if not len(chosen):
        return
    few: Any = np.empty((len(planes), len(chosen)), np.uint8)
    for plane in range(len(planes)):
        for place in range(len(chosen)):
            few[plane, place] = planes[plane, begin + chosen[place]]
    sum_up(tables.groups, tables.gains, tables.gain_layout, few, 0, len(chosen), gains)
    top, first = podium[0], podium[2]
    for place in range(len(chosen)):
        row = chosen[place]
        for other in range(count):
            gain = gains[first[row] * count + other, place]
            stands = numbers[SCORES + count + other, row] == 0
            if stands and gain > top[row] - numbers[SCORES + other, row]:
                told[row] = LITTLE
