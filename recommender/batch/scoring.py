"""Scoring of many rows at once: what `judging` does with one set of answers, in arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.judging.case import Case
from recommender.judging.outcome import outcomes_of

from .answers import AnswerReader
from .conditions import Truths

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from recommender.judging.lens import Lens
    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile


@dataclass(frozen=True, slots=True)
class Scores:
    """The results of *n* rows, in arrays of *n* whole numbers.

    `scores` has an array for each candidate, in hundredths. `outcome` are places in `OUTCOMES`,
    `best` places of candidates, `NOBODY` where none stands out. Where `odd` is true, the row was
    not scored and the other arrays mean nothing.
    """

    scores: tuple[Any, ...]
    outcome: Any
    best: Any
    odd: Any


class TableScorer:
    """Scores rows by one pack, lens and set of weights."""

    def __init__(self, pack: Pack, profile: Profile, lens: Lens, as_of: dt.date | None) -> None:
        self.pack = pack
        self.decider = Case.of(profile, pack, lens=lens, as_of=as_of).decider
        self.candidates = self.decider.candidates
        self._readers = {name: AnswerReader(each) for name, each in pack.questions.items()}
        figures = self.decider.plain
        rules = list(pack.rules.values())
        active = [index for index in range(len(rules)) if figures.active >> index & 1]
        self._rules = [rules[index].when for index in active]
        worth = [figures.worth[index] for index in active]
        # Whole numbers multiply fastest as floats, which are exact to 2**24 and to 2**53.
        small = sum(map(sum, worth)) < 1 << 24
        number: Any = np.float32 if small else np.float64
        points = np.array(worth, number).reshape(-1, len(self.candidates)).T
        self._worth = np.vstack((points, points.max(0, initial=0)))
        self._gains = np.vstack([np.maximum(points - first, 0) for first in points])
        self._constraints = [
            (each.when, list(excluded))
            for each, excluded in zip(pack.constraints.values(), figures.view.vetoes, strict=True)
        ]

    def score(self, columns: Mapping[str, Any], rows: int) -> Scores:
        """Return the scores of rows, given an Arrow array for each question that has a column."""
        answers = {name: self._readers[name].read(array) for name, array in columns.items()}
        truths = Truths(self.pack.questions, answers)
        # A row for each rule, which is 1 where it fires, or is unknown, and else 0.
        fires, unknown = np.empty((2, len(self._rules), rows), self._worth.dtype)
        for index, when in enumerate(self._rules):
            holds, _, usually = truths.of(when)
            fires[index], unknown[index] = holds, usually & ~holds
        excluded: Any = np.zeros((len(self.candidates), rows), bool)
        hanging: Any = np.zeros_like(excluded)
        for when, candidates in self._constraints:
            holds, _, usually = truths.of(when)
            excluded[candidates] |= holds
            hanging[candidates] |= usually & ~holds
        *scores, stake = _product(self._worth, fires)
        outcome, best = outcomes_of(
            scores,
            excluded,
            hanging,
            stake,
            _product(self._worth[-1:], unknown)[0],
            fires.any(0),
            lambda some: _product(self._gains, unknown[:, some]),
            self.pack.thresholds,
        )
        odd: Any = np.zeros(rows, bool)
        odd |= truths.misplaced()
        for each in answers.values():
            if each.odd is not None:
                odd |= each.odd
        return Scores(tuple(scores), outcome, best, odd)


def _product(left: Any, right: Any) -> Any:
    """Return the product of two matrices of whole numbers, on one processor, unlike `@`."""
    return np.einsum("ij,jk->ik", left, right).astype(np.int64)
