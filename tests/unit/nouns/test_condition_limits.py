"""Conditions half answered, and as large as they may be."""

from itertools import chain, combinations

import pytest

from recommender.nouns.condition import (
    CLAUSE_LIMIT,
    TEST_LIMIT,
    All,
    AnyOf,
    Test,
    check_extent,
    clauses,
    extent,
)

OPTIONS = ("a", "b", "c")
A, B, C = (Test(name, "none") for name in OPTIONS)


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
        (A, 1, 1),
        (All(()), 1, 0),
        (AnyOf(()), 0, 0),
        (AnyOf((A, B, C)), 3, 3),
        (All((A, B, C)), 1, 3),
        (All((AnyOf((A, B)), AnyOf((A, B, C)))), 6, 12),
        (All((AnyOf((A, All((B, C)))), C, AnyOf((B, C)))), 4, 14),
        (All((A, AnyOf(()))), 0, 0),
    ],
)
def test_the_extent_is_that_of_what_is_written_out(condition, alternatives, length):
    assert extent(condition) == (alternatives, length)
    written = clauses(condition)
    assert (len(written), sum(map(len, written))) == (alternatives, length)


def test_as_many_alternatives_as_are_allowed():
    assert CLAUSE_LIMIT == 512
    assert len(clauses(AnyOf((A,) * CLAUSE_LIMIT))) == CLAUSE_LIMIT
    with pytest.raises(ValueError, match="more than 512 alternatives"):
        check_extent(AnyOf((A,) * (CLAUSE_LIMIT + 1)))


def test_as_many_tests_as_are_allowed():
    assert TEST_LIMIT == 5000
    assert len(clauses(All((A,) * TEST_LIMIT))[0]) == TEST_LIMIT
    with pytest.raises(ValueError, match="more than 5,000 tests"):
        check_extent(All((A,) * (TEST_LIMIT + 1)))
