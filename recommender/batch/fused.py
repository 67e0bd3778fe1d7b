"""What the tables give rows, added up in machine code where numba is installed.

The same tables and the same sums as in `verdicts`, a block of rows at a time, without the arrays
that numpy needs in between and without Python's lock, so that processors do not wait for each
other. What the sums come to is for `verdicts.tell`.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .filling import STRANGE
from .machine import bytes_at, compiled
from .verdicts import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recommender.nouns.pack import Thresholds

    from .filling import Filling
    from .tables import Steps, Tables
    from .verdicts import Verdicts

BLOCK = 4096
"""Rows that are looked up together; a multiple of 8, the rows of a byte of validity."""

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
    tables: Tables,
    limits: Thresholds,
    fillings: Sequence[Filling],
    rows: int,
    start: int,
    found: Verdicts,
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
    words: Any = np.zeros((tables.planes, BLOCK // 8), np.uint64)
    entries: Any = np.empty((len(tables.groups.bases), BLOCK), np.uint16)
    totals: Any = np.zeros((len(tables.sums), BLOCK), np.int64)
    for begin in range(0, rows, BLOCK):
        some = min(BLOCK, rows - begin)
        odd = found.odd[start + begin : start + begin + some]
        total(tables, sources, begin, words, entries, totals, odd)
        planes = words.view(np.uint8)[:, :some]
        tell(tables, limits, planes, totals[:, :some], start + begin, found)


def _address(bits: Any) -> int:
    return 0 if bits is None else bits.ctypes.data


@compiled
def total(
    tables: Tables, sources: Sources, begin: int, words: Any, entries: Any, totals: Any, odd: Any
) -> None:
    """Add up what the tables give a block of rows, as many as there are flags in `odd`."""
    planes, rows = words.view(np.uint8), len(odd)
    flags: Any = np.zeros(rows, np.uint8)
    looked: Any = np.empty(rows, np.uint16)
    for index in range(len(sources.planes)):
        fill(sources, index, begin, rows, words, planes, flags)
    for index in range(len(tables.lookups.bases)):
        enter(tables.lookups, index, planes, looked)
        table = tables.bytes[tables.lookups.bases[index] :]
        plane = planes[tables.into[index]]
        for row in range(rows):
            plane[row] = table[looked[row]]
    for index in range(len(entries)):
        enter(tables.groups, index, planes, entries[index, :rows])
    sum_up(tables, entries, rows, totals)
    for row in range(rows):
        odd[row] |= flags[row] != 0


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
