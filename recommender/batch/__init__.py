"""Many projects at once: a table of answers, scored row by row.

A column named as a question holds its answers; other columns are kept as they are. The results
are those of `score`, row by row (`tests/laws/test_batch_laws.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from recommender.judging.lens import Lens
from recommender.loading.projects import load_profile
from recommender.nouns.errors import UsageError, did_you_mean
from recommender.nouns.pack import Pack

from .answers import columns_of
from .results import result_columns, result_schema, result_table
from .scoring import TableScorer

__all__ = ["result_columns", "result_schema", "score_table"]


def score_table(
    table: Any,
    pack: Pack,
    *,
    weights: Mapping[str, int] | None = None,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    plain: bool = False,
    scores_only: bool = False,
    plans: bool = False,
) -> Any:
    """Return an Arrow table (or record batch) with the scores and the advice of every row appended.

    A question's column may be text or dictionary-coded text, booleans, numbers, lists of text for
    several answers, or unsigned numbers with a bit for each choice. `outcome`, `best`, `support`
    and `probability` (from 0 to 1), `score.<candidate>` (hundredths) and `error` are added, or
    with `scores_only` the last two alone, which takes a hundredth of the time; a row that does not
    validate has its reason in `error`, and nothing else. `plans` adds `referrals` (their ids) and
    `plan` (its steps in short), both parted by `; `, which takes milliseconds a row. `weights`
    (0-10) replace the pack's for the criteria named, in every row. Raises `UsageError` if the table
    has such columns already, or no question's, and `ProfileError` for weights that a project could
    not have. `plain` gives text instead of dictionaries, for engines without them.

    >>> from recommender import load_pack
    >>> import pyarrow
    >>> rows = pyarrow.table({"hour": ["evening", None, "noonish"], "id": [1, 2, 3]})
    >>> scored = score_table(rows, load_pack("tests/toy/rules"))
    >>> scored["id"].to_pylist(), scored["best"].to_pylist()[0]
    ([1, 2, 3], 'tea')
    >>> scored["error"].to_pylist()[2].split(";")[0]
    '`hour` has no answer `noonish`'
    """
    if isinstance(table, pa.RecordBatch):
        whole = pa.Table.from_batches([table])
        scored = score_table(
            whole, pack, weights=weights, lens=lens, as_of=as_of, plain=plain,
            scores_only=scores_only, plans=plans,
        ).combine_chunks()  # fmt: skip
        arrays = [column.chunk(0) for column in scored.columns] if len(table) else [
            pa.array([], field.type) for field in scored.schema
        ]  # fmt: skip
        return pa.RecordBatch.from_arrays(arrays, schema=scored.schema)
    _check_names(table, pack, plans=plans)
    scorer = _scorer_of(pack, weights or {}, lens, as_of)
    wanted = {"scores_only": scores_only, "plans": plans}
    added = result_table(table, scorer, **wanted)
    if plain:
        added = added.cast(result_schema(pack, plain=True, **wanted))
    for name in added.column_names:
        table = table.append_column(added.schema.field(name), added[name])
    return table


def _scorer_of(
    pack: Pack, weights: Mapping[str, int], lens: Lens, as_of: dt.date | None
) -> TableScorer:
    """Return the scorer of a pack, kept until other weights are asked for."""
    key = (TableScorer, lens, as_of)
    kept: tuple[Mapping[str, int], TableScorer] | None = pack.memo.get(key)
    if kept is None or kept[0] != weights:
        profile = load_profile({"answers": {}, "weights": weights}, pack)
        kept = pack.memo[key] = profile.weights, TableScorer(pack, profile, lens, as_of)
    return kept[1]


def _check_names(table: Any, pack: Pack, *, plans: bool) -> None:
    taken = [name for name in result_columns(pack, plans=plans) if name in table.column_names]
    if taken:
        raise UsageError(f"the table has a column `{taken[0]}` already; rename or remove it")
    known = columns_of(pack)
    asked = [known[name].id for name in table.column_names if name in known]
    if not asked:
        columns = table.column_names
        hint = did_you_mean(columns[0], pack.questions) if columns else "name columns as questions"
        raise UsageError(f"no column of the table is named as a question; {hint}")
    if len(set(table.column_names)) != len(table.column_names):
        raise UsageError("the table has two columns of one name; rename one")
    for name in table.column_names:
        if name in known and asked.count(known[name].id) > 1:
            raise UsageError(f"two columns answer `{known[name].id}`; leave `{name}` out")
