"""Sums of whole numbers over the set bits of words, several to an addition.

The rows of a table are packed: a number gets as many bits as its greatest sum needs, and numbers
share 64-bit lanes. A word is looked up piece by piece, so that no table outgrows the cache.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECE = 11
LANE = 63


class PackedSums:
    """Add up columns of numbers over the bits of words; `rows[w][b]` is what a bit is worth."""

    def __init__(self, rows: Sequence[Sequence[Sequence[int]]], width: int) -> None:
        columns = [[row[i] for word in rows for row in word] for i in range(width)]
        self._scale = [math.gcd(*column) or 1 for column in columns]
        sizes = [sum(c) // scale for c, scale in zip(columns, self._scale, strict=True)]
        self._places = _places([max(1, size.bit_length()) for size in sizes])
        self._lanes = max((lane for lane, _, _ in self._places), default=-1) + 1
        self._tables: list[tuple[int, int, list[Any]]] = []
        for word, bits in enumerate(rows):
            for start in range(0, len(bits), PIECE):
                piece = bits[start : start + PIECE]
                if any(map(any, piece)):
                    self._tables.append((word, start, self._table(piece)))

    def _table(self, piece: Sequence[Sequence[int]]) -> list[Any]:
        tables = []
        for lane in range(self._lanes):
            table: Any = np.zeros(1, np.int64)
            for row in piece:
                worth = sum(
                    row[i] // self._scale[i] << shift
                    for i, (at, shift, _) in enumerate(self._places)
                    if at == lane
                )
                table = np.concatenate((table, table + worth))
            tables.append(table)
        return tables

    def over(self, words: Sequence[Any]) -> list[Any]:
        """Give each column's sums, for arrays of words; only their lower halves count."""
        totals: list[Any] = [np.zeros(len(words[0]), np.int64) for _ in range(self._lanes)]
        piece: Any = np.empty(len(words[0]), np.int64)
        looked: Any = np.empty(len(words[0]), np.int64)
        for word, start, tables in self._tables:
            np.right_shift(words[word].view(np.int64), start, out=piece)
            np.bitwise_and(piece, len(tables[0]) - 1, out=piece)
            for total, table in zip(totals, tables, strict=True):
                np.take(table, piece, out=looked, mode="clip")
                np.add(total, looked, out=total)
        return [
            self._unpacked(totals[lane], shift, size, scale)
            for (lane, shift, size), scale in zip(self._places, self._scale, strict=True)
        ]

    @staticmethod
    def _unpacked(total: Any, shift: int, size: int, scale: int) -> Any:
        found = (total >> shift) & ((1 << size) - 1) if shift else total & ((1 << size) - 1)
        return found * scale if scale != 1 else found


def _places(sizes: Sequence[int]) -> list[tuple[int, int, int]]:
    """Put numbers of the given bits into lanes: which lane, from which bit, how many bits."""
    places, lane, used = [], 0, 0
    for size in sizes:
        if size > LANE:
            raise OverflowError("sums of more than 63 bits")
        if used + size > LANE:
            lane, used = lane + 1, 0
        places.append((lane, used, size))
        used += size
    return places
