"""Arrow IPC files (Feather): types and values stay as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .pieces import Piece, sink_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from recommender.nouns.pack import Pack


def read(source: Path, _: Pack) -> Iterator[Piece]:
    """Yield the batches of a file, as it has them."""
    with pa.OSFile(str(source)) as stream, pa.ipc.open_file(stream) as file:
        for index in range(file.num_record_batches):
            table = pa.Table.from_batches([file.get_batch(index)])
            table.validate(full=True)  # Arrow takes a file's word for its indices and offsets
            yield Piece(table, (index + 1) / file.num_record_batches)


class ArrowWriter:
    """Writes each table as a batch; a column's dictionary grows from one to the next.

    A file holds one dictionary a column, to which later batches may only add.
    """

    def __init__(self, path: Path, first: Any, _: Sequence[str], __: Sequence[str] | None) -> None:
        self._sink = sink_of(path)
        options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
        self._writer = pa.ipc.new_file(self._sink, first.schema, options=options)
        self._written = first.slice(0, 0)

    def write(self, table: Any, _: list[str] | None) -> None:
        """Write some rows."""
        grown = pa.concat_tables([self._written, table]).unify_dictionaries().combine_chunks()
        self._writer.write_table(grown)
        self._written = grown.slice(0, 0)

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()
        self._sink.close()
