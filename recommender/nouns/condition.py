"""Conditions: plain data that is true, false or unknown of a project's answers.

Truth is Kleene's strong three-valued logic (S. C. Kleene, Introduction to Metamathematics, 1952,
section 64), written `True`, `False` and `None`. Negation is pushed down to the tests when a
condition is built (De Morgan), so a condition is only ever *all*, *any* or a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain, product
from operator import ge, le, methodcaller, not_
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from .errors import Place

Answer: TypeAlias = str | bool | int | float | frozenset[str]
Truth: TypeAlias = bool | None
State: TypeAlias = Literal["fires", "silent", "unknown"]
Word: TypeAlias = Literal["one_of", "includes", "includes_all", "none", "at_least", "at_most"]

CLAUSE_LIMIT = 512
"""Alternatives of one condition."""

TEST_LIMIT = 5000
"""Tests in all the alternatives of one condition together."""


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison of the answer to one question with fixed values.

    >>> Test("goal", "one_of", ("research",)).of("product")
    False
    >>> Test("targets", "includes", ("ios",), negated=True).of(frozenset({"server"}))
    True
    """

    question: str
    word: Word
    values: tuple[str | bool | int | float, ...] = ()
    negated: bool = False

    __test__ = False  # the name is the field's; pytest must not collect it

    def of(self, answer: Answer) -> bool:
        """Return whether a known answer passes."""
        judge, passing = self.judge()
        return judge(answer) is passing

    def judge(self) -> tuple[Callable[[Any], bool], bool]:
        """Return a predicate of answers, and the result it has for those that pass.

        >>> judge, passing = Test("cups", "at_least", (3,), negated=True).judge()
        >>> [judge(answer) is passing for answer in (2, 3)]
        [True, False]
        """
        judge, passing = _JUDGES[self.word](self.values)
        return judge, passing is not self.negated

    def halfway(self, kept: frozenset[str], open_: frozenset[str]) -> Truth:
        """Return the truth for a `many` answer that has `kept` and may have some of `open_`.

        >>> Test("targets", "includes", ("ios",)).halfway(frozenset(), frozenset({"ios"})) is None
        True
        """
        # Each word only ever changes its truth once as options are added.
        least, most = self.of(kept), self.of(kept | open_)
        return least if least is most else None


@dataclass(frozen=True, slots=True)
class All:
    """A condition that holds if every part holds; `All(())` always holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A condition that holds if at least one part holds; `AnyOf(())` never holds."""

    parts: tuple[Condition, ...]


class RuleTest(NamedTuple):
    """One test of a condition: given these answers, expect this state."""

    given: Mapping[str, Answer]
    expect: State
    place: Place


Condition: TypeAlias = Test | All | AnyOf
ALWAYS = All(())
NEVER = AnyOf(())

# Functions in C, which are called for every answer that a pack knows; and what they give where the
# answer passes.
_JUDGES: dict[str, Callable[[Any], tuple[Callable[[Any], bool], bool]]] = {
    "one_of": lambda values: (values.__contains__, True),
    "includes": lambda values: (methodcaller("isdisjoint", values), False),
    "includes_all": lambda values: (methodcaller("issuperset", values), True),
    "none": lambda _: (not_, True),
    "at_least": lambda values: (partial(le, values[0]), True),
    "at_most": lambda values: (partial(ge, values[0]), True),
}


def negate(condition: Condition) -> Condition:
    """Return the condition that holds where this one fails.

    >>> negate(All((Test("a", "one_of", (1,)), AnyOf(()))))  # doctest: +ELLIPSIS
    AnyOf(parts=(Test(question='a', ..., negated=True), All(parts=())))
    """
    if isinstance(condition, Test):
        tested = condition.question, condition.word, condition.values
        return Test(*tested, negated=not condition.negated)
    parts = tuple(negate(part) for part in condition.parts)
    return AnyOf(parts) if isinstance(condition, All) else All(parts)


def holds(
    condition: Condition, answers: Mapping[str, Answer], inapplicable: Collection[str] = ()
) -> Truth:
    """Return the truth of a condition: `True`, `False`, or `None` if the answers leave it open.

    A question missing from `answers` is unknown. A test on an `inapplicable` question fails,
    negated or not: what needs an answer that cannot exist does not hold.

    >>> holds(AnyOf((Test("a", "one_of", (1,)), Test("b", "one_of", (2,)))), {"a": 0}) is None
    True
    """
    if isinstance(condition, Test):
        if condition.question in inapplicable:
            return False
        answer = answers.get(condition.question)
        return None if answer is None else condition.of(answer)
    decisive = isinstance(condition, AnyOf)
    truth: Truth = not decisive
    for part in condition.parts:
        seen = holds(part, answers, inapplicable)
        if seen is decisive:
            return decisive
        if seen is None:
            truth = None
    return truth


def tests(condition: Condition) -> Iterator[Test]:
    """Yield every test of a condition, in the order written."""
    if isinstance(condition, Test):
        yield condition
    else:
        for part in condition.parts:
            yield from tests(part)


def reads(condition: Condition) -> tuple[str, ...]:
    """Return the questions that a condition reads, in the order written, each once.

    >>> reads(All((Test("b", "none"), Test("a", "none"), Test("b", "none"))))
    ('b', 'a')
    """
    return tuple(dict.fromkeys(test.question for test in tests(condition)))


def clauses(condition: Condition) -> list[tuple[Test, ...]]:
    """Return a condition as alternatives of plain conjunctions (disjunctive normal form).

    Distribution keeps Kleene's truth unchanged, so nothing is simplified away. Raises
    `ValueError` past `CLAUSE_LIMIT` alternatives or `TEST_LIMIT` tests, before building any.

    >>> a, b, c = (Test(q, "none") for q in "abc")
    >>> [[t.question for t in clause] for clause in clauses(All((a, AnyOf((b, c)))))]
    [['a', 'b'], ['a', 'c']]
    """
    check_extent(condition)
    return list(_clauses(condition))


def check_extent(condition: Condition) -> None:
    """Raise `ValueError` if a condition is too large to be compiled."""
    alternatives, length = extent(condition)
    if alternatives > CLAUSE_LIMIT:
        raise ValueError(f"a condition of more than {CLAUSE_LIMIT} alternatives")
    if length > TEST_LIMIT:
        raise ValueError(f"a condition of more than {TEST_LIMIT:,} tests, written out")


def extent(condition: Condition) -> tuple[int, int]:
    """Return how many alternatives a condition has, and how many tests are in them all.

    >>> a, b, c = (Test(q, "none") for q in "abc")
    >>> extent(All((a, AnyOf((b, c)))))
    (2, 4)
    """
    if isinstance(condition, Test):
        return 1, 1
    parts = [extent(part) for part in condition.parts]
    if isinstance(condition, AnyOf):
        return sum(count for count, _ in parts), sum(length for _, length in parts)
    alternatives, length = 1, 0
    for count, each in parts:
        alternatives, length = alternatives * count, length * count + each * alternatives
    return alternatives, length


def _clauses(condition: Condition) -> Iterator[tuple[Test, ...]]:
    if isinstance(condition, Test):
        yield (condition,)
    elif isinstance(condition, AnyOf):
        for part in condition.parts:
            yield from _clauses(part)
    else:
        for choice in product(*map(_clauses, condition.parts)):
            yield tuple(chain.from_iterable(choice))
