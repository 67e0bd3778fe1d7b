"""Files of projects: read in pieces, scored, and written whole or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from recommender.atomic_files import whole_file
from recommender.nouns.errors import Fault, Place, RecommenderError, UsageError, did_you_mean

from . import result_columns, score_table
from .formats import format_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from recommender.judging.lens import Lens
    from recommender.nouns.pack import Pack

    from .formats.pieces import Piece, Writer


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows a file has, and how many of them have an error."""

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
) -> Counts:
    """Score every row of one file into another, in memory that does not grow with the file.

    The formats follow from the names: Parquet, CSV (several answers as `a;b`), JSON Lines, and
    Arrow IPC. `keep` names the columns that the output holds beside the results, all if not given:
    writing them again is most of the work. `progress` is told the share of the file that is done.
    Raises `RecommenderError` for a file that cannot be read or written, and leaves no output then.
    """
    source, target = Path(source), Path(target)
    read, write = format_of(source).read, format_of(target).write
    if not source.is_file():
        raise RecommenderError(Fault(Place(str(source)), "there is no such file"))
    score = partial(score_table, pack=pack, weights=weights, lens=lens, as_of=as_of)
    results = result_columns(pack)
    rows = errors = 0
    with whole_file(target, force=force) as temporary, ExitStack() as stack:
        pieces = _scored(read(source, pack), str(source), score, results, keep)
        writer: Writer | None = None
        for piece in stack.enter_context(closing(_ahead(pieces))):
            with _told_of(str(target), "written"):
                if writer is None:
                    writer = write(temporary, piece.table, results, keep)
                    stack.push(partial(_finish, writer))
                writer.write(piece.table, piece.lines)
            rows += len(piece.table)
            errors += len(piece.table) - piece.table["error"].null_count
            progress(piece.share)
        if not rows:
            raise RecommenderError(Fault(Place(str(source)), "holds no rows"))
        with _told_of(str(target), "written"):
            stack.close()
    return Counts(rows, errors)


def _finish(writer: Writer, failed: type[BaseException] | None, *_: object) -> None:
    """Close a writer; if writing has failed, an error of closing is ignored."""
    with suppress(*([Exception] if failed else [])):
        writer.close()


def _scored(
    pieces: Iterator[Piece],
    source: str,
    score: Callable[[Any], Any],
    results: Sequence[str],
    keep: Sequence[str] | None,
) -> Iterator[Piece]:
    """Yield the pieces with the results appended, and of their columns only those to keep."""
    with _told_of(source, "read"):
        for piece in pieces:
            names = piece.table.column_names
            for name in keep or ():
                if name not in names:
                    raise UsageError(f"no column `{name}` to keep; {did_you_mean(name, names)}")
            kept = [name for name in names if keep is None or name in keep]
            yield replace(piece, table=score(piece.table).select([*kept, *results]))


def _ahead(pieces: Iterator[Piece]) -> Generator[Piece]:
    """Yield the pieces, of which the next is made in a thread while one is written."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = pool.submit(next, pieces, None)
            yield piece


@contextmanager
def _told_of(path: str, done: str) -> Iterator[None]:
    """Raise what Arrow and decoding raise as a fault of a file that cannot be `done`."""
    try:
        yield
    except (pa.ArrowException, UnicodeError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None and done == "written":
            raise  # a full disk, say
        what = (str(error).splitlines() or [type(error).__name__])[0]
        raise RecommenderError(Fault(Place(path), f"cannot be {done}: {what}")) from None
