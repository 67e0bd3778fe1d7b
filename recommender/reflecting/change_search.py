"""The search for the smallest sets of changed answers with which another candidate leads.

It follows the expected score: what fires counts whole, and what is open as often as it fires in
the completions of the project as it is. Who is advised then is for `counterfactual` to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import combinations, count
from operator import and_, or_, sub
from typing import NamedTuple, TypeAlias

from recommender.judging.case import Case
from recommender.judging.open_answers import alternatives, gates, options, reach
from recommender.judging.program import bits
from recommender.judging.sums import Sums
from recommender.nouns.condition import Answer
from recommender.nouns.pack import Pack

from .change import Change, Steps

ONE = 1 << 16
"""What a rule that fires counts for; one that is open counts for its share of it."""

WORK = 20_000_000
"""How much all sets together may take, each as much as `_effort`: large packs get fewer tried."""

ANYTHING = 1 << 62
"""More than all points: the gain of a move that does more than earn them."""


class SearchMove(NamedTuple):
    """One way to change one question, by one step or by two.

    `order` sorts moves as the pack does. `changes` has a bit for each step, so that sets of steps
    compare as masks. `entry` is the program's entry of the new answer, `reach` the mask of the
    conditions that it can change, and `gain` the most by which it alone brings any rival closer to
    the candidate that is best now (in the unit of `Search._beyond`).
    """

    order: tuple[int, ...]
    steps: Steps
    changes: int
    entry: int
    reach: int
    gain: int


class Group(NamedTuple):
    """The moves of one question that take `cost` steps; their joint reach and greatest gain."""

    question: int
    cost: int
    moves: list[SearchMove]
    reach: int
    gain: int


class Hit(NamedTuple):
    """A set of moves with which another candidate is best; `order` sorts it as the pack does."""

    order: list[tuple[int, ...]]
    steps: Steps
    changes: int
    winner: str
    possible: int


Moves: TypeAlias = tuple[SearchMove, ...]
Groups: TypeAlias = tuple[Group, ...]
Paths: TypeAlias = "Iterable[tuple[int, Moves]]"


class Search:
    """Try the sets of changes of one profile, but for those that cannot do.

    To lead, a rival must have more points than who leads now. What it gains by several
    moves adds up, but for the conditions within reach of two of them: each may give all that it
    is worth once more for every move. So most questions need no trying together.
    """

    def __init__(self, case: Case, bound: int) -> None:
        profile, pack, decider = case.profile, case.pack, case.decider
        self.profile, self.pack, self.decider = profile, pack, decider
        self.program, self.gates = decider.program, gates(pack)
        self.left = min(bound, WORK // _effort(pack))
        self._names = [name for name in pack.questions if self.program.tests(name)]
        answers = [profile.answers.get(name) for name in self._names]
        self._kept = list(map(self.program.entry, self._names, answers))
        self._shares = [each * ONE // case.support.total for each in case.support.fired]
        self._sums: dict[bool, Sums] = {}
        self._fires, possible, _ = self.program.conclude(self._besides())
        self._figures = decider.figures(self._fires)
        self.now = best = self._leader(self._fires, possible)
        self._best = 0 if best is None else decider.candidates.index(best)
        out = decider.vetoed(self._figures, self._fires) | 1 << self._best
        self._rivals = [j for j in range(len(decider.candidates)) if not out >> j & 1]
        self._leads = self._beyond(self._expected(self._fires, possible))
        # Where nobody leads, anything may do; who is excluded gains nothing by points.
        self._lack = -ANYTHING if best is None else -max(self._leads, default=0)
        self._slacks: dict[int, int] = {}
        self._others = [self._besides(number) for number in range(len(self._names))]
        bit = (1 << number for number in count())
        self._single = [
            [self._move(number, steps, next(bit)) for steps in _single_steps(pack, name, before)]
            for number, (name, before) in enumerate(zip(self._names, answers, strict=True))
        ]

    def _besides(self, *changed: int) -> int:
        """Give the state that the answers to all other questions leave."""
        kept = [entry for number, entry in enumerate(self._kept) if number not in changed]
        return reduce(and_, kept, self.program.start)

    def all_hits(self, most_changes: int) -> list[Hit]:
        """Find the smallest sets of up to so many changes, in the order to tell them."""
        found: list[Hit] = []
        for size in range(1, most_changes + 1):
            if self.now is None and found:
                break  # where nobody leads, whatever makes somebody so is as small as can be
            found += self.hits(size, found)
        return sorted(found, key=_turn)

    def _expected(self, fires: int, possible: int) -> list[int]:
        """Return each candidate's expected score; what is open counts as often as it fires."""
        figures = self.decider.figures(fires)
        plain = figures is self.decider.plain
        if plain not in self._sums:
            rows = zip(figures.worth, self._shares, strict=True)
            weighed = [[each * share for each in row] for row, share in rows]
            self._sums[plain] = Sums(weighed, len(self.decider.candidates))
        open_ = self._sums[plain].over(possible & ~fires & figures.active)
        # The totals have the stake last.
        return [ONE * each + more for each, more in zip(figures.totals(fires), open_, strict=False)]

    def _leader(self, fires: int, possible: int) -> str | None:
        out = self.decider.vetoed(self.decider.figures(fires), fires)
        return self.decider.first(self._expected(fires, possible), out)

    def _beyond(self, points: Sequence[int]) -> list[int]:
        """Return by how many points each rival is ahead of who leads now."""
        return [points[j] - points[self._best] for j in self._rivals]

    def _slack(self, shared: int) -> int:
        """Give the most that conditions may give a rival besides what adds up, for each move."""
        found = self._slacks.get(shared)
        if found is None:
            found = ANYTHING if shared & self.decider.turning else 0
            for rule in bits(shared & self._figures.active):
                row = self._figures.worth[rule]
                found += ONE * max(map(abs, self._beyond(row)), default=0)
            self._slacks[shared] = found
        return found

    def _reach(self, step: Change) -> int:
        """Return the conditions that a step can change; of an option, only those that read it."""
        option = step.added or step.removed
        if not option:
            return reach(self.pack, step.question)
        found = self.program.readers(step.question, option)
        opened = [reach(self.pack, name) for name, gate in self.gates.items() if found & gate]
        return reduce(or_, opened, found)

    def _move(self, number: int, steps: Steps, changes: int) -> SearchMove:
        entry = self.program.entry(self._names[number], steps[-1].after)
        fires, possible, _ = self.program.conclude(self._others[number] & entry)
        turned = (fires ^ self._fires) & self.decider.turning
        # What comes to exclude a rival helps none; whatever else excludes or observes might.
        helps = turned & (self._fires | self.decider.here)
        if helps or self.decider.vetoed(self._figures, turned) >> self._best & 1:
            gain = ANYTHING
        else:
            leads = self._beyond(self._expected(fires, possible))
            gain = max(map(sub, leads, self._leads), default=0)
        order, within = (number, len(steps), *bits(changes)), reduce(or_, map(self._reach, steps))
        return SearchMove(order, steps, changes, entry, within, gain)

    def _double(self, number: int, lack: int) -> Iterator[SearchMove]:
        """Yield the moves that change two options of a question and may gain more than `lack`."""
        name = self._names[number]
        before = self.profile.answers.get(name)
        if not isinstance(before, frozenset):
            return
        alive, *_ = self.program.conclude(self._others[number])
        for one, other in combinations(self._single[number], 2):
            slack = 2 * self._slack(one.reach & other.reach & alive)
            if one.gain + other.gain + slack > lack:
                chosen = [step.added or step.removed for step in one.steps + other.steps]
                steps = _toggled(name, before, chosen)
                yield self._move(number, steps, one.changes | other.changes)

    def _groups(self, size: int, parts: set[int]) -> list[Group]:
        """Return the moves that change the state and are not, on their own, already enough."""
        found = []
        lack = self._lack if size == 2 else -ANYTHING  # noqa: PLR2004  (two options fill the set)
        for number, (single, kept) in enumerate(zip(self._single, self._kept, strict=True)):
            single[:] = [move for move in single if move.changes not in parts]
            double = self._double(number, lack) if size > 1 else ()
            for cost, moves in enumerate((single, double), start=1):
                left = [m for m in moves if m.entry != kept and m.changes not in parts]
                if left:
                    within = reduce(or_, [move.reach for move in left])
                    found.append(Group(number, cost, left, within, max([m.gain for m in left])))
        return found

    def _promising(self, groups: Groups) -> Iterator[tuple[Moves, int]]:
        """Yield each set of one move per group that may be enough, and the state it leads to."""
        most, shared = sum([group.gain for group in groups]), _shared(groups)
        if most + len(groups) * self._slack(shared) <= self._lack:
            return
        besides = self._besides(*[group.question for group in groups])
        # What the other answers keep from holding in any case gives nobody anything.
        alive, *_ = self.program.conclude(besides)
        least = self._lack - len(groups) * self._slack(shared & alive)
        paths: Paths = [(0, ())]
        for group in groups:
            most -= group.gain
            paths = _longer(paths, group, least - most)
        for gain, moves in paths:
            if gain + len(moves) * self._slack(_shared(moves) & alive) > self._lack:
                yield moves, reduce(and_, [move.entry for move in moves], besides)

    def hits(self, size: int, smaller: list[Hit]) -> list[Hit]:
        """Return the sets of `size` steps with which another candidate is best.

        Sets that contain one of the `smaller` hits are left out.
        """
        parts, found = {hit.changes for hit in smaller}, list[Hit]()
        for groups in _sets(self._groups(size, parts), size):
            gates_ = [self.gates.get(self._names[group.question], 0) for group in groups]
            for moves, state in self._promising(groups):
                self.left -= 1
                if self.left < 0:
                    return found
                fires, possible, _ = self.program.conclude(state)
                if any(gate & ~possible for gate in gates_):
                    continue
                winner = self._leader(fires, possible)
                if winner is None or winner == self.now:
                    continue
                changes = sum([move.changes for move in moves])
                if not any(part & changes == part for part in parts):
                    order = [move.order for move in moves]
                    steps = tuple([step for move in moves for step in move.steps])
                    found.append(Hit(order, steps, changes, winner, possible))
        return found


def _effort(pack: Pack) -> int:
    """Return about what one set takes: what is judged, for each candidate and at each gate."""
    conditions = len(pack.rules) + len(pack.constraints)
    gated = sum(question.when is not None for question in pack.questions.values())
    return 1 + conditions * (len(pack.candidates) + 3) // 4 + 4 * gated


def _sets(groups: list[Group], size: int, start: int = 0) -> Iterator[Groups]:
    """Yield the sets of groups of different questions whose costs add up to `size`."""
    for place in range(start, len(groups)):
        group = groups[place]
        if group.cost == size:
            yield (group,)
        elif group.cost < size:
            for others in _sets(groups, size - group.cost, place + 1):
                if others[0].question != group.question:
                    yield (group, *others)


def _longer(paths: Paths, group: Group, least: int) -> Paths:
    """Yield each path with one more move, taken from a group, if its gain then exceeds `least`."""
    for before, moves in paths:
        for move in group.moves:
            if (gain := before + move.gain) > least:
                yield gain, (*moves, move)


def _shared(parts: Groups | Moves) -> int:
    """Return the conditions that at least two of the parts reach."""
    once = twice = 0
    for part in parts:
        twice |= once & part.reach
        once |= part.reach
    return twice


def _single_steps(pack: Pack, name: str, before: Answer | None) -> list[Steps]:
    """Return the single changes that can be made to one answer, in the pack's order."""
    if isinstance(before, frozenset):
        return [_toggled(name, before, (option,)) for option in options(pack, name)]
    if pack.questions[name].type != "many":
        return [(Change(name, before, answer),) for answer in alternatives(pack, name)]
    answers = [frozenset[str](), *(frozenset({option}) for option in options(pack, name))]
    return [(Change(name, before, answer),) for answer in answers]


def _toggled(name: str, before: frozenset[str], chosen: Iterable[str]) -> Steps:
    """Return the changes that add or remove options of a `many` answer one after another."""
    steps = []
    for option in chosen:
        after = before ^ {option}
        told = ("", option) if option in before else (option, "")
        steps.append(Change(name, before, after, *told))
        before = after
    return tuple(steps)


def _turn(hit: Hit) -> tuple[int, int, list[tuple[int, ...]]]:
    """Return what sorts hits: fewest changes, fewest open questions, the pack's order."""
    return len(hit.steps), sum(step.before is None for step in hit.steps), hit.order
