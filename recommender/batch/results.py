"""Results: the columns added to a table, computed for some thousand rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from recommender.judging.outcome import NOBODY, OUTCOMES
from recommender.loading.projects import load_profile
from recommender.nouns.errors import ProfileError

from .answers import as_in_project, columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recommender.nouns.pack import Pack

    from .scoring import Scores, TableScorer

CELLS = 800_000
"""Rows times rules that are worked on together: what numpy needs for more leaves the cache."""

LEAST_ROWS = 1 << 12
"""Rows that are worked on together at least: fewer cost as much in calls."""


def result_columns(pack: Pack) -> list[str]:
    """Return the names of the columns that are added."""
    return ["outcome", "best", *(f"score.{name}" for name in sorted(pack.candidates)), "error"]


def result_schema(pack: Pack, *, plain: bool = False) -> Any:
    """Return the Arrow schema of the columns that are added; `plain` has no dictionaries."""
    word = pa.string() if plain else pa.dictionary(pa.int8(), pa.string())
    types = [word, word, *([pa.int32()] * len(pack.candidates)), pa.string()]
    return pa.schema(list(zip(result_columns(pack), types, strict=True)))


def result_table(table: Any, scorer: TableScorer) -> Any:
    """Return the columns to add to a table."""
    columns = columns_of(scorer.pack)
    asked = table.select([name for name in table.column_names if name in columns])
    asked = asked.rename_columns([columns[name].id for name in asked.column_names])
    size = max(LEAST_ROWS, CELLS // (1 + len(scorer.pack.rules)))
    parts = [_results(asked.slice(at, size), scorer) for at in range(0, len(table), size)]
    if not parts:
        return result_schema(scorer.pack).empty_table()
    return pa.concat_tables(parts).combine_chunks()


def _results(part: Any, scorer: TableScorer) -> Any:
    """Return the results of some rows: odd rows are scored one by one, the others together."""
    columns = {name: _array(part[name]) for name in part.column_names}
    scores, rows = scorer.score(columns, len(part)), len(part)
    errors: Any = np.full(rows, None, object)
    odd = np.flatnonzero(scores.odd)
    for row, answers in zip(odd.tolist(), part.take(pa.array(odd)).to_pylist(), strict=True):
        errors[row] = _score_alone(row, answers, scores, scorer)
    wrong = np.not_equal(errors, None) if len(odd) else np.zeros(rows, bool)
    nobody = scores.best == NOBODY
    arrays = [
        _named(scores.outcome, wrong, OUTCOMES),
        _named(scores.best, wrong | nobody, scorer.candidates),
        *(pa.array(each, pa.int32(), mask=wrong) for each in scores.scores),
        pa.array(errors, pa.string()),
    ]
    return pa.table(arrays, schema=result_schema(scorer.pack))


def _array(column: Any) -> Any:
    """Return a column as one array, with text for times, which answer no question."""
    if pa.types.is_temporal(column.type):
        column = column.cast(pa.string())
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()


def _named(places: Any, missing: Any, names: Any) -> Any:
    """Return a dictionary-coded array of names from their places."""
    indices = pa.array(places.astype(np.int8), mask=missing)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string()))


def _score_alone(
    row: int, values: Mapping[str, Any], scores: Scores, scorer: TableScorer
) -> str | None:
    """Score one row as a project file would be; return what is wrong with it, if anything."""
    questions = scorer.pack.questions
    answers = {name: as_in_project(questions[name], value) for name, value in values.items()}
    try:
        profile = load_profile({"answers": answers}, scorer.pack)
    except ProfileError as error:
        return str(error).replace("\n", "; ")
    told = scorer.decider.scored(profile.answers)
    for each, score in zip(scores.scores, told.scores, strict=True):
        each[row] = score
    scores.outcome[row] = OUTCOMES.index(told.outcome)
    scores.best[row] = scorer.candidates.index(told.best) if told.best else NOBODY
    return None
