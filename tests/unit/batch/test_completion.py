"""Rows are completed as projects are, one by one."""

import numpy as np
import pyarrow as pa
import pytest

from recommender import load_pack
from recommender.batch.answers import AnswerReader
from recommender.batch.completion import Completer
from recommender.judging.completion import complete

PACK = load_pack()
ROWS = [
    {},
    {"goal": "research"},
    {"goal": "product", "targets": frozenset({"android"})},
    {"model-source": frozenset({"llm"}), "training-scale": "many-nodes"},
    {"targets": frozenset({"microcontroller"}), "goal": "product"},
    {"targets": frozenset({"browser", "desktop"}), "fixed-artefact": frozenset({"existing-app"})},
    {"targets": frozenset({"fpga"}), "fixed-artefact": frozenset()},
    {"existing-code": frozenset({"tensorflow-1"})},
]


def completed():
    columns = {}
    for name, question in PACK.questions.items():
        values = [row.get(name) for row in ROWS]
        if any(value is not None for value in values):
            many = question.type == "many"
            plain = [sorted(each) if many and each is not None else each for each in values]
            array = pa.array(plain, pa.list_(pa.string()) if many else pa.string())
            columns[name] = AnswerReader(question).read(array)
    return Completer(PACK).complete(columns, len(ROWS))


@pytest.mark.parametrize("row", range(len(ROWS)))
def test_weights_and_answers_are_those_of_a_project(row):
    done, alone = completed(), complete(PACK, ROWS[row])
    mine = np.flatnonzero(done.row == row)
    assert tuple(done.weights[mine].tolist()) == alone.weights
    tables = Completer(PACK).tables
    for name, answers in alone.answers.items():
        places = done.chosen[name][mine]
        assert [tables[name].values[place] for place in places] == list(answers)


def test_what_a_row_answers_is_not_chosen():
    done = completed()
    assert (done.chosen["goal"][done.row == 1] == -1).all()
    assert (done.chosen["goal"][done.row == 0] >= 0).all()
