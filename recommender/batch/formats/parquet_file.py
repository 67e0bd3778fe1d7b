"""Parquet, by PyArrow: types, nullability, metadata and values stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from .pieces import ROWS, Piece, sink_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from recommender.nouns.pack import Pack


def read(source: Path, _: Pack) -> Iterator[Piece]:
    """Yield a file in pieces of `ROWS` rows; memory holds one row group, compressed."""
    done = 0
    # What is buffered ahead is held until the end of the file.
    with pq.ParquetFile(source, pre_buffer=False) as file:
        total = max(1, file.metadata.num_rows)
        for batch in file.iter_batches(batch_size=ROWS):
            batch.validate(full=True)  # Arrow takes a file's word for its indices
            done += len(batch)
            yield Piece(pa.Table.from_batches([batch]), done / total)


class ParquetWriter:
    """Writes each table as a row group."""

    def __init__(self, path: Path, first: Any, _: Sequence[str], __: Sequence[str] | None) -> None:
        self._sink = sink_of(path)
        self._writer = pq.ParquetWriter(self._sink, first.schema)

    def write(self, table: Any, _: list[str] | None) -> None:
        """Write some rows."""
        self._writer.write_table(table)

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()
        self._sink.close()
