"""Tables: a pack's conditions as words of bits that an answer's code is looked up in.

As in `program`, a clause is a bit, and each answer clears the clauses that it contradicts. A word
of 64 bits holds up to 32 clauses, below those that hold for certain, above those that may. The
questions are taken together in groups, so that one look-up serves several columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from recommender.condition import clauses

from .columns import ODD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recommender.condition import Condition, Test
    from recommender.pack import Question

    from .columns import Column

HALF = 32
WHOLE = (1 << 64) - 1
GROUP = 4096
"""Codes of a group: as many as the first-level cache holds words."""


class Spot(NamedTuple):
    """Say where a condition's bits are: a word, the bit of the whole, and those of its clauses."""

    word: int
    bit: int
    mask: int


class Layout:
    """Place conditions and flags in words.

    `folds[w]` are the shifts that bring the further clauses of word *w* over the first ones.
    """

    def __init__(self, conditions: Sequence[Condition], flags: int) -> None:
        expanded = [clauses(condition) for condition in conditions]
        if max(map(len, expanded), default=0) >= HALF:
            raise OverflowError("a condition of too many alternatives")
        self.spots: list[Spot] = [Spot(0, 0, 0)] * len(conditions)
        self.flags: list[Spot] = []
        self.folds: list[list[tuple[int, int]]] = []
        self.tests: dict[str, list[tuple[int, int, Test]]] = {}
        self.start: list[int] = []
        order = sorted(range(len(conditions)), key=lambda i: -len(expanded[i]))
        units: list[list[tuple[Test, ...]] | None] = [expanded[i] for i in order]
        units += [None] * flags
        for members in _words([1 if each is None else max(1, len(each)) for each in units]):
            self._fill([(order[i] if i < len(order) else -1, units[i]) for i in members])

    def _fill(self, members: list[tuple[int, list[tuple[Test, ...]] | None]]) -> None:
        word, start = len(self.folds), 0
        counts = [1 if each is None else max(1, len(each)) for _, each in members]
        blocks = [sum(1 for count in counts if count > rank) for rank in range(max(counts))]
        offsets = [sum(blocks[:rank]) for rank in range(len(blocks))]
        for place, (index, found) in enumerate(members):
            mask = 0
            for rank, clause in enumerate(found if found is not None else [()]):
                bit = offsets[rank] + place
                mask |= 1 << bit
                for test in clause:
                    self.tests.setdefault(test.question, []).append((word, bit, test))
            start |= mask
            if found is None:
                self.flags.append(Spot(word, place, mask))
            else:
                self.spots[index] = Spot(word, place, mask)
        self.start.append(start | start << HALF)
        self.folds.append(
            [(offsets[rank], _both((1 << blocks[rank]) - 1)) for rank in range(1, len(blocks))]
        )

    def readers(self, question: str) -> list[int]:
        """Give, word by word, the clauses that read a question."""
        found = [0] * len(self.folds)
        for word, bit, _ in self.tests.get(question, ()):
            found[word] |= _both(1 << bit)
        return found

    def entries(
        self, question: Question, column: Column, odd: Spot, answered: Spot | None
    ) -> list[Any]:
        """Give, word by word, what each code of a column leaves standing."""
        kept: list[Any] = [np.full(column.size, WHOLE, np.uint64) for _ in self.folds]
        known, unknown, strange = _kinds(column)
        for word, bit, test in self.tests.get(question.id, ()):
            fails = _fails(question, column, test)
            kept[word][fails & known] &= np.uint64(WHOLE ^ _both(1 << bit))
            kept[word][unknown] &= np.uint64(WHOLE ^ 1 << bit)
        kept[odd.word][strange] &= np.uint64(WHOLE ^ odd.mask)
        if answered is not None:
            kept[answered.word][~known] &= np.uint64(WHOLE ^ answered.mask)
        return kept


def _words(sizes: list[int]) -> Iterable[list[int]]:
    """Fill words with units of the given sizes, in order."""
    word: list[int] = []
    room = HALF
    for index, size in enumerate(sizes):
        if size > room:
            yield word
            word, room = [], HALF
        word.append(index)
        room -= size
    if word:
        yield word


def _both(mask: int) -> int:
    return mask | mask << HALF


def _kinds(column: Column) -> tuple[Any, Any, Any]:
    """Tell which codes are known answers, which unknown, which odd."""
    codes = np.arange(column.size)
    if isinstance(column.answers, int):
        sets = 1 << column.answers
        return codes < sets, codes == sets, codes == sets + 1
    unknown = np.array([answer is None for answer in column.answers], bool)
    strange = np.array([answer is ODD for answer in column.answers], bool)
    return ~(unknown | strange), unknown, strange


def _fails(question: Question, column: Column, test: Test) -> Any:
    """Try a test on every code of a column."""
    if not isinstance(column.answers, int):
        found = [
            answer is not None and answer is not ODD and not test.of(answer)  # type: ignore[arg-type]
            for answer in column.answers
        ]
        return np.array(found, bool)
    codes = np.arange(column.size)
    names = list(question.choices)
    mask = sum(1 << names.index(str(value)) for value in test.values)
    holds = {
        "includes": (codes & mask) != 0,
        "includes_all": (codes & mask) == mask,
        "none": codes == 0,
    }[test.word]
    return holds == test.negated


def groups_of(sizes: Mapping[str, int]) -> list[list[str]]:
    """Put questions together as long as their codes together stay few.

    >>> groups_of({"a": 5, "b": 6, "c": 10_000, "d": 200})
    [['c'], ['d', 'b'], ['a']]
    """
    groups: list[tuple[int, list[str]]] = []
    for name in sorted(sizes, key=lambda each: -sizes[each]):
        for index, (size, members) in enumerate(groups):
            if size * sizes[name] <= GROUP:
                groups[index] = (size * sizes[name], [*members, name])
                break
        else:
            groups.append((sizes[name], [name]))
    return [members for _, members in groups]
