"""Profiles a second: our tables beside polars expressions that do the same work.

    python -m benchmarks.batch [MILLIONS] [ROUNDS] [--json]

The pack has 24 questions, 40 rules and 4 constraints; a tenth of all answers is unknown. Both
sides give scores, winner and outcome for the same dictionary-coded columns in memory, checked to
be equal, and take turns. polars gets conditions in three-valued logic, written out by hand. Tables
with several answers, and files, are timed besides.
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
from typing import Any, NamedTuple

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.synthetic import pack_of, table_of
from recommender.batch import score_table
from recommender.batch.files import score_file
from recommender.batch.formats.pieces import ROWS
from recommender.judging.case import Case
from recommender.nouns.condition import All, Condition, Test
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile


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
    worth = Case.of(Profile(), pack).decider.plain.worth
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


class Taken(NamedTuple):
    """Hold the median seconds of a call, by the clock and by the processors that worked on it."""

    clock: float
    processors: float


def in_turn(calls: dict[str, Callable[[], Any]], rounds: int) -> dict[str, Taken]:
    """Time calls that take turns, so that what else the machine does hits all alike."""
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for name, call in [*calls.items()] * (rounds + 1):  # the first round compiles and warms up
        begun = time.perf_counter(), time.process_time()
        call()
        seen[name].append((time.perf_counter() - begun[0], time.process_time() - begun[1]))
    return {name: Taken(*map(statistics.median, zip(*each[1:]))) for name, each in seen.items()}


def beside_polars(pack: Pack, table: pa.Table, rounds: int) -> dict[str, Taken]:
    """Time tables in memory and polars, once both are seen to say the same."""
    frame, scored_by_polars = pl.from_arrow(table), polars_of(pack)
    ours, theirs = score_table(table, pack), scored_by_polars(frame)
    pairs = {"outcome": "outcome", "best": "best", "score.c0": "a", "score.c1": "b"}
    for name, other in pairs.items():
        wanted = ours[name].cast(pa.string()) if name in ("outcome", "best") else ours[name]
        assert (pl.Series(wanted).eq_missing(theirs[other])).all(), name
    calls = {
        "framework-recommender": lambda: score_table(table, pack),
        "polars": lambda: scored_by_polars(frame),
    }
    return in_turn(calls, rounds)


def several_answers(rows: int, rounds: int) -> dict[str, Taken]:
    """Time tables in which six questions have several answers, as bits and as lists."""
    pack = pack_of(many=6)
    masks = table_of(pack, rows)
    lists = masks
    for index, question in enumerate(pack.questions.values()):
        if question.type == "many":
            names = list(question.choices)
            sets = [
                [n for i, n in enumerate(names) if at >> i & 1] for at in range(1 << len(names))
            ]
            chosen = pa.array(sets, pa.list_(pa.string())).take(masks.column(index))
            lists = lists.set_column(index, question.id, chosen)
    calls = {
        "six columns of bit masks": lambda: score_table(masks, pack),
        "six columns of lists": lambda: score_table(lists, pack),
    }
    return in_turn(calls, rounds)


def by_pyarrow(source: Path, target: Path) -> None:
    """Read and write a file as `score_file` does, with nothing in between."""
    with (
        pq.ParquetFile(source, pre_buffer=False) as file,
        pq.ParquetWriter(target, file.schema_arrow) as writer,
    ):
        for rows in file.iter_batches(batch_size=ROWS):
            writer.write_batch(rows)


def by_polars(source: Path, target: Path) -> None:
    pl.scan_parquet(source).sink_parquet(target, compression="snappy")


def by_duckdb(source: Path, target: Path) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.sql(f"copy (from '{source}') to '{target}' (format parquet)")


def from_file_to_file(pack: Pack, table: pa.Table, rounds: int) -> dict[str, Taken]:
    """Time a Parquet file into another, scored by us, and only read and written by each reader."""
    known = pa.table({
        name: pc.fill_null(column.cast(pa.string()), "unknown").dictionary_encode()
        for name, column in zip(table.column_names, table.columns)
    })  # fmt: skip
    solid = known.cast(pa.schema([field.with_nullable(False) for field in known.schema]))
    with tempfile.TemporaryDirectory() as folder:
        source, other, target = (Path(folder, f"{name}.parquet") for name in ("a", "b", "out"))
        pq.write_table(table, source)
        pq.write_table(solid, other)

        def score(path: Path, **how: Any) -> Callable[[], Any]:
            return lambda: score_file(path, target, pack, force=True, **how)

        calls = {
            "Parquet to Parquet, all columns": score(source),
            "Parquet to Parquet, all columns, unknown as a word": score(other),
            "Parquet to Parquet, results only": score(source, keep=[]),
            "read and written by PyArrow, unscored": lambda: by_pyarrow(source, target),
            "the same, unknown as a word": lambda: by_pyarrow(other, target),
            "read and written by Polars, unscored": lambda: by_polars(source, target),
            "read and written by DuckDB, unscored": lambda: by_duckdb(source, target),
        }
        return in_turn(calls, rounds)


def compare(millions: float, rounds: int) -> dict[str, Any]:
    """Take every path; ratios are of times taken in turn."""
    pack, rows = pack_of(), int(millions * 1e6)
    table = table_of(pack, rows)
    memory = beside_polars(pack, table, rounds)
    rest = several_answers(rows, rounds) | from_file_to_file(pack, table, max(1, rounds // 2))
    ours, theirs = memory["framework-recommender"], memory["polars"]
    scored, unscored = (
        rest[name].clock
        for name in ("Parquet to Parquet, all columns", "read and written by PyArrow, unscored")
    )
    return {
        "millions of profiles a second": {
            name: round(millions / each.clock, 2) for name, each in (memory | rest).items()
        },
        "processor nanoseconds a profile": {
            name: round(each.processors / rows * 1e9) for name, each in (memory | rest).items()
        },
        "times as fast as polars": round(theirs.clock / ours.clock, 1),
        "Parquet to Parquet, times what PyArrow needs unscored": round(scored / unscored, 2),
        "processors on average": round(ours.processors / ours.clock, 1),
    }


def main() -> None:
    """Print what was measured."""
    given = [float(word) for word in sys.argv[1:] if not word.startswith("-")]
    found = compare(given[0] if given else 4.0, int(given[1]) if len(given) > 1 else 5)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
