"""Scoring many rows together comes to what each comes to alone."""

import dataclasses
import datetime as dt
import itertools
import random

import pyarrow as pa
import pytest

from benchmarks.synthetic import answers_of, pack_of
from recommender import decide, load_pack, load_profile
from recommender.batch import result_columns, results, score_table
from recommender.judging.case import Case
from recommender.judging.outcome import WHOLE
from recommender.nouns.condition import All, AnyOf, Test
from recommender.nouns.profile import Profile


def same(pack, rows, **how):
    """Score rows as a table, and compare with the same one by one."""
    kinds = {name: pa.string() for name in pack.questions}
    table = pa.Table.from_pylist(rows, pa.schema([*kinds.items()]))
    scored = score_table(table, pack, **how).to_pylist()
    for row, got in zip(rows, scored, strict=True):
        answers = {k: v for k, v in row.items() if v is not None}
        case = Case.of(Profile(answers, weights=how.get("weights", {})), pack)
        told = case.decision
        assert (got["outcome"], got["best"]) == (told.outcome, told.best)
        assert got["support"] == told.support / WHOLE
        assert {name: got[f"score.{name}"] for name in pack.candidates} == case.ranking.scores
    alone = score_table(table, pack, scores_only=True, **how)
    assert alone.column_names == [*pack.questions, *result_columns(pack, scores_only=True)]
    assert alone.to_pylist() == [{name: row[name] for name in alone.column_names} for row in scored]


@pytest.mark.parametrize("size", [{}, {"rules": 150, "constraints": 40, "candidates": 5}])
def test_tables_of_many_chunks_are_scored_alike(size, monkeypatch):
    monkeypatch.setattr(results, "CELLS", 1)
    monkeypatch.setattr(results, "LEAST_ROWS", 64)
    pack = pack_of(**size)
    rows = answers_of(pack, 300) + answers_of(pack, 100, seed=1, unknown=0.7)
    same(pack, rows)
    same(pack, rows[:60], weights={"k0": 0, "k1": 10})


def test_a_condition_may_have_many_alternatives_and_read_many_questions():
    pack = pack_of(rules=3)
    names = list(pack.questions)
    first = [Test(name, "one_of", ("a0",)) for name in names]
    other = [Test(name, "one_of", ("a1", "a2"), negated=True) for name in names]
    pairs = [All((a, b)) for a, b in itertools.combinations(first, 2)]
    wide = (AnyOf(tuple(pairs[:200])), All(tuple(other)), AnyOf((All(tuple(first)), *other[:12])))
    rules = {
        name: dataclasses.replace(rule, when=when)
        for (name, rule), when in zip(pack.rules.items(), wide, strict=True)
    }
    pack = dataclasses.replace(pack, rules=rules)
    rng = random.Random(0)
    rows = answers_of(pack, 300, unknown=0.3)
    rows += [{name: rng.choice(["a0", "a0", "a0", None]) for name in names} for _ in range(300)]
    same(pack, rows)


@pytest.mark.parametrize("weight", [10, 10**3])
def test_sums_are_exact_whatever_their_size(weight):
    """Also beyond the whole numbers that narrow floats have."""
    pack = pack_of(rules=200)
    rules = {
        name: dataclasses.replace(rule, weight=weight, favors={"c0": 99, "c1": 98 + index % 2})
        for index, (name, rule) in enumerate(pack.rules.items())
    }
    same(dataclasses.replace(pack, rules=rules), answers_of(pack, 300))


@pytest.mark.parametrize("year", [1999, 2099])
def test_a_table_knows_a_probability_where_its_rows_do(year):
    pack, day = load_pack(), dt.date(year, 1, 1)
    told = decide(load_profile({"answers": {"goal": "research"}}, pack), pack, as_of=day)
    (row,) = score_table(pa.table({"goal": ["research"]}), pack, as_of=day).to_pylist()
    assert (row["outcome"], row["support"]) == (told.outcome, told.support / WHOLE)
    assert (row["probability"] is None) == (told.probability is None) == (year == 1999)


def test_of_a_row_without_an_answer_too_little_is_known():
    pack = load_pack()
    rows = {"goal": ["unknown", None, "library"], "targets": [None, ["unknown"], None]}
    outcomes = score_table(pa.table(rows), pack)["outcome"].to_pylist()
    assert outcomes[:2] == ["too-little-known"] * 2 == [decide(Profile(), pack).outcome] * 2
    assert outcomes[2] == decide(Profile({"goal": "library"}), pack).outcome != outcomes[0]
