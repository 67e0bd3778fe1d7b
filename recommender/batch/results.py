"""Results: the columns added to a table, computed for some thousand rows at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from threadpoolctl import threadpool_limits

from recommender.judging.outcome import NOBODY, OUTCOMES, WHOLE
from recommender.nouns.errors import ProfileError

from .answers import Answers, columns_of
from .plans import PLANS, plan_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recommender.judging.case import Case
    from recommender.nouns.pack import Pack

    from .scoring import TableScorer

CELLS = 800_000
"""Rows times rules that are worked on together: what numpy needs for more leaves the cache."""

LEAST_ROWS = 1 << 12
"""Rows that are worked on together at least: fewer cost as much in calls."""

ADVISED = 1 << 11
"""Rows that are advised together: enough that two threads seldom wait for each other."""

THREADS = 2

ADVICE = ("outcome", "best", "support", "probability")


def result_columns(pack: Pack, *, scores_only: bool = False, plans: bool = False) -> list[str]:
    """Name the columns that are added."""
    scores = [f"score.{name}" for name in sorted(pack.candidates)]
    return [*(() if scores_only else ADVICE), *(PLANS if plans else ()), *scores, "error"]


def result_schema(
    pack: Pack, *, plain: bool = False, scores_only: bool = False, plans: bool = False
) -> Any:
    """Return the Arrow schema of the columns that are added; `plain` has no dictionaries."""
    word = pa.string() if plain else pa.dictionary(pa.int8(), pa.string())
    types = [] if scores_only else [word, word, pa.float64(), pa.float64()]
    types += [pa.string()] * (len(PLANS) if plans else 0)
    types += [*([pa.int32()] * len(pack.candidates)), pa.string()]
    names = result_columns(pack, scores_only=scores_only, plans=plans)
    return pa.schema(list(zip(names, types, strict=True)))


def result_table(
    table: Any, scorer: TableScorer, *, scores_only: bool = False, plans: bool = False
) -> Any:
    """Score all rows of a table, and return the columns to add."""
    columns = columns_of(scorer.pack)
    asked = table.select([name for name in table.column_names if name in columns])
    asked = asked.rename_columns([columns[name].id for name in asked.column_names])
    size = max(LEAST_ROWS, CELLS // (1 + len(scorer.pack.rules)))
    starts = range(0, len(table), size)
    wanted = {"scores_only": scores_only, "plans": plans}
    parts = [_results(asked.slice(at, size), scorer, **wanted) for at in starts]
    if not parts:
        return result_schema(scorer.pack, **wanted).empty_table()
    return pa.concat_tables(parts).combine_chunks()


def _results(part: Any, scorer: TableScorer, *, scores_only: bool, plans: bool) -> Any:
    """Score rows together, but for the odd ones, which are scored one by one."""
    columns = {name: _array(part[name]) for name in part.column_names}
    answers, rows = scorer.read(columns), len(part)
    scores, is_odd = scorer.score(answers, rows)
    errors: Any = np.full(rows, None, object)
    odd = np.flatnonzero(is_odd)
    alone: dict[int, Case] = {}
    for row, given in zip(odd.tolist(), part.take(pa.array(odd)).to_pylist(), strict=True):
        found = _case_of(given, scorer)
        if isinstance(found, str):
            errors[row] = found
            continue
        alone[row] = found
        for name, each in zip(scorer.candidates, scores, strict=True):
            each[row] = found.ranking.scores[name]
    wrong = np.not_equal(errors, None) if len(odd) else np.zeros(rows, bool)
    arrays = [] if scores_only else _advice(answers, rows, is_odd, wrong, alone, scorer)
    arrays += plan_columns(part, wrong, scorer) if plans else []
    arrays += [pa.array(each, pa.int32(), mask=wrong) for each in scores]
    arrays.append(pa.array(errors, pa.string()))
    schema = result_schema(scorer.pack, scores_only=scores_only, plans=plans)
    return pa.table(arrays, schema=schema)


def _advice(
    answers: Mapping[str, Answers], rows: int, odd: Any, wrong: Any, alone: Mapping[int, Case],
    scorer: TableScorer,
) -> list[Any]:  # fmt: skip
    """Decide each row; rows that answer alike are decided once."""
    told: Any = np.full((4, rows), NOBODY)
    regular = np.flatnonzero(~odd)
    if len(regular):
        chosen, inverse = _distinct(answers, regular)
        told[:, regular] = _decided(answers, chosen, scorer)[:, inverse]
    for row, case in alone.items():
        found = case.decision
        best = NOBODY if found.best is None else scorer.candidates.index(found.best)
        sure = NOBODY if found.probability is None else found.probability
        told[:, row] = OUTCOMES.index(found.outcome), best, found.support, sure
    outcome, best, support, probability = told
    return [
        _named(outcome, wrong, OUTCOMES),
        _named(best, wrong | (best == NOBODY), scorer.candidates),
        pa.array(support / WHOLE, pa.float64(), mask=wrong),
        pa.array(probability / WHOLE, pa.float64(), mask=wrong | (probability == NOBODY)),
    ]


def _decided(answers: Mapping[str, Answers], rows: Any, scorer: TableScorer) -> Any:
    """Decide some rows: return their outcome, best, support and probability, in four arrays."""

    def decided(some: Any) -> Any:
        return np.stack(scorer.decide({n: each.of(some) for n, each in answers.items()}, len(some)))

    blocks = [rows[at : at + ADVISED] for at in range(0, len(rows), ADVISED)]
    # BLAS would start threads of its own, which take turns with ours and double the work.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(THREADS) as pool:
        return np.concatenate(list(pool.map(decided, blocks)), 1)


def _distinct(answers: Mapping[str, Answers], rows: Any) -> tuple[Any, Any]:
    """Find rows that all answer differently, and for each of the rows the one that it is like."""
    # No known answer is below 0, and the number 0 is one.
    columns = [np.where(each.known, each.values, -1.0)[rows] for each in answers.values()]
    packed = np.stack(columns, 1)
    keys = packed.view(np.dtype((np.void, packed.itemsize * packed.shape[1]))).ravel()
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return rows[first], inverse


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


def _case_of(values: Mapping[str, Any], scorer: TableScorer) -> Case | str:
    """Read a row as a project file is read: return its case, or what is wrong with it."""
    try:
        return scorer.case_of(values)
    except ProfileError as error:
        return "; ".join(str(replace(fault, place=None)) for fault in error.faults)
