"""Conditions over many rows: Kleene's three-valued logic in arrays of bools.

The truth of a condition in *n* rows is three arrays: where it holds, where it may hold (which
includes where it does), and where it may without a rare answer to an open question. It is unknown
where it may and does not. An array of one truth for all rows stands in as a plain bool.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from recommender.nouns.condition import AnyOf, Condition, Test

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recommender.nouns.question import Question

    from .answers import Answers

Truth: TypeAlias = tuple[Any, Any, Any]


class RowTruths:
    """The truth of a pack's conditions in some rows, given their answers."""

    def __init__(self, questions: Mapping[str, Question], answers: Mapping[str, Answers]) -> None:
        self._questions = questions
        self._answers = answers
        self._tests: dict[Test, Truth] = {}
        self._applies: dict[str, tuple[Any, Any]] = {}

    def of(self, condition: Condition) -> Truth:
        """Return where the condition holds, where it may hold, and where it usually may."""
        if isinstance(condition, Test):
            found = self._tests.get(condition)
            if found is None:
                found = self._tests[condition] = self._tested(condition)
            return found
        either = isinstance(condition, AnyOf)
        if not condition.parts:
            return (np.False_,) * 3 if either else (np.True_,) * 3
        join = or_ if either else and_
        parts = [self.of(part) for part in condition.parts]
        holds, may, usually = zip(*parts, strict=True)
        possible = reduce(join, may)
        surely = possible if _same(holds, may) else reduce(join, holds)
        return surely, possible, possible if _same(may, usually) else reduce(join, usually)

    def _tested(self, test: Test) -> Truth:
        question, answers = self._questions[test.question], self._answers.get(test.question)
        rarely = question.only_rarely(test)
        applies, usually = self._applies_to(test.question)
        if answers is None:
            return np.False_, applies, np.False_ if rarely else usually
        passes = answers.passes(test)
        if answers.known is np.True_:
            holds = passes if question.when is None else passes & applies
            return holds, holds, holds
        holds, may = passes & answers.known, passes | ~answers.known
        usual = holds if rarely else may
        if question.when is None:
            return holds, may, usual
        may &= applies
        same = usually is applies and not rarely
        return holds & applies, may, may if same else usual & usually

    def may_apply(self, name: str) -> Any:
        """Return where other answers do not rule a question out; its tests fail elsewhere."""
        return self._applies_to(name)[0]

    def _applies_to(self, name: str) -> tuple[Any, Any]:
        """Return where a question is not ruled out, and where it is not without a rare answer."""
        when = self._questions[name].when
        if when is None:
            return np.True_, np.True_
        if name not in self._applies:
            _, may, usually = self.of(when)
            self._applies[name] = may, usually
        return self._applies[name]

    def misplaced(self) -> Any:
        """Return where a question that does not apply has an answer other than "no"."""
        found = [
            each.says_yes() & ~self.may_apply(name)
            for name, each in self._answers.items()
            if each.question.when is not None
        ]
        return reduce(or_, found, np.False_)


def _same(some: Sequence[Any], others: Sequence[Any]) -> bool:
    """Tell whether arrays are the very same, so that they are joined but once."""
    return all(one is other for one, other in zip(some, others, strict=True))
