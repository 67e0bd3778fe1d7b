"""Fillings: what a column's indices write into a plane of bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .columns import ODD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .columns import Column
    from .planes import Source

STRANGE = 128
"""The bit of a byte that flags its row as odd; planes count up to fewer."""


class Filling(NamedTuple):
    """Fill a plane by indices: with these bytes, where bits of validity (`None`: all) are set.

    What points past the bytes counts as the last.
    """

    plane: int
    held: Any
    bits: Any
    bytes: Any

    def fill(self, rows: slice, planes: Any, odd: Any) -> None:
        """Fill the plane with what some rows answer, and flag the rows that are odd."""
        held, into = self.held[rows], planes[self.plane, : len(odd)]
        if np.array_equal(self.bytes, np.arange(1, len(self.bytes) + 1)):
            np.add(held, 1, out=into, casting="unsafe")
        else:
            np.take(self.bytes, held, out=into, mode="clip")
        if self.bits is not None:  # what stands where nothing holds is anything
            bits = self.bits[rows.start // 8 : (rows.stop + 7) // 8]
            known = np.unpackbits(bits, bitorder="little")[rows.start % 8 :]
            np.multiply(into, known[: len(into)], out=into)
        if self.bytes.max() >= STRANGE:
            odd |= into >= STRANGE
            np.bitwise_and(into, STRANGE - 1, out=into)


def fillings(column: Column, sources: Sequence[Source], spare: int) -> list[Filling]:
    """Say how a column fills its question's planes, or a spare one to tell what is odd alone."""
    held, bits, codes = column
    odd = codes == ODD
    targets = [
        (plane, np.where(odd, STRANGE, codes if bytes_ is None else bytes_[codes]))
        for plane, bytes_ in sources
    ]
    if not targets and odd.any():
        targets = [(spare, odd * STRANGE)]
    reach = 1 << 8 * held.itemsize
    return [Filling(plane, held, bits, each[:reach].astype(np.uint8)) for plane, each in targets]
