"""Verdicts: scores, outcome and winner of many rows at once, in the integers of `scoring`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from recommender.decision import Decider
from recommender.lens import view
from recommender.profile import Profile
from recommender.scoring import OUTCOMES

from .sums import PackedSums
from .tables import HALF, Layout, groups_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from recommender.lens import Lens
    from recommender.pack import Pack

    from .columns import Column

CHUNK = 1 << 13
"""Rows that are taken through all steps together: their words stay in the cache."""

CLEAR, CLOSE, TIE, NO_SURVIVOR, LITTLE = map(
    OUTCOMES.index, ("clear", "close", "tie", "no-survivor", "too-little-known")
)
PERMILLE = 1000


class Verdicts(NamedTuple):
    """Hold a column an array: scores a row a candidate, outcome by its place in `OUTCOMES`.

    `best` is a candidate's place, or the number of candidates where none stands out. Nothing is
    said of rows in `odd`.
    """

    scores: Any
    outcome: Any
    best: Any
    odd: Any


class Judge:
    """Judge rows of one pack through one lens."""

    def __init__(self, pack: Pack, lens: Lens, as_of: dt.date | None) -> None:
        self.pack = pack
        seen = view(pack, lens, as_of)
        self.decider = Decider(Profile(), pack, lens=lens, as_of=as_of)
        self.candidates = seen.candidates
        rules = list(pack.rules.values())
        active = [i for i in range(len(rules)) if seen.active >> i & 1]
        constraints = list(pack.constraints.values())
        gated = [q for q in pack.questions.values() if q.when is not None]
        conditions = [rules[i].when for i in active]
        conditions += [each.when for each in constraints]
        conditions += [question.when for question in gated if question.when is not None]
        self._layout = layout = Layout(conditions, flags=1 + len(gated))
        self._odd = layout.flags[0]
        self._answered = {q.id: layout.flags[1 + i] for i, q in enumerate(gated)}
        first_gate = len(active) + len(constraints)
        self._gates = [
            (layout.spots[first_gate + i], self._answered[q.id], layout.readers(q.id))
            for i, q in enumerate(gated)
        ]
        worth = []
        for i in active:
            term = seen.terms[i]
            factor = seen.weights[term.criterion] * term.weight
            worth.append(tuple(factor * share for share in term.favors))
        self._tabulate(worth, seen.vetoes)

    def _tabulate(self, worth: list[tuple[int, ...]], vetoes: tuple[tuple[int, ...], ...]) -> None:
        count, layout = len(self.candidates), self._layout
        pairs = [(a, b) for a in range(count) for b in range(count) if a != b]
        earned = [[[0] * (2 * count + 1) for _ in range(HALF)] for _ in layout.folds]
        pending = [[[0] * (count + 1) for _ in range(HALF)] for _ in layout.folds]
        gains = [[[0] * len(pairs) for _ in range(HALF)] for _ in layout.folds]
        self._speaking = [0] * len(layout.folds)
        for row, spot in zip(worth, layout.spots, strict=False):
            stake = max(row, default=0)
            earned[spot.word][spot.bit][: count + 1] = [*row, stake]
            pending[spot.word][spot.bit][0] = stake
            gains[spot.word][spot.bit] = [max(0, row[b] - row[a]) for a, b in pairs]
            self._speaking[spot.word] |= 1 << spot.bit
        for columns, spot in zip(vetoes, layout.spots[len(worth) :], strict=False):
            for column in columns:
                earned[spot.word][spot.bit][count + 1 + column] = 1
                pending[spot.word][spot.bit][1 + column] = 1
        self._pairs = {pair: index for index, pair in enumerate(pairs)}
        self._earned = PackedSums(earned, 2 * count + 1)
        self._pending = PackedSums(pending, count + 1)
        self._gains = PackedSums(gains, len(pairs))

    def breaks(self, question: str) -> list[float]:
        """List the numbers that conditions compare the answer to a number question with."""
        if self.pack.questions[question].type != "number":
            return []
        tests = self._layout.tests.get(question, ())
        return [float(value) for _, _, test in tests for value in test.values]

    def prepared(self, columns: Mapping[str, Column]) -> list[tuple[list[tuple[Any, int]], Any]]:
        """Make the tables for a table's columns: by group, the codes and sizes, and the words."""
        found = []
        for members in groups_of({name: column.size for name, column in columns.items()}):
            table, steps = None, []
            for name in members:
                column = columns[name]
                question = self.pack.questions[name]
                answered = self._answered.get(name)
                entries = self._layout.entries(question, column, self._odd, answered)
                steps.append((column.codes, column.size))
                table = entries if table is None else [
                    np.bitwise_and.outer(before, entry).ravel()
                    for before, entry in zip(table, entries, strict=True)
                ]  # fmt: skip
            found.append((steps, table))
        return found

    def absent(self, columns: Mapping[str, Column]) -> list[int]:
        """Give, word by word, what stands where the questions without a column are unknown."""
        state = list(self._layout.start)
        for name in self.pack.questions:
            if name in columns:
                continue
            for word, bit, _ in self._layout.tests.get(name, ()):
                state[word] &= ~(1 << bit)
            if name in self._answered:
                spot = self._answered[name]
                state[spot.word] &= ~spot.mask
        return state

    def judge(self, prepared: list[Any], start: list[int], rows: slice) -> Verdicts:
        """Judge a few rows."""
        words = self._state(prepared, start, rows)
        odd = (words[self._odd.word] & np.uint64(self._odd.mask)) == 0
        for gate, answered, readers in self._gates:
            closed = (words[gate.word] & np.uint64(gate.mask << HALF)) == 0
            if closed.any():
                odd |= closed & ((words[answered.word] & np.uint64(answered.mask)) != 0)
                for word, mask in enumerate(readers):
                    if mask:
                        words[word] &= ~(closed.astype(np.uint64) * np.uint64(mask))
        for word, folds in enumerate(self._layout.folds):
            for shift, mask in reversed(folds):
                words[word] |= (words[word] >> np.uint64(shift)) & np.uint64(mask)
        return self._decided(words, odd)

    def _state(self, prepared: list[Any], start: list[int], rows: slice) -> list[Any]:
        count = rows.stop - rows.start
        words: list[Any] = [np.full(count, mask & (1 << 64) - 1, np.uint64) for mask in start]
        index: Any = np.empty(count, np.int64)
        narrow: Any = np.empty(count, np.int16)
        looked: Any = np.empty(count, np.uint64)
        for steps, tables in prepared:
            codes, _ = steps[0]
            if len(steps) == 1:
                index[:] = codes[rows]
            else:  # a group of several has few codes, and small numbers add up faster
                narrow[:] = codes[rows]
                for codes, size in steps[1:]:
                    np.multiply(narrow, size, out=narrow)
                    np.add(narrow, codes[rows], out=narrow, casting="unsafe")
                index[:] = narrow
            for word, table in zip(words, tables, strict=True):
                np.take(table, index, out=looked, mode="clip")
                np.bitwise_and(word, looked, out=word)
        return words

    def _decided(self, words: list[Any], odd: Any) -> Verdicts:
        """Take the outcomes in the order of `scoring`."""
        count, limits = len(self.candidates), self.pack.thresholds
        sums = self._earned.over(words)
        scores, stake, vetoes = sums[:count], sums[count], sums[count + 1 :]
        open_ = [(word >> np.uint64(HALF)) & ~word for word in words]
        unknown_stake, *hanging = self._pending.over(open_)
        standing = [
            np.where(veto == 0, score, -1) for score, veto in zip(scores, vetoes, strict=True)
        ]
        top, second, first = _podium(standing)
        speaks: Any = np.zeros(len(stake), bool)
        for word, mask in zip(words, self._speaking, strict=True):
            if mask:
                speaks |= (word & np.uint64(mask)) != 0
        margin = (top - second) * PERMILLE
        hangs: Any = np.zeros(len(stake), bool)
        for index, each in enumerate(hanging):
            hangs |= (each != 0) & (first == index)
        alone = second < 0
        outcome = np.where(
            hangs | (~alone & (margin <= limits.close * stake)), CLOSE, CLEAR
        ).astype(np.int8)
        outcome[~alone & (margin <= limits.tie * stake)] = TIE
        heavy = unknown_stake * PERMILLE > limits.unknown * (stake + unknown_stake)
        heavy[heavy] = self._reversible(open_, standing, top, first, np.flatnonzero(heavy))
        outcome[~speaks | heavy] = LITTLE
        outcome[top < 0] = NO_SURVIVOR
        best = np.where(outcome <= CLOSE, first, count).astype(np.int8)
        return Verdicts(scores, outcome, best, odd)

    def _reversible(
        self, open_: list[Any], standing: list[Any], top: Any, first: Any, rows: Any
    ) -> Any:
        """Tell for some rows whether the unknown rules could carry another past the first."""
        found: Any = np.zeros(len(rows), bool)
        if not len(rows):
            return found
        gains = self._gains.over([word[rows] for word in open_])
        ahead = first[rows]
        for (a, b), index in self._pairs.items():
            rival = standing[b][rows]
            found |= (ahead == a) & (rival >= 0) & (gains[index] > top[rows] - rival)
        return found


def _podium(standing: list[Any]) -> tuple[Any, Any, Any]:
    """Give the highest and the second number of each row, -1 for none, and who has the first."""
    second: Any
    top, second = standing[0], np.full(len(standing[0]), -1, np.int64)
    first: Any = np.zeros(len(top), np.int64)
    for index, score in enumerate(standing[1:], 1):
        higher = score > top
        second = np.maximum(second, np.minimum(top, score))
        first[higher] = index
        top = np.maximum(top, score)
    return top, second, first
