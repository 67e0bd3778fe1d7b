"""Formats of tables of projects: each module reads one in pieces, and writes it piece by piece.

A reader yields the rows of a file in order, as `Piece`s. Columns have the Arrow types that the
file gives them; CSV and JSON Lines give text. A writer takes tables, and keeps types and values as
far as its format can. What it cannot write it refuses: nothing is changed in silence.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

from recommender.nouns.errors import UsageError, listing
from recommender.nouns.pack import Pack

if TYPE_CHECKING:
    from pathlib import Path


ROWS = 1 << 17
"""Rows of a piece, at most."""

BLOCK = 1 << 24
"""Bytes of text that are read at a time, at most: of CSV and of JSON Lines."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file: a table, and the share of the file that is read with it (0 to 1).

    `lines` are the rows as JSON Lines had them, which are written so again.
    """

    table: Any
    share: float
    lines: list[str] | None = None


class Writer(Protocol):
    """Writes tables of one schema into a file."""

    def write(self, table: Any, lines: list[str] | None) -> None:
        """Write some rows; `lines` are those as JSON Lines had them."""

    def close(self) -> None:
        """Finish the file."""


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one format are read, and written from a first table's schema on.

    `write` takes a path, the first table, the names of the result columns, and the columns of the
    source that are kept (`None`: all).
    """

    read: Callable[[str, Pack], Iterator[Piece]]
    write: Callable[[str, Any, Sequence[str], Sequence[str] | None], Writer]


class _Pipe:
    """A file that need not be sought in; it counts what is written, as Arrow asks."""

    closed = False

    def __init__(self, path: str) -> None:
        self._stream = open(path, "wb")  # noqa: PTH123, SIM115
        self._written = 0

    def write(self, data: bytes) -> int:
        self._written += self._stream.write(data)
        return len(data)

    def tell(self) -> int:
        return self._written

    def flush(self) -> None:
        self._stream.flush()

    def close(self) -> None:
        self._stream.close()
        self.closed = True


def sink_of(path: str) -> Any:
    """Open a file for Arrow to write, a pipe or a device too."""
    if os.path.isfile(path):  # noqa: PTH113
        return pa.OSFile(path, "wb")
    return pa.PythonFile(_Pipe(path), "w")


def format_of(path: str | Path) -> Format:
    """Return the format of a file, by the end of its name. Raises `UsageError` for any other."""
    from . import arrow_file, csv_file, json_lines, parquet_file  # noqa: PLC0415  (these need us)

    formats = {
        ".parquet": Format(parquet_file.read, parquet_file.ParquetWriter),
        ".csv": Format(csv_file.read, csv_file.CsvWriter),
        ".jsonl": Format(json_lines.read, json_lines.JsonLinesWriter),
        ".arrow": Format(arrow_file.read, arrow_file.ArrowWriter),
    }
    suffix = os.path.splitext(path)[1].lower()  # noqa: PTH122  (text and paths alike)
    suffix = {".ndjson": ".jsonl", ".feather": ".arrow", ".ipc": ".arrow"}.get(suffix, suffix)
    if suffix not in formats:
        raise UsageError(f"`{path}`: the name must end with one of {listing(list(formats))}")
    return formats[suffix]
