"""The pages of a column chunk in machine code: their headers, one after another.

A header is a struct in Thrift's compact protocol. Only numbers and flags are taken from it, by
their types, as any reader does; fields of other types are passed over.

Formats: Thrift compact protocol specification; Parquet format specification, "Data Pages", and
`PageHeader` of `parquet.thrift`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from recommender.batch.machine import compiled

from .thrift import BINARY, BYTE, DOUBLE, FALSE, I16, I32, I64, STRUCT, TRUE

STOP = 0
"""What stands where a field's type would, at the end of a struct."""

KIND, UNPACKED, PACKED = 1, 2, 3
"""Fields of `PageHeader`."""

DATA, DICTIONARY, DATA_V2 = 8, 16, 24
"""Where the fields of its headers for each kind of page begin in a row."""

VALUES, ENCODING, LEVELS, REPEATED = 1, 2, 3, 4
"""Fields of `DataPageHeader`; a dictionary's has the first two."""

VALUES_V2, NULLS, ROWS, ENCODING_V2, LEVEL_BYTES, REPEATED_BYTES, IS_PACKED = range(1, 8)
"""Fields of `DataPageHeaderV2`, all but the last of which there must be."""

BEGIN, WIDTH = 0, 32
"""A row: where the page's bytes begin, then all fields, -1 where there is none."""

_SECTIONS = np.array([0, 0, 0, 0, 0, DATA, 0, DICTIONARY, DATA_V2], np.int64)


@compiled
def walk(chunk: Any, rows: Any) -> int:
    """Read the headers of all pages, as many as there is room for, and count them, or give -1."""
    at = count = 0
    spare: Any = np.empty(WIDTH, np.int64)
    while at < len(chunk):
        row = rows[count] if count < len(rows) else spare
        row[:] = -1
        at = read_header(chunk, at, row)
        if at < 0 or row[PACKED] < 0 or row[PACKED] > len(chunk) - at:
            return -1
        row[BEGIN] = at
        at += row[PACKED]
        count += 1
    return count


@compiled
def read_header(chunk: Any, at: int, row: Any) -> int:
    """Read one header, and give where it ends, or -1."""
    outer = inner = section = 0
    while True:
        kind, field, at = read_field(chunk, at, inner if section else outer)
        if at < 0:
            return -1
        if kind == STOP:
            if section == 0:
                return at
            section = 0
            continue
        if section:
            inner = field
        else:
            outer = field
        if kind == STRUCT and section == 0 and field < len(_SECTIONS) and _SECTIONS[field]:
            section, inner = _SECTIONS[field], 0
            continue
        value, at = read_value(chunk, at, kind)
        if field < DATA and kind in (TRUE, FALSE, I32):
            place = section + field
            row[place] = value if (kind == I32) == (place != DATA_V2 + IS_PACKED) else -1


@compiled
def read_value(chunk: Any, at: int, kind: int) -> tuple[int, int]:
    """Read a number or flag, or pass over what is something else; give where it ends, or -1."""
    if kind == I32:
        return number(chunk, at)
    if kind == STRUCT:
        return -1, pass_struct(chunk, at)
    return 1 if kind == TRUE else 0, pass_scalar(chunk, at, kind)


@compiled
def read_field(chunk: Any, at: int, before: int) -> tuple[int, int, int]:
    """Read a field's type and number, which is not negative, and give where it begins, or -1."""
    if at < 0 or at >= len(chunk):
        return 0, 0, -1
    head: Any = np.int64(chunk[at])
    at += 1
    if head == STOP:
        return STOP, 0, at
    field = before + (head >> 4)
    if head >> 4 == 0:
        field, at = number(chunk, at)
    return head & 15, field, at if field >= 0 else -1


@compiled
def varint(chunk: Any, at: int) -> tuple[int, int]:
    """Read a number of up to nine bytes, and where it ends, or -1."""
    found: Any = np.int64(0)
    shift = 0
    while at < len(chunk) and shift < 63:  # noqa: PLR2004
        byte: Any = np.int64(chunk[at])
        at += 1
        found |= (byte & 127) << shift
        shift += 7
        if byte < 128:  # noqa: PLR2004
            return found, at
    return 0, -1


@compiled
def number(chunk: Any, at: int) -> tuple[int, int]:
    """Read a number with a sign of no more than 32 bits, and where it ends, or -1."""
    plain, at = varint(chunk, at)
    if plain >> 32:
        return 0, -1
    return (plain >> 1) ^ -(plain & 1), at


@compiled
def pass_scalar(chunk: Any, at: int, kind: int) -> int:
    """Pass over a value that holds no others, and give where it ends, or -1."""
    if kind == BYTE:
        at += 1
    elif kind in (I16, I32, I64):
        _, at = varint(chunk, at)
    elif kind == DOUBLE:
        at += 8
    elif kind == BINARY:
        size, at = varint(chunk, at)
        if at < 0 or size > len(chunk) - at:
            return -1
        at += size
    elif kind not in (TRUE, FALSE):
        return -1
    return at if at <= len(chunk) else -1


@compiled
def pass_struct(chunk: Any, at: int) -> int:
    """Pass over a struct and those in it, and give where it ends, or -1."""
    depth = 1
    while depth:
        kind, _, at = read_field(chunk, at, 0)
        if at < 0:
            return -1
        if kind == STOP:
            depth -= 1
        elif kind == STRUCT:
            depth += 1
        else:
            at = pass_scalar(chunk, at, kind)
    return at
