"""Formats of tables of projects: each module reads one in pieces, and writes it piece by piece.

A reader yields the rows of a file in order, as `Piece`s. Columns have the Arrow types that the
file gives them; CSV and JSON Lines give text. A writer takes tables, and keeps types and values as
far as its format can. What it cannot write it refuses: nothing is changed in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.nouns.errors import UsageError, listing
from recommender.nouns.pack import Pack

from . import arrow_file, csv_file, json_lines, parquet_file
from .pieces import Piece, Writer


@dataclass(frozen=True, slots=True)
class Format:
    """How files of one format are read and written.

    `write` takes a path, the first table (whose schema all others have), the names of the result
    columns, and the columns of the source that are kept (`None`: all).
    """

    read: Callable[[Path, Pack], Iterator[Piece]]
    write: Callable[[Path, Any, Sequence[str], Sequence[str] | None], Writer]


def format_of(path: Path) -> Format:
    """Return the format of a file, by the end of its name. Raises `UsageError` for any other."""
    formats = {
        ".parquet": Format(parquet_file.read, parquet_file.ParquetWriter),
        ".csv": Format(csv_file.read, csv_file.CsvWriter),
        ".jsonl": Format(json_lines.read, json_lines.JsonLinesWriter),
        ".arrow": Format(arrow_file.read, arrow_file.ArrowWriter),
    }
    suffix = path.suffix.lower()
    suffix = {".ndjson": ".jsonl", ".feather": ".arrow", ".ipc": ".arrow"}.get(suffix, suffix)
    if suffix not in formats:
        raise UsageError(f"`{path}`: the name must end with one of {listing(list(formats))}")
    return formats[suffix]
