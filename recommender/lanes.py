"""Lanes: a column of whole numbers, one for each sample, side by side in a single integer.

One addition or multiplication of such an integer does it in every lane, at the speed of C and
without a library of arrays, which would take longer to load than most advice takes to give.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

BYTES = 8
"""The width of a lane: wide enough for any sum of points that a pack can come to."""

BITS = 20
"""How finely chance is told apart: to a millionth."""

UNIT = 100 << BITS
"""What a lane of shares holds for a whole one: shares are hundredths, times 2 to the `BITS`."""

_SIGN = 8 * BYTES - 2


class Lanes:
    r"""Make and read columns of `count` lanes; the numbers in them are never negative.

    >>> lanes = Lanes(3)
    >>> lanes.numbers(lanes.all(5) + (lanes.where(b"\1\0\1") & lanes.all(7)))
    (12, 5, 12)
    """

    __slots__ = ("_ones", "_same", "count")

    def __init__(self, count: int) -> None:
        self.count = count
        self._ones = int.from_bytes((1).to_bytes(BYTES, "little") * count, "little")
        self._same: dict[int, int] = {}

    def all(self, number: int) -> int:
        """Hold one number in every lane."""
        if number not in self._same:
            self._same[number] = self._ones * number
        return self._same[number]

    def where(self, chosen: bytes) -> int:
        """Hold a mask of ones in the lanes chosen (1), and none in the others (0)."""
        column = bytearray(BYTES * self.count)
        column[::BYTES] = chosen
        return _filled(int.from_bytes(column, "little"))

    def numbers(self, column: int) -> tuple[int, ...]:
        """Read a column, lane by lane."""
        return struct.unpack(f"<{self.count}Q", column.to_bytes(BYTES * self.count, "little"))

    def differences(self, column: int, other: int) -> tuple[int, ...]:
        r"""Read by how much each lane of a column is above, or below, that of another.

        >>> lanes = Lanes(2)
        >>> lanes.differences(lanes.all(5), lanes.where(b"\1\0") & lanes.all(7))
        (-2, 5)
        """
        # With its highest bit for nought, a lane borrows from no other; turned, the bit is a sign.
        top = self.all(1 << 8 * BYTES - 1)
        found = (column + top - other ^ top).to_bytes(BYTES * self.count, "little")
        return struct.unpack(f"<{self.count}q", found)

    def spread(self, share: int, spread: int, rng: Random) -> int:
        """Draw share ± spread (in hundredths), reflected at 0 and at 1, in units of `UNIT`.

        No spread reaches both ends, so that one reflection is enough: at the nearer end.
        """
        chance = rng.getrandbits(8 * BYTES * self.count) & self.all((1 << BITS) - 1)
        near = min(share, 100 - share)
        low = near - spread << BITS
        drawn = (2 * chance + self._ones) * spread  # from 0 to twice the spread, its middle exact
        distance = drawn + self.all(low) if low >= 0 else self._size(drawn, -low)
        return distance if share == near else self.all(UNIT) - distance

    def _size(self, column: int, middle: int) -> int:
        """Give the distance of every lane from a number."""
        top = self.all(1 << _SIGN)
        above = column + top - self.all(middle)
        beyond = _filled(above >> _SIGN & self._ones)
        kept = above & beyond
        # Lanes beyond: kept - top. The others: top - above. What is borrowed is given back.
        return kept - (above - kept) + top - 2 * (top & beyond)


def _filled(column: int) -> int:
    """Fill the lanes that hold a one with ones."""
    return (column << 8 * BYTES) - column


class Bits:
    """Read masks, one for each sample, bit by bit rather than mask by mask.

    >>> list(Bits([0b01, 0b11, 0b10]).column(1))
    [0, 1, 1]
    """

    __slots__ = ("_bytes", "_width")

    def __init__(self, masks: Sequence[int]) -> None:
        self._width = (max(masks, default=0).bit_length() + 7) // 8
        self._bytes = b"".join([mask.to_bytes(self._width, "little") for mask in masks])

    def column(self, bit: int) -> bytes:
        """Give one bit of every mask, each as a byte."""
        return self._bytes[bit // 8 :: self._width].translate(_BIT[bit % 8])


# What each byte says of one bit: as many zeros, then ones, as the bit is worth, over and over.
_BIT = [(bytes(1 << bit) + b"\1" * (1 << bit)) * (128 >> bit) for bit in range(8)]
