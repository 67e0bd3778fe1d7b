"""Counterfactuals: the smallest sets of other answers with which another candidate is best.

One change gives a question another answer, adds or removes one option of a `many` question, or
answers a question that was left unknown (a `many` question with none or one option). A number
stands for its whole range between two bounds of the pack. Within that, every set of up to
`most_changes` is tried, and no set is listed of which a part alone is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from itertools import combinations, count
from operator import and_, or_, sub
from typing import TYPE_CHECKING, TypeAlias

from recommender.judging.case import Case
from recommender.judging.open_answers import alternatives, gates, options, reach
from recommender.judging.outcome import PERMILLE, Outcome
from recommender.judging.program import bits
from recommender.language import Language
from recommender.nouns.condition import Answer

from .change import Change, Steps, said, worded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from recommender.judging.lens import Lens
    from recommender.nouns.observation import Observations
    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile

BOUND = 100_000
"""How many sets of changes are tried unless the caller says otherwise."""

WORK = 20_000_000
"""How much all sets together may take, each as much as `_effort`: large packs get fewer tried."""


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """A smallest set of changed answers with which another candidate is best.

    `changes` has the whole new answer of each question. Of these, `assumed` were open before;
    `dropped` are answers given that no longer apply. `instead_of` is the candidate that is best
    now, if any. `complete` is true if every set of `most_changes` or fewer has been tried.
    """

    changes: Mapping[str, Answer]
    steps: tuple[Change, ...]
    winner: str
    outcome: Outcome
    instead_of: str | None
    sentence: str
    assumed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    complete: bool = True

    def applied_to(self, profile: Profile) -> Profile:
        """Return a profile with these changes made, without the answers that no longer apply."""
        return profile.answering({**self.changes, **dict.fromkeys(self.dropped)})


def counterfactuals(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
    most_changes: int = 2,
    bound: int = BOUND,
) -> tuple[Counterfactual, ...]:
    """Find the smallest sets of changed answers with which another candidate is best.

    Sets with the fewest changes come first, and among those the ones with the fewest answers to
    open questions. At most `bound` sets are tried.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> profile = load_profile("tests/toy/examples/night-owl.yaml", pack)
    >>> first = counterfactuals(profile, pack)[0]
    >>> first.changes, first.winner
    ({'hour': 'morning'}, 'coffee')
    """
    case = Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations)
    return counterfactuals_of(case, most_changes=most_changes, bound=bound)


def counterfactuals_of(
    case: Case, *, most_changes: int = 2, bound: int = BOUND
) -> tuple[Counterfactual, ...]:
    """Find the smallest sets of changed answers of a case, as `counterfactuals` does."""
    search = _Search(case, bound)
    found: list[_Hit] = []
    for size in range(1, most_changes + 1):
        if search.now.best is None and found:
            break  # where nobody is best, whatever makes somebody so is as small as can be
        found += search.hits(size, found)
    found.sort(key=_turn)
    return tuple(_told(found, search, Language(case.pack)))


ANYTHING = 1 << 62
"""More than all points: the gain of a move that does more than earn them."""


@dataclass(frozen=True, slots=True)
class _Move:
    """One way to change one question, by one step or by two.

    `order` sorts moves as the pack does. `changes` has a bit for each step, so that sets of steps
    compare as masks. `entry` is the program's entry of the new answer, `reach` the mask of the
    conditions that it can change, and `gain` the most by which it alone brings any rival closer to
    the candidate that is best now (in the unit of `_Search._beyond`).
    """

    order: tuple[int, ...]
    steps: Steps
    changes: int
    entry: int
    reach: int
    gain: int


@dataclass(frozen=True, slots=True)
class _Group:
    """The moves of one question that take `cost` steps; their joint reach and greatest gain."""

    question: int
    cost: int
    moves: list[_Move]
    reach: int
    gain: int


@dataclass(frozen=True, slots=True)
class _Hit:
    """A set of moves with which another candidate is best; `order` sorts it as the pack does."""

    order: list[tuple[int, ...]]
    steps: Steps
    changes: int
    winner: str
    outcome: Outcome
    possible: int


Moves: TypeAlias = tuple[_Move, ...]
Groups: TypeAlias = tuple[_Group, ...]
Paths: TypeAlias = "Iterable[tuple[int, Moves]]"


class _Search:
    """A search through sets of moves that skips those whose gain cannot be enough.

    To be best, a rival must lead the present best by more than a tie. The gains of several moves
    add up, except for conditions that two of the moves can change: for each such condition, all
    its points are added once more per move. Most sets fall short of that bound and are not tried.
    """

    def __init__(self, case: Case, bound: int) -> None:
        profile, pack, decider = case.profile, case.pack, case.decider
        self.profile, self.pack, self.decider = profile, pack, decider
        self.program, self.gates = decider.program, gates(pack)
        self.left = min(bound, WORK // _effort(pack))
        self._names = [name for name in pack.questions if self.program.tests(name)]
        answers = [profile.answers.get(name) for name in self._names]
        self._kept = list(map(self.program.entry, self._names, answers))
        self._fires, _, usual = self.program.conclude(self._besides())
        self.now = decider.decide(self._fires, usual)
        self._figures = decider.figures(self._fires)
        best = self.now.best
        self._best = 0 if best is None else decider.candidates.index(best)
        out = decider.vetoed(self._figures, self._fires) | 1 << self._best
        self._rivals = [j for j in range(len(decider.candidates)) if not out >> j & 1]
        self._leads = self._beyond(self._figures.totals(self._fires))
        # Where nobody is best, anything may do; who is excluded gains nothing by points.
        self._lack = -ANYTHING if best is None else -max(self._leads, default=0)
        self._slacks: dict[int, int] = {}
        self._others = [self._besides(number) for number in range(len(self._names))]
        bit = (1 << number for number in count())
        self._single = [
            [self._move(number, steps, next(bit)) for steps in _single_steps(pack, name, before)]
            for number, (name, before) in enumerate(zip(self._names, answers, strict=True))
        ]

    def _besides(self, *changed: int) -> int:
        """Return the state that the answers to all other questions leave."""
        kept = [entry for number, entry in enumerate(self._kept) if number not in changed]
        return reduce(and_, kept, self.program.start)

    def _beyond(self, points: Sequence[int]) -> list[int]:
        """Return by how much each rival leads the present best beyond a tie.

        `points` are the candidates' scores, with the stake last; the result is in thousandths of
        them.
        """
        least = PERMILLE * points[self._best] + self.pack.thresholds.tie * points[-1]
        return [PERMILLE * points[j] - least for j in self._rivals]

    def _slack(self, shared: int) -> int:
        """Return the most that the `shared` conditions could give a rival beyond added gains."""
        found = self._slacks.get(shared)
        if found is None:
            found = ANYTHING if shared & self.decider.turning else 0
            for rule in bits(shared & self._figures.active):
                row = self._figures.worth[rule]
                found += max(map(abs, self._beyond((*row, max(row)))), default=0)
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

    def _move(self, number: int, steps: Steps, changes: int) -> _Move:
        entry = self.program.entry(self._names[number], steps[-1].after)
        fires, *_ = self.program.conclude(self._others[number] & entry)
        turned = (fires ^ self._fires) & self.decider.turning
        # What comes to exclude a rival helps none; whatever else excludes or observes might.
        helps = turned & (self._fires | self.decider.here)
        if helps or self.decider.vetoed(self._figures, turned) >> self._best & 1:
            gain = ANYTHING
        else:
            leads = self._beyond(self._figures.totals(fires))
            gain = max(map(sub, leads, self._leads), default=0)
        order, within = (number, len(steps), *bits(changes)), reduce(or_, map(self._reach, steps))
        return _Move(order, steps, changes, entry, within, gain)

    def _double(self, number: int, lack: int) -> Iterator[_Move]:
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

    def _groups(self, size: int, parts: set[int]) -> list[_Group]:
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
                    found.append(_Group(number, cost, left, within, max([m.gain for m in left])))
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

    def hits(self, size: int, smaller: list[_Hit]) -> list[_Hit]:
        """Return the sets of `size` steps with which another candidate is best.

        Sets that contain one of the `smaller` hits are left out.
        """
        parts, found = {hit.changes for hit in smaller}, list[_Hit]()
        for groups in _sets(self._groups(size, parts), size):
            gates_ = [self.gates.get(self._names[group.question], 0) for group in groups]
            for moves, state in self._promising(groups):
                self.left -= 1
                if self.left < 0:
                    return found
                fires, possible, usual = self.program.conclude(state)
                if any(gate & ~possible for gate in gates_):
                    continue
                decision = self.decider.decide(fires, usual)
                winner = decision.best
                if winner is None or winner == self.now.best:
                    continue
                changes = sum([move.changes for move in moves])
                if not any(part & changes == part for part in parts):
                    order = [move.order for move in moves]
                    steps = tuple([step for move in moves for step in move.steps])
                    found.append(_Hit(order, steps, changes, winner, decision.outcome, possible))
        return found


def _effort(pack: Pack) -> int:
    """Return about what one set takes: what is judged, for each candidate and at each gate."""
    conditions = len(pack.rules) + len(pack.constraints)
    gated = sum(question.when is not None for question in pack.questions.values())
    return 1 + conditions * (len(pack.candidates) + 3) // 4 + 4 * gated


def _sets(groups: list[_Group], size: int, start: int = 0) -> Iterator[Groups]:
    """Yield the sets of groups of different questions whose costs add up to `size`."""
    for place in range(start, len(groups)):
        group = groups[place]
        if group.cost == size:
            yield (group,)
        elif group.cost < size:
            for others in _sets(groups, size - group.cost, place + 1):
                if others[0].question != group.question:
                    yield (group, *others)


def _longer(paths: Paths, group: _Group, least: int) -> Paths:
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


def _turn(hit: _Hit) -> tuple[int, int, list[tuple[int, ...]]]:
    """Return what sorts hits: fewest changes, fewest open questions, the pack's order."""
    return len(hit.steps), sum(step.before is None for step in hit.steps), hit.order


def _told(hits: list[_Hit], search: _Search, language: Language) -> Iterator[Counterfactual]:
    answered = search.profile.answers
    gated = [(name, gate) for name, gate in search.gates.items() if name in answered]
    told = cache(lambda step: worded(step, language))
    verdict = cache(lambda outcome, winner: language.verdict(outcome, (winner,)))
    for hit in hits:
        changes = {step.question: step.after for step in hit.steps}
        yield Counterfactual(
            changes=changes,
            steps=hit.steps,
            winner=hit.winner,
            outcome=hit.outcome,
            instead_of=search.now.best,
            sentence=said(map(told, hit.steps), verdict(hit.outcome, hit.winner), language),
            assumed=tuple([name for name in changes if name not in answered]),
            dropped=tuple([name for name, gate in gated if not gate & hit.possible]),
            complete=search.left >= 0,
        )
