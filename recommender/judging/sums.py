"""Sums of rows of whole numbers, the rows being chosen by a bit mask."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from operator import getitem
from typing import TypeAlias


class Sums:
    """Rows of whole numbers, of which any set can be added up fast.

    A row is packed into one integer with a field of bits (a lane) per number, so that one addition
    adds a whole row; for each byte of a mask, the sums of its 256 combinations of rows are kept.
    Lanes are as wide as the sum of all rows needs; if that fits a machine word, Python adds there.

    >>> sums = Sums([(1, 10), (2, 20), (4, 40)], lanes=2)
    >>> sums.over(0b101)
    (5, 50)
    """

    __slots__ = ("_bytes", "_split", "_tables")

    def __init__(self, rows: Sequence[Sequence[int]], lanes: int) -> None:
        most = max(map(sum, zip(*rows, strict=True)), default=0).bit_length()
        narrow = lanes * most <= WORD
        bits_ = most if narrow else 8 * LANE
        self._split = _splitter(lanes, bits_) if narrow else _unpacker(lanes)
        self._bytes = (len(rows) + 7) // 8
        packed = [sum(n << bits_ * lane for lane, n in enumerate(row)) for row in rows]
        self._tables = []
        for start in range(0, len(rows), 8):
            table = [0]
            for row in packed[start : start + 8]:
                table += [row + each for each in table]
            self._tables.append(table)

    def over(self, mask: int) -> tuple[int, ...]:
        """Return the sum of each lane over the rows whose bits are set in `mask`."""
        return self._split(sum(map(getitem, self._tables, mask.to_bytes(self._bytes, "little"))))


WORD = 63
"""Bits that `sum` adds in a machine word."""

LANE = 8
"""Bytes of a wide lane: more than the points of any pack can fill."""

Split: TypeAlias = "Callable[[int], tuple[int, ...]]"


def _splitter(lanes: int, width: int) -> Split:
    """Return a function that reads the lanes of a sum, each `width` bits wide."""
    low, end = (1 << width) - 1, 2 * width
    if lanes == 3:  # noqa: PLR2004  (two candidates and the stake: faster than any loop)
        return lambda total: (total & low, total >> width & low, total >> end)
    shifts = [width * lane for lane in range(lanes)]
    return lambda total: tuple([total >> shift & low for shift in shifts])


def _unpacker(lanes: int) -> Split:
    """Return a function that reads the lanes of a sum, each `LANE` bytes wide."""
    unpack, size = struct.Struct(f"<{lanes}Q").unpack, LANE * lanes
    return lambda total: unpack(total.to_bytes(size, "little"))
