"""Conditions written out for programs are read back as what they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recommender import load_pack
from recommender.loading.conditions import ConditionReader
from recommender.nouns.condition import holds
from recommender.nouns.condition import tests as each_test
from recommender.output.next_question import written

from .packs import packs, profiles


@given(st.data())
def test_a_written_condition_holds_where_the_condition_did(data):
    pack = data.draw(packs())
    answers = data.draw(profiles(pack)).answers
    for condition in conditions_of(pack):
        if any(-1 in test.values for test in each_test(condition)):
            continue  # no pack can ask for a count below 0
        assert holds(read(written(condition), pack), answers) is holds(condition, answers)


def test_every_condition_of_the_shipped_pack_is_written_as_it_can_be_read():
    pack = load_pack()
    found = conditions_of(pack)
    assert len(found) > 80
    for condition in found:
        again = written(read(written(condition), pack))
        assert again == written(condition)


def conditions_of(pack):
    asked = [each.when for each in pack.questions.values() if each.when is not None]
    entries = (*pack.rules.values(), *pack.constraints.values())
    return [*asked, *(each.when for each in entries)]


def read(text, pack):
    faults = []
    condition = ConditionReader(pack.questions, "written.yaml", faults).read(text)
    assert not faults, faults
    return condition
