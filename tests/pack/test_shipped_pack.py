"""The shipped pack, item by item: each test beside a rule, and each example project."""

import pytest

from recommender.authoring.lint import lint
from recommender.authoring.test.cases import (
    exhibits,
    missing_states,
    statements,
    try_case,
    try_example,
)
from recommender.cli.lint import known_checks
from recommender.loading.full_pack import load_whole

WHOLE = load_whole()
STATEMENTS = statements(WHOLE)


@pytest.mark.parametrize(
    ("id_", "number", "case"),
    [
        pytest.param(id_, number, case, id=f"{id_}-{number}-{case.expect}")
        for id_, statement in STATEMENTS
        for number, case in enumerate(statement.cases, 1)
    ],
)
def test_case(id_, number, case):
    verdict = try_case(WHOLE.full, id_, number, case)
    assert not verdict.failure, f"{verdict.place}: {verdict.failure}"


@pytest.mark.parametrize(
    ("exhibit", "expected"),
    [
        pytest.param(exhibit, expected, id=f"{exhibit.profile.name}-{expected.lens}")
        for exhibit in exhibits(WHOLE)
        for expected in exhibit.example.expect
    ],
)
def test_example(exhibit, expected):
    verdict = try_example(exhibit, expected)
    assert not verdict.failure, f"{verdict.place}: {verdict.failure}"


@pytest.mark.parametrize("statement", [pytest.param(each, id=id_) for id_, each in STATEMENTS])
def test_shown_firing_and_silent(statement):
    assert missing_states(statement) == []


def test_lint_finds_nothing():
    found = lint(checks=known_checks())
    assert [f"{each.place}: {each.code} {each.what}" for each in found] == []


@pytest.mark.parametrize("question", WHOLE.full.questions.values(), ids=lambda each: each.id)
def test_a_scale_names_both_its_ends(question):
    assert (bool(question.least), bool(question.most)) == (question.type == "scale",) * 2


@pytest.mark.parametrize("question", WHOLE.full.questions.values(), ids=lambda each: each.id)
def test_a_question_says_what_it_means(question):
    assert question.help.endswith(".")
