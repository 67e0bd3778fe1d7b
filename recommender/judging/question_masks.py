"""Masks of a question: the clauses of a program that each of its answers leaves possible."""

from __future__ import annotations

from recommender.nouns.condition import Answer, Test
from recommender.nouns.question import Question

MEMO_LIMIT = 4096
"""Distinct answers remembered per question whose answers cannot be listed ahead."""


class _Entries(dict["Answer | None", int]):
    """The mask of each answer met so far; that of a new answer is computed on look-up."""

    __slots__ = ("_masks",)

    def __init__(self, masks: QuestionMasks) -> None:
        super().__init__()
        self._masks = masks

    def __missing__(self, answer: Answer) -> int:
        return self._masks.enter(answer)


class QuestionMasks:
    """The mask of clauses that each answer to one question leaves possible.

    A mask has three parts of `width` bits, the lowest first: the clauses that may still hold for
    certain, those that may hold, and those that may without an answer marked `rare`.
    """

    __slots__ = ("_all", "_judged", "_width", "entries", "found", "memoised", "reading")

    def __init__(
        self, found: list[tuple[int, Test]], width: int, question: Question | None
    ) -> None:
        self.found = found
        self._judged = [(~bit, *test.judge()) for bit, test in found]
        self._width = width
        self._all = (1 << width) - 1
        self.reading = 0
        for bit, _ in found:
            self.reading |= bit
        self.memoised = question is None or question.type != "number"
        sure, usual = self._all & ~self.reading, self._all
        for bit, test in found:
            if question is not None and question.only_rarely(test):
                usual &= ~bit
        unknown = sure | self._all << width | usual << 2 * width
        self.entries = _Entries(self)
        self.entries[None] = unknown
        for answer in (question and question.domain) or ():
            self.enter(answer)

    def reading_of(self, option: str) -> int:
        """Return the clauses that depend on one option of a `many` question."""
        mask = 0
        for bit, test in self.found:
            if test.word == "none" or option in test.values:
                mask |= bit
        return mask

    def thrice(self, clauses: int) -> int:
        """Return a mask that has the same clauses in each of its three parts."""
        return clauses | clauses << self._width | clauses << 2 * self._width

    def enter(self, answer: Answer | None) -> int:
        """Return the mask of an answer, and keep it if answers repeat and not too many are kept."""
        if answer is None:
            return self.entries[None]
        kept = self._all
        for others, judge, passing in self._judged:
            if judge(answer) is not passing:
                kept &= others
        entry = self.thrice(kept)
        if self.memoised and len(self.entries) < MEMO_LIMIT:
            self.entries[answer] = entry
        return entry

    def halfway(self, kept: frozenset[str], open_: frozenset[str]) -> int:
        """Return the mask of a `many` answer with `kept` chosen and `open_` still undecided."""
        sure = possible = self._all
        for bit, test in self.found:
            truth = test.halfway(kept, open_)
            if truth is not True:
                sure &= ~bit
            if truth is False:
                possible &= ~bit
        return sure | possible << self._width | possible << 2 * self._width
