"""Counterfactuals: the smallest sets of other answers with which another candidate is best.

One change gives a question another answer, adds or removes one option of a `many` question, or
answers a question that was left unknown (a `many` question with none or one option). A number
stands for its whole range between two bounds of the pack. Within that, every set of up to
`most_changes` is tried, and no set is listed of which a part alone is enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from operator import add, ge, sub
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .answering import alternatives, gates, options, reach
from .condition import Answer
from .decision import Decider, Sums
from .language import Language
from .scoring import Outcome
from .values import dataclass

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from .lens import Lens
    from .observation import Observations
    from .pack import Pack
    from .profile import Profile

BOUND = 100_000
"""How many sets of changes are tried unless the caller says otherwise."""


@dataclass(frozen=True, slots=True)
class Change:
    """Hold another answer to one question; `before` is `None` where it was unknown.

    `added` and `removed` name the one option by which a known `many` answer changes.
    """

    question: str
    before: Answer | None
    after: Answer
    added: str = ""
    removed: str = ""


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """Hold a smallest set of changes that makes another candidate best.

    `changes` gives the whole new answer of each question; `assumed` names those of them that
    were unknown, `dropped` the answers that no longer apply. `instead_of` is who is best now,
    if anyone. `complete` tells whether every set of `most_changes` or fewer has been tried.
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
        """Copy a profile with these changes made, and without the answers they rule out."""
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
    """Find what would have to be answered otherwise for another candidate to be best.

    The fewest changes come first, and of those the ones that assume the fewest unknown answers.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> profile = load_profile("tests/toy/examples/night-owl.yaml", pack)
    >>> first = counterfactuals(profile, pack)[0]
    >>> first.changes, first.winner
    ({'hour': 'morning'}, 'coffee')
    """
    decider = Decider(profile, pack, lens=lens, as_of=as_of, observations=observations)
    search = _Search(profile, pack, decider, bound)
    found: list[_Hit] = []
    for size in range(1, most_changes + 1):
        if search.now.best is None and found:
            break  # where nobody is best, whatever makes somebody so is as small as can be
        found += search.hits(size, found)
    found.sort(key=lambda hit: (len(hit.steps), sum(step.before is None for step in hit.steps)))
    language = Language(pack)
    return tuple(_told(hit, search, language) for hit in found)


Steps: TypeAlias = tuple[Change, ...]
Atoms: TypeAlias = frozenset[tuple[str, Answer]]


class _Hit(NamedTuple):
    """Hold a set of changes that does it."""

    steps: Steps
    winner: str
    outcome: Outcome
    possible: int


class _Move(NamedTuple):
    """Hold one way to change one question: its steps, the entry it leads to, and its gate.

    `gains` is what each rival gains by it alone on who is best now; `turns` tells whether it
    does more than that (it excludes somebody, say).
    """

    steps: Steps
    entry: int
    gate: int
    gains: tuple[int, ...]
    turns: bool


class _Path(NamedTuple):
    """Hold changes made so far, the state reached, and what each rival still lacks.

    `decided` are the conditions within reach of the changes, `shared` those within reach of
    two; `open` tells that adding up gains would not do.
    """

    steps: Steps
    gate: int
    state: int
    needs: tuple[int, ...] = ()
    decided: int = 0
    shared: int = 0
    open: bool = False


class _Joint(NamedTuple):
    """Say of a question what changing it, besides what has changed already, may come to.

    `shared` are the conditions within reach of both, `open` whether adding up gains would not do,
    `slack` what those conditions may give each rival besides. `most` bounds by the number of
    changes what each rival may gain; it is `None` where that says nothing.
    """

    shared: int
    open: bool
    slack: tuple[int, ...]
    most: Mapping[int, tuple[int, ...] | None]


class _Search:
    """Walk all sets of changes of one profile, question by question."""

    def __init__(self, profile: Profile, pack: Pack, decider: Decider, bound: int) -> None:
        self.profile, self.pack, self.decider = profile, pack, decider
        self.program = program = decider.program
        self.gates, self._turning = gates(pack), decider.turning
        self.left = bound
        names = [name for name in pack.questions if program.tests(name)]
        self._kept = [program.entry(name, profile.answers.get(name)) for name in names]
        self._reach = [reach(pack, name) for name in names]
        self._tails = [program.start]
        for entry in reversed(self._kept):
            self._tails.append(self._tails[-1] & entry)
        self._tails.reverse()
        self._fires, possible = program.conclude(self._tails[0])
        self.now = decider.decide(self._fires, possible)
        self._figures = decider.figures(self._fires)
        self._first, self._rivals = 0, list[int]()
        if self.now.best is not None:
            vetoed = decider.vetoed(self._figures, self._fires)
            self._first = decider.candidates.index(self.now.best)
            self._rivals = [
                j
                for j in range(len(decider.candidates))
                if j != self._first and not vetoed >> j & 1
            ]
        self._margins = self._leads(self._fires)
        swings = [
            [abs(row[j] - row[self._first]) for j in self._rivals] for row in self._figures.worth
        ]
        self._swings = Sums(swings, len(self._rivals))
        self._moves = [self._moves_of(name, index) for index, name in enumerate(names)]
        self._joints: dict[tuple[int, int, int], _Joint] = {}

    def _leads(self, fires: int) -> tuple[int, ...]:
        """Give the lead of who is best now over each rival."""
        scores = self._figures.totals(fires)
        return tuple(scores[self._first] - scores[j] for j in self._rivals)

    def _moves_of(self, name: str, index: int) -> dict[int, list[_Move]]:
        """List the moves of a question by the number of changes that they take."""
        before, pack = self.profile.answers.get(name), self.pack
        if pack.questions[name].type != "many":
            answers = alternatives(pack, name)
            return {1: self._moved(index, [(Change(name, before, each),) for each in answers])}
        offered = options(pack, name)
        if not isinstance(before, frozenset):
            single = [frozenset[str](), *(frozenset({option}) for option in offered)]
            return {1: self._moved(index, [(Change(name, None, answer),) for answer in single])}
        return {
            count: self._moved(
                index, [_toggled(name, before, chosen) for chosen in combinations(offered, count)]
            )
            for count in (1, 2)
        }

    def _moved(self, index: int, all_steps: list[Steps]) -> list[_Move]:
        program, found = self.program, []
        others = program.start
        for other, entry in enumerate(self._kept):
            if other != index:
                others &= entry
        for steps in all_steps:
            name = steps[-1].question
            entry = program.entry(name, steps[-1].after)
            if entry == self._kept[index]:
                continue
            fires, _ = program.conclude(others & entry)
            gains = zip(self._margins, self._leads(fires), strict=True)
            found.append(
                _Move(
                    steps=steps,
                    entry=entry,
                    gate=self.gates.get(name, 0),
                    gains=tuple(now - then for now, then in gains),
                    turns=bool((fires ^ self._fires) & self._turning),
                )
            )
        return found

    def _joint(self, path: _Path, index: int, size: int) -> _Joint:
        """Bound what changing a question besides may come to.

        The gains of changes add up, but for the conditions that two of them decide: each of those
        is counted at most `size` times.
        """
        key = path.decided, path.shared, index
        found = self._joints.get(key)
        if found is None:
            shared = path.shared | path.decided & self._reach[index]
            slack = tuple(size * each for each in self._swings.over(shared & self._figures.active))
            most = {
                cost: None
                if any(move.turns for move in moves)
                else tuple(map(add, slack, map(max, zip(*(m.gains for m in moves), strict=True))))
                for cost, moves in self._moves[index].items()
                if moves
            }
            found = _Joint(shared, bool(shared & self._turning), slack, most)
            self._joints[key] = found
        return found

    def _sets(self, start: int, left: int, size: int, path: _Path) -> Iterator[_Path]:
        """Yield the sets of `size` changes, `left` of them from a question on, that might do.

        A set that cannot give any rival enough is passed over.
        """
        state, needs = path.state, path.needs
        for index in range(start, len(self._kept)):
            joint = self._joint(path, index, size)
            open_ = path.open or joint.open
            for cost, most in joint.most.items():
                if cost < left:
                    for move in self._moves[index][cost]:
                        longer = _Path(
                            path.steps + move.steps,
                            path.gate | move.gate,
                            state & move.entry,
                            tuple(map(sub, needs, move.gains)),
                            path.decided | self._reach[index],
                            joint.shared,
                            open_ or move.turns,
                        )
                        yield from self._sets(index + 1, left - cost, size, longer)
                elif cost == left and (open_ or most is None or any(map(ge, most, needs))):
                    after = state & self._tails[index + 1]
                    for move in self._moves[index][cost]:
                        gains = map(add, move.gains, joint.slack)
                        if open_ or move.turns or any(map(ge, gains, needs)):
                            yield _Path(
                                path.steps + move.steps, path.gate | move.gate, after & move.entry
                            )
            state &= self._kept[index]

    def hits(self, size: int, smaller: list[_Hit]) -> list[_Hit]:
        """Find the sets of one size that change who is best, unless a part of them does."""
        program, decider, best = self.program, self.decider, self.now.best
        enough = [_atoms(hit.steps) for hit in smaller]
        for moves in self._moves:  # what is enough alone is part of no smallest set
            for cost, each in moves.items():
                moves[cost] = [move for move in each if not _holds(_atoms(move.steps), enough)]
        self._joints.clear()
        found = []
        start = _Path((), 0, program.start, self._margins, open=best is None)
        for path in self._sets(0, size, size, start):
            self.left -= 1
            if self.left < 0:
                break
            fires, possible = program.conclude(path.state)
            if path.gate & ~possible or decider.leader(fires) == best:
                continue
            outcome, winner = decider.decide(fires, possible)
            if winner is None or winner == best:
                continue
            if not _holds(_atoms(path.steps), enough):
                found.append(_Hit(path.steps, winner, outcome, possible))
        return found


def _toggled(name: str, before: frozenset[str], chosen: tuple[str, ...]) -> Steps:
    """Add or remove options one after another."""
    steps = []
    for option in chosen:
        after = before ^ {option}
        told = ("", option) if option in before else (option, "")
        steps.append(Change(name, before, after, *told))
        before = after
    return tuple(steps)


def _atoms(steps: Steps) -> Atoms:
    return frozenset((s.question, s.added or s.removed or s.after) for s in steps)


def _holds(atoms: Atoms, parts: list[Atoms]) -> bool:
    return any(part <= atoms for part in parts)


def _told(hit: _Hit, search: _Search, language: Language) -> Counterfactual:
    changes = {step.question: step.after for step in hit.steps}
    answered = search.profile.answers
    return Counterfactual(
        changes=changes,
        steps=hit.steps,
        winner=hit.winner,
        outcome=hit.outcome,
        instead_of=search.now.best,
        sentence=sentence(hit.steps, hit.winner, hit.outcome, language),
        assumed=tuple(name for name in changes if name not in answered),
        dropped=tuple(
            name for name, gate in search.gates.items()
            if name in answered and not gate & hit.possible
        ),
        complete=search.left >= 0,
    )  # fmt: skip


def sentence(steps: Steps, winner: str, outcome: Outcome, language: Language) -> str:
    """Say in a reader's language what would have to be, and what would be advised then."""
    changes = language.clauses(_worded(step, language) for step in steps)
    return language.phrase(
        "If {changes}: {verdict}.", changes=changes, verdict=language.verdict(outcome, (winner,))
    )


def _worded(step: Change, language: Language) -> str:
    say, asked = language.phrase, language.ask(step.question)
    if step.added:
        option = language.choice(step.question, step.added)
        return say("“{question}” also included “{option}”", question=asked, option=option)
    if step.removed:
        option = language.choice(step.question, step.removed)
        return say("“{question}” did not include “{option}”", question=asked, option=option)
    after = language.answer(step.question, step.after)
    if step.before is None:
        return say("“{question}” were answered “{after}”", question=asked, after=after)
    return say(
        "“{question}” were answered “{after}” rather than “{before}”",
        question=asked,
        after=after,
        before=language.answer(step.question, step.before),
    )
