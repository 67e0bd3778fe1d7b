"""Files of projects: read in pieces, scored, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from recommender.atomic_files import whole_file
from recommender.nouns.errors import Fault, Place, RecommenderError, UsageError, did_you_mean

from . import result_columns, score_table
from .answers import columns_of
from .formats import format_of

if TYPE_CHECKING:
    import datetime as dt

    from recommender.judging.lens import Lens
    from recommender.nouns.pack import Pack

    from .formats.pieces import Piece, Writer


MOST_CAUSES = 1000
"""Causes of errors that are told apart."""

ALIKE = 0.85
"""How alike a column and a question must be to be taken for one another, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows a file has, how many of them have an error, and the causes.

    `causes` maps what is wrong to how many rows have it and to the first of these, from 1; what was
    met after `MOST_CAUSES` others is counted in `errors` alone.
    """

    rows: int
    errors: int
    causes: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)


def score_file(
    source: str | Path,
    target: str | Path,
    pack: Pack,
    *,
    weights: Mapping[str, int] | None = None,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    keep: Sequence[str] | None = None,
    scores_only: bool = False,
    plans: bool = False,
    force: bool = False,
    progress: Callable[[float], object] = lambda _: None,
) -> Counts:
    """Score every row of one file into another, in memory that does not grow with the file.

    The formats follow from the names: Parquet, CSV (several answers as `a;b`), JSON Lines, and
    Arrow IPC. `keep` names the columns that the output holds beside the results, all if not given:
    writing them again takes its time. `scores_only` leaves out the advice, `plans` adds what each
    row is referred to and its plan. `progress` is told
    the share of the file that is done. Raises `RecommenderError` for a file that cannot be read or
    written, and leaves no output then.
    """
    source, target = Path(source), Path(target)
    read, write = format_of(source).read, format_of(target).write
    if not source.is_file():
        raise RecommenderError(Fault(Place(str(source)), "there is no such file"))
    wanted = {"scores_only": scores_only, "plans": plans}
    score = partial(score_table, pack=pack, weights=weights, lens=lens, as_of=as_of, **wanted)
    results = result_columns(pack, **wanted)
    rows = errors = 0
    causes: dict[str, tuple[int, int]] = {}
    with whole_file(target, force=force) as temporary, ExitStack() as stack:
        pieces = _scored(read(source, pack), str(source), score, results, keep, pack)
        writer: Writer | None = None
        for piece in stack.enter_context(closing(_ahead(pieces))):
            with _told_of(str(target), "written"):
                if writer is None:
                    writer = write(temporary, piece.table, results, keep)
                    stack.push(partial(_finish, writer))
                writer.write(piece.table, piece.lines)
            failed = len(piece.table) - piece.table["error"].null_count
            if failed:
                _tally(piece.table["error"], rows, causes)
            rows += len(piece.table)
            errors += failed
            progress(piece.share)
        if not rows:
            raise RecommenderError(Fault(Place(str(source)), "holds no rows"))
        with _told_of(str(target), "written"):
            stack.close()
    return Counts(rows, errors, causes)


def _tally(told: Any, before: int, causes: dict[str, tuple[int, int]]) -> None:
    """Count what is wrong with the rows of a piece, which comes after so many rows."""
    for entry in pc.value_counts(told.drop_null()).to_pylist():
        what = entry["values"]
        if what in causes:
            count, first = causes[what]
            causes[what] = count + entry["counts"], first
        elif len(causes) < MOST_CAUSES:
            causes[what] = entry["counts"], before + 1 + pc.index(told, what).as_py()


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
    pack: Pack,
) -> Iterator[Piece]:
    """Yield the pieces with the results appended, and of their columns only those to keep."""
    with _told_of(source, "read"):
        for piece in pieces:
            names = piece.table.column_names
            for name in keep or ():
                if name not in names:
                    raise UsageError(f"no column `{name}` to keep; {did_you_mean(name, names)}")
            _refuse_near_misses(names, pack, keep or ())
            kept = [name for name in names if keep is None or name in keep]
            table = score(piece.table).select([*kept, *results])
            yield replace(piece, table=_refused(table, results, piece.wrong))


def _refused(table: Any, results: Sequence[str], wrong: Mapping[int, str]) -> Any:
    """Return a table in which the rows that are wrong have their error, and no other result."""
    if not wrong:
        return table
    told = pa.array([wrong.get(row) for row in range(len(table))], pa.string())
    for name in results:
        place, column = table.column_names.index(name), table[name]
        nothing = told if name == "error" else pa.nulls(len(table), column.type)
        kept = pc.if_else(told.is_valid(), nothing, column)
        table = table.set_column(place, table.schema.field(name), kept)
    return table


def _refuse_near_misses(names: Sequence[str], pack: Pack, keep: Collection[str]) -> None:
    """Refuse a column whose name is all but a question's: its answers would count for nothing."""
    known = columns_of(pack)
    answered = {known[name].id for name in names if name in known}
    plain = {_plain(each): each for each in pack.questions if each not in answered}
    for name in names:
        if name in known or name in keep:
            continue
        near = get_close_matches(_plain(name), plain, n=1, cutoff=ALIKE)
        if near:
            told = f"the column `{name}` is nearly the question `{plain[near[0]]}`"
            raise UsageError(f"{told}; rename it, or keep it as it is with `--keep {name}`")


def _plain(name: str) -> str:
    return name.strip().lower().replace("_", "-").replace(" ", "-")


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
