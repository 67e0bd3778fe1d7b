"""Scoring many rows at once: what `judging` does with one set of answers, in arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from recommender.judging.decision import Decider
from recommender.judging.scoring import OUTCOMES

from .answers import AnswerReader
from .conditions import Truths

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from recommender.judging.lens import Lens
    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile

PERMILLE = 1000
CLEAR, CLOSE, TIE, NO_SURVIVOR, LITTLE = map(
    OUTCOMES.index, ("clear", "close", "tie", "no-survivor", "too-little-known")
)


class Scores(NamedTuple):
    """What *n* rows come to, for *c* candidates.

    `scores`, of shape (c, n), in hundredths; `outcome`, the place in `OUTCOMES`; `best`, the place
    of the candidate, or *c* where none stands out; `odd`, true where nothing of this counts since
    the row has to be read by itself.
    """

    scores: Any
    outcome: Any
    best: Any
    odd: Any

    @classmethod
    def empty(cls, candidates: int, rows: int) -> Scores:
        """Arrays to fill, of so many rows."""
        scores: Any = np.empty((candidates, rows), np.int32)
        named: Any = np.empty((2, rows), np.int8)
        return cls(scores, named[0], named[1], np.zeros(rows, bool))


class TableScorer:
    """Scores rows by one pack, lens and set of weights."""

    def __init__(self, pack: Pack, profile: Profile, lens: Lens, as_of: dt.date | None) -> None:
        self.pack = pack
        self.decider = Decider(profile, pack, lens=lens, as_of=as_of)
        self.candidates = self.decider.candidates
        self._readers = {name: AnswerReader(each) for name, each in pack.questions.items()}
        figures, count = self.decider.plain, len(self.candidates)
        active = [i for i in range(len(pack.rules)) if figures.active >> i & 1]
        rules = list(pack.rules.values())
        self._rules = [rules[index].when for index in active]
        worth = [figures.worth[index] for index in active]
        # Sums of whole numbers are exact in floats, which multiply fastest, up to 2**24 or 2**53.
        small = sum(map(sum, worth)) < 1 << 24
        self._worth = np.array(worth, np.float32 if small else np.float64).reshape(-1, count)
        stakes, ones = self._worth.max(1, initial=0), np.ones_like(self._worth[:, 0])
        self._sums = np.vstack((self._worth.T, stakes, ones))
        self._constraints = [
            (each.when, list(vetoed))
            for each, vetoed in zip(pack.constraints.values(), figures.view.vetoes, strict=True)
        ]

    def score(self, columns: Mapping[str, Any], found: Scores, start: int, stop: int) -> None:
        """Score rows, given each question's Arrow array, into a part of `found`."""
        part = slice(start, stop)
        answers = {name: self._readers[name].read(array) for name, array in columns.items()}
        truths = Truths(self.pack.questions, answers)
        rows, count = stop - start, len(self.candidates)
        fires, unknown = np.empty((2, len(self._rules), rows), self._sums.dtype)
        for index, when in enumerate(self._rules):
            holds, may = truths.of(when)
            fires[index], unknown[index] = holds, holds ^ may
        vetoed, hanging = np.zeros((2, count, rows), bool)
        for when, candidates in self._constraints:
            holds, may = truths.of(when)
            for column in candidates:
                vetoed[column] |= holds
                hanging[column] |= may & ~holds
        *scores, stake, speaks = (np.einsum("ij,jk->ik", self._sums, fires)).astype(np.float64)
        found.scores[:, part] = scores
        found.outcome[part], found.best[part] = self._outcomes(
            np.where(vetoed, -1.0, scores), stake, speaks, hanging, unknown
        )
        found.odd[part] = truths.misplaced()
        for each in answers.values():
            if each.odd is not None:
                found.odd[part] |= each.odd

    def _outcomes(
        self, standing: Any, stake: Any, speaks: Any, hanging: Any, unknown: Any
    ) -> tuple[Any, Any]:
        """The outcome of each row and who is best, by the rule of `scoring`."""
        limits, rows = self.pack.thresholds, np.arange(len(stake))
        first = standing.argmax(0)
        top = standing[first, rows]
        rest = standing.copy()
        rest[first, rows] = -1
        second = rest.max(0)
        beside, margin = second >= 0, (top - second) * PERMILLE
        outcome = np.where(hanging[first, rows], CLOSE, CLEAR)
        outcome[beside & (margin <= limits.close * stake)] = CLOSE
        outcome[beside & (margin <= limits.tie * stake)] = TIE
        outcome[speaks == 0] = LITTLE
        open_stake = np.einsum("j,jk->k", self._sums[-2], unknown).astype(np.float64)
        heavy = beside & (open_stake * PERMILLE > limits.unknown * (stake + open_stake))
        for ahead, worth in enumerate(self._worth.T):
            some = np.flatnonzero(heavy & (first == ahead))
            gains = np.maximum(self._worth.T - worth, 0) @ unknown[:, some]
            turns = (gains > top[some] - standing[:, some]) & (standing[:, some] >= 0)
            outcome[some[turns.any(0)]] = LITTLE
        outcome[top < 0] = NO_SURVIVOR
        return outcome, np.where(outcome <= CLOSE, first, len(standing))
