"""Fillings: what a column's indices write into a plane of bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .columns import ODD
from .planes import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .columns import Column

STRANGE = 128
"""The bit of a byte that flags its row as odd; planes count up to fewer."""


class Filling(NamedTuple):
    """Fill a plane by indices: with these bytes, where bits of validity (`None`: all) are set.

    What points past the bytes counts as the last. So many of them are to be `mended`: they are not
    one more than their index. Some may be `strange`.
    """

    plane: int
    held: Any
    bits: Any
    bytes: Any
    mended: int
    strange: bool

    def fill(self, rows: slice, planes: Any, odd: Any) -> None:
        """Fill the plane with what some rows answer, and flag the rows that are odd."""
        held, into = self.held[rows], planes[self.plane, : len(odd)]
        if self.mended:
            np.take(self.bytes, held, out=into, mode="clip")
        else:
            np.add(held, 1, out=into, casting="unsafe")
        if self.bits is not None:  # what stands where nothing holds is anything
            bits = self.bits[rows.start // 8 : (rows.stop + 7) // 8]
            known = np.unpackbits(bits, bitorder="little")[rows.start % 8 :]
            np.multiply(into, known[: len(into)], out=into)
        if self.strange:
            odd |= into >= STRANGE
            np.bitwise_and(into, STRANGE - 1, out=into)


def fillings(column: Column, sources: Sequence[Source], spare: int) -> Iterator[Filling]:
    """Say how a column fills its question's planes, or a spare one to tell what is odd alone."""
    held, bits, codes = column
    codes = codes[: 1 << 8 * held.itemsize]
    odd = codes == ODD
    strange = bool(odd.any())
    if strange and not sources:
        sources = [Source(spare, np.zeros(1))]
    for plane, known in sources:
        bytes_ = codes if known is None else known.take(codes, mode="clip")
        bytes_ = np.where(odd, STRANGE, bytes_).astype(np.uint8)
        mended = int(np.count_nonzero(bytes_ != np.arange(1, len(bytes_) + 1)))
        yield Filling(plane, held, bits, bytes_, mended, strange)
