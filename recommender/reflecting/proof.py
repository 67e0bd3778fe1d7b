"""Proof: that no answers to the questions still open can change who leads by score.

The proof is joint and sound, and covers what is linear in points: the leader and the exclusions,
not how probable it is that the advice is right. That one leads another is a linear inequality in
the points of the rules; its worst case is bounded by giving each open question the answer that
is worst for it, so that rules which exclude each other never count together. Where that is not
enough, the most telling question is split into its answers and each case is bounded again (branch
and bound; A. H. Land and A. G. Doig, An automatic method of solving discrete programming
problems, Econometrica 28, 1960). What stays unproved counts as open: then keep asking.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add, and_, sub
from typing import NamedTuple, TypeAlias

from recommender.judging.case import Case
from recommender.judging.lens import Lens
from recommender.judging.open_answers import alternatives, gates, open_questions, options
from recommender.judging.sums import Sums
from recommender.nouns.condition import Answer, holds
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile

from .branches import Branch, Variable, variables_of

CASES = 300
"""How many cases a proof may split into before it is given up."""

PROBES = 16
"""How many random completions are tried first: a counterexample is cheaper than a proof."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether it is settled who leads: no joint answer to the open questions changes it.

    `leader` is who leads by what is known, `None` where several share the first place or all are
    excluded. Where it is not settled, `counterexample` holds answers with which another would lead;
    it is `None` too where neither was found within `CASES` cases.
    """

    settled: bool
    leader: str | None
    open: tuple[str, ...]
    cases: int
    counterexample: Mapping[str, Answer] | None = None


def settled(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
    cases: int = CASES,
) -> Proof:
    """Prove that the open questions cannot change who leads, or find answers that do.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> answers = {"hour": "evening", "place": ["home"], "sugar": 0, "no-kettle": False}
    >>> proof = settled(load_profile({"answers": answers}, pack), pack)
    >>> proof.settled, proof.leader, proof.open
    (True, 'tea', ('cups', 'milk', 'oat-milk', 'my-kitchen'))
    """
    case = Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations)
    return proof_of(case, cases)


def proof_of(case: Case, cases: int = CASES) -> Proof:
    """Prove that a case's open questions cannot change who leads, as `settled` does."""
    return _Prover(case).prove(cases)


Choices: TypeAlias = "dict[Variable, Answer | None]"


class _Demand(NamedTuple):
    """The demand that the score of `above` less that of `below` is at most `limit`."""

    above: int
    below: int
    limit: int


class _Tally(NamedTuple):
    """The worst that one variable can do to each demand.

    For each demand, `most` is the most that any value adds, `worst` that value, and `swing` the
    difference to the least that a value adds.
    """

    variable: Variable
    most: list[int]
    worst: list[Answer | None]
    swing: list[int]


class _Prover:
    """Proves who leads one project, case by case."""

    def __init__(self, case: Case) -> None:
        profile, pack, decider = case.profile, case.pack, case.decider
        self.profile, self.pack, self.decider = profile, pack, decider
        self.program = program = decider.program
        possible = case.truths.possible
        self.now = decider.leader(case.truths.fires)
        self.open = open_questions(pack, profile.answers, possible)
        gate = gates(pack)
        self._guards = sum(gate[name] & possible for name in profile.answers if name in gate)
        self._known = program.standing(profile.answers)
        self._variables = list(variables_of(pack, self.open))
        self._gated = [(gate[name], program.readers(name)) for name in self.open if name in gate]
        self._sums: dict[tuple[bool, tuple[_Demand, ...]], tuple[Sums, Sums]] = {}
        self.cases = 0
        self.stuck = False
        self.found: dict[str, Answer] | None = None

    def prove(self, most: int) -> Proof:
        """Prove it, splitting it into at most so many cases."""
        from random import Random  # noqa: PLC0415  (seldom needed, with all that it loads)

        rng = Random(0)
        whole = self._whole()
        for _ in range(PROBES if self.open else 0):
            if self.found is not None:
                break
            self._check(whole, {each: rng.choice(each.values) for each in self._variables})
        waiting = [whole]
        while waiting and self.found is None and not self.stuck and self.cases < most:
            self.cases += 1
            waiting += self._split(waiting.pop())
        proved = not waiting and self.found is None and not self.stuck
        return Proof(proved, self.now, self.open, self.cases, self.found)

    def _whole(self) -> Branch:
        many = [name for name in self.open if self.pack.questions[name].type == "many"]
        return Branch(
            entries={name: self.program.entry(name, None) for name in self.open},
            answers={},
            taken={name: frozenset() for name in many},
            left={name: frozenset(options(self.pack, name)) for name in many},
        )

    def _judge(self, state: int) -> tuple[int, int]:
        """Return what fires for certain and what may, where some questions may not apply."""
        fires, possible, _ = self.program.conclude(state)
        for gate, readers in self._gated:
            if possible & gate and not fires & gate:
                fires &= ~readers
        return fires, possible

    def _split(self, branch: Branch) -> list[Branch]:
        """Return the branches into which an unproved branch splits; none if it is proved."""
        fires, possible = self._judge(reduce(and_, branch.entries.values(), self._known))
        if self._guards & ~possible:
            return []  # it contradicts an answer that was given
        ways = self._ways(fires, possible)
        demands = tuple(dict.fromkeys(demand for way in ways for demand in way))
        tallies, rest = self._tallies(branch, fires, possible, demands)
        bounds = self._certain(fires, demands)
        for most in (rest, *(tally.most for tally in tallies)):
            bounds = list(map(add, bounds, most))
        failing = [i for i, demand in enumerate(demands) if bounds[i] > demand.limit]
        failed = {demands[i] for i in failing}
        if any(not failed.intersection(way) for way in ways):
            return []
        lane = failing[0] if failing else None
        worst: Choices = {} if lane is None else {t.variable: t.worst[lane] for t in tallies}
        self._check(branch, worst)
        swings = {} if lane is None else {t.variable: t.swing[lane] for t in tallies}
        variable = self._telling(branch, fires, possible, swings)
        if variable is None:
            self.stuck = True
            return []
        return [branch.deciding(variable, value, self.program) for value in variable.values]

    def _ways(self, fires: int, possible: int) -> list[list[_Demand]]:
        """List the ways to prove who leads: sets of demands, any one of which is enough.

        None at all means that the case must be split first.
        """
        figures = self.decider.figures(fires)
        if possible & ~fires & self.decider.here:
            return []
        out, maybe_out = (self.decider.vetoed(figures, mask) for mask in (fires, possible))
        everyone = range(len(self.decider.candidates))
        staying = [j for j in everyone if not maybe_out >> j & 1]
        in_play = [j for j in everyone if not out >> j & 1]
        if self.now is None:
            return (
                [[]]
                if not in_play
                else [
                    [_Demand(a, b, 0), *(_Demand(j, a, 0) for j in in_play if j != a)]
                    for a in staying
                    for b in staying
                    if a != b
                ]
            )
        first = self.decider.candidates.index(self.now)
        if first not in staying:
            return []
        return [[_Demand(j, first, -1) for j in in_play if j != first]]

    def _lanes(self, fires: int, demands: tuple[_Demand, ...]) -> tuple[Sums, Sums]:
        """Return what each rule adds to each demand: the positive parts, and the negative parts."""
        figures = self.decider.figures(fires)
        key = (figures is self.decider.plain, demands)
        found = self._sums.get(key)
        if found is None:
            rows = [[row[d.above] - row[d.below] for d in demands] for row in figures.worth]
            gains = Sums([[max(0, each) for each in row] for row in rows], len(demands))
            losses = Sums([[max(0, -each) for each in row] for row in rows], len(demands))
            found = self._sums[key] = gains, losses
        return found

    def _certain(self, fires: int, demands: tuple[_Demand, ...]) -> list[int]:
        gains, losses = self._lanes(fires, demands)
        active = fires & self.decider.figures(fires).active
        return list(map(sub, gains.over(active), losses.over(active)))

    def _tallies(
        self, branch: Branch, fires: int, possible: int, demands: tuple[_Demand, ...]
    ) -> tuple[list[_Tally], tuple[int, ...]]:
        """Assign each undecided rule to one variable that it reads, and bound what each adds.

        A rule that may still fire once its variable is decided counts if that is worse. The second
        result is what the rules that no variable decides could add to each demand.
        """
        if not demands:
            return [], ()
        waiting = possible & ~fires & self.decider.figures(fires).active
        gains, losses = self._lanes(fires, demands)
        found = []
        for variable in self._variables:
            mine = waiting & variable.readers
            if not mine or not branch.is_open(variable):
                continue
            waiting &= ~mine
            name = variable.question
            others = self._known
            for other, entry in branch.entries.items():
                if other != name:
                    others &= entry
            values: list[Answer | None] = list(variable.values)
            entries = [branch.entry(variable, value, self.program) for value in variable.values]
            if variable.gate & ~fires:
                values.append(None)
                entries.append(self.program.silenced(name))
            totals = []
            for entry in entries:
                sure, maybe = self._judge(others & entry)
                gained = gains.over(maybe & mine)
                totals.append(list(map(sub, gained, losses.over(sure & mine))))
            lanes = list(zip(*totals, strict=True))
            most = [max(lane) for lane in lanes]
            worst = [values[lane.index(top)] for lane, top in zip(lanes, most, strict=True)]
            found.append(_Tally(variable, most, worst, [max(x) - min(x) for x in lanes]))
        return found, gains.over(waiting)

    def _telling(
        self, branch: Branch, fires: int, possible: int, swings: dict[Variable, int]
    ) -> Variable | None:
        """Return the variable to split by: what most moves the failing demand, or excludes."""
        unknown = possible & ~fires
        figures = self.decider.figures(fires)
        best, most = None, -1
        for variable in self._variables:
            matters = variable.reach & unknown & (figures.active | self.decider.turning)
            if not matters or not branch.is_open(variable) or variable.gate & ~fires:
                continue
            swing = swings.get(variable, 0) + sum(
                swings[other] for other in swings if other.gate & variable.readers & unknown
            )
            if not swings and matters & self.decider.turning:
                swing = 1
            if swing > most:
                best, most = variable, swing
        return best

    def _check(self, branch: Branch, choices: Choices) -> None:
        """Complete a branch's answers, and keep them as counterexample if they decide otherwise."""
        answers = dict(self.profile.answers)
        out: set[str] = set()
        chosen: dict[str, dict[str, Answer | None]] = {}
        for variable, value in choices.items():
            chosen.setdefault(variable.question, {})[variable.option] = value
        for question in self.pack.questions.values():
            name = question.id
            if question.when is not None and holds(question.when, answers, out) is False:
                if name in answers:
                    return  # not admissible
                out.add(name)
            elif name in self.open:
                answers[name] = self._answer(branch, name, chosen.get(name, {}))
        if self.decider.answers(answers) != self.now:
            self.found = {name: answers[name] for name in self.open if name in answers}

    def _answer(self, branch: Branch, name: str, chosen: Mapping[str, Answer | None]) -> Answer:
        """Return an answer to one question: the branch's, else the one chosen, else the first."""
        if name in branch.taken:
            ticked = {option for option in branch.left[name] if chosen.get(option)}
            return branch.taken[name] | ticked
        answer = branch.answers.get(name, chosen.get(""))
        return alternatives(self.pack, name)[0] if answer is None else answer
