"""Planes: a pack's conditions as truths over bytes, few enough of them for a table.

A plane is a byte a row: 0 where the answer is unknown, then the answers, as far as conditions tell
them apart, and last, for a question that is only asked under a condition, that it does not apply.
Truth is 0, 1 or 2 (false, unknown, true), so that Kleene's *and* is the minimum and his *or* the
maximum. A condition of more planes than a table takes is cut up: the truth of its parts is looked
up first, and fills planes of its own.
"""

from __future__ import annotations

import math
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from recommender.nouns.condition import AnyOf, Test, tests

from .columns import Coding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from recommender.nouns.condition import Condition
    from recommender.nouns.pack import Question

LIMIT = 4096
"""Entries of a table. Larger ones are fewer, and leave the cache; this measured best."""

APART = 16
"""Up to as many codes of a question are bytes as they are, which spares a look-up."""

CLASSES = 64
"""Answers told apart by one plane; where there are more, tests are spread over several planes."""

FALSE, UNKNOWN, TRUE = 0, 1, 2


class Leaf(NamedTuple):
    """Say what each byte of a plane makes of a test."""

    plane: int
    truths: Any


class Node(NamedTuple):
    """Hold where all, or any, of the parts hold."""

    parts: tuple[Leaf | Node, ...]
    any: bool


class Source(NamedTuple):
    """Say which plane a question's codes fill: with these bytes, or (`None`) as they are."""

    plane: int
    bytes: Any


class Lookup(NamedTuple):
    """Fill a plane with the entries `sum(stride * byte)` of a table, over other planes."""

    planes: Sequence[int]
    strides: Sequence[int]
    table: Any
    into: int


class Planes:
    """Turn a pack's conditions into truths over planes.

    `sources` fill planes from a table's columns, then `lookups`, in their order, the others.
    `misplaced` holds wherever a question is answered that does not apply.
    """

    def __init__(self, questions: Mapping[str, Question], conditions: Iterable[Condition]) -> None:
        self.sizes: list[int] = []
        self.codings: dict[str, Coding] = {}
        self.sources: dict[str, list[Source]] = {}
        self.lookups: list[Lookup] = []
        self.misplaced: list[Leaf | Node] = []
        self._leaves: dict[Test, Leaf] = {}
        asked: dict[str, dict[Test, None]] = {name: {} for name in questions}
        gates = [each.when for each in questions.values() if each.when is not None]
        for condition in (*gates, *conditions):
            for test in tests(condition):
                asked[test.question][test] = None
        for question in questions.values():  # whose condition reads earlier ones only
            self._enter(question, list(asked[question.id]))

    def _enter(self, question: Question, asked: list[Test]) -> None:
        """Make the planes of a question, and know its tests."""
        coding = self.codings[question.id] = Coding(question, asked)
        marks: list[Any] = [coding.passes(test) for test in asked]
        gate = None
        if question.when is not None:
            gate = self._truth(self.truths(question.when))
            marks.append(coding.says_yes())
        self.sources[question.id] = sources = []
        for classes, members in _spread(marks, coding.size - 1):
            bytes_: Any = np.append(0, classes + 1).astype(np.uint8)
            size = int(bytes_.max()) + 1
            plane = applied = self._plane(size)
            sources.append(Source(plane, bytes_ if coding.size > APART else None))
            if gate is not None:
                applied = self._applied(gate, plane, size)
            _, told = np.unique(classes, return_index=True)  # of each class, a code
            for index in members:
                truths: Any = np.append(UNKNOWN, marks[index][told] * TRUE)
                if index == len(asked) and gate is not None:
                    shut = Leaf(gate.plane, np.array([TRUE, FALSE, FALSE]))
                    self.misplaced.append(Node((shut, Leaf(plane, truths)), any=False))
                else:
                    truths = truths if gate is None else np.append(truths, FALSE)
                    self._leaves[asked[index]] = Leaf(applied, truths)

    @property
    def spare(self) -> int:
        """Give the number of a plane that nothing is read from."""
        return len(self.sizes)

    def _plane(self, size: int) -> int:
        self.sizes.append(size)
        return len(self.sizes) - 1

    def _applied(self, gate: Leaf, plane: int, size: int) -> int:
        """Make the plane that says besides where the question does not apply."""
        table = np.tile(np.arange(size, dtype=np.uint8), (3, 1))
        table[FALSE] = size
        into = self._plane(size + 1)
        self.lookups.append(Lookup((gate.plane, plane), (size, 1), table.ravel(), into))
        return into

    def _truth(self, node: Leaf | Node) -> Leaf:
        """Make the plane that holds a condition's truth."""
        planes = sorted(planes_of(node))
        table = self.grid(node, planes).astype(np.uint8)
        into = self._plane(3)
        self.lookups.append(Lookup(planes, self.strides(planes), table, into))
        return Leaf(into, np.array([FALSE, UNKNOWN, TRUE]))

    def truths(self, condition: Condition) -> Leaf | Node:
        """Turn a condition into truths over few enough planes for a table.

        Where it reads more, parts of it are looked up first, each in a plane of its own.
        """
        if isinstance(condition, Test):
            return self._leaves[condition]
        parts = [self.truths(part) for part in condition.parts]
        either = isinstance(condition, AnyOf)
        while True:
            whole = Node(tuple(parts), either)
            if self.fits(planes_of(whole)):
                return whole
            joined: list[Node] = []
            for part in parts:
                for index, some in enumerate(joined):
                    more = Node((*some.parts, part), either)
                    if self.fits(planes_of(more)):
                        joined[index] = more
                        break
                else:
                    joined.append(Node((part,), either))
            parts = [self._truth(some) for some in joined]

    def extent(self, planes: Iterable[int]) -> int:
        """Count the entries of a table over these planes."""
        return math.prod(self.sizes[plane] for plane in planes)

    def fits(self, planes: Iterable[int]) -> bool:
        """Tell whether a table over these planes is small enough."""
        return self.extent(planes) <= LIMIT

    def strides(self, planes: Sequence[int]) -> list[int]:
        """Give what a step of each plane's byte is in a table."""
        return [self.extent(planes[index + 1 :]) for index in range(len(planes))]

    def grid(self, node: Leaf | Node, planes: Sequence[int]) -> Any:
        """Write out what a condition is for every combination of the planes' bytes."""
        sizes = [self.sizes[plane] for plane in planes]
        return np.broadcast_to(_grid(node, list(planes)), sizes).ravel()


def _grid(node: Leaf | Node, planes: list[int]) -> Any:
    shape = [1] * len(planes)
    if isinstance(node, Leaf):
        shape[planes.index(node.plane)] = -1
        return node.truths.reshape(shape)
    join = np.maximum if node.any else np.minimum
    start = np.full(shape, FALSE if node.any else TRUE)
    return reduce(join, (_grid(part, planes) for part in node.parts), start)


def planes_of(node: Leaf | Node) -> set[int]:
    """Give the planes that a condition is read from."""
    if isinstance(node, Leaf):
        return {node.plane}
    return set().union(*map(planes_of, node.parts))


def _spread(marks: Sequence[Any], count: int) -> Iterator[tuple[Any, list[int]]]:
    """Put `count` codes into classes, so that each mark is the same all over a class.

    Where there are too many classes for one plane, each plane takes what marks it has room for.
    """
    if count < APART:
        if marks:
            yield np.arange(count), list(range(len(marks)))
        return
    found: list[tuple[Any, list[int]]] = []
    for index, mark in enumerate(marks):
        for place, (classes, members) in enumerate(found):
            finer = _numbered(classes * 2 + mark)
            if finer.max() < CLASSES:
                found[place] = (finer, [*members, index])
                break
        else:
            found.append((_numbered(mark.astype(np.int64)), [index]))
    yield from found


def _numbered(marks: Any) -> Any:
    """Give the marks that there are new numbers, without gaps, in their order."""
    return (np.cumsum(np.bincount(marks) > 0) - 1)[marks]
