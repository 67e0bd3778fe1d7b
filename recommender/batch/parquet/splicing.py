"""A Parquet file made of another's chunks, copied byte by byte, and of result columns beside them.

Page indexes and bloom filters, which lie outside the chunks, are left out; readers do without.

Formats: Parquet format specification, "File format" and `parquet.thrift`; Arrow's schema among the
key-value metadata as PyArrow writes it.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .encoding import joined
from .footer import MAGIC, Column, Element, File, Footer, Group, Meta, RowGroup, number
from .thrift import BINARY, I32, I64, LIST, STRUCT, Struct, written

if TYPE_CHECKING:
    from typing import BinaryIO

    from .encoding import Encoded

BLOCK = 1 << 20
_MOVED = (Meta.DATA, Meta.INDEX, Meta.DICTIONARY)
_ARROW = b"ARROW:schema"


class Splice:
    """Write a file: the columns `kept` of a source, row group by row group, and results."""

    def __init__(
        self, source: BinaryIO, footer: Footer, kept: list[int], target: BinaryIO, schema: Any
    ) -> None:
        self._source = source
        self._footer = footer
        self._fields = [footer.fields[index] for index in kept]
        self._kept = [chunk for field in self._fields for chunk in field.chunks]
        self._target = target
        self._schema = schema
        self._groups: list[bytes] = []
        self._rows = 0
        self._at = 0
        self._results: Footer | None = None
        self._write(MAGIC)

    def add(self, group: Group, results: list[Encoded]) -> None:
        """Write a row group and the results of all its rows."""
        self._results = results[0].footer
        begin = self._at
        columns = [self._copied(group, index) for index in self._kept]
        for parts in zip(*(each.columns for each in results), strict=True):
            blocks, meta = joined(parts, self._at)
            for block in blocks:
                self._write(block)
            columns.append(meta)
        sizes = [
            sum(number(meta, field) for meta in columns)
            for field in (Meta.UNCOMPRESSED, Meta.COMPRESSED)
        ]
        struct = group.others | {
            RowGroup.COLUMNS: (LIST, (STRUCT, [_placed(meta) for meta in columns])),
            RowGroup.SIZE: (I64, sizes[0]),
            RowGroup.OFFSET: (I64, begin),
            RowGroup.COMPRESSED: (I64, sizes[1]),
        }
        if sorting := self._sorting(group):
            struct[RowGroup.SORTING] = (LIST, (STRUCT, sorting))
        self._groups.append(written(struct))
        self._rows += group.rows

    def finish(self) -> None:
        """Write the footer."""
        source, added = self._footer, self._results
        fields = [*self._fields, *(added.fields if added else ())]
        elements = [element for field in fields for element in field.elements]
        root = source.root | {Element.CHILDREN: (I32, len(fields))}
        struct = source.others | {
            File.SCHEMA: (LIST, (STRUCT, [root, *elements])),
            File.ROWS: (I64, self._rows),
            File.GROUPS: (LIST, (STRUCT, self._groups)),
            File.PAIRS: (LIST, (STRUCT, self._pairs())),
        }
        if source.orders and added:
            orders = [*(source.orders[index] for index in self._kept), *added.orders]
            struct[File.ORDERS] = (LIST, (STRUCT, orders))
        footer = written(struct)
        self._write(footer + len(footer).to_bytes(4, "little") + MAGIC)

    def _write(self, block: Any) -> None:
        self._target.write(block)
        self._at += memoryview(block).nbytes

    def _copied(self, group: Group, index: int) -> Struct:
        """Copy a chunk, and give its metadata for where it lies now."""
        chunk = group.chunks[index]
        moved = self._at - chunk.start
        self._source.seek(chunk.start)
        left = chunk.size
        while left:
            block = self._source.read(min(left, BLOCK))
            if not block:
                raise pa.ArrowInvalid("the file became shorter")
            self._write(block)
            left -= len(block)
        meta = {
            field: told for field, told in chunk.meta.items()
            if field not in (Meta.BLOOM, Meta.BLOOM_LENGTH)
        }  # fmt: skip
        for field in _MOVED:
            if number(meta, field, 0) > 0:
                meta[field] = (I64, number(meta, field) + moved)
        return meta

    def _sorting(self, group: Group) -> list[Struct]:
        """Say by which columns the rows are sorted, as far as these are kept."""
        found: list[Struct] = []
        for index, each in group.sorting:
            if index not in self._kept:
                break
            found.append(each | {1: (I32, self._kept.index(index))})
        return found

    def _pairs(self) -> list[Struct]:
        """Give the source's key-value metadata, with Arrow's schema for the columns there are."""
        schema = base64.b64encode(self._schema.serialize().to_pybytes())
        others = [pair for pair in self._footer.pairs if pair.get(1) != (BINARY, _ARROW)]
        return [*others, {1: (BINARY, _ARROW), 2: (BINARY, schema)}]


def _placed(meta: Struct) -> Struct:
    return {Column.OFFSET: (I64, 0), Column.META: (STRUCT, meta)}
