"""Files of projects: read in pieces, scored, written whole or not at all, by what they end with."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from recommender.atomic_files import whole_file
from recommender.nouns.errors import (
    Fault,
    Place,
    RecommenderError,
    UsageError,
    did_you_mean,
    listing,
)

from . import parquet, result_columns, score_table
from .parquet.reading import faults_of_bytes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from recommender.judging.lens import Lens
    from recommender.nouns.pack import Pack, Question

ROWS = 1 << 17
BLOCK = 1 << 24
FORMATS = (".parquet", ".csv", ".jsonl", ".arrow")


class Piece(NamedTuple):
    """Hold some rows, how much of the file is read with them, and JSON rows as they came."""

    table: Any
    share: float
    rows: list[dict[str, Any]] | None = None


class Wish(NamedTuple):
    """Hold what is wanted of a file: the pack, how a table is scored, the columns to keep."""

    pack: Pack
    score: Callable[[Any], Any]
    keep: Sequence[str] | None

    def check(self, names: list[str]) -> None:
        """See that what is to be kept is there."""
        for name in self.keep or ():
            if name not in names:
                raise UsageError(f"no column `{name}` to keep; {did_you_mean(name, names)}")

    def kept(self, names: list[str]) -> list[str]:
        """Choose of the columns that there are."""
        return [name for name in names if self.keep is None or name in self.keep]


class Step(NamedTuple):
    """Count rows that are done and those of them with an error, and say how far in the file."""

    rows: int
    errors: int
    share: float


class Tally(NamedTuple):
    """Count the rows of a file, and those with an error."""

    rows: int
    errors: int


def score_file(
    source: str | Path,
    target: str | Path,
    pack: Pack,
    *,
    weights: Mapping[str, int] | None = None,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    keep: Sequence[str] | None = None,
    force: bool = False,
    progress: Callable[[float], object] = lambda _: None,
) -> Tally:
    """Score every row of one file into another, in memory that does not grow with the file.

    The formats follow from the names: Parquet, CSV (several answers as `a;b`), JSON Lines, and
    Arrow IPC. `keep` names the columns that the output holds beside the results, all if not given:
    writing them again is most of the work. `progress` is told the share of the file that is done.
    Raises `RecommenderError` for a file that cannot be read or written, and leaves no output then.
    """
    kinds = _suffix(source), _suffix(target)
    if not os.path.isfile(source):  # noqa: PTH113  (text and paths alike)
        raise RecommenderError(Fault(Place(str(source)), "there is no such file"))
    score = partial(score_table, pack=pack, weights=weights, lens=lens, as_of=as_of)
    wish = Wish(pack, score, keep)
    rows = errors = 0
    try:
        with whole_file(target, force=force) as temporary:
            whole = parquet.original(str(source)) if kinds == (".parquet", ".parquet") else None
            if whole is not None:
                steps = _spliced(whole, temporary, wish)
            else:
                pieces = _READERS[kinds[0]](str(source), pack)
                steps = _rewritten(pieces, partial(_WRITERS[kinds[1]], str(temporary)), wish)
            with closing(steps):
                for step in steps:
                    rows += step.rows
                    errors += step.errors
                    progress(step.share)
            if not rows:
                raise RecommenderError(Fault(Place(str(source)), "holds no rows"))
    except (pa.ArrowException, UnicodeDecodeError) as error:
        what = str(error).splitlines()[0]
        raise RecommenderError(Fault(Place(str(source)), f"cannot be read: {what}")) from None
    return Tally(rows, errors)


def _spliced(source: parquet.Original, target: Path, wish: Wish) -> Generator[Step]:
    """Copy what is kept of a Parquet file, and write the results beside it."""
    names = source.schema.names
    wish.check(names)
    asked, kept, done = wish.pack.questions, wish.kept(names), 0
    for rows, errors in parquet.spliced(source, target, wish.score, asked=asked, kept=kept):
        done += rows
        yield Step(rows, errors, done / source.footer.rows)


def _rewritten(
    pieces: Iterator[Piece], write: Callable[[Any, Pack], Any], wish: Wish
) -> Generator[Step]:
    """Write a file's rows anew, with their results."""

    def scored() -> Iterator[tuple[Any, Piece]]:
        for number, piece in enumerate(_readable(pieces)):
            names = piece.table.column_names
            if number == 0:
                wish.check(names)
            columns = [*wish.kept(names), *result_columns(wish.pack)]
            yield wish.score(piece.table).select(columns), piece

    writer: Any = None
    for table, piece in _ahead(scored()):
        writer = writer or write(table, wish.pack)
        writer.write(table, _kept_rows(piece.rows, wish.keep))
        yield Step(len(table), len(table) - table["error"].null_count, piece.share)
    if writer is not None:
        writer.close()


def _readable(pieces: Iterator[Piece]) -> Iterator[Piece]:
    with faults_of_bytes():
        yield from pieces


def _ahead(pieces: Iterator[Any]) -> Iterator[Any]:
    """Make one piece ready while the one before it is written."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = pool.submit(next, pieces, None)
            yield piece


def _kept_rows(
    rows: list[dict[str, Any]] | None, keep: Sequence[str] | None
) -> list[dict[str, Any]] | None:
    if rows is None or keep is None:
        return rows
    return [{name: value for name, value in row.items() if name in keep} for row in rows]


def _suffix(path: str | Path) -> str:
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122
    suffix = {".ndjson": ".jsonl", ".feather": ".arrow", ".ipc": ".arrow"}.get(suffix, suffix)
    if suffix not in FORMATS:
        raise UsageError(f"`{path}`: the name must end with one of {listing(FORMATS)}")
    return suffix


def _parquet(source: str, pack: Pack) -> Iterator[Piece]:
    with pq.ParquetFile(source) as file:
        text = [
            field.name for field in file.schema_arrow
            if field.name in pack.questions and pa.types.is_string(field.type)
        ]  # fmt: skip
    done = 0
    # What is buffered ahead is held until the end of the file.
    with pq.ParquetFile(source, read_dictionary=text, pre_buffer=False) as file:
        total = max(1, file.metadata.num_rows)
        for batch in file.iter_batches(batch_size=ROWS):
            batch.validate(full=True)  # Arrow takes a file's word for its indices
            done += len(batch)
            yield Piece(pa.Table.from_batches([batch]), done / total)


def _arrow(source: str, _: Pack) -> Iterator[Piece]:
    with pa.OSFile(source) as stream, pa.ipc.open_file(stream) as file:
        for index in range(file.num_record_batches):
            table = pa.Table.from_batches([file.get_batch(index)])
            table.validate(full=True)  # as above, and for offsets
            yield Piece(table, (index + 1) / file.num_record_batches)


def _csv(source: str, pack: Pack) -> Iterator[Piece]:
    convert = pa.csv.ConvertOptions(
        column_types=dict.fromkeys(pack.questions, pa.string()),
        null_values=[""],
        strings_can_be_null=True,
    )
    blocks = pa.csv.ReadOptions(block_size=BLOCK)
    done, size = 0, max(1, os.path.getsize(source))  # noqa: PTH202
    with pa.csv.open_csv(source, read_options=blocks, convert_options=convert) as reader:
        for batch in reader:
            done += BLOCK
            yield Piece(pa.Table.from_batches([batch]), min(1.0, done / size))


def _jsonl(source: str, pack: Pack) -> Iterator[Piece]:
    size, done, rows = max(1, os.path.getsize(source)), 0, []  # noqa: PTH202
    with open(source, encoding="utf-8") as stream:  # noqa: PTH123
        for number, line in enumerate(stream, 1):
            done += len(line)
            if line.strip():
                rows.append(_row(line, source, number))
            if len(rows) == ROWS:
                yield Piece(_tabled(rows, pack), min(1.0, done / size), rows)
                rows = []
    if rows:
        yield Piece(_tabled(rows, pack), 1.0, rows)


def _row(line: str, source: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        remedy = "write one object with answers a line"
        raise RecommenderError(Fault(Place(source, number), "is not a JSON object", remedy))
    return row


def _tabled(rows: list[dict[str, Any]], pack: Pack) -> Any:
    """Make columns of JSON rows; answers become text, several answers lists of text."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns: dict[str, Any] = {}
    for name in names:
        values = [row.get(name) for row in rows]
        if name in pack.questions:
            columns[name] = _answers(pack.questions[name], values)
        else:
            texts = [
                None if v is None else v if isinstance(v, str) else json.dumps(v) for v in values
            ]
            columns[name] = pa.array(texts, pa.string())
    return pa.table(columns)


def _answers(question: Question, values: list[Any]) -> Any:
    if question.type == "many":
        lists = [v if v is None or isinstance(v, list) else [v] for v in values]
        texts = [None if v is None else [_text(each) for each in v] for v in lists]
        return pa.array(texts, pa.list_(pa.string()))
    singles = [v[0] if isinstance(v, list) and len(v) == 1 else v for v in values]
    return pa.array([_text(v) for v in singles], pa.string())


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


class _Parquet:
    def __init__(self, path: str, first: Any, pack: Pack) -> None:
        # Least and greatest answers are no use, and cost as much as writing them.
        told = [name for name in first.column_names if name not in pack.questions]
        self._writer = pq.ParquetWriter(path, first.schema, write_statistics=told)

    def write(self, scored: Any, _: Any) -> None:
        self._writer.write_table(scored.cast(self._writer.schema))

    def close(self) -> None:
        self._writer.close()


class _Arrow:
    def __init__(self, path: str, first: Any, pack: Pack) -> None:
        self._added = set(result_columns(pack))
        self._sink = pa.OSFile(path, "wb")
        self._writer = pa.ipc.new_file(self._sink, self._plain(first).schema)

    def _plain(self, scored: Any) -> Any:
        """Write dictionaries out: a file holds one a column, and each piece brings its own."""
        for index, field in enumerate(scored.schema):
            if pa.types.is_dictionary(field.type) and field.name not in self._added:
                plain = scored.column(index).cast(field.type.value_type)
                scored = scored.set_column(index, field.name, plain)
        return scored

    def write(self, scored: Any, _: Any) -> None:
        self._writer.write_table(self._plain(scored))

    def close(self) -> None:
        self._writer.close()
        self._sink.close()


class _Csv:
    def __init__(self, path: str, first: Any, _: Pack) -> None:
        self._writer = pa.csv.CSVWriter(path, self._plain(first).schema)

    @staticmethod
    def _plain(scored: Any) -> Any:
        """Make text of what CSV has no form for, and keep spreadsheets from running any of it."""
        for index, field in enumerate(scored.schema):
            kind, column = field.type, scored.column(index)
            if pa.types.is_list(kind) or pa.types.is_large_list(kind):
                column = pc.binary_join(column.cast(pa.list_(pa.string())), ";")
            elif pa.types.is_dictionary(kind):
                column = column.cast(kind.value_type)
            elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
                column = column.cast(pa.string())
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                column = _inert(column)
            scored = scored.set_column(index, field.name, column)
        return scored.rename_columns(_inert(pa.array(scored.column_names)).to_pylist())

    def write(self, scored: Any, _: Any) -> None:
        self._writer.write_table(self._plain(scored))

    def close(self) -> None:
        self._writer.close()


def _inert(column: Any) -> Any:
    """Put an apostrophe before what a spreadsheet would calculate or run, numbers excepted."""
    led = pc.match_substring_regex(column, r"^[=+\-@\t\r\n]")
    number = pc.match_substring_regex(column, r"^[+-]?[0-9., ]+([eE][+-]?[0-9]+)?$")
    marked = pc.binary_join_element_wise("'", column, "")
    return pc.if_else(pc.fill_null(pc.and_not(led, number), False), marked, column)


class _Jsonl:
    def __init__(self, path: str, _: Any, pack: Pack) -> None:
        self._stream = open(path, "w", encoding="utf-8", newline="\n")  # noqa: PTH123, SIM115
        self._added = result_columns(pack)

    def write(self, scored: Any, rows: list[dict[str, Any]] | None) -> None:
        if rows is None:
            written = scored.to_pylist()
        else:
            added = scored.select(self._added).to_pylist()
            written = [{**row, **more} for row, more in zip(rows, added, strict=True)]
        lines = (json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in written)
        self._stream.writelines(lines)

    def close(self) -> None:
        self._stream.close()


_READERS: dict[str, Callable[[str, Pack], Iterator[Piece]]] = {
    ".parquet": _parquet, ".csv": _csv, ".jsonl": _jsonl, ".arrow": _arrow,
}  # fmt: skip
_WRITERS: dict[str, Any] = {
    ".parquet": _Parquet, ".csv": _Csv, ".jsonl": _Jsonl, ".arrow": _Arrow,
}  # fmt: skip
