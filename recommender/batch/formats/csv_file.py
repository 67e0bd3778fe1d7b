"""CSV: every cell is text and stays so, byte for byte; several answers are written `a;b`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from recommender.batch.answers import columns_of
from recommender.nouns.errors import FAULT_LIMIT, Fault, Place, RecommenderError

from .pieces import BLOCK, Piece, sink_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from recommender.nouns.pack import Pack


def read(source: Path, pack: Pack) -> Iterator[Piece]:
    """Yield a file in blocks; an empty cell is null if it answers a question, else empty text.

    Cells in quotes may hold line ends. A row may not be longer than a block. Raises
    `RecommenderError` with every row that has another number of cells than the first line.
    """
    try:
        yield from _read(source, pack)
    except pa.ArrowInvalid:
        if ragged := _ragged(source):
            raise RecommenderError(ragged) from None
        raise


def _ragged(source: Path) -> list[Fault]:
    """Find the rows with too many or too few cells: Arrow counts rows in one thread alone."""
    found: list[Fault] = []

    def told(row: Any) -> str:
        what = f"row {row.number - 1:,} has {row.actual_columns} cells, not {row.expected_columns}"
        found.append(Fault(Place(str(source)), what, "put a cell that holds a comma in quotes"))
        return "skip" if len(found) < FAULT_LIMIT else "error"

    blocks = pa.csv.ReadOptions(block_size=BLOCK, use_threads=False)
    parse = pa.csv.ParseOptions(newlines_in_values=True, invalid_row_handler=told)
    with (
        suppress(pa.ArrowInvalid),
        _opened(source) as stream,
        pa.csv.open_csv(stream, blocks, parse) as reader,
    ):
        for _ in reader:
            pass
    return found


def _read(source: Path, pack: Pack) -> Iterator[Piece]:
    known = columns_of(pack)
    blocks = pa.csv.ReadOptions(block_size=BLOCK)
    parse = pa.csv.ParseOptions(newlines_in_values=True)
    with _opened(source) as stream, pa.csv.open_csv(stream, blocks, parse) as head:
        names = head.schema.names
    # In a table of one column an empty line is an empty cell.
    parse.ignore_empty_lines = len(names) > 1
    text = pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    done, size = 0, max(1, source.stat().st_size)
    with _opened(source) as stream, pa.csv.open_csv(stream, blocks, parse, text) as reader:
        for batch in reader:
            done += BLOCK
            table = pa.Table.from_batches([batch])
            for index, name in enumerate(names):
                if name in known:
                    empty = pc.equal(table.column(index), "")
                    cells = pc.if_else(empty, None, table.column(index))
                    table = table.set_column(index, name, cells)
            yield Piece(table, min(1.0, done / size))


class _Blocks:
    """A file read in blocks, none of which ends in a carriage return.

    PyArrow leaves out a line feed that begins the next one, in quotes too.
    """

    closed = False

    def __init__(self, path: Path) -> None:
        self._stream = path.open("rb")
        self._held = b""

    def read(self, size: int) -> bytes:
        data = self._held + self._stream.read(size - len(self._held))
        more = len(data) == size
        kept = data.rstrip(b"\r") if more else data
        if more and not kept:
            raise pa.ArrowInvalid("a block of nothing but carriage returns")
        self._held = data[len(kept) :]
        return kept

    def close(self) -> None:
        self._stream.close()
        self.closed = True


def _opened(path: Path) -> Any:
    return pa.PythonFile(_Blocks(path), "r")


class CsvWriter:
    """Writes tables as text that no spreadsheet calculates."""

    def __init__(self, path: Path, first: Any, _: Sequence[str], __: Sequence[str] | None) -> None:
        self._sink = sink_of(path)
        self._writer = pa.csv.CSVWriter(self._sink, _as_text(first).schema)

    def write(self, table: Any, _: list[str] | None) -> None:
        """Write some rows. Raises `ArrowException` for what has no form in CSV."""
        self._writer.write_table(_as_text(table))

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()
        self._sink.close()


def _as_text(table: Any) -> Any:
    """Return a table with text in every column that is not of numbers, booleans or times."""
    for index, field in enumerate(table.schema):
        kind, column = field.type, table.column(index)
        if pa.types.is_dictionary(kind):
            kind, column = kind.value_type, column.cast(kind.value_type)
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            column = _joined(column, field.name)
        elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
            column = column.cast(pa.string())
        elif pa.types.is_nested(kind):
            raise pa.ArrowInvalid(f"`{field.name}` holds {kind}, for which CSV has no form")
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = _inert(column)
        table = table.set_column(index, field.name, column)
    return table.rename_columns(_inert(pa.array(table.column_names)).to_pylist())


def _joined(column: Any, name: str) -> Any:
    """Return lists as `a;b`. Raises `ArrowInvalid` if that would read as another list."""
    words = column.cast(pa.list_(pa.string()))
    flat = pa.chunked_array([chunk.flatten() for chunk in words.chunks], pa.string())
    if flat.null_count or pc.any(pc.or_(pc.match_substring(flat, ";"), pc.equal(flat, ""))).as_py():
        raise pa.ArrowInvalid(f"a list in `{name}` holds what `a;b` cannot tell: `;`, or nothing")
    return pc.binary_join(words, ";")


def _inert(column: Any) -> Any:
    """Return text with an apostrophe before what a spreadsheet would run; numbers stay."""
    led = pc.match_substring_regex(column, r"^[=+\-@\t\r\n]")
    number = pc.match_substring_regex(column, r"^[+-]?[0-9., ]+([eE][+-]?[0-9]+)?$")
    marked = pc.binary_join_element_wise("'", column, "")
    return pc.if_else(pc.fill_null(pc.and_not(led, number), False), marked, column)
