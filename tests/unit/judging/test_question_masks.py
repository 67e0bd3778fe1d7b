"""What only an answer that the pack calls rare could bring about demotes nothing while it is open."""

import dataclasses

import pytest

from recommender import recommend, render, score
from recommender.judging.case import Case, decide
from recommender.nouns.condition import All, Test
from recommender.nouns.errors import Place
from recommender.nouns.pack import Constraint, Thresholds
from recommender.nouns.profile import Profile
from recommender.nouns.question import Question
from recommender.reflecting.interview import next_question
from tests.unit.reflecting.test_robustness import always, pack_of

PLACE = Place("p.yaml")
OLD = Test("cpu", "includes", ("old",))
KNOWN = ("only", "one_of", (True,))


def pack(when=OLD, *, rare=("old",), kind="many", rules=(), **more):
    """A pack in which a leads b by half of all points, unless an old CPU excludes it."""
    usual = frozenset({"new"}) if kind == "many" else "new"
    choices = {"new": "New", "old": "Old"}
    cpu = Question("cpu", "Which?", kind, PLACE, choices=choices, rare=rare, usual=usual)
    other = Question("other", "Other?", "flag", PLACE)
    return pack_of(
        always("c0", a=100), always("c1", a=50, b=0), *rules, questions=(cpu, other),
        constraints=(Constraint("too-old", when, ("a",), "It is.", PLACE),), **more,
    )  # fmt: skip


def test_a_possible_exclusion_by_a_rare_answer_leaves_the_case_clear():
    assert decide(Profile(), pack(rare=())).hanging == ("too-old",)
    told = decide(Profile(), pack())
    assert (told.outcome, told.best, told.hanging) == ("clear", "a", ())


@pytest.mark.parametrize(
    ("when", "answers", "hangs"),
    [
        (Test("cpu", "includes", ("old", "new")), {}, True),  # a usual answer does it too
        (Test("cpu", "includes", ("old",), negated=True), {}, True),  # rarely does not hold
        (Test("cpu", "none", ()), {}, True),
        (All((OLD, Test("other", "one_of", (True,)))), {}, False),
        (All((OLD, Test("other", "one_of", (True,)))), {"cpu": frozenset({"old"})}, True),
        (OLD, {"cpu": frozenset({"new"})}, False),
    ],
)
def test_it_is_the_answer_that_must_be_rare_and_open(when, answers, hangs):
    case = Case.of(Profile(answers), pack(when))
    assert bool(case.matrix.hanging_over("a")) == hangs
    told = case.decision
    assert ((told.outcome, told.best) == ("clear", "a")) == (not hangs)


def test_a_rare_answer_that_was_given_counts_like_any_other():
    told = decide(Profile({"cpu": frozenset({"old"})}), pack())
    assert (told.outcome, told.best) == ("clear", "b")


def test_of_a_single_choice_too():
    when = Test("cpu", "one_of", ("old",))
    assert decide(Profile(), pack(when, kind="choice")).outcome == "clear"
    assert decide(Profile(), pack(when, kind="choice", rare=())).hanging == ("too-old",)


def test_points_that_hang_on_a_rare_answer_alone_are_expected_of_nobody():
    heavy = [("c0", {"b": 100}, OLD, "documented")] * 4
    assert decide(Profile(), pack(rare=(), rules=heavy)).outcome != "clear"
    told = decide(Profile(), pack(rules=heavy))
    assert (told.outcome, told.best, told.support) == ("clear", "a", 10_000)
    assert score(Profile(), pack(rules=heavy)).reversible


def test_it_is_listed_under_what_is_unknown_and_stands_in_no_headline():
    told = recommend(Profile(), pack(), samples=0)
    (waiting,) = told.explanation.open_questions
    assert (waiting.question, waiting.constraints, waiting.rare) == ("cpu", ("too-old",), True)
    assert told.matrix.possible_vetoes == {"a": ("too-old",)}
    first, rest = render(told, "text", full=True).split("\n", 1)
    assert "Which?" not in first
    assert "Which?" in rest
    assert next_question(Profile(), pack()) is None  # it is sure enough without


def test_the_first_question_of_a_headline_is_not_the_rare_one():
    # Nothing fires, a rare answer holds many points, a usual one few.
    rules = [("c0", {"b": 100}, OLD, "documented"), ("c0", {"a": 20}, Test(*KNOWN), "documented")]
    asked = Question("only", "Only this?", "flag", PLACE)
    rare = dataclasses.replace(pack(), rules=pack_of(*rules).rules)
    rare = dataclasses.replace(
        rare, questions={**rare.questions, "only": asked}, constraints={},
        thresholds=Thresholds(known=800, either=0, clear=900),
    )  # fmt: skip
    told = recommend(Profile(), rare, samples=0)
    assert told.outcome == "too-little-known"
    assert "First answer: Only this?" in " ".join(render(told, "text").split())
    assert [each.question for each in told.explanation.open_questions] == ["only", "cpu"]
