"""Reach: every combination of conditions that some complete set of answers brings about.

Domains are finite once answers that no test tells apart are taken together: a choice by its
options, a number by the segments between the limits named, several answers by the options that
some test mentions. Questions are answered in asking order, and partial answers that leave the
same clauses alive are merged, so the result is exact and far smaller than the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import combinations, pairwise
from operator import or_
from typing import Any

from recommender.nouns.condition import Answer, Condition, Test, clauses, reads
from recommender.nouns.question import Question

STATE_LIMIT = 50_000
"""Merged states past which a space is not enumerated further, and nothing is proved of it."""

WORK = 2_000_000
"""Steps that a run of lint may take, and once more to look for silence.

A step joins what earlier questions leave alive with one answer to the next.
"""

SHARE = 8
"""No one enumeration takes more than this part of what is left, so that the others get theirs."""

LEAST = 300
"""Partial answers that are followed in search of answers about which no rule speaks."""

_FEW = 4
OPTION_LIMIT = 16
"""Options of one question that are combined in every way; past it, two at a time."""


@dataclass(slots=True)
class Work:
    """Count down the steps that are left; what would take more is not proved."""

    left: int = WORK

    def part(self) -> Work:
        """Return what one enumeration may take."""
        return Work(self.left // SHARE)

    def take(self, steps: int) -> bool:
        """Take some steps, if there are as many left."""
        enough = steps <= self.left
        self.left -= steps if enough else 0
        return enough


@dataclass(frozen=True, slots=True)
class Situation:
    """One reachable combination: the clauses that hold, and answers that bring it about."""

    alive: int
    answers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Reach:
    """All situations of some conditions; `exact` is false if the limit was reached."""

    owned: tuple[int, ...]
    situations: tuple[Situation, ...]
    exact: bool

    @property
    def alive(self) -> int:
        """The clauses that hold in some situation."""
        return reduce(or_, (situation.alive for situation in self.situations), 0)

    def firing(self) -> Iterator[tuple[int, Mapping[str, Answer]]]:
        """Yield each different set of conditions that hold together, as a mask, with answers."""
        seen = set()
        for situation in self.situations:
            mask = 0
            for index, own in enumerate(self.owned):
                if situation.alive & own:
                    mask |= 1 << index
            if mask not in seen:
                seen.add(mask)
                yield mask, situation.answers


def reach(
    conditions: Sequence[Condition],
    questions: Mapping[str, Question],
    work: Work | None = None,
) -> Reach:
    """Return all situations of some conditions, given when each question is asked.

    The steps are taken from `work`; where there are too few, nothing is found and nothing proved.

    >>> from recommender.nouns.condition import Test
    >>> from recommender.nouns.errors import Place
    >>> from recommender.nouns.pack import Question
    >>> sugar = Question("sugar", "How sweet?", "scale", Place("q.yaml"))
    >>> sweet, bitter = Test("sugar", "at_least", (4,)), Test("sugar", "at_most", (1,))
    >>> found = reach([sweet, bitter], {"sugar": sugar})
    >>> [(bin(mask), dict(answers)) for mask, answers in found.firing()]
    [('0b10', {'sugar': 0}), ('0b0', {'sugar': 2}), ('0b1', {'sugar': 4})]
    """
    work = Work() if work is None else work
    mine = work.part()
    before = mine.left
    found = _enumerated(conditions, questions, mine)
    work.left -= before - mine.left
    return found or Reach((0,) * len(conditions), (), exact=False)


def _enumerated(
    conditions: Sequence[Condition], questions: Mapping[str, Question], work: Work
) -> Reach | None:
    names = closure((name for each in conditions for name in reads(each)), questions)
    gates = {name: when for name in names if (when := questions[name].when) is not None}
    if not work.take(len(names) * (len(conditions) + len(gates)) // 10):
        return None
    table: list[tuple[Test, ...]] = []
    owned = [_own(condition, table) for condition in conditions]
    gate_masks = {name: _own(when, table) for name, when in gates.items()}
    layers = [_Layer(questions[name], table, gate_masks.get(name), work) for name in names]
    exact = all(layer.exact for layer in layers)
    states: dict[int, _Trail] = {(1 << len(table)) - 1: _START}
    for layer in layers:
        following: dict[int, _Trail] = {}
        if not work.take(len(states) * len(layer.classes)):
            return None
        for alive, trail in states.items():
            for kept, answer in layer.ways(alive):
                following.setdefault(alive & kept, _Trail(trail, layer.name, answer))
            if len(following) > STATE_LIMIT:
                exact = False
                break
        states = following
    own = reduce(or_, owned, 0)
    # What is made of them looks at each condition in each.
    if not work.take(len(states) * (len(names) + len(owned)) // 10):
        return None
    found: dict[int, Situation] = {}
    for alive, trail in states.items():
        found.setdefault(alive & own, Situation(alive & own, trail.answers()))
    return Reach(tuple(owned), tuple(found.values()), exact)


def closure(names: Iterable[str], questions: Mapping[str, Question]) -> list[str]:
    """Return questions, and those that decide whether they are asked, in asking order."""
    waiting = list(names)
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            when = questions[name].when
            waiting += reads(when) if when is not None else ()
    return [name for name in questions if name in found]


def _own(condition: Condition, table: list[tuple[Test, ...]]) -> int:
    mask = 0
    for clause in clauses(condition):
        mask |= 1 << len(table)
        table.append(clause)
    return mask


@dataclass(frozen=True, slots=True)
class _Trail:
    """An answer, linked to the answers before it."""

    before: _Trail | None = None
    name: str = ""
    answer: Answer | None = None

    def answers(self) -> dict[str, Answer]:
        known: dict[str, Answer] = {}
        trail: _Trail | None = self
        while trail is not None:
            if trail.answer is not None:
                known[trail.name] = trail.answer
            trail = trail.before
        return dict(reversed(known.items()))


_START = _Trail()


@dataclass(slots=True)
class _Layer:
    """The classes of answers to one question, by the clauses that each leaves possible."""

    question: Question
    table: list[tuple[Test, ...]]
    gate: int | None
    work: Work
    name: str = ""
    exact: bool = True
    reading: int = 0
    classes: dict[int, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.name = self.question.id
        bits_of: dict[Test, int] = {}
        for bit, clause in enumerate(self.table):
            for test in clause:
                if test.question == self.name:
                    bits_of[test] = bits_of.get(test, 0) | 1 << bit
                    self.reading |= 1 << bit
        everything = (1 << len(self.table)) - 1
        most = self.work.left // max(1, len(bits_of))
        answers, self.exact = tellable(self.question, bits_of, most)
        self.work.take(len(answers) * len(bits_of))
        for answer in answers:
            kept = everything
            for test, bits in bits_of.items():
                if not test.of(answer):
                    kept &= ~bits
            self.classes.setdefault(kept, answer)

    def ways(self, alive: int) -> Iterator[tuple[int, Answer | None]]:
        if self.gate is not None and not alive & self.gate:
            yield ~self.reading, None
        else:
            yield from self.classes.items()


def tellable(
    question: Question, tests: Iterable[Test], most: int = 2**OPTION_LIMIT
) -> tuple[list[Answer], bool]:
    """Return an answer for each class that some tests tell apart, and whether these are all.

    >>> from recommender.nouns.errors import Place
    >>> from recommender.nouns.pack import Question
    >>> years = Question("years", "How long?", "number", Place("q.yaml"))
    >>> tellable(years, [Test("years", "at_least", (3,)), Test("years", "at_most", (8,))])
    ([2, 3, 5.5, 8, 9], True)
    """
    if question.domain is not None:
        return list(question.domain), True
    values: set[Any] = {value for test in tests for value in test.values}
    if question.type == "number":
        cuts = sorted(values)
        between = [(low + high) / 2 for low, high in pairwise(cuts)]
        outer = [cuts[0] - 1, cuts[-1] + 1] if cuts else [0]
        return sorted({max(0, each) for each in (*cuts, *between, *outer)}), True
    mentioned = [choice for choice in question.choices if choice in values]
    spare = next((choice for choice in question.choices if choice not in values), None)
    options = [*mentioned, spare] if spare is not None else mentioned
    exact = len(options) <= OPTION_LIMIT and 2 ** len(options) <= max(most, 2**_FEW)
    sizes = range(len(options) + 1) if exact else (0, 1, 2, len(options))
    return [frozenset(each) for size in sizes for each in combinations(options, size)], exact


def silence(
    conditions: Sequence[Condition], questions: Mapping[str, Question]
) -> tuple[dict[str, Answer] | None, bool]:
    """Return complete answers that make every condition fail, and whether all were looked at.

    The fewer clauses an answer leaves alive the better, for the conditions and for what is asked
    later alike, so only the answers that leave least alive need to be tried.
    """
    work = Work()
    names = list(questions)
    table: list[tuple[Test, ...]] = []
    wanted = reduce(or_, [_own(condition, table) for condition in conditions], 0)
    gates = {q.id: _own(q.when, table) for q in questions.values() if q.when is not None}
    layers = [_Layer(questions[name], table, gates.get(name), work) for name in names]
    exact = all(layer.exact for layer in layers)
    states: dict[int, _Trail] = {(1 << len(table)) - 1: _START}
    for layer in layers:
        layer.classes, all_ = _least(layer.classes)
        # Nothing but masks is joined here, which takes a quarter of the time.
        exact &= all_ and work.take(len(states) * len(layer.classes) // 4)
        most = max(1, work.left // len(layer.classes))
        following: dict[int, _Trail] = {}
        for alive, trail in list(states.items())[:most]:
            for kept, answer in layer.ways(alive):
                following.setdefault(alive & kept, _Trail(trail, layer.name, answer))
        states, all_ = _least(following)
        exact &= all_ and work.take(len(following) * len(states) // 100)
    for alive, trail in states.items():
        if not alive & wanted:
            return trail.answers(), exact
    return None, exact


def _least(masks: Mapping[int, Any]) -> tuple[dict[int, Any], bool]:
    """Return the masks that contain no other mask, and whether those are all."""
    kept: dict[int, Any] = {}
    for mask in sorted(masks, key=int.bit_count):
        if not any(other & mask == other for other in kept):
            if len(kept) == LEAST:
                return kept, False
            kept[mask] = masks[mask]
    return kept, True
