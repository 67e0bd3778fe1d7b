"""Conditions over arrays agree with `holds`, which judges one row."""

import numpy as np
import pyarrow as pa
import pytest

from recommender.batch.answers import AnswerReader
from recommender.batch.conditions import RowTruths
from recommender.nouns.condition import ALWAYS, NEVER, All, AnyOf, Test, holds
from recommender.nouns.errors import Place
from recommender.nouns.question import Question

PLACE = Place("questions.yaml", 1)
QUESTIONS = {
    "hour": Question(
        "hour", "When?", "choice", PLACE, choices={"early": "", "late": "", "never": ""}
    ),
    "cups": Question("cups", "How many?", "number", PLACE, when=Test("hour", "one_of", ("late",))),
    "place": Question("place", "Where?", "many", PLACE, choices={"home": "", "work": ""}),
    "sweet": Question("sweet", "How sweet?", "scale", PLACE),
    "milk": Question("milk", "Milk?", "flag", PLACE),
    "unasked": Question("unasked", "No column?", "flag", PLACE),
}
ROWS = {
    "hour": ["early", "late", None, "late", "never", None],
    "cups": [None, 3.0, 2.0, None, None, 4.5],
    "place": [["home"], ["home", "work"], [], None, ["work"], []],
    "sweet": [0, 5, None, 3, 2, 1],
    "milk": [True, False, None, True, None, False],
}
TESTS = [
    Test("hour", "one_of", ("early", "never")), Test("cups", "at_least", (3,)), Test("cups", "at_most", (3,)),
    Test("cups", "one_of", (2, 4.5)), Test("place", "includes", ("work",)), Test("place", "none"),
    Test("place", "includes_all", ("home", "work")), Test("sweet", "at_least", (3,)), Test("sweet", "one_of", (0, 2)),
    Test("milk", "one_of", (True,)), Test("unasked", "one_of", (True,)),
]  # fmt: skip
NOT = [Test(t.question, t.word, t.values, negated=True) for t in TESTS]
JOINED = [
    join(parts)
    for join in (All, AnyOf)
    for parts in zip(TESTS, NOT[1:] + NOT[:1], TESTS[2:] + TESTS[:2], strict=True)
]


def truths():
    answers = {
        name: AnswerReader(QUESTIONS[name]).read(pa.array(values)) for name, values in ROWS.items()
    }
    return RowTruths(QUESTIONS, answers)


@pytest.mark.parametrize("condition", [*TESTS, *NOT, *JOINED, ALWAYS, NEVER], ids=str)
def test_each_row_has_the_truth_that_it_has_alone(condition):
    found, may, _ = (np.broadcast_to(each, 6) for each in truths().of(condition))
    for row in range(6):
        answers = {name: values[row] for name, values in ROWS.items() if values[row] is not None}
        if "place" in answers:
            answers["place"] = frozenset(answers["place"])
        off = [] if holds(QUESTIONS["cups"].when, answers) is not False else ["cups"]
        truth = holds(condition, answers, off)
        assert (found[row], may[row]) == (truth is True, truth is not False), row


def test_an_answer_to_what_does_not_apply_is_misplaced():
    answers = {
        "hour": AnswerReader(QUESTIONS["hour"]).read(pa.array(["early", "late", None, "early"])),
        "cups": AnswerReader(QUESTIONS["cups"]).read(pa.array([2.0, 2.0, 2.0, 0.0])),
    }
    assert RowTruths(QUESTIONS, answers).misplaced().tolist() == [True, False, False, False]
