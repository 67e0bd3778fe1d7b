"""Packs and profiles for the benchmarks: seeded, of any size, built straight from the nouns."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from recommender.nouns.condition import All, AnyOf, Condition, Test
from recommender.nouns.errors import Place
from recommender.nouns.pack import Candidate, Constraint, Criterion, Pack, Rule, Thresholds
from recommender.nouns.question import Question

PLACE = Place("synthetic.yaml", 1)
CRITERIA = 6
SHARE_UNKNOWN = 0.1


def pack_of(
    *,
    questions: int = 24,
    rules: int = 40,
    constraints: int = 4,
    candidates: int = 2,
    many: int = 0,
    seed: int = 0,
) -> Pack:
    """Build a pack: choices of 3-6 answers, rules that read 1-3 of them, some with an `any`.

    To the first `many` questions several answers may be given.
    """
    rng = Random(seed)
    asked = {}
    for number in range(questions):
        name = f"q{number}"
        choices = {f"a{i}": f"Answer {i}" for i in range(rng.randint(3, 6))}
        kind: Any = "many" if number < many else "choice"
        asked[name] = Question(name, f"Question {number}?", kind, PLACE, choices=choices)
    names = [f"c{number}" for number in range(candidates)]
    criteria = {f"k{i}": Criterion(f"k{i}", "", rng.randint(1, 10), PLACE) for i in range(CRITERIA)}
    return Pack(
        id="synthetic",
        version="1.0.0",
        title="Synthetic",
        dated=dt.date(2026, 11, 23),
        thresholds=Thresholds(),
        questions=asked,
        candidates={name: Candidate(name, name, PLACE) for name in names},
        criteria=criteria,
        constraints={
            f"v{i}": Constraint(f"v{i}", _all(rng, asked, 2), (names[i % candidates],), "", PLACE)
            for i in range(constraints)
        },
        rules={
            f"r{i}": Rule(
                f"r{i}",
                rng.choice(sorted(criteria)),
                _condition(rng, asked),
                {name: rng.randrange(0, 101, 10) for name in names},
                rng.randint(1, 10),
                "",
                PLACE,
            )
            for i in range(rules)
        },
    )


def _condition(rng: Random, asked: dict[str, Question]) -> Condition:
    if rng.random() < 0.2:
        return AnyOf((_all(rng, asked, 1), _all(rng, asked, 2)))
    return _all(rng, asked, rng.randint(1, 3))


def _all(rng: Random, asked: dict[str, Question], size: int) -> Condition:
    tests = tuple(_test(rng, asked[name]) for name in rng.sample(sorted(asked), size))
    return tests[0] if size == 1 else All(tests)


def _test(rng: Random, question: Question) -> Test:
    options = list(question.choices)
    some = rng.sample(options, rng.randint(1, len(options) - 1))
    word: Any = "includes" if question.type == "many" else "one_of"
    return Test(question.id, word, tuple(sorted(some)), negated=rng.random() < 0.2)


def answers_of(pack: Pack, count: int, seed: int = 0, unknown: float = SHARE_UNKNOWN) -> list[dict]:
    """Draw sets of answers; each question is left unknown with the probability given."""
    rng = Random(seed)
    options = {name: list(question.choices) for name, question in pack.questions.items()}
    return [
        {name: rng.choice(choices) for name, choices in options.items() if rng.random() >= unknown}
        for _ in range(count)
    ]


def table_of(pack: Pack, rows: int, seed: int = 0) -> Any:
    """Draw an Arrow table of answers, dictionary-coded; several answers are bits of a number."""
    import numpy as np
    import pyarrow as pa

    rng = np.random.default_rng(seed)
    columns = {}
    for question in pack.questions.values():
        unknown = rng.random(rows) < SHARE_UNKNOWN
        if question.type == "many":
            masks = rng.integers(0, 1 << len(question.choices), rows)
            columns[question.id] = pa.array(masks.astype(np.uint32), mask=unknown)
            continue
        codes = rng.integers(0, len(question.choices), rows).astype(np.uint8)
        indices = pa.array(codes, mask=unknown)
        columns[question.id] = pa.DictionaryArray.from_arrays(indices, list(question.choices))
    return pa.table(columns)
