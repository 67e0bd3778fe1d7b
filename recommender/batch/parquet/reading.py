"""The answers of a Parquet file in pieces of rows, each within a row group."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .footer import Footer, Group


@contextmanager
def faults_of_bytes() -> Iterator[None]:
    """Tell errors of the system that come of what is read, as bytes that do not decompress do."""
    try:
        yield
    except OSError as error:
        raise pa.ArrowInvalid(str(error)) from None


def answers(path: str, footer: Footer, names: list[str], rows: int) -> Iterator[tuple[Group, Any]]:
    """Read columns piece by piece, each with its row group."""
    with faults_of_bytes():
        yield from _answers(path, footer, names, rows)


def _answers(path: str, footer: Footer, names: list[str], rows: int) -> Iterator[tuple[Group, Any]]:
    schema = pq.read_schema(path)
    text = [name for name in names if pa.types.is_string(schema.field(name).type)]
    # What is buffered ahead is held until the end of the file.
    with pq.ParquetFile(path, read_dictionary=text, pre_buffer=False) as file:
        for index, group in enumerate(footer.groups):
            columns = _Plain(file, index, names, rows)
            for begin in range(0, group.rows, rows):
                yield group, pa.table(columns.take(min(rows, group.rows - begin)))


class _Plain:
    """Read some columns of a row group as PyArrow does, any number of rows at a time."""

    def __init__(self, file: Any, group: int, names: list[str], rows: int) -> None:
        self.names = names
        self._batches: Iterator[Any] = file.iter_batches(rows, row_groups=[group], columns=names)
        self._left: list[Any] = []

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
