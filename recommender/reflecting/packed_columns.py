"""Lanes and flags: a column of numbers, or of yes and no, for all samples, in a single integer.

One addition or multiplication of such an integer does it in every lane, at the speed of C and
without a library of arrays, which would take longer to load than most advice takes to give.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _random import Random
    from collections.abc import Iterable, Iterator

BYTES = 8
"""The width of a lane: wide enough for any sum of points that a pack can come to."""

BITS = 20
"""How finely chance is told apart: to a millionth."""

WHOLE = 1 << BITS
"""One more than the highest chance."""

UNIT = 100 << BITS
"""What a lane of shares holds for a whole one: shares are hundredths, times 2 to the `BITS`."""

_SIGN = 8 * BYTES - 2
_TOP = 1 << 8 * BYTES - 1


class Lanes:
    r"""Make and read columns of `count` lanes; the numbers in them are never negative.

    >>> lanes = Lanes(3)
    >>> lanes.differences(lanes.all(5) + (lanes.where(b"\1\0\1") & lanes.all(7)), 0)
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
            lane = number.to_bytes(BYTES, "little")
            self._same[number] = int.from_bytes(lane * self.count, "little")
        return self._same[number]

    def where(self, chosen: bytes) -> int:
        """Hold a mask of ones in the lanes chosen (1), and none in the others (0)."""
        column = bytearray(BYTES * self.count)
        column[::BYTES] = chosen
        return _filled(int.from_bytes(column, "little"))

    def differences(self, column: int, other: int) -> tuple[int, ...]:
        r"""Read by how much each lane of a column is above, or below, that of another.

        >>> lanes = Lanes(2)
        >>> lanes.differences(lanes.all(5), lanes.where(b"\1\0") & lanes.all(7))
        (-2, 5)
        """
        # With its highest bit for nought, a lane borrows from no other; turned, the bit is a sign.
        top = self.all(_TOP)
        found = (column + top - other ^ top).to_bytes(BYTES * self.count, "little")
        return struct.unpack(f"<{self.count}q", found)

    def above(self, column: int, other: int) -> bytes:
        r"""Tell in which lanes a column is above another (1).

        >>> lanes = Lanes(3)
        >>> lanes.above(lanes.all(5), lanes.where(b"\1\0\0") & lanes.all(5))
        b'\x00\x01\x01'
        """
        reached = (other + self.all(_TOP) - column).to_bytes(BYTES * self.count, "little")
        return reached[BYTES - 1 :: BYTES].translate(_BELOW)

    def chances(self, rng: Random) -> Iterator[int]:
        """Draw column after column of numbers of `BITS` bits, each equally likely."""
        last = self.all(WHOLE - 1)
        while True:
            drawn = rng.getrandbits(8 * BYTES * self.count)
            for _ in range(8 * BYTES // BITS):
                yield drawn & last
                drawn >>= BITS

    def spread(self, share: int, spread: int, weight: int, chance: int) -> int:
        """Spread a share over share ± spread (in hundredths), reflected at 0 and 1; weigh it.

        It comes in `UNIT`s, in as many equal steps as there are chances, each by its middle. No
        spread reaches both ends, so that one reflection is enough: at the nearer end.
        """
        near = min(share, 100 - share)
        drawn = chance * (2 * spread * weight)
        least = ((share if near >= spread else near) - spread << BITS) * weight + spread * weight
        if near >= spread:
            return drawn + self.all(least)
        distance = self._size(drawn, least)
        return distance if share == near else self.all(UNIT * weight) - distance

    def _size(self, column: int, more: int) -> int:
        """Give the distance from nought of every lane, were there so much more in it."""
        lifted = column + self.all((1 << _SIGN) + more)
        below = self._ones ^ (lifted >> _SIGN & self._ones)
        # Below nought 2 ** _SIGN - distance is left: inverted, and one more, the distance.
        inverted = (below << _SIGN) - below
        return (lifted & self.all((1 << _SIGN) - 1) ^ inverted) + below


_BELOW = b"\1" * 128 + bytes(128)


def _filled(column: int) -> int:
    """Fill the lanes that hold a one with ones."""
    return (column << 8 * BYTES) - column


class Flags:
    r"""Make and read columns of yes and no: a byte for each sample, 1 or 0.

    Columns are put together by `&`, `|` and `^`, and counted by `int.bit_count`.

    >>> flags = Flags(3)
    >>> flags.bytes(flags.all ^ flags.of([True, False, True]))
    b'\x00\x01\x00'
    """

    __slots__ = ("all", "count")

    def __init__(self, count: int) -> None:
        self.count = count
        self.all = self.of(b"\1" * count)

    def of(self, truths: Iterable[int]) -> int:
        """Hold truths, one for each sample."""
        return int.from_bytes(bytes(truths), "little")

    def bytes(self, column: int) -> bytes:
        """Read a column, sample by sample."""
        return column.to_bytes(self.count, "little")
