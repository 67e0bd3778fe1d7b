"""The answers of a Parquet file in pieces of rows, each within a row group.

Words go to codes by machine code, where numba is installed and the file is worth its coming; all
else, and whatever is refused there, is read by PyArrow.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from .thrift import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import ThreadPoolExecutor
    from typing import BinaryIO

    from .codes import Codes
    from .footer import Field, Footer, Group

CODED_FROM = 1 << 21
"""Rows that PyArrow reads before numba has come."""


@contextmanager
def faults_of_bytes() -> Iterator[None]:
    """Tell errors of the system that come of what is read, as bytes that do not decompress do."""
    try:
        yield
    except OSError as error:
        raise pa.ArrowInvalid(str(error)) from None


def answers(
    path: str, footer: Footer, names: list[str], rows: int, pool: ThreadPoolExecutor
) -> Iterator[tuple[Group, Any]]:
    """Read columns piece by piece, each with its row group."""
    with faults_of_bytes():
        yield from _answers(path, footer, names, rows, pool)


def _answers(
    path: str, footer: Footer, names: list[str], rows: int, pool: ThreadPoolExecutor
) -> Iterator[tuple[Group, Any]]:
    schema = pq.read_schema(path)
    text = [name for name in names if pa.types.is_string(schema.field(name).type)]
    coded = [
        field for field in footer.fields
        if field.name in names and field.levels is not None and _is_text(schema.field(field.name))
    ] if footer.rows > CODED_FROM and _installed() else []  # fmt: skip
    # What is buffered ahead is held until the end of the file.
    with (
        pq.ParquetFile(path, read_dictionary=text, pre_buffer=False) as file,
        open(path, "rb") as stream,  # noqa: PTH123
    ):
        for index, group in enumerate(footer.groups):
            columns = _Columns(file, index, names, rows)
            columns.code(stream, group, coded)
            for begin in range(0, group.rows, rows):
                yield group, columns.take(min(rows, group.rows - begin), pool)


def _is_text(field: Any) -> bool:
    kind = field.type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _installed() -> bool:
    from recommender.batch import machine  # noqa: PLC0415  (slow to come)

    return machine.INSTALLED


class _Columns:
    """Read the columns of a row group, any number of rows at a time."""

    def __init__(self, file: Any, group: int, names: list[str], rows: int) -> None:
        self._file = file
        self._group = group
        self._names = names
        self._size = rows
        self._done = 0
        self._codes: dict[str, Codes] = {}
        self._plain: list[_Plain] = []

    def code(self, stream: BinaryIO, group: Group, fields: list[Field]) -> None:
        """Have columns coded, if they are fit for it."""
        for field in fields:
            from .codes import Codes  # noqa: PLC0415  (slow to come)

            chunk = group.chunks[field.chunks.start]
            stream.seek(chunk.start)
            try:
                self._codes[field.name] = Codes(
                    stream.read(chunk.size), chunk, group.rows, field.levels or 0
                )
            except RefusedError:
                continue

    def take(self, rows: int, pool: ThreadPoolExecutor) -> Any:
        """Give the next rows as a table."""

        def codes(name: str) -> Any:
            try:
                return self._codes[name].take(rows)
            except RefusedError:
                return None

        found = dict(zip(self._codes, pool.map(codes, self._codes), strict=True))
        rest = [name for name in self._names if found.get(name) is None]
        read = {name for plain in self._plain for name in plain.names}
        if late := [name for name in rest if name not in read]:
            self._plain.append(_Plain(self._file, self._group, late, self._size))
            self._plain[-1].pass_over(self._done)
            self._codes = {name: self._codes[name] for name in self._codes if name not in late}
        for plain in self._plain:
            found |= plain.take(rows)
        self._done += rows
        return pa.table({name: found[name] for name in self._names})


class _Plain:
    """Read some columns of a row group as PyArrow does, any number of rows at a time."""

    def __init__(self, file: Any, group: int, names: list[str], rows: int) -> None:
        self.names = names
        self._size = rows
        self._batches: Iterator[Any] = file.iter_batches(rows, row_groups=[group], columns=names)
        self._left: list[Any] = []

    def pass_over(self, rows: int) -> None:
        """Leave out rows."""
        for begin in range(0, rows, self._size):
            self.take(min(self._size, rows - begin))

    def take(self, rows: int) -> dict[str, Any]:
        """Give the next rows, by column."""
        have = sum(map(len, self._left))
        while have < rows:
            batch = next(self._batches, None)
            if batch is None:
                raise pa.ArrowInvalid("a row group has fewer rows than it says")
            batch.validate(full=True)  # Arrow takes a file's word for its indices
            self._left.append(pa.Table.from_batches([batch]))
            have += len(batch)
        table = pa.concat_tables(self._left)
        self._left = [table.slice(rows)] if have > rows else []
        return {name: table[name].slice(0, rows) for name in self.names}
