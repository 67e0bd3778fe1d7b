"""The program: all conditions of a pack compiled into bit masks, one mask per possible answer.

A condition is a set of clauses (alternatives of plain conjunctions), a clause is a bit. Each
answer to a question clears the clauses that it contradicts, so judging a profile is one AND per
question, whatever the number of rules. A state has three parts of one bit a clause: those that
hold for certain, those that may still hold (Kleene's logic), and those that may hold even if no
open question gets an answer that the pack calls rare.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import and_, getitem, itemgetter, or_

from recommender.nouns.condition import ALWAYS, NEVER, Answer, Condition, Test, clauses
from recommender.nouns.pack import Pack
from recommender.nouns.question import Question

from .question_masks import QuestionMasks


class Program:
    """A fixed list of conditions, judged together; bit *i* of every result is condition *i*.

    `gates` maps a question that is only asked under a condition to the index of that condition.

    >>> program = Program([Test("milk", "one_of", (True,))], {})
    >>> program.run({"milk": True}), program.run({"milk": False}), program.run({})
    ((1, 1, 1), (0, 0, 0), (0, 1, 1))
    """

    __slots__ = (
        "_also", "_count", "_entries", "_extra", "_gates", "_given", "_low", "_lowest", "_named",
        "_names", "_owned", "_start", "_width",
    )  # fmt: skip

    def __init__(
        self,
        conditions: Sequence[Condition],
        questions: Mapping[str, Question],
        gates: Mapping[str, int] | None = None,
    ) -> None:
        self._count = len(conditions)
        table: list[tuple[Test, ...]] = [()] * self._count
        owned: list[int] = []
        alive = 0
        for index, condition in enumerate(conditions):
            mask = 0
            for number, clause in enumerate(clauses(condition)):
                bit = index if number == 0 else len(table)
                if number:
                    table.append(clause)
                else:
                    table[index] = clause
                mask |= 1 << bit
            owned.append(mask)
            alive |= mask
        self._width = len(table)
        self._low, self._lowest = (1 << self._width) - 1, (1 << self._count) - 1
        self._start = alive | alive << self._width | alive << 2 * self._width
        self._owned = owned
        # Clauses past a condition's first have bits above all conditions; by their bytes.
        self._extra = (self._width - self._count + 7) // 8
        self._also = _owners(owned, self._count, self._extra)
        by_question: dict[str, list[tuple[int, Test]]] = {}
        for bit, clause in enumerate(table):
            for test in clause:
                by_question.setdefault(test.question, []).append((1 << bit, test))
        steps = {
            name: QuestionMasks(found, self._width, questions.get(name))
            for name, found in by_question.items()
        }
        self._named = steps
        self._names, self._entries = tuple(steps), tuple(step.entries for step in steps.values())
        self._given = itemgetter(*steps) if len(steps) > 1 else _no_answers
        readers = {name: step.reading for name, step in steps.items()}
        # A gate: where its condition may hold, where it usually may, what is kept where not.
        may, usually = self._width, 2 * self._width
        self._gates = tuple(
            (owned[index] << may, ~steps[name].thrice(readers[name]),
             owned[index] << usually, ~(readers[name] << usually))
            for name, index in (gates or {}).items()
            if name in readers
        )  # fmt: skip

    def run(self, answers: Mapping[str, Answer]) -> tuple[int, int, int]:
        """Return three masks: the conditions that hold, those that may, and those that usually may.

        The second includes the first. The third is the second without the conditions that could
        come to hold only by an answer that the pack calls rare.
        """
        given: Iterable[Answer | None]
        try:
            given = self._given(answers)  # three times as fast, where nothing is left open
        except KeyError:
            given = map(answers.get, self._names)
        return self.conclude(reduce(and_, map(_entry, self._entries, given), self._start))

    def conclude(self, state: int) -> tuple[int, int, int]:
        """Return the masks of `run` for a state: `start` AND the entry of each answer."""
        width = self._width
        for may, kept, usually, usually_kept in self._gates:
            if not state & may:  # whatever was answered: the question does not apply
                state &= kept
            elif not state & usually:
                state &= usually_kept
        certain, open_, usual = state & self._low, state >> width & self._low, state >> 2 * width
        fires = self._folded(certain) if certain >> self._count else certain
        if open_ == certain:
            return fires, fires, fires
        possible = self._folded(open_)
        return fires, possible, possible if usual == open_ else self._folded(usual) | fires

    def _folded(self, standing: int) -> int:
        """Return the conditions of which at least one clause is in the mask `standing`."""
        extra = standing >> self._count
        if extra:
            owners = map(getitem, self._also, extra.to_bytes(self._extra, "little"))
            standing = reduce(or_, owners, standing)
        return standing & self._lowest

    @property
    def start(self) -> int:
        """The state before any question has been answered: every clause that can hold."""
        return self._start

    def standing(self, answers: Mapping[str, Answer]) -> int:
        """Return the state after these answers alone: the clauses that none of them contradicts."""
        entries = [self.entry(name, answer) for name, answer in answers.items()]
        return reduce(and_, entries, self._start)

    def entry(self, question: str, answer: Answer | None) -> int:
        """Return the mask to AND with a state for one answer (`None`: the answer is unknown)."""
        step = self._named.get(question)
        if step is None:
            return self._start
        return step.entries[answer]

    def silenced(self, question: str) -> int:
        """Return the mask to AND with a state where a question does not apply."""
        step = self._named.get(question)
        if step is None:
            return self._start
        return ~step.thrice(step.reading) & self._start

    def halfway(self, question: str, kept: frozenset[str], open_: frozenset[str]) -> int:
        """Return the entry of a `many` answer: `kept` are chosen, `open_` undecided options."""
        step = self._named.get(question)
        return self._start if step is None else step.halfway(kept, open_)

    def readers(self, question: str, option: str = "") -> int:
        """Return the mask of the conditions that read a question, or that read one option of it."""
        step = self._named.get(question)
        if step is None:
            return 0
        return self._folded(step.reading_of(option) if option else step.reading)

    def tests(self, question: str) -> list[Test]:
        """Return all tests that the conditions make of one question."""
        return [test for _, test in self.clauses(question)]

    def clauses(self, question: str) -> list[tuple[int, Test]]:
        """Return the tests of one question, each with the bit of the clause that it belongs to."""
        step = self._named.get(question)
        return [] if step is None else step.found

    def columns(self, state: int, held: Mapping[int, int], everywhere: int) -> dict[int, int]:
        """Return, by condition, the column of the samples in which it holds.

        A column is an integer with one field per sample (`packed_columns.Flags`); `everywhere` has
        all fields set. `state` is what the answers common to all samples leave; `held` has, by
        clause bit, the samples in which the sampled answers let that clause hold. No sampled answer
        is unknown. Conditions that hold in no sample are left out.
        """
        open_ = bits(state >> self._width & self._low)
        standing = {bit: held.get(1 << bit, everywhere) for bit in open_}
        for mask, kept, *_ in self._gates:
            applies = self._anywhere(mask >> self._width, standing)
            if applies != everywhere:
                for bit in bits(~kept & self._low):
                    if bit in standing:
                        standing[bit] &= applies
        found = ((i, self._anywhere(mask, standing)) for i, mask in enumerate(self._owned))
        return {index: column for index, column in found if column}

    def _anywhere(self, clauses: int, standing: Mapping[int, int]) -> int:
        return reduce(or_, [standing.get(bit, 0) for bit in bits(clauses)], 0)


# Faster than `getitem`, which has to find out first that it has a dictionary before it.
_entry = dict.__getitem__


def _no_answers(_: Mapping[str, Answer]) -> tuple[Answer, ...]:
    raise KeyError


def _owners(owned: Sequence[int], count: int, size: int) -> list[list[int]]:
    """Return a table per byte of the bits above `count`: the conditions of each value."""
    tables = []
    for start in range(count, count + 8 * size, 8):
        table = [0]
        for bit in range(start, start + 8):
            owner = sum(1 << index for index, mask in enumerate(owned) if mask >> bit & 1)
            table += [each | owner for each in table]
        tables.append(table)
    return tables


class PackProgram:
    """The program of a whole pack.

    Its conditions are those of the rules, the constraints, the questions and the routes, in this
    order, and last the one that says whether the project runs on the probed machine.
    """

    __slots__ = (
        "constraint_count", "gated", "program", "route_count", "rule_count", "this_machine_bit",
    )  # fmt: skip

    def __init__(self, pack: Pack) -> None:
        conditions: list[Condition] = [rule.when for rule in pack.rules.values()]
        conditions += [constraint.when for constraint in pack.constraints.values()]
        self.rule_count, self.constraint_count = len(pack.rules), len(pack.constraints)
        gates = {}
        for question in pack.questions.values():
            if question.when is not None:
                gates[question.id] = len(conditions)
                conditions.append(question.when)
        self.gated = tuple(gates)
        conditions += [ALWAYS if route.when is None else route.when for route in pack.routes]
        self.route_count = len(pack.routes)
        self.this_machine_bit = 1 << len(conditions)
        conditions.append(NEVER if pack.this_machine is None else pack.this_machine)
        self.program = Program(conditions, pack.questions, gates)

    def run(self, answers: Mapping[str, Answer]) -> Truths:
        """Return the truth of every condition for one set of answers."""
        return Truths(self, *self.program.run(answers))


class Truths:
    """The truth of every condition of a pack under one set of answers, as bit masks.

    Each pair of masks is what holds, and what holds or still may, in the pack's order.
    """

    __slots__ = ("_layout", "fires", "possible", "usual")

    def __init__(self, layout: PackProgram, fires: int, possible: int, usual: int) -> None:
        self._layout = layout
        self.fires = fires
        self.possible = possible
        self.usual = usual

    @property
    def rare(self) -> tuple[int, int]:
        """The rules, and the constraints, that could hold only through an answer marked `rare`."""
        rare, layout = self.possible & ~self.usual, self._layout
        rules = rare & (1 << layout.rule_count) - 1
        return rules, rare >> layout.rule_count & (1 << layout.constraint_count) - 1

    def _part(self, start: int, count: int) -> tuple[int, int]:
        low = (1 << count) - 1
        return self.fires >> start & low, self.possible >> start & low

    @property
    def rules(self) -> tuple[int, int]:
        """The rules that fire, and those that fire or may."""
        return self._part(0, self._layout.rule_count)

    @property
    def constraints(self) -> tuple[int, int]:
        """The constraints that hold, and those that hold or may."""
        return self._part(self._layout.rule_count, self._layout.constraint_count)

    @property
    def inapplicable(self) -> frozenset[str]:
        """The questions whose own condition is false."""
        layout = self._layout
        _, possible = self._part(layout.rule_count + layout.constraint_count, len(layout.gated))
        return frozenset(name for i, name in enumerate(layout.gated) if not possible >> i & 1)

    @property
    def routes(self) -> tuple[int, int]:
        """The routes that are open, and those that are or may be."""
        layout = self._layout
        start = layout.rule_count + layout.constraint_count + len(layout.gated)
        return self._part(start, layout.route_count)

    @property
    def this_machine(self) -> bool:
        """Whether the project trains or runs on the machine that a probe examines."""
        return bool(self.fires & self._layout.this_machine_bit)


def program_of(pack: Pack) -> PackProgram:
    """Return the compiled conditions of a pack, which are compiled once and kept."""
    program = pack.memo.get(PackProgram)
    if program is None:
        program = pack.memo[PackProgram] = PackProgram(pack)
    return program


def bits(mask: int) -> list[int]:
    """Return the positions of the bits set in a mask, lowest first.

    >>> bits(0b1010)
    [1, 3]
    """
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
