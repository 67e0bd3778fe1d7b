"""Scoring of many rows at once: what `judging` does with one set of answers, in arrays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from recommender.judging.case import Case
from recommender.judging.lens import Lens, calibration_at
from recommender.judging.outcome import NOBODY, PERMILLE, WHOLE, outcomes_of
from recommender.judging.program import bits
from recommender.judging.support import calibrated
from recommender.loading.projects import load_profile
from recommender.nouns.condition import Test, Word
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile

from .answers import MOST_CHOICES, AnswerReader, Answers, as_in_project
from .completion import Completer
from .conditions import RowTruths
from .support import parted, support_of_rows


class TableScorer:
    """Scores rows by one pack, lens and set of weights."""

    def __init__(self, pack: Pack, profile: Profile, lens: Lens, as_of: dt.date | None) -> None:
        self.pack, self.weights = pack, profile.weights
        self.lens, self.as_of = lens, as_of
        case = Case.of(profile, pack, lens=lens, as_of=as_of)
        figures = case.decider.plain
        self.candidates = case.decider.candidates
        self._readers = {name: AnswerReader(each) for name, each in pack.questions.items()}
        self._active = list(bits(figures.active))
        rules = list(pack.rules.values())
        self._rules = [rules[index].when for index in self._active]
        worth = [figures.worth[index] for index in self._active]
        # Whole numbers multiply fastest as floats, which are exact to 2**24 and to 2**53.
        small = sum(map(sum, worth)) < 1 << 24
        number: Any = np.float32 if small else np.float64
        self._worth = np.array(worth, number).reshape(-1, len(self.candidates)).T
        self._constraints = [
            (each.when, list(excluded))
            for each, excluded in zip(pack.constraints.values(), figures.view.vetoes, strict=True)
        ]
        terms = [figures.view.terms[index] for index in self._active]
        self._variances = np.array([[figures.variances[index] for index in self._active]], float)
        self._deciding = []
        for criterion in sorted({t.criterion for t in terms if t.decides}):
            some = [i for i, t in enumerate(terms) if t.decides and t.criterion == criterion]
            self._deciding.append((some, self._worth[:, some]))
        self._answers_count = case.unanswered
        self._calibration = calibration_at(pack, lens, case.day)
        # More choices than an array's numbers hold bits for: such rows are read one by one.
        self._alone = any(
            each.type == "many" and len(each.choices) > MOST_CHOICES
            for each in pack.questions.values()
        )

    @cached_property
    def completer(self) -> Completer:
        """What completes rows of answers."""
        return Completer(self.pack)

    def read(self, columns: Mapping[str, Any]) -> dict[str, Answers]:
        """Read an Arrow array for each question that has a column."""
        return {name: self._readers[name].read(array) for name, array in columns.items()}

    def case_of(self, values: Mapping[str, Any]) -> Case:
        """Read one row as a project file is read; raises `ProfileError` as that does."""
        questions = self.pack.questions
        answers = {name: as_in_project(questions[name], value) for name, value in values.items()}
        profile = load_profile({"answers": answers, "weights": self.weights}, self.pack)
        return Case.of(profile, self.pack, lens=self.lens, as_of=self.as_of)

    def score(self, answers: Mapping[str, Answers], rows: int) -> tuple[Any, Any]:
        """Return the scores of *n* rows, an array of *n* hundredths a candidate, and which are odd.

        What is odd could not be scored with the others, and nothing of its scores counts.
        """
        truths = RowTruths(self.pack.questions, answers)
        odd: Any = np.full(rows, self._alone)
        odd |= truths.misplaced()
        for each in answers.values():
            if each.odd is not None:
                odd |= each.odd
        return self.points(self.firing(truths, rows)), odd

    def decide(self, answers: Mapping[str, Answers], rows: int) -> tuple[Any, Any, Any, Any]:
        """Decide what *n* rows are advised that are not odd, in four arrays of *n* whole numbers.

        The outcome is a place in `OUTCOMES`; the best is the place of a candidate, `NOBODY` where
        all are excluded. Its support and its probability are in ten-thousandths; the latter is
        `NOBODY` where the pack's calibration does not hold.
        """
        truths = RowTruths(self.pack.questions, answers)
        applying = {
            name: Answers(each.question, each.values, each.known & truths.may_apply(name))
            for name, each in answers.items()
        }
        told = support_of_rows(self, applying, rows)
        excluded, hanging = self.excluded(truths, rows), self._hanging(truths, rows)
        top = np.max(told.shares, axis=0)
        sure = top if not self._calibration else self._probabilities[top]
        limits = self.pack.thresholds
        known = PERMILLE * limits.known
        outcome, best = outcomes_of(
            told.shares,
            excluded,
            hanging,
            self._by_what_is_known(truths, rows, excluded, told.decided),
            sure,
            self._unanswered(applying, rows),
            self._users_choose(truths, rows),
            limits,
            lambda some: self._reached(truths, answers, excluded, rows)[some],
            lambda some: told.liftable(some, known, self.completer),
        )
        support = np.where(best == NOBODY, 0, np.choose(np.maximum(best, 0), told.shares))
        lacking = (best == NOBODY) | (not self._calibration)
        return outcome, best, support, np.where(lacking, NOBODY, sure)

    @cached_property
    def _probabilities(self) -> Any:
        """The probability that belongs to each support."""
        return np.array([calibrated(self._calibration, each) for each in range(WHOLE + 1)])

    def firing(self, truths: RowTruths, rows: int) -> Any:
        """Tell which rules fire: an array of rules by rows, 1 where the rule does, and else 0."""
        fires: Any = np.empty((len(self._rules), rows), self._worth.dtype)
        for index, when in enumerate(self._rules):
            fires[index] = truths.of(when)[0]
        return fires

    def points(self, fires: Any) -> Any:
        """Add up the score of each candidate, in hundredths."""
        return _product(self._worth, fires)

    def noise(self, fires: Any) -> Any:
        """Add up the variance of the difference of two scores."""
        return _product(self._variances, fires)[0]

    def deciding(self, fires: Any) -> list[Any]:
        """Add up what the deciding reasons of each criterion earn each candidate."""
        return [_product(worth, fires[some]) for some, worth in self._deciding]

    def excluded(self, truths: RowTruths, rows: int) -> Any:
        """Tell of each candidate in which rows a constraint excludes it."""
        return self._constrained(rows, [truths.of(when)[0] for when, _ in self._constraints])

    def _hanging(self, truths: RowTruths, rows: int) -> Any:
        """Tell of each candidate in which rows a constraint may, unless an answer is rare."""
        told = [truths.of(when) for when, _ in self._constraints]
        return self._constrained(rows, [usually & ~holds for holds, _, usually in told])

    def _constrained(self, rows: int, held: list[Any]) -> Any:
        found: Any = np.zeros((len(self.candidates), rows), bool)
        for (_, candidates), each in zip(self._constraints, held, strict=True):
            found[candidates] |= each
        return found

    def _by_what_is_known(self, truths: RowTruths, rows: int, excluded: Any, decided: Any) -> Any:
        """Return in what share something decides; of portable code, by what is known alone."""
        portable = self.pack.planning.portable
        if portable is None:
            return decided
        known = parted(self, self.firing(truths, rows), excluded)
        return np.where(truths.of(portable.when)[0], WHOLE * known, decided)

    def _unanswered(self, answers: Mapping[str, Answers], rows: int) -> Any:
        """Tell which rows answer not one question, though something hangs on an answer."""
        found: Any = np.full(rows, self._answers_count)
        for each in answers.values():
            found &= ~each.known
        return found

    def _users_choose(self, truths: RowTruths, rows: int) -> Any:
        """Tell which rows leave the choice to their users."""
        found: Any = np.zeros(rows, bool)
        if self.pack.users_choose is not None:
            found |= truths.of(self.pack.users_choose)[0]
        return found

    def _reached(
        self, truths: RowTruths, answers: Mapping[str, Answers], excluded: Any, rows: int
    ) -> Any:
        """Tell in which rows every survivor has a usable way to every target (`judging.routes`)."""
        pack = self.pack
        ways: dict[tuple[str, str], Any] = {}
        for route in pack.routes:
            if route.maturity == "retired":
                continue
            usable = np.True_ if route.when is None else truths.of(route.when)[1]
            if route.delivers:
                named = _names(answers, pack.formats, rows, route.delivers)
                usable = usable & (named | ~_names(answers, pack.formats, rows, None))
            key = (route.candidate, route.target)
            ways[key] = ways.get(key, np.False_) | usable
        found: Any = np.ones(rows, bool)
        for target in {route.target for route in pack.routes}:
            asked = _names(answers, pack.targets, rows, (target,))
            for j, name in enumerate(self.candidates):
                found &= ~asked | excluded[j] | ways.get((name, target), np.False_)
        return found


def _names(
    answers: Mapping[str, Answers], question: str, rows: int, options: tuple[str, ...] | None
) -> Any:
    """Tell in which rows the answer to a question names one of some options, or any at all."""
    given = answers.get(question)
    if given is None:
        return np.zeros(rows, bool)
    if options is None:
        return given.known & given.says_yes()
    word: Word = "includes" if given.question.type == "many" else "one_of"
    known = tuple(each for each in options if each in given.question.choices)
    return given.known & given.passes(Test(question, word, known))


def _product(left: Any, right: Any) -> Any:
    """Return the product of two matrices of whole numbers, on one processor, unlike `@`."""
    return np.einsum("ij,jk->ik", left, right).astype(np.int64)
