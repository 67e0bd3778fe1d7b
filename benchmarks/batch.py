"""Profiles a second: our tables beside polars expressions that do the same work.

    python -m benchmarks.batch [MILLIONS] [ROUNDS] [--json]

The pack has 24 questions, 40 rules and 4 constraints; a tenth of all answers is unknown. Both
sides give scores, winner and outcome for the same dictionary-coded columns in memory, checked to
be equal, and take turns. polars gets conditions in three-valued logic, written out by hand.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.synthetic import SHARE_UNKNOWN, pack_of
from recommender.batch import score_table
from recommender.batch.files import score_file
from recommender.condition import All, Condition, Test
from recommender.decision import Decider
from recommender.pack import Pack
from recommender.profile import Profile


def table_of(pack: Pack, rows: int, seed: int = 0) -> pa.Table:
    """Draw a table of dictionary-coded answers."""
    rng = np.random.default_rng(seed)
    columns = {}
    for question in pack.questions.values():
        codes = rng.integers(0, len(question.choices), rows).astype(np.uint8)
        unknown = rng.random(rows) < SHARE_UNKNOWN
        indices = pa.array(codes, mask=unknown)
        columns[question.id] = pa.DictionaryArray.from_arrays(indices, list(question.choices))
    return pa.table(columns)


def expression(condition: Condition) -> pl.Expr:
    """Write a condition in polars, whose and, or and not are Kleene's too."""
    if isinstance(condition, Test):
        values = [pl.col(condition.question) == value for value in condition.values]
        test = reduce(or_, values)
        return ~test if condition.negated else test
    joint = and_ if isinstance(condition, All) else or_
    return reduce(joint, map(expression, condition.parts))


def polars_of(pack: Pack) -> Callable[[pl.DataFrame], pl.DataFrame]:
    """Write the whole decision of a pack of two candidates as polars expressions."""
    worth = Decider(Profile(), pack).plain.worth
    first, second = sorted(pack.candidates)
    truths = [expression(rule.when).alias(f"t{i}") for i, rule in enumerate(pack.rules.values())]
    vetoes = [
        expression(each.when).alias(f"v{i}") for i, each in enumerate(pack.constraints.values())
    ]
    names = [(f"t{i}", row) for i, row in enumerate(worth)]

    def total(numbers: list[int], *, unknown: bool = False) -> pl.Expr:
        terms = [
            (pl.col(name).is_null() if unknown else pl.col(name).fill_null(False)).cast(pl.Int32)
            * number
            for (name, _), number in zip(names, numbers)
        ]
        return reduce(lambda a, b: a + b, terms)

    def excluded(candidate: str) -> list[str]:
        every = enumerate(pack.constraints.values())
        return [f"v{i}" for i, each in every if candidate in each.vetoes]

    limits = pack.thresholds
    sums = {
        "a": total([row[0] for row in worth]),
        "b": total([row[1] for row in worth]),
        "stake": total([max(row) for row in worth]),
        "open": total([max(row) for row in worth], unknown=True),
        "gain_a": total([max(0, row[0] - row[1]) for row in worth], unknown=True),
        "gain_b": total([max(0, row[1] - row[0]) for row in worth], unknown=True),
        "speaks": pl.any_horizontal([pl.col(name).fill_null(False) for name, _ in names]),
        "out_a": pl.any_horizontal([pl.col(v).fill_null(False) for v in excluded(first)]),
        "out_b": pl.any_horizontal([pl.col(v).fill_null(False) for v in excluded(second)]),
        "hang_a": pl.any_horizontal([pl.col(v).is_null() for v in excluded(first)]),
        "hang_b": pl.any_horizontal([pl.col(v).is_null() for v in excluded(second)]),
    }
    a, b, stake, open_ = (pl.col(name).cast(pl.Int64) for name in ("a", "b", "stake", "open"))
    out_a, out_b = pl.col("out_a"), pl.col("out_b")
    leads = out_b | (~out_a & (a >= b))
    alone = out_a | out_b
    margin = (a - b).abs() * 1000
    heavy = open_ * 1000 > limits.unknown * (stake + open_)
    turn = pl.when(leads).then(pl.col("gain_b") > a - b).otherwise(pl.col("gain_a") > b - a)
    hangs = pl.when(leads).then(pl.col("hang_a")).otherwise(pl.col("hang_b"))
    outcome = (
        pl.when(out_a & out_b).then(pl.lit("no-survivor"))
        .when(~pl.col("speaks") | (heavy & turn & ~alone)).then(pl.lit("too-little-known"))
        .when(~alone & (margin <= limits.tie * stake)).then(pl.lit("tie"))
        .when(hangs | (~alone & (margin <= limits.close * stake))).then(pl.lit("close"))
        .otherwise(pl.lit("clear"))
    )  # fmt: skip
    stands = pl.col("outcome").is_in(["clear", "close"])
    best = pl.when(stands).then(pl.when(leads).then(pl.lit(first)).otherwise(pl.lit(second)))
    return lambda frame: (
        frame.lazy().select(*truths, *vetoes).select(**sums)
        .with_columns(outcome=outcome).with_columns(best=best)
        .select("outcome", "best", "a", "b").collect()
    )  # fmt: skip


def compare(millions: float, rounds: int) -> dict[str, Any]:
    """Take turns in memory, then go from file to file."""
    pack = pack_of()
    table = table_of(pack, int(millions * 1e6))
    frame, scored_by_polars = pl.from_arrow(table), polars_of(pack)
    small = table.slice(0, 20_000)
    ours, theirs = score_table(small, pack), scored_by_polars(pl.from_arrow(small))
    pairs = {"outcome": "outcome", "best": "best", "score.c0": "a", "score.c1": "b"}
    for name, other in pairs.items():
        assert ours[name].to_pylist() == theirs[other].to_list(), name
    taken: dict[str, list[float]] = {"framework-recommender": [], "polars": []}
    for _ in range(rounds):
        for name, call in (
            ("framework-recommender", lambda: score_table(table, pack)),
            ("polars", lambda: scored_by_polars(frame)),
        ):
            begun = time.perf_counter()
            call()
            taken[name].append(time.perf_counter() - begun)
    speed = {name: millions / statistics.median(each) for name, each in taken.items()}
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.parquet"), Path(folder, "out.parquet")
        pq.write_table(table, source)
        begun = time.perf_counter()
        score_file(source, target, pack)
        files = millions / (time.perf_counter() - begun)
    return {
        "millions of profiles a second": {
            **{name: round(each, 2) for name, each in speed.items()},
            "Parquet to Parquet": round(files, 2),
        },
        "ours to polars": round(speed["framework-recommender"] / speed["polars"], 2),
    }


def main() -> None:
    """Print what was measured."""
    given = [float(word) for word in sys.argv[1:] if not word.startswith("-")]
    found = compare(given[0] if given else 2.0, int(given[1]) if len(given) > 1 else 5)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
