"""The question: what can be answered."""

from __future__ import annotations

import pytest

from recommender.nouns.question import Question, question_under
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


def test_a_question_is_found_by_an_id_that_it_had_formerly():
    tea = Question("tea", "?", "flag", PLACE, formerly=("chai",))
    assert question_under("tea", {"tea": tea}) is tea
    assert question_under("chai", {"tea": tea}) is tea
    assert question_under("mate", {"tea": tea}) is None


def test_what_else_a_choice_is_called_is_listed_but_for_names_of_several():
    also = {"a": frozenset({"z", "y", "both"}), "b": frozenset({"both"})}
    asked = Question("q", "?", "choice", PLACE, {"a": "A", "b": "B", "c": "C"}, also=also)
    assert asked.names == {"a": ["y", "z"]}
