"""The pack: frozen values, and what is compiled from them remembered once."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from recommender import recommend
from recommender.judging.case import judge
from recommender.nouns.pack import Question, Source
from recommender.nouns.profile import Profile
from tests.laws.packs import PLACE


@pytest.mark.parametrize(
    ("kind", "domain"),
    [
        ("choice", ("a", "b")),
        ("flag", (True, False)),
        ("scale", (0, 1, 2, 3, 4, 5)),
        ("number", None),
        ("many", None),
    ],
)
def test_a_question_lists_its_answers_where_it_can(kind, domain):
    assert Question("q", "?", kind, PLACE, {"a": "A", "b": "B"}).domain == domain


def test_a_pack_is_never_changed_again(toy):
    with pytest.raises(dataclasses.FrozenInstanceError):
        toy.version = "2.0.0"


def test_a_changed_copy_compiles_anew(toy):
    judge(Profile(), toy)
    assert toy.memo
    assert not dataclasses.replace(toy, rules={}).memo


def test_a_rule_and_a_constraint_say_which_passage_they_cite(toy):
    assert toy.rules["mornings-want-caffeine"].cites.says == "Coffee wakes you in the morning."
    assert toy.rules["sweet-tooth"].cites is None
    kettle = toy.constraints["tea-needs-a-kettle"]
    assert kettle.cites is None
    assert dataclasses.replace(kettle, sources=(Source(cite="leaflet"),)).cites.cite == "leaflet"


def test_a_recommendation_travels_between_processes_without_what_was_compiled(toy):
    advice = recommend(Profile().answering({"hour": "evening"}), toy, samples=20)
    assert pickle.loads(pickle.dumps(advice)) == advice
    assert "memo" in vars(toy)
    assert "memo" not in vars(pickle.loads(pickle.dumps(toy)))
