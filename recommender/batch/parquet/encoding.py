"""Results as pages: each piece of rows for itself, so that the pages of many make one chunk.

A chunk has one dictionary, so only words have one, which is the same in every piece; scores are
written as differences, which takes less time than a dictionary of them and as little room.

Formats: Parquet format specification, "Data Pages" and "Encodings" (`DELTA_BINARY_PACKED`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .footer import Chunk, Footer, Meta, number, read_footer
from .thrift import BINARY, I32, I64, STRUCT, Reader, Struct

if TYPE_CHECKING:
    from collections.abc import Sequence


class Pages(NamedTuple):
    """Hold a column's pages for some rows, the dictionary's by itself, and what is said of them."""

    dictionary: Any
    data: Any
    nulls: int
    ends: tuple[int, int] | None
    chunk: Chunk


class Encoded(NamedTuple):
    """Hold the results of some rows as pages, a footer that describes them, and their errors."""

    rows: int
    errors: int
    footer: Footer
    columns: list[Pages]


def encoded(results: Any) -> Encoded:
    """Write the results of some rows, at least one, as pages."""
    words = [field.name for field in results.schema if pa.types.is_dictionary(field.type)]
    scores = [field.name for field in results.schema if pa.types.is_integer(field.type)]
    sink = pa.BufferOutputStream()
    pq.write_table(
        results,
        sink,
        row_group_size=len(results),
        use_dictionary=words,
        column_encoding=dict.fromkeys(scores, "DELTA_BINARY_PACKED"),
        write_statistics=False,
        store_schema=False,
    )
    data = sink.getvalue()
    footer = read_footer(pa.BufferReader(data))
    (group,) = footer.groups
    columns = [
        _pages(data, chunk, column)
        for chunk, column in zip(group.chunks, results.columns, strict=True)
    ]
    return Encoded(len(results), len(results) - columns[-1].nulls, footer, columns)


def _pages(data: Any, chunk: Chunk, column: Any) -> Pages:
    first = number(chunk.meta, Meta.DATA) - chunk.start
    whole = data.slice(chunk.start, chunk.size)
    ends = None
    if pa.types.is_integer(column.type) and column.null_count < len(column):
        ends = tuple(pc.min_max(column).as_py().values())
    return Pages(whole.slice(0, first), whole.slice(first), column.null_count, ends, chunk)


def joined(parts: Sequence[Pages], start: int) -> tuple[list[Any], Struct]:
    """Make one chunk of a column's pages, to lie from `start` on: its bytes, and their metadata."""
    first = parts[0]
    repeated = 0
    if first.dictionary.size:
        reader = Reader(first.dictionary.to_pybytes())
        repeated = (
            number(reader.struct(), 2, kind=I32) + reader.at
        )  # uncompressed: page, and header
    sizes = [number(part.chunk.meta, Meta.UNCOMPRESSED) - repeated for part in parts]
    data = start + first.dictionary.size
    meta = {field: first.chunk.meta[field] for field in range(Meta.TYPE, Meta.CODEC + 1)} | {
        Meta.VALUES: (I64, sum(number(part.chunk.meta, Meta.VALUES) for part in parts)),
        Meta.UNCOMPRESSED: (I64, repeated + sum(sizes)),
        Meta.COMPRESSED: (I64, first.dictionary.size + sum(part.data.size for part in parts)),
        Meta.DATA: (I64, data),
        Meta.STATISTICS: (STRUCT, _statistics(parts)),
    }
    if first.dictionary.size:
        meta[Meta.DICTIONARY] = (I64, start)
    return [first.dictionary, *(part.data for part in parts)], meta


def _statistics(parts: Sequence[Pages]) -> Struct:
    """Count nulls, and tell the least and the greatest of numbers."""
    found: Struct = {3: (I64, sum(part.nulls for part in parts))}
    ends = [end for part in parts if part.ends for end in part.ends]
    if ends:
        found[5] = (BINARY, max(ends).to_bytes(4, "little", signed=True))
        found[6] = (BINARY, min(ends).to_bytes(4, "little", signed=True))
    return found
