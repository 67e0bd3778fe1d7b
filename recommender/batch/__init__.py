"""Many projects at once: a table of answers in, the same table with scores and advice out.

A column named as a question holds its answers; other columns are kept as they are. The results
are those of `score`, row by row (`tests/laws/test_batch_laws.py`).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from recommender.errors import ProfileError, UsageError, did_you_mean
from recommender.loading.projects import load_profile
from recommender.scoring import OUTCOMES

from .columns import coded, written
from .verdicts import CHUNK, Judge, Verdicts

if TYPE_CHECKING:
    import datetime as dt

    from recommender.lens import Lens
    from recommender.pack import Pack

__all__ = ["result_columns", "result_schema", "score_table"]

SLICE = 1 << 20
"""Rows whose working arrays exist at one time, whatever the size of the table."""


def score_table(
    table: Any,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    plain: bool = False,
) -> Any:
    """Score every row of an Arrow table (or record batch), and append the results as columns.

    A question's column may be text or dictionary-coded text, booleans, numbers, lists of text for
    several answers, or unsigned numbers with a bit for each choice. `outcome`, `best`,
    `score.<candidate>` (hundredths) and `error` are added; a row that does not validate has its
    reason in `error`, and nothing else. Raises `UsageError` where the table has such columns
    already, or no question's. `plain` gives text instead of dictionaries, for engines without them.

    >>> from recommender import load_pack
    >>> import pyarrow
    >>> rows = pyarrow.table({"hour": ["evening", None, "noonish"], "id": [1, 2, 3]})
    >>> scored = score_table(rows, load_pack("tests/toy/rules"))
    >>> scored["id"].to_pylist(), scored["best"].to_pylist()[0]
    ([1, 2, 3], 'tea')
    >>> scored["error"].to_pylist()[2].split(";")[0]
    'project: `hour` has no answer `noonish`'
    """
    if isinstance(table, pa.RecordBatch):
        whole = pa.Table.from_batches([table])
        scored = score_table(whole, pack, lens=lens, as_of=as_of, plain=plain)
        return scored.combine_chunks().to_batches()[0] if len(table) else _empty(scored)
    _check_names(table, pack)
    judge = judge_of(pack, lens, as_of)
    slices = [_scored(table.slice(at, SLICE), judge) for at in range(0, len(table), SLICE)]
    added = pa.concat_tables(slices) if slices else result_schema(pack).empty_table()
    added = added.cast(result_schema(pack, plain=plain)) if plain else added
    for name in added.column_names:
        table = table.append_column(added.schema.field(name), added[name])
    return table


def result_columns(pack: Pack) -> list[str]:
    """Name the columns that are added."""
    return ["outcome", "best", *(f"score.{name}" for name in sorted(pack.candidates)), "error"]


def result_schema(pack: Pack, *, plain: bool = False) -> Any:
    """Give the columns that are added, with their types."""
    word = pa.string() if plain else pa.dictionary(pa.int8(), pa.string())
    types = [word, word, *([pa.int32()] * len(pack.candidates)), pa.string()]
    return pa.schema(list(zip(result_columns(pack), types, strict=True)))


def judge_of(pack: Pack, lens: Lens, as_of: dt.date | None) -> Judge:
    """Compile a pack for tables, once."""
    key = (Judge, lens, as_of)
    judge = pack.memo.get(key)
    if judge is None:
        judge = pack.memo[key] = Judge(pack, lens, as_of)
    found: Judge = judge
    return found


def _empty(scored: Any) -> Any:
    return pa.RecordBatch.from_arrays(
        [pa.array([], field.type) for field in scored.schema], schema=scored.schema
    )


def _check_names(table: Any, pack: Pack) -> None:
    taken = [name for name in result_columns(pack) if name in table.column_names]
    if taken:
        raise UsageError(f"the table has a column `{taken[0]}` already; rename or remove it")
    if not any(name in pack.questions for name in table.column_names):
        columns = table.column_names
        hint = did_you_mean(columns[0], pack.questions) if columns else "name columns as questions"
        raise UsageError(f"no column of the table is named as a question; {hint}")
    if len(set(table.column_names)) != len(table.column_names):
        raise UsageError("the table has two columns of one name; rename one")


def _scored(table: Any, judge: Judge) -> Any:
    """Judge the rows of one slice, in chunks, on every processor."""
    names = [name for name in table.column_names if name in judge.pack.questions]
    asked = table.select(names)
    columns = {
        name: coded(judge.pack.questions[name], _whole(asked[name]), judge.breaks(name))
        for name in names
    }
    prepared, start = judge.prepared(columns), judge.absent(columns)
    whole = Verdicts(
        [np.empty(len(table), np.int32) for _ in judge.candidates],
        *(np.empty(len(table), kind) for kind in (np.int8, np.int8, bool)),
    )

    def fill(at: int) -> None:
        rows = slice(at, min(at + CHUNK, len(table)))
        found = judge.judge(prepared, start, rows)
        for into, each in zip(whole.scores, found.scores, strict=True):
            into[rows] = each
        for into, each in zip(whole[1:], found[1:], strict=True):
            into[rows] = each

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(fill, range(0, len(table), CHUNK)))
    return _table(whole, asked, judge)


def _whole(column: Any) -> Any:
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return column.combine_chunks()


def _table(found: Verdicts, asked: Any, judge: Judge) -> Any:
    """Write results as Arrow columns; rows that are odd are looked at one by one."""
    count = len(judge.candidates)
    errors: Any = None
    wrong: Any = None
    if found.odd.any():
        errors = np.full(len(found.outcome), None, object)
        for row in np.flatnonzero(found.odd).tolist():
            errors[row] = _one(found, row, asked, judge)
        wrong = np.array([each is not None for each in errors], bool)
    none = found.best == count if wrong is None else (found.best == count) | wrong
    outcome = pa.array(found.outcome, mask=wrong)
    best = pa.array(np.where(found.best == count, 0, found.best).astype(np.int8), mask=none)
    arrays = [
        pa.DictionaryArray.from_arrays(outcome, pa.array(OUTCOMES)),
        pa.DictionaryArray.from_arrays(best, pa.array(judge.candidates)),
        *(pa.array(each, mask=wrong) for each in found.scores),
        pa.nulls(len(found.outcome), pa.string()) if errors is None
        else pa.array(errors, pa.string()),
    ]  # fmt: skip
    return pa.table(arrays, schema=result_schema(judge.pack))


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
    for column, score in zip(found.scores, told.scores, strict=True):
        column[row] = score
    found.outcome[row] = OUTCOMES.index(told.outcome)
    found.best[row] = (
        len(judge.candidates) if told.best is None else judge.candidates.index(told.best)
    )
    return None
