"""The question: what can be answered."""

from __future__ import annotations

import pytest

from recommender.nouns.question import Question
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
