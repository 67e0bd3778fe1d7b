"""Conditions over many rows: Kleene's three-valued logic in arrays of bools.

The truth of a condition in *n* rows is a pair of arrays: where it holds, and where it may hold
(which includes where it does). It is unknown where it may and does not. An array of one truth for
all rows stands in as a plain bool.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from recommender.nouns.condition import AnyOf, Test

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recommender.nouns.condition import Condition
    from recommender.nouns.pack import Question

    from .answers import Answers

Truth: TypeAlias = tuple[Any, Any]


class Truths:
    """The truths of a pack's conditions in some rows, given what these answer."""

    def __init__(self, questions: Mapping[str, Question], answers: Mapping[str, Answers]) -> None:
        self._questions = questions
        self._answers = answers
        self._tests: dict[Test, Truth] = {}
        self._applies: dict[str, Any] = {}

    def of(self, condition: Condition) -> Truth:
        """Tell where the condition holds, and where it may hold."""
        if isinstance(condition, Test):
            found = self._tests.get(condition)
            if found is None:
                found = self._tests[condition] = self._tested(condition)
            return found
        either = isinstance(condition, AnyOf)
        if not condition.parts:
            return (np.False_, np.False_) if either else (np.True_, np.True_)
        join = or_ if either else and_
        parts = [self.of(part) for part in condition.parts]
        return reduce(join, [holds for holds, _ in parts]), reduce(join, [may for _, may in parts])

    def _tested(self, test: Test) -> Truth:
        answers = self._answers.get(test.question)
        if answers is None:
            return np.False_, self.may_apply(test.question)
        passes = answers.passes(test)
        holds, may = passes & answers.known, passes | ~answers.known
        if self._questions[test.question].when is None:
            return holds, may
        applies = self.may_apply(test.question)
        return holds & applies, may & applies

    def may_apply(self, name: str) -> Any:
        """Tell where a question is not ruled out by other answers; tests of it fail elsewhere."""
        when = self._questions[name].when
        if when is None:
            return np.True_
        if name not in self._applies:
            self._applies[name] = self.of(when)[1]
        return self._applies[name]

    def misplaced(self) -> Any:
        """Tell where a question is answered, other than by "no", that is ruled out."""
        found = [
            each.says_yes() & ~self.may_apply(name)
            for name, each in self._answers.items()
            if each.question.when is not None
        ]
        return reduce(or_, found, np.False_)
