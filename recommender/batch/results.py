"""Results: the columns that a table gets, filled slice by slice on every processor."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from recommender.judging.outcome import OUTCOMES
from recommender.loading.projects import load_profile
from recommender.nouns.errors import ProfileError

from .columns import written
from .verdicts import Verdicts

if TYPE_CHECKING:
    from recommender.nouns.pack import Pack

    from .judging import Judge

SLICE = 1 << 18
"""Rows that a processor takes at a time; its working arrays are no larger, whatever the table."""


def result_columns(pack: Pack) -> list[str]:
    """Name the columns that are added."""
    return ["outcome", "best", *(f"score.{name}" for name in sorted(pack.candidates)), "error"]


def result_schema(pack: Pack, *, plain: bool = False) -> Any:
    """Give the columns that are added, with their types."""
    word = pa.string() if plain else pa.dictionary(pa.int8(), pa.string())
    types = [word, word, *([pa.int32()] * len(pack.candidates)), pa.string()]
    return pa.schema(list(zip(result_columns(pack), types, strict=True)))


def result_table(table: Any, judge: Judge) -> Any:
    """Judge all rows of a table, and give the columns to add."""
    asked = table.select([name for name in table.column_names if name in judge.pack.questions])
    found = Verdicts.room(len(judge.candidates), len(table))

    way = judge.way(len(table))

    def fill(start: int) -> None:
        part = asked.slice(start, SLICE)
        judge.judge({name: _whole(part[name]) for name in part.column_names}, start, found, way)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(fill, range(0, len(table), SLICE)))
    return _columns(found, asked, judge)


def _whole(column: Any) -> Any:
    """Make one array of a column's chunks."""
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()


def _columns(found: Verdicts, asked: Any, judge: Judge) -> Any:
    """Write results as Arrow columns; rows that are odd are looked at one by one."""
    count, rows = len(judge.candidates), len(found.outcome)
    errors: Any = None
    right: Any = None
    if found.odd.any():
        errors = np.full(rows, None, object)
        for row in np.flatnonzero(found.odd).tolist():
            errors[row] = _one(found, row, asked, judge)
        right = np.array([each is None for each in errors], bool)
    stands = found.best < count if right is None else (found.best < count) & right
    arrays = [
        _named(found.outcome, right, OUTCOMES),
        _named(found.best, stands, judge.candidates),
        *(_array(each, right) for each in found.scores),
        pa.nulls(rows, pa.string()) if errors is None else pa.array(errors, pa.string()),
    ]
    return pa.table(arrays, schema=result_schema(judge.pack))


def _array(numbers: Any, holds: Any) -> Any:
    """Make an Arrow array of numbers without a copy; where they do not hold, there is none."""
    bits = None if holds is None else pa.py_buffer(np.packbits(holds, bitorder="little"))
    kind = pa.from_numpy_dtype(numbers.dtype)
    return pa.Array.from_buffers(kind, len(numbers), [bits, pa.py_buffer(numbers)])


def _named(numbers: Any, holds: Any, names: Any) -> Any:
    indices = _array(numbers, holds)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string()), safe=False)


def _one(found: Verdicts, row: int, asked: Any, judge: Judge) -> str | None:
    """Read one row as a project file is read: give what is wrong with it, or fill its results."""
    questions = judge.pack.questions
    only = asked.slice(row, 1).to_pylist()[0]
    answers = {name: written(questions[name], value) for name, value in only.items()}
    try:
        profile = load_profile({"answers": answers}, judge.pack)
    except ProfileError as error:
        return str(error).replace("\n", "; ")
    told = judge.decider.verdict(profile.answers)
    found.scores[:, row] = told.scores
    found.outcome[row] = OUTCOMES.index(told.outcome)
    best = judge.candidates.index(told.best) if told.best else len(judge.candidates)
    found.best[row] = best
    return None
