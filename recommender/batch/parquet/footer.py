"""The footer of a Parquet file: its columns, and where the bytes of each lie, checked.

What is refused here may still be a file that PyArrow reads: encrypted, say, or in several files.

Formats: Parquet format specification, "File format", "Metadata" and `parquet.thrift`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from .thrift import BINARY, I32, I64, LIST, STRUCT, Reader, RefusedError, Struct

if TYPE_CHECKING:
    from typing import BinaryIO

MAGIC = b"PAR1"
LARGEST = 1 << 23
"""Bytes of a footer that we take apart: some ten thousand chunks, and a hundred times as much
memory."""

MOST = 1 << 40
"""Values or bytes of a chunk; sums of them stay numbers of 64 bits."""

REQUIRED, OPTIONAL = 0, 1


class File:
    """Name the fields of a `FileMetaData`."""

    VERSION, SCHEMA, ROWS, GROUPS, PAIRS, CREATED_BY, ORDERS, ENCRYPTION, SIGNING = range(1, 10)


class Element:
    """Name the fields of a `SchemaElement`."""

    TYPE, LENGTH, REPETITION, NAME, CHILDREN = range(1, 6)


class RowGroup:
    """Name the fields of a `RowGroup`."""

    COLUMNS, SIZE, ROWS, SORTING, OFFSET, COMPRESSED, ORDINAL = range(1, 8)


class Column:
    """Name the fields of a `ColumnChunk`; those up to 3 say where it is, the rest is indexes."""

    PATH, OFFSET, META = range(1, 4)
    CRYPTO, ENCRYPTED = 8, 9


class Meta:
    """Name the fields of a `ColumnMetaData`."""

    TYPE, ENCODINGS, PATH, CODEC, VALUES, UNCOMPRESSED, COMPRESSED, PAIRS = range(1, 9)
    DATA, INDEX, DICTIONARY, STATISTICS, COUNTS, BLOOM, BLOOM_LENGTH = range(9, 16)


class Field(NamedTuple):
    """Hold a column of the table: the schema's elements for it, and which chunks are its own.

    `levels` is the highest definition level of a flat column, `None` for a nested one.
    """

    name: str
    elements: list[Struct]
    chunks: range
    levels: int | None


class Chunk(NamedTuple):
    """Hold where a column's part of a row group lies in the file, and what is said of it."""

    start: int
    size: int
    meta: Struct


class Group(NamedTuple):
    """Hold a row group: its rows, its columns' chunks, and by which chunks it is sorted, and how.

    Unlike its other fields, `others` say the same of a part of the columns.
    """

    rows: int
    chunks: list[Chunk]
    sorting: list[tuple[int, Struct]]
    others: Struct


class Footer(NamedTuple):
    """Hold what a file says of itself: its schema's root, its columns, how each is ordered.

    Unlike its other fields, `others` say the same of a part of the columns.
    """

    root: Struct
    fields: list[Field]
    orders: list[Struct]
    groups: list[Group]
    pairs: list[Struct]
    others: Struct

    @property
    def rows(self) -> int:
        """Count the rows."""
        return sum(group.rows for group in self.groups)


def number(struct: Struct, field: int, otherwise: int | None = None, kind: int = I64) -> int:
    """Give a number of a struct; one that is not there must have something instead."""
    if field not in struct and otherwise is not None:
        return otherwise
    found, value = struct.get(field, (0, None))
    if found != kind:
        raise RefusedError("a number is missing")
    return int(value)


def items(struct: Struct, field: int, kind: int) -> list[Any]:
    """Give a list of a struct, empty where it is not there."""
    outer, value = struct.get(field, (LIST, (kind, [])))
    if outer != LIST or (value[1] and value[0] != kind):
        raise RefusedError("a list is something else")
    return list(value[1])


def text(struct: Struct, field: int) -> bytes:
    """Give text of a struct, empty where it is not there."""
    kind, value = struct.get(field, (BINARY, b""))
    if kind != BINARY:
        raise RefusedError("text is something else")
    return bytes(value)


def read_footer(stream: BinaryIO) -> Footer:
    """Read a file's footer. Raises `RefusedError` for what we do not take apart."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - 8))
    tail = stream.read(8)
    length = int.from_bytes(tail[:4], "little")
    if tail[4:] != MAGIC or length > min(LARGEST, size - len(MAGIC) - len(tail)):
        raise RefusedError("no footer")
    begin = size - len(tail) - length
    stream.seek(begin)
    struct = Reader(stream.read(length)).struct()
    if File.ENCRYPTION in struct or File.SIGNING in struct:
        raise RefusedError("encrypted")
    if text(struct, File.CREATED_BY)[:21] in _UNEVEN:
        raise RefusedError("chunks that are longer than they say")
    elements = items(struct, File.SCHEMA, STRUCT)
    fields = _fields(elements)
    width = fields[-1].chunks.stop
    groups = [_group(each, fields, begin) for each in items(struct, File.GROUPS, STRUCT)]
    if sum(chunk.size for group in groups for chunk in group.chunks) > begin:
        raise RefusedError(
            "chunks that overlap"
        )  # a small file could be a large one many times over
    footer = Footer(
        elements[0],
        fields,
        items(struct, File.ORDERS, STRUCT),
        groups,
        items(struct, File.PAIRS, STRUCT),
        {field: struct[field] for field in (File.VERSION, File.CREATED_BY) if field in struct},
    )
    if footer.rows != number(struct, File.ROWS) or len(footer.orders) not in (0, width):
        raise RefusedError("numbers that do not agree")
    return footer


_UNEVEN = {b"parquet-mr version 1.%d" % minor for minor in range(3)}
"""Versions that left the dictionary's header out of a chunk's size (PARQUET-816)."""


def _fields(elements: list[Struct]) -> list[Field]:
    """Cut the schema, a tree written depth first, into the columns of the table."""
    if not elements:
        raise RefusedError("no schema")
    found: list[Field] = []
    at = 1
    leaves = 0
    for _ in range(number(elements[0], Element.CHILDREN, 0, I32)):
        begin, first, left = at, leaves, 1
        while left:
            if at == len(elements):
                raise RefusedError("a schema broken off")
            children = number(elements[at], Element.CHILDREN, 0, I32)
            leaf = Element.TYPE in elements[at]
            if children < 0 or leaf == bool(children):
                raise RefusedError("a leaf with branches")
            leaves += leaf
            left += children - 1
            at += 1
        branch = elements[begin:at]
        name = str(text(branch[0], Element.NAME), "utf-8", "surrogateescape")
        found.append(Field(name, branch, range(first, leaves), _levels(branch)))
    if at != len(elements) or not found:
        raise RefusedError("elements that are no column's")
    return found


def _levels(branch: list[Struct]) -> int | None:
    (element, *more) = branch
    repetition = number(element, Element.REPETITION, -1, kind=I32)
    return repetition if not more and repetition in (REQUIRED, OPTIONAL) else None


def _group(struct: Struct, fields: list[Field], end: int) -> Group:
    rows = number(struct, RowGroup.ROWS)
    if rows == 0:  # some writers say nothing sensible of its chunks
        return Group(0, [], [], {})
    chunks = [_chunk(each, end) for each in items(struct, RowGroup.COLUMNS, STRUCT)]
    if rows < 0 or len(chunks) != fields[-1].chunks.stop:
        raise RefusedError("a row group of other columns")
    flat = [chunks[field.chunks.start] for field in fields if field.levels is not None]
    if any(number(chunk.meta, Meta.VALUES) != rows for chunk in flat):
        raise RefusedError("a row group of columns that are not equally long")
    sorting = items(struct, RowGroup.SORTING, STRUCT)
    return Group(
        rows,
        chunks,
        [(number(each, 1, kind=I32), each) for each in sorting],
        {f: struct[f] for f in (RowGroup.ROWS, RowGroup.ORDINAL) if f in struct},
    )


def _chunk(column: Struct, end: int) -> Chunk:
    kind, meta = column.get(Column.META, (0, None))
    if kind != STRUCT or {Column.PATH, Column.CRYPTO, Column.ENCRYPTED} & set(column):
        raise RefusedError("a chunk elsewhere, or encrypted")
    if not all(0 <= number(meta, field) < MOST for field in (Meta.VALUES, Meta.UNCOMPRESSED)):
        raise RefusedError("numbers that no chunk has")
    size, data = number(meta, Meta.COMPRESSED), number(meta, Meta.DATA)
    others = [number(meta, field, 0) for field in (Meta.DICTIONARY, Meta.INDEX)]
    start = min(data, others[0]) if others[0] > 0 else data
    inside = all(start <= place < start + size for place in (data, *others) if place)
    if start < len(MAGIC) or size > end - start or not inside:
        raise RefusedError("a chunk outside the file")
    return Chunk(start, size, meta)
