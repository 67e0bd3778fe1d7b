"""The pages of a column chunk that has a dictionary: found, bounded, and decompressed one by one.

Sizes that a file claims are believed as far as its bytes can bear them out.

Formats: Parquet format specification, "Data Pages", "Compression" and `parquet.thrift`; Snappy
format description, "Preamble".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from . import headers
from .headers import DATA, DATA_V2, DICTIONARY, KIND
from .thrift import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

CODECS = {0: None, 1: "snappy", 2: "gzip", 6: "zstd", 7: "lz4_raw"}

MOST = 1 << 16
"""Pages of a chunk whose headers we hold."""

SMALL, TIMES = 1 << 20, 8
"""A page has that many bytes at most once it is unpacked, or that many times as many as before."""

FEW, EACH = 64, 4
"""Nor has a data page more than a few bytes, and of its levels and indices so many for each row:
two runs of one value, each with its head."""

DATA_PAGE, DICTIONARY_PAGE, DATA_PAGE_V2 = 0, 2, 3
PLAIN, PLAIN_DICTIONARY, RLE, RLE_DICTIONARY = 0, 2, 3, 8


class Pages:
    """Take a chunk's pages in turn. Raises `RefusedError` for what is unexpected."""

    def __init__(self, data: bytes, codec: int) -> None:
        if codec not in CODECS:
            raise RefusedError("another codec")
        self._codec = CODECS[codec] and pa.Codec(CODECS[codec])
        self._bytes: Any = np.frombuffer(data, np.uint8)
        table = _table(self._bytes)
        self._first = table[0]
        self.words = int(self._first[DICTIONARY + headers.VALUES])
        rows, self._rest = _checked(table[1:])
        self.rows = rows

    def dictionary(self) -> bytes:
        """Give the dictionary's bytes."""
        page = self._first
        encoding = page[DICTIONARY + headers.ENCODING]
        if page[KIND] != DICTIONARY_PAGE or encoding not in (PLAIN, PLAIN_DICTIONARY):
            raise RefusedError("no dictionary first")
        begin, packed, size = page[[headers.BEGIN, headers.PACKED, headers.UNPACKED]].tolist()
        if not 0 <= size <= max(SMALL, packed * TIMES):
            raise RefusedError("a size that its bytes do not bear out")
        return bytes(self._unpacked(begin, packed, size, packed=True))

    def take(self) -> tuple[Any, int, int]:
        """Give the next page's bytes, how many are levels (-1: they say so), and its rows."""
        begin, size, unpacked, levels, rows, is_packed = next(self._rest)
        kept = max(levels, 0)
        found = self._unpacked(begin + kept, size - kept, unpacked - kept, packed=is_packed != 0)
        if kept:
            found = np.concatenate((self._bytes[begin : begin + kept], found))
        return found, levels, rows

    def _unpacked(self, begin: int, held: int, size: int, *, packed: bool) -> Any:
        data = self._bytes[begin : begin + held]
        if self._codec is None or not packed:
            if size != held:
                raise RefusedError("another size")
            return data
        return decompressed(self._codec, data, size) if size else data[:0]


def _table(chunk: Any) -> Any:
    """Read the headers of a chunk's pages, at least one of which has data."""
    rows: Any = np.empty((64, headers.WIDTH), np.int64)
    count = headers.walk(chunk, rows)
    if len(rows) < count <= MOST:
        rows = np.empty((count, headers.WIDTH), np.int64)
        headers.walk(chunk, rows)
    if not 2 <= count <= MOST:  # noqa: PLR2004  (a dictionary and data)
        raise RefusedError("no pages, or too many")
    return rows[:count]


def _checked(table: Any) -> tuple[int, Iterator[list[int]]]:
    """Count the rows, and give what is to be known of each page, if all are fit for us."""
    second = table[:, KIND] == DATA_PAGE_V2
    of_first, of_second = table[:, DATA:DICTIONARY], table[:, DATA_V2:]
    rows = np.where(second, of_second[:, headers.VALUES_V2], of_first[:, headers.VALUES])
    encoding = np.where(second, of_second[:, headers.ENCODING_V2], of_first[:, headers.ENCODING])
    levels = np.where(second, of_second[:, headers.LEVEL_BYTES], -1)
    packed, unpacked = table[:, headers.PACKED], table[:, headers.UNPACKED]
    fine = np.where(
        second,
        (levels >= 0)
        & (levels <= packed)
        & (of_second[:, headers.REPEATED_BYTES] == 0)
        & (of_second[:, headers.NULLS] >= 0)
        & (of_second[:, headers.ROWS] == rows),
        (table[:, KIND] == DATA_PAGE)
        & (of_first[:, headers.LEVELS] == RLE)
        & (of_first[:, headers.REPEATED] >= 0),
    )
    fine &= ((encoding == PLAIN_DICTIONARY) | (encoding == RLE_DICTIONARY)) & (rows > 0)
    fine &= (unpacked >= np.maximum(levels, 0)) & (unpacked <= FEW + EACH * rows)
    fine &= unpacked <= np.maximum(SMALL, packed * TIMES)
    if not fine.all():
        raise RefusedError("pages of other kinds, or of sizes that their bytes do not bear out")
    is_packed = of_second[:, headers.IS_PACKED]
    told = (table[:, headers.BEGIN], packed, unpacked, levels, rows, is_packed)
    return int(rows.sum()), iter(np.stack(told, 1).tolist())


def decompressed(codec: Any, data: Any, size: int) -> Any:
    """Decompress to a size, which has to be the right one."""
    try:
        found = codec.decompress(data, size)
        if codec.name == "snappy":
            exact = _snappy_size(data) == size
        else:  # what is left of the room is neither told nor filled: see that less does not do
            exact = codec.name == "zstd" or not _fits(codec, data, size - 1)
    except (pa.ArrowException, OSError):
        exact = False
    if not exact:
        raise RefusedError("another size")
    return np.frombuffer(found, np.uint8)


def _fits(codec: Any, data: Any, size: int) -> bool:
    try:
        codec.decompress(data, size)
    except (pa.ArrowException, OSError):
        return False
    return True


def _snappy_size(data: Any) -> int:
    """Read the size with which snappy's data begin."""
    found = shift = 0
    for byte in data[:5].tolist():
        found |= (byte & 127) << shift
        shift += 7
        if byte < 128:  # noqa: PLR2004
            break
    return found
