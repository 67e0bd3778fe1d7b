"""Columns of numbers, or of yes and no, for all samples, each packed into a single integer.

One addition or multiplication of such integers works on every sample at once, at the speed of C
and without a library of arrays, which would take longer to load than most advice takes to compute.
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
    r"""Columns of `count` numbers, each in `BYTES` bytes (a lane) of one integer, never negative.

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
        """Return a column with one number in every lane."""
        if number not in self._same:
            lane = number.to_bytes(BYTES, "little")
            self._same[number] = int.from_bytes(lane * self.count, "little")
        return self._same[number]

    def where(self, chosen: bytes) -> int:
        """Return a column with all bits set in the chosen lanes (byte 1), else none (byte 0)."""
        column = bytearray(BYTES * self.count)
        column[::BYTES] = chosen
        return _filled(int.from_bytes(column, "little"))

    def differences(self, column: int, other: int) -> tuple[int, ...]:
        r"""Return, lane by lane, the numbers of one column less those of another, signed.

        >>> lanes = Lanes(2)
        >>> lanes.differences(lanes.all(5), lanes.where(b"\1\0") & lanes.all(7))
        (-2, 5)
        """
        # With its highest bit for nought, a lane borrows from no other; turned, the bit is a sign.
        top = self.all(_TOP)
        found = (column + top - other ^ top).to_bytes(BYTES * self.count, "little")
        return struct.unpack(f"<{self.count}q", found)

    def above(self, column: int, other: int) -> bytes:
        r"""Return a byte per lane: 1 where a column is greater than another, else 0.

        >>> lanes = Lanes(3)
        >>> lanes.above(lanes.all(5), lanes.where(b"\1\0\0") & lanes.all(5))
        b'\x00\x01\x01'
        """
        reached = (other + self.all(_TOP) - column).to_bytes(BYTES * self.count, "little")
        return reached[BYTES - 1 :: BYTES].translate(_BELOW)

    def chances(self, rng: Random) -> Iterator[int]:
        """Yield columns of random numbers of `BITS` bits, each value equally likely."""
        last = self.all(WHOLE - 1)
        while True:
            drawn = rng.getrandbits(8 * BYTES * self.count)
            for _ in range(8 * BYTES // BITS):
                yield drawn & last
                drawn >>= BITS

    def spread(self, share: int, spread: int, weight: int, chance: int) -> int:
        """Return `weight` times a share drawn uniformly from share ± spread, in `UNIT`s.

        `share` and `spread` are hundredths; draws below 0 or above 1 are reflected. `chance` is a
        column of `chances`, each value of which stands for the middle of one of 2 to the `BITS`
        equal steps. No spread reaches both ends, so one reflection at the nearer end is enough.
        """
        near = min(share, 100 - share)
        drawn = chance * (2 * spread * weight)
        least = ((share if near >= spread else near) - spread << BITS) * weight + spread * weight
        if near >= spread:
            return drawn + self.all(least)
        distance = self._size(drawn, least)
        return distance if share == near else self.all(UNIT * weight) - distance

    def _size(self, column: int, more: int) -> int:
        """Return the absolute value of `column` plus `more` in each lane; the sum may be < 0."""
        lifted = column + self.all((1 << _SIGN) + more)
        below = self._ones ^ (lifted >> _SIGN & self._ones)
        # Below nought 2 ** _SIGN - distance is left: inverted, and one more, the distance.
        inverted = (below << _SIGN) - below
        return (lifted & self.all((1 << _SIGN) - 1) ^ inverted) + below


_BELOW = b"\1" * 128 + bytes(128)


def _filled(column: int) -> int:
    """Return a column with all bits set in each lane that holds a one."""
    return (column << 8 * BYTES) - column


class Flags:
    r"""Columns of yes and no: one byte per sample, 1 or 0, in one integer.

    Columns combine by `&`, `|` and `^`; `int.bit_count` counts the yes.

    >>> flags = Flags(3)
    >>> flags.bytes(flags.all ^ flags.of([True, False, True]))
    b'\x00\x01\x00'
    """

    __slots__ = ("all", "count")

    def __init__(self, count: int) -> None:
        self.count = count
        self.all = self.of(b"\1" * count)

    def of(self, truths: Iterable[int]) -> int:
        """Return the column of these truths, one for each sample."""
        return int.from_bytes(bytes(truths), "little")

    def bytes(self, column: int) -> bytes:
        """Return a column as bytes, one for each sample."""
        return column.to_bytes(self.count, "little")
