"""The verdicts of `verdicts.judge` in one pass of machine code, where numba is installed.

The same tables and the same integers, taken a block of rows at a time from the columns to the
results, without the arrays that numpy needs in between and without Python's lock, so that
processors do not wait for each other.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .filling import STRANGE
from .machine import bytes_at, compiled
from .tables import MISPLACED, SCORES, SPEAKS, STAKE, UNKNOWN
from .verdicts import CLEAR, CLOSE, LITTLE, NO_SURVIVOR, PERMILLE, TIE, Verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .filling import Filling
    from .tables import Layout, Steps, Tables

BLOCK = 4096
"""Rows that are looked up together; a multiple of 8, the rows of a byte of validity."""

PART = 512
"""Rows of a block whose numbers are taken apart together: these stay in the first cache."""

MENDED = 8
"""Bytes that are not one more than their index, up to which comparing is faster than looking up."""

NARROW, WIDER = 1, 2
"""Bytes of an index; else it has four."""

HELD = np.unpackbits(np.arange(256, dtype=np.uint8), bitorder="little") * np.uint8(255)
HELD = HELD.view(np.uint64)
"""Eight bytes for each byte of validity bits: all ones where a bit is."""


class Sources(NamedTuple):
    """Hold fillings as numbers: where indices and bits of validity are (0: none), how wide.

    Their bytes go from one start to the next.
    """

    indices: Any
    widths: Any
    bits: Any
    planes: Any
    starts: Any
    bytes: Any
    mended: Any
    strange: Any


def judge(
    tables: Tables, fillings: Sequence[Filling], rows: int, start: int, found: Verdicts
) -> None:
    """Judge rows by what fills their planes, and write what is found from `start` on."""
    bytes_ = [each.bytes for each in fillings]
    sources = Sources(
        indices=np.array([each.held.ctypes.data for each in fillings], np.int64),
        widths=np.array([each.held.itemsize for each in fillings], np.int64),
        bits=np.array([_address(each.bits) for each in fillings], np.int64),
        planes=np.array([each.plane for each in fillings], np.int64),
        starts=np.array([*accumulate(map(len, bytes_), initial=0)], np.int64),
        bytes=np.concatenate([np.empty(0, np.uint8), *bytes_]),
        mended=np.array([each.mended for each in fillings], np.int64),
        strange=np.array([each.strange for each in fillings], np.bool_),
    )
    decide(tables, sources, (BLOCK, PART), rows, start, found)


def _address(bits: Any) -> int:
    return 0 if bits is None else bits.ctypes.data


@compiled
def decide(
    tables: Tables, sources: Sources, sizes: tuple[int, int], filled: int, start: int,
    found: Verdicts,
) -> None:  # fmt: skip
    """Judge rows a block at a time, and these a part at a time."""
    block, size = sizes
    words: Any = np.zeros((tables.planes, block // 8), np.uint64)
    planes: Any = words.view(np.uint8)
    entries: Any = np.empty((len(tables.groups.bases), block), np.uint16)
    looked: Any = np.empty(block, np.uint16)
    totals: Any = np.zeros((len(tables.sums), block), np.int64)
    odd: Any = np.empty(block, np.uint8)
    numbers: Any = np.empty((len(tables.layout.lanes), size), np.int64)
    podium: Any = np.empty((4, size), np.int64)
    told: Any = np.empty(size, np.int8)
    heavy: Any = np.empty(size, np.bool_)
    chosen: Any = np.empty(size, np.uint16)
    gains: Any = np.empty((len(tables.gains), size), np.int64)
    for begin in range(0, filled, block):
        rows = min(block, filled - begin)
        odd[:] = 0
        for index in range(len(sources.planes)):
            fill(sources, index, begin, rows, words, planes, odd)
        for index in range(len(tables.lookups.bases)):
            enter(tables.lookups, index, planes, looked[:rows])
            table = tables.bytes[tables.lookups.bases[index] :]
            plane = planes[tables.into[index]]
            for row in range(rows):
                plane[row] = table[looked[row]]
        for index in range(len(entries)):
            enter(tables.groups, index, planes, entries[index, :rows])
        sum_up(tables, entries, rows, totals)
        for part in range(0, rows, size):
            some = min(size, rows - part)
            take_apart(tables.layout, totals, part, some, numbers)
            climb(numbers, some, len(found.scores), podium)
            outcomes(numbers, some, podium, tables.limits, told, heavy)
            settle(tables, entries, part, some, numbers, podium, heavy, chosen, gains, told)
            write(numbers, podium, told, odd[part : part + some], start + begin + part, found)


@compiled
def fill(
    sources: Sources, index: int, begin: int, rows: int, words: Any, planes: Any, odd: Any
) -> None:
    """Fill a plane with what some rows answer, and flag the rows that are odd."""
    plane, width, bits = sources.planes[index], sources.widths[index], sources.bits[index]
    into, word, mended = planes[plane], words[plane], sources.mended[index]
    bytes_ = sources.bytes[sources.starts[index] : sources.starts[index + 1]]
    held = bytes_at(sources.indices[index] + begin * width, rows * width)
    if width == NARROW:
        read(held, bytes_, mended, into)
    elif width == WIDER:
        read(held.view(np.uint16), bytes_, mended, into)
    else:
        read(held.view(np.uint32), bytes_, mended, into)
    if bits != 0:  # what stands where nothing holds is anything
        known = bytes_at(bits + begin // 8, (rows + 7) // 8)
        for place in range(len(known)):
            word[place] &= HELD[known[place]]
    if sources.strange[index]:
        for row in range(rows):
            odd[row] |= into[row] & STRANGE
        for row in range(rows):
            into[row] &= STRANGE - 1


@compiled
def read(held: Any, bytes_: Any, mended: int, into: Any) -> None:
    """Look up the bytes of indices."""
    last = held.dtype.type(len(bytes_) - 1)
    rows = len(held)
    if mended > MENDED:
        for row in range(rows):
            into[row] = bytes_[min(held[row], last)]
        return
    for row in range(rows):
        into[row] = min(held[row], last) + 1
    for index in range(len(bytes_)):
        if bytes_[index] != index + 1:
            at, byte = held.dtype.type(index), bytes_[index]
            for row in range(rows):
                into[row] = byte if min(held[row], last) == at else into[row]


@compiled
def enter(steps: Steps, index: int, planes: Any, found: Any) -> None:
    """Find which entry of a table each row of a block takes."""
    found[:] = 0
    for step in range(steps.starts[index], steps.starts[index + 1]):
        plane = planes[steps.planes[step]]
        stride = steps.strides[step]
        for row in range(len(found)):
            found[row] += stride * np.uint16(plane[row])


@compiled
def sum_up(tables: Tables, entries: Any, rows: int, totals: Any) -> None:
    """Add up what the tables give each row, two tables at a time."""
    bases = tables.groups.bases
    for lane in range(len(totals)):
        sums, total = tables.sums[lane], totals[lane]
        alone = len(entries) % 2
        for row in range(rows):
            total[row] = sums[entries[0, row]] if alone else 0
        for index in range(alone, len(entries), 2):
            table, entry = sums[bases[index] :], entries[index]
            other, beside = sums[bases[index + 1] :], entries[index + 1]
            for row in range(rows):
                total[row] += table[entry[row]] + other[beside[row]]


@compiled
def take_apart(layout: Layout, totals: Any, part: int, rows: int, numbers: Any) -> None:
    """Unpack the numbers of a part of the rows from their lanes."""
    for index in range(len(numbers)):
        total, number = totals[layout.lanes[index], part : part + rows], numbers[index]
        shift, mask, scale = layout.shifts[index], layout.masks[index], layout.scales[index]
        for row in range(rows):
            number[row] = ((total[row] >> shift) & mask) * scale


@compiled
def climb(numbers: Any, rows: int, count: int, podium: Any) -> None:
    """Find each row's highest and second score (-1: none), who has the first, what hangs there.

    One number a candidate says it all, so that the greatest of them does: the score, then the
    place from the end, since of equals the first is ahead, and last a bit for what hangs.
    """
    top, second, first, hangs = podium[0], podium[1], podium[2], podium[3]
    top[:] = -1
    second[:] = -1
    bits = 1
    while 1 << bits < 2 * count:
        bits += 1
    for index in range(count):
        score, veto = numbers[SCORES + index], numbers[SCORES + count + index]
        hanging, behind = numbers[SCORES + 2 * count + index], 2 * (count - 1 - index)
        for row in range(rows):
            rank = ((score[row] if veto[row] == 0 else -1) << bits) + behind + (hanging[row] != 0)
            second[row] = max(second[row], min(top[row], rank))
            top[row] = max(top[row], rank)
    for row in range(rows):
        hangs[row] = top[row] & 1
        first[row] = count - 1 - ((top[row] & ((1 << bits) - 1)) >> 1)
        top[row] >>= bits
        second[row] >>= bits


@compiled
def outcomes(
    numbers: Any, rows: int, podium: Any, limits: tuple[int, int, int], told: Any, heavy: Any
) -> None:
    """Take the outcomes; `heavy` are the rows of which too much is unknown to leave it at that.

    That is more than the share allowed, and enough to make up the margin: what unknown rules let a
    candidate gain on another is at most what they could earn anybody.
    """
    tie, close, unknown = limits
    stake, open_, speaks = numbers[STAKE], numbers[UNKNOWN], numbers[SPEAKS]
    top, second, hangs = podium[0], podium[1], podium[3]
    for row in range(rows):  # no branches: so processors do it for several rows at once
        margin, beside = (top[row] - second[row]) * PERMILLE, second[row] >= 0
        here = CLOSE if (hangs[row] != 0) | (beside & (margin <= close * stake[row])) else CLEAR
        here = TIE if beside & (margin <= tie * stake[row]) else here
        here = LITTLE if stake[row] + speaks[row] == 0 else here
        told[row] = NO_SURVIVOR if top[row] < 0 else here
        turns = beside & (open_[row] > top[row] - second[row])
        heavy[row] = turns & (open_[row] * PERMILLE > unknown * (stake[row] + open_[row]))


@compiled
def settle(
    tables: Tables, entries: Any, part: int, rows: int,
    numbers: Any, podium: Any, heavy: Any, chosen: Any, sums: Any, told: Any,
) -> None:  # fmt: skip
    """Tell of heavy rows whether the unknown rules could carry another candidate past the first."""
    layout, bases = tables.gain_layout, tables.groups.bases
    found, count = 0, (len(numbers) - SCORES) // 3
    for row in range(rows):
        chosen[found] = row
        found += heavy[row]
    for lane in range(len(sums)):
        sums[lane, :found] = 0
    for index in range(len(bases)):
        entry = entries[index, part : part + rows]
        for lane in range(len(sums)):
            table, into = tables.gains[lane, bases[index] :], sums[lane]
            for place in range(found):
                into[place] += table[entry[chosen[place]]]
    top, first = podium[0], podium[2]
    for place in range(found):
        row = chosen[place]
        for other in range(count):
            pair = first[row] * count + other
            gain = (sums[layout.lanes[pair], place] >> layout.shifts[pair]) & layout.masks[pair]
            stands = numbers[SCORES + count + other, row] == 0
            if stands and gain * layout.scales[pair] > top[row] - numbers[SCORES + other, row]:
                told[row] = LITTLE


@compiled
def write(numbers: Any, podium: Any, told: Any, odd: Any, at: int, found: Verdicts) -> None:
    """Write what was found of some rows."""
    count, rows = len(found.scores), len(odd)
    for index in range(count):
        score, into = numbers[SCORES + index], found.scores[index, at : at + rows]
        for row in range(rows):
            into[row] = score[row]
    outcome, best = found.outcome[at : at + rows], found.best[at : at + rows]
    flags, misplaced, first = found.odd[at : at + rows], numbers[MISPLACED], podium[2]
    for row in range(rows):
        outcome[row] = told[row]
        best[row] = first[row] if told[row] <= CLOSE else count
    for row in range(rows):
        flags[row] = (odd[row] != 0) | (misplaced[row] != 0)
