"""Results: the columns that a table gets, filled slice by slice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from recommender.judging.outcome import OUTCOMES
from recommender.loading.projects import load_profile
from recommender.nouns.errors import ProfileError

from .answers import written
from .scoring import Scores

if TYPE_CHECKING:
    from recommender.nouns.pack import Pack

    from .scoring import TableScorer

CELLS = 800_000
"""Rows times rules that are worked on together: what numpy needs for more leaves the cache."""

LEAST_ROWS = 1 << 10
"""Rows that are worked on together at least: fewer cost as much in calls."""


def result_columns(pack: Pack) -> list[str]:
    """Name the columns that are added."""
    return ["outcome", "best", *(f"score.{name}" for name in sorted(pack.candidates)), "error"]


def result_schema(pack: Pack, *, plain: bool = False) -> Any:
    """Give the columns that are added, with their types."""
    word = pa.string() if plain else pa.dictionary(pa.int8(), pa.string())
    types = [word, word, *([pa.int32()] * len(pack.candidates)), pa.string()]
    return pa.schema(list(zip(result_columns(pack), types, strict=True)))


def result_table(table: Any, scorer: TableScorer) -> Any:
    """Score all rows of a table: the columns to add."""
    questions, rows = scorer.pack.questions, len(table)
    asked = table.select([name for name in table.column_names if name in questions])
    found = Scores.empty(len(scorer.candidates), rows)
    size = max(LEAST_ROWS, CELLS // (1 + len(scorer.pack.rules)))

    for start in range(0, rows, size):
        part = asked.slice(start, size)
        columns = {name: _whole(part[name]) for name in part.column_names}
        scorer.score(columns, found, start, start + len(part))
    return _columns(found, asked, scorer)


def _whole(column: Any) -> Any:
    """Make one array of a column's chunks."""
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()


def _columns(found: Scores, asked: Any, scorer: TableScorer) -> Any:
    """Write results as Arrow columns; rows that are odd are looked at one by one."""
    count, rows = len(scorer.candidates), len(found.outcome)
    errors: Any = None
    right: Any = None
    if found.odd.any():
        errors = np.full(rows, None, object)
        for row in np.flatnonzero(found.odd).tolist():
            errors[row] = _one(found, row, asked, scorer)
        right = np.array([each is None for each in errors], bool)
    stands = found.best < count if right is None else (found.best < count) & right
    arrays = [
        _named(found.outcome, right, OUTCOMES),
        _named(found.best, stands, scorer.candidates),
        *(_array(each, right) for each in found.scores),
        pa.nulls(rows, pa.string()) if errors is None else pa.array(errors, pa.string()),
    ]
    return pa.table(arrays, schema=result_schema(scorer.pack))


def _array(numbers: Any, holds: Any) -> Any:
    """Make an Arrow array of numbers without a copy; where they do not hold, there is none."""
    bits = None if holds is None else pa.py_buffer(np.packbits(holds, bitorder="little"))
    kind = pa.from_numpy_dtype(numbers.dtype)
    return pa.Array.from_buffers(kind, len(numbers), [bits, pa.py_buffer(numbers)])


def _named(numbers: Any, holds: Any, names: Any) -> Any:
    indices = _array(numbers, holds)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string()), safe=False)


def _one(found: Scores, row: int, asked: Any, scorer: TableScorer) -> str | None:
    """Read one row as a project file is read: give what is wrong with it, or fill its results."""
    questions = scorer.pack.questions
    only = asked.slice(row, 1).to_pylist()[0]
    answers = {name: written(questions[name], value) for name, value in only.items()}
    try:
        profile = load_profile({"answers": answers}, scorer.pack)
    except ProfileError as error:
        return str(error).replace("\n", "; ")
    told = scorer.decider.verdict(profile.answers)
    found.scores[:, row] = told.scores
    found.outcome[row] = OUTCOMES.index(told.outcome)
    best = scorer.candidates.index(told.best) if told.best else len(scorer.candidates)
    found.best[row] = best
    return None
