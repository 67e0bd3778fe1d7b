"""Parquet to Parquet: what is kept is copied as it lies there, only results are written anew.

Reading answers, judging and writing results take turns on every processor, piece by piece. A file
that this does not understand is no error: it is read and written by PyArrow, like other formats.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from .encoding import Encoded, encoded
from .footer import Footer, Group, read_footer
from .reading import answers, faults_of_bytes
from .splicing import Splice
from .thrift import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

ROWS = 1 << 18
"""Rows of a piece: those that a processor judges at a time."""

GROUP_ROWS = 1 << 12
"""Rows of a row group, on average, below which the groups are more work than the rows."""

AHEAD = 1 + (os.cpu_count() or 1)
"""Pieces that are judged, or wait for it, while one more is read."""


class Original(NamedTuple):
    """Hold a file whose columns can be copied, and its schema in Arrow."""

    path: str
    footer: Footer
    schema: Any


class Step(NamedTuple):
    """Count rows that are done, and those of them with an error."""

    rows: int
    errors: int


def original(path: str) -> Original | None:
    """Open a file to copy from; `None` where PyArrow has to read and write all of it."""
    with faults_of_bytes():
        schema = pq.read_schema(path)
        try:
            with open(path, "rb") as stream:  # noqa: PTH123  (text and paths alike)
                footer = read_footer(stream)
        except RefusedError:
            return None
    groups = sum(group.rows > 0 for group in footer.groups)
    alike = schema.names == [field.name for field in footer.fields]
    worth = groups == 1 or footer.rows >= GROUP_ROWS * groups > 0
    return Original(path, footer, schema) if alike and worth else None


def spliced(
    source: Original,
    target: str | Path,
    score: Callable[[Any], Any],
    *,
    asked: Collection[str],
    kept: Collection[str],
) -> Iterator[Step]:
    """Write the columns kept, and the results of `score` beside them, telling what is done.

    `asked` are the columns that it needs.
    """
    schema = source.schema
    nothing = pa.table([pa.nulls(0)] * len(schema), names=schema.names)
    results = score(nothing).schema
    results = [results.field(index) for index in range(len(schema), len(results))]
    added = [field.name for field in results]
    places = [index for index, name in enumerate(schema.names) if name in kept]
    told = pa.schema([*map(schema.field, places), *results], metadata=schema.metadata)

    def judged(table: Any) -> Encoded:
        return encoded(score(table).select(added))

    with (
        open(source.path, "rb") as stream,  # noqa: PTH123
        open(target, "wb") as sink,  # noqa: PTH123
        ThreadPoolExecutor(os.cpu_count()) as pool,
    ):
        splice = Splice(stream, source.footer, places, sink, told)
        names = [name for name in schema.names if name in asked]
        pieces = answers(source.path, source.footer, names, ROWS, pool)
        done: list[Encoded] = []
        for group, found in _ahead(pool, judged, pieces):
            done.append(found)
            if sum(each.rows for each in done) == group.rows:
                splice.add(group, done)
                done = []
            yield Step(found.rows, found.errors)
        splice.finish()


def _ahead(
    pool: ThreadPoolExecutor, judged: Callable[[Any], Encoded], pieces: Iterator[tuple[Group, Any]]
) -> Iterator[tuple[Group, Encoded]]:
    """Judge pieces while the next are read, and give them in their order."""
    coming: deque[tuple[Group, Future[Encoded]]] = deque()
    for group, table in pieces:
        coming.append((group, pool.submit(judged, table)))
        if len(coming) > AHEAD:
            first, future = coming.popleft()
            yield first, future.result()
    for first, future in coming:
        yield first, future.result()
