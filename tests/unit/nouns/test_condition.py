"""Conditions: Kleene's three-valued truth, word for word."""

from __future__ import annotations

from itertools import chain, combinations, product

import pytest

from recommender.nouns import condition as conditions
from recommender.nouns.condition import (  # fmt: skip
    ALWAYS,
    CLAUSE_LIMIT,
    TEST_LIMIT,
    All,
    AnyOf,
    Test,
    check_extent,
    clauses,
    extent,
    holds,
    negate,
    reads,
)

NEVER = AnyOf(())
A, B = Test("a", "one_of", (True,)), Test("b", "one_of", (True,))


@pytest.mark.parametrize(
    ("test", "answer", "passes"),
    [
        (Test("q", "one_of", ("x", "y")), "x", True),
        (Test("q", "one_of", ("x", "y")), "z", False),
        (Test("q", "one_of", (0,)), 0, True),
        (Test("q", "includes", ("x", "y")), frozenset("xz"), True),
        (Test("q", "includes", ("x", "y")), frozenset("z"), False),
        (Test("q", "includes", ("x",)), frozenset(), False),
        (Test("q", "includes_all", ("x", "y")), frozenset("xyz"), True),
        (Test("q", "includes_all", ("x", "y")), frozenset("x"), False),
        (Test("q", "none"), frozenset(), True),
        (Test("q", "none"), frozenset("x"), False),
        (Test("q", "at_least", (3,)), 3, True),
        (Test("q", "at_least", (3,)), 2.9, False),
        (Test("q", "at_most", (3,)), 3, True),
        (Test("q", "at_most", (3,)), 3.1, False),
    ],
)
def test_a_word_compares_and_not_turns_it_round(test, answer, passes):
    assert test.of(answer) is passes
    assert negate(test).of(answer) is not passes


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, None, None, None),
    ],
)
def test_and_and_or_follow_kleenes_tables(left, right, both, either):
    for one, two in ((left, right), (right, left)):
        answers = {name: truth for name, truth in (("a", one), ("b", two)) if truth is not None}
        assert holds(All((A, B)), answers) is both
        assert holds(AnyOf((A, B)), answers) is either


def test_not_of_unknown_is_unknown():
    assert holds(negate(A), {}) is None
    assert holds(negate(All((A, B))), {"a": True}) is None
    assert holds(negate(All((A, B))), {"a": False}) is True


def test_nothing_written_always_holds_and_its_negation_never():
    assert holds(ALWAYS, {}) is True
    assert holds(negate(ALWAYS), {}) is False
    assert negate(NEVER) == ALWAYS


@pytest.mark.parametrize("answers", [{}, {"a": True}, {"a": False}])
def test_a_question_that_does_not_apply_fails_every_test_negated_or_not(answers):
    for condition in (A, negate(A), All((A,)), negate(All((A, A)))):
        assert holds(condition, answers, {"a"}) is False
    assert holds(AnyOf((A, B)), {"b": True}, {"a"}) is True


def test_an_empty_list_is_an_answer_and_no_answer_is_not():
    none = Test("a", "none")
    assert (holds(none, {"a": frozenset()}), holds(none, {})) == (True, None)


def test_what_a_condition_reads_is_told_once_in_the_order_written():
    condition = All((B, AnyOf((A, negate(B)))))
    assert reads(condition) == ("b", "a")
    assert [test.question for test in conditions.tests(condition)] == ["b", "a", "b"]


def test_clauses_distribute_and_keep_their_order():
    assert clauses(ALWAYS) == [()]
    assert clauses(NEVER) == []
    assert clauses(All((A, NEVER))) == []
    assert clauses(All((AnyOf((A, B)), AnyOf((B, A))))) == list(product((A, B), (B, A)))


def test_a_condition_of_too_many_alternatives_is_refused_before_it_costs():
    doubling = All(tuple(AnyOf((A, B)) for _ in range(60)))
    with pytest.raises(ValueError, match="more than 512 alternatives"):
        clauses(doubling)
    assert len(clauses(AnyOf((A,) * CLAUSE_LIMIT))) == CLAUSE_LIMIT
    with pytest.raises(ValueError, match="more than 512"):
        clauses(AnyOf((A,) * (CLAUSE_LIMIT + 1)))


OPTIONS = ("a", "b", "c")
ONE, TWO, THREE = (Test(name, "none") for name in OPTIONS)


def subsets(options):
    return [
        frozenset(s)
        for s in chain.from_iterable(
            combinations(sorted(options), n) for n in range(len(options) + 1)
        )
    ]


@pytest.mark.parametrize("negated", [False, True])
@pytest.mark.parametrize(
    ("word", "values"),
    [("none", ()), ("includes", ("a",)), ("includes", ("a", "b")), ("includes_all", ("a", "b"))],
)
def test_half_an_answer_says_what_all_its_completions_say(word, values, negated):
    test = Test("q", word, values, negated)
    for kept in subsets(OPTIONS):
        for open_ in subsets(frozenset(OPTIONS) - kept):
            whole = {test.of(kept | more) for more in subsets(open_)}
            assert test.halfway(kept, open_) is (whole.pop() if len(whole) == 1 else None)


@pytest.mark.parametrize(
    ("condition", "alternatives", "length"),
    [
        (ONE, 1, 1),
        (All(()), 1, 0),
        (AnyOf(()), 0, 0),
        (AnyOf((ONE, TWO, THREE)), 3, 3),
        (All((ONE, TWO, THREE)), 1, 3),
        (All((AnyOf((ONE, TWO)), AnyOf((ONE, TWO, THREE)))), 6, 12),
        (All((AnyOf((ONE, All((TWO, THREE)))), THREE, AnyOf((TWO, THREE)))), 4, 14),
        (All((ONE, AnyOf(()))), 0, 0),
    ],
)
def test_the_extent_is_that_of_what_is_written_out(condition, alternatives, length):
    assert extent(condition) == (alternatives, length)
    written = clauses(condition)
    assert (len(written), sum(map(len, written))) == (alternatives, length)


def test_as_many_alternatives_as_are_allowed():
    assert CLAUSE_LIMIT == 512
    assert len(clauses(AnyOf((ONE,) * CLAUSE_LIMIT))) == CLAUSE_LIMIT
    with pytest.raises(ValueError, match="more than 512 alternatives"):
        check_extent(AnyOf((ONE,) * (CLAUSE_LIMIT + 1)))


def test_as_many_tests_as_are_allowed():
    assert TEST_LIMIT == 5000
    assert len(clauses(All((ONE,) * TEST_LIMIT))[0]) == TEST_LIMIT
    with pytest.raises(ValueError, match="more than 5,000 tests"):
        check_extent(All((ONE,) * (TEST_LIMIT + 1)))
