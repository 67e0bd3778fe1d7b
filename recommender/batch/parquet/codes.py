"""A chunk of words as codes: a column of a row group, page by page, without making text of it.

What is not exactly as expected is refused, and then read by PyArrow, whose word on it is final.

Formats: Parquet format specification, "Data Pages" and "Encodings" (`PLAIN`, `RLE_DICTIONARY`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from . import hybrid
from .footer import Meta, number
from .pages import Pages
from .thrift import I32, RefusedError

if TYPE_CHECKING:
    from .footer import Chunk

MOST = 255
"""Words of a dictionary, so that a byte tells them and null apart."""

BYTE_ARRAY = 6

_MARGIN: Any = np.zeros(hybrid.MARGIN, np.uint8)


class Codes:
    """Read a chunk, any number of rows at a time. Raises `RefusedError` for what is unexpected."""

    def __init__(self, data: bytes, chunk: Chunk, rows: int, levels: int) -> None:
        self._optional = levels > 0
        self._pages = Pages(data, number(chunk.meta, Meta.CODEC, kind=I32))
        if number(chunk.meta, Meta.TYPE, kind=I32) != BYTE_ARRAY:
            raise RefusedError("another type")
        if rows != self._pages.rows:
            raise RefusedError("another number of rows")
        words = _words(self._pages.dictionary(), self._pages.words)
        self._size = len(words)
        self._dictionary = pa.array([*words, None], pa.string())
        self._page: Any = _MARGIN
        self._left = 0
        self._state: Any = np.zeros(hybrid.STATE, np.int64)
        self._dense: Any = np.zeros(hybrid.ROOM, np.uint8)

    def take(self, rows: int) -> Any:
        """Give the next rows, of which there are as many."""
        parts, table = [self._page], []
        at, left = len(self._page), rows
        if self._left:
            here = min(left, self._left)
            table.append((0, at - hybrid.MARGIN, 0, here, False))
            left -= here
            self._left -= here
        while left:
            page, levels, count = self._pages.take()
            here = min(left, count)
            table.append((at, len(page), levels, here, True))
            parts += (page, _MARGIN)
            at += len(page) + hybrid.MARGIN
            left -= here
            self._left = count - here
        data = np.concatenate(parts) if len(parts) > 1 else self._page
        pages: Any = np.array(table, np.int64)
        room = pa.allocate_buffer(rows)  # which PyArrow uses again, unlike the system
        out: Any = np.frombuffer(room, np.uint8)
        if not hybrid.fill(data, pages, self._state, self._optional, self._size, self._dense, out):
            raise RefusedError("runs or indices that do not agree")
        self._page = data[pages[-1, hybrid.BEGIN] :] if self._left else _MARGIN
        indices = pa.Array.from_buffers(pa.uint8(), rows, [None, room])
        return pa.DictionaryArray.from_arrays(indices, self._dictionary, safe=False)


def _words(data: bytes, count: int) -> list[str]:
    """Read a dictionary, each word of which follows its length."""
    if not 0 <= count <= MOST:
        raise RefusedError("too many words")
    words, at = [], 0
    for _ in range(count):
        end = at + 4 + int.from_bytes(data[at : at + 4], "little")
        if end > len(data):
            raise RefusedError("a dictionary broken off")
        try:
            words.append(str(data[at + 4 : end], "utf-8"))
        except UnicodeDecodeError:
            raise RefusedError("words that are no text") from None
        at = end
    return words
