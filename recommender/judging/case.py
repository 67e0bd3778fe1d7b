"""The case: one project under one pack, lens and day, judged once.

Everything that tells or questions a decision (explanation, robustness, counterfactuals, proof,
interview, recommendation) reads from a case, so that a pack's conditions are run once for a
project and each lens is judged at most once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from recommender.nouns.condition import Answer, State, holds
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile

from .decision import Decider
from .lens import Lens, View, calibration_at, day_of, view
from .outcome import NOBODY, PERMILLE, SOMETIMES, WHOLE, Basis, Decision, Outcome, outcome_of
from .program import Truths, bits, program_of
from .routes import unreached
from .scoring import DecisionMatrix, Pending, Ranking, rank
from .support import Support, support_of


@dataclass(frozen=True)
class Case:
    """One project under one pack, as one lens shows it on one day.

    `observations` are what a probe saw, if anything; they change scores only where `observed` is
    true. What is computed is kept: two reads of `matrix` are the same object.
    """

    profile: Profile
    pack: Pack
    lens: Lens
    day: dt.date
    observations: Observations | None = None

    @classmethod
    def of(
        cls,
        profile: Profile,
        pack: Pack,
        *,
        lens: Lens = "today",
        as_of: dt.date | None = None,
        observations: Observations | None = None,
    ) -> Case:
        """Take the case of a project, on the pack's own day unless another is named.

        Raises `UsageError` for what is no day, and, once it is judged, for a lens that does not
        exist.

        >>> from recommender import load_pack, load_profile
        >>> pack = load_pack("tests/toy/rules")
        >>> case = Case.of(load_profile({"answers": {"hour": "evening"}}, pack), pack)
        >>> case.decision.best, case.through("document").decision.best
        ('tea', 'tea')
        """
        return cls(profile, pack, lens, day_of(as_of, pack), observations)

    def through(self, lens: Lens) -> Case:
        """Take the same case as another lens shows it; asked again, it is the same object."""
        if lens not in self._lenses:
            other = Case(self.profile, self.pack, lens, self.day, self.observations)
            vars(other).update(truths=self.truths, _lenses=self._lenses)
            self._lenses[lens] = other
        return self._lenses[lens]

    def answering(self, changes: Mapping[str, Answer | None]) -> Case:
        """Take the case of the same project with other answers (`Profile.answering`)."""
        profile = self.profile.answering(changes)
        return Case(profile, self.pack, self.lens, self.day, self.observations)

    @cached_property
    def _lenses(self) -> dict[Lens, Case]:
        return {self.lens: self}

    @cached_property
    def truths(self) -> Truths:
        """What the project's answers make of every condition of the pack."""
        return program_of(self.pack).run(self.profile.answers)

    @property
    def observed(self) -> bool:
        """Whether observations change scores: under `measured`, on the project's own machine."""
        measured = self.lens == "measured" and self.observations is not None
        return measured and self.truths.this_machine

    @cached_property
    def view(self) -> View:
        """The pack's numbers as the lens shows them for this project."""
        return view(self.pack, self.lens, self.day, self.observations if self.observed else None)

    @cached_property
    def weights(self) -> tuple[int, ...]:
        """The weight in force of each criterion of the view: the project's own, else the pack's."""
        own = self.profile.weights
        pairs = zip(self.view.criteria, self.view.weights, strict=True)
        return tuple(own.get(name, weight) for name, weight in pairs)

    @cached_property
    def matrix(self) -> DecisionMatrix:
        """The points of every candidate on every criterion."""
        return _matrix(self)

    @cached_property
    def ranking(self) -> Ranking:
        """The candidates in the order of what is known."""
        return rank(self.matrix)

    @cached_property
    def support(self) -> Support:
        """In what share of the ways in which open answers may turn out each candidate is first."""
        return support_of(self.pack, self.profile.answers, self.decider)

    @property
    def probability(self) -> int | None:
        """How likely the candidate with the most support is the right advice, of 10,000.

        It is known where the lens is `today`, the candidates are those on which the pack's
        calibration was made, and every review of it is in force.
        """
        return self.support.probability(calibration_at(self.pack, self.lens, self.day))

    @cached_property
    def unreached(self) -> Mapping[str, tuple[str, ...]]:
        """The targets of the project to which a candidate has no usable route (`routes`)."""
        return unreached(self.pack, self.profile, self.truths)

    @property
    def unanswered(self) -> bool:
        """Whether no question is answered, though something hangs on an answer that is not rare."""
        if self.profile.answers:
            return False
        matrix = self.matrix
        hangs = any(map(matrix.hanging_over, matrix.candidates))
        return hangs or any(not each.rare for each in matrix.pending)

    @property
    def users_choose(self) -> bool:
        """Whether the project leaves the choice to its users."""
        when = self.pack.users_choose
        if when is None:
            return False
        return holds(when, self.profile.answers, self.truths.inapplicable) is True

    @cached_property
    def decided(self) -> int:
        """In what share of the completions something decides, in ten-thousandths.

        Code that any candidate runs binds to none: there only what is known decides.
        """
        portable, truths = self.pack.planning.portable, self.truths
        if portable is None:
            return self.support.decided
        if holds(portable.when, self.profile.answers, truths.inapplicable) is not True:
            return self.support.decided
        decider = self.decider
        figures = decider.observed if self.observed else decider.plain
        return WHOLE * (bool(self.matrix.vetoes) or figures.parted(truths.rules[0]))

    @cached_property
    def decision(self) -> Decision:
        """What is advised, and how surely."""
        return _decision(self)

    @cached_property
    def decider(self) -> Decider:
        """What decides other answers of the same project, thousands of times if need be."""
        pack, lens, day = self.pack, self.lens, self.day
        if self.observations is None or lens != "measured":
            return Decider(pack, self.weights, self.view)
        # Whether observations count is itself a matter of the answers.
        here = view(pack, lens, day, self.observations)
        return Decider(pack, self.weights, view(pack, lens, day), here)


def judge(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
) -> DecisionMatrix:
    """Judge a profile by a pack's rules, as one lens shows them.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> matrix = judge(load_profile({"answers": {"hour": "morning"}}, pack), pack)
    >>> matrix.candidates, matrix.states["mornings-want-caffeine"]
    (('coffee', 'tea'), 'fires')
    """
    return Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations).matrix


def score(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
) -> Ranking:
    """Judge and rank in one call.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> score(load_profile({"answers": {"hour": "evening"}}, pack), pack).leader
    'tea'
    """
    return Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations).ranking


def decide(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
) -> Decision:
    """Decide what to advise, without the account of it that `recommend` gives.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> decide(load_profile({"answers": {"hour": "evening"}}, pack), pack).best
    'tea'
    """
    return Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations).decision


def _decision(case: Case) -> Decision:
    matrix, support, limits = case.matrix, case.support, case.pack.thresholds
    names, probability = matrix.candidates, case.probability
    alive = [name for name in names if name not in matrix.vetoes]
    outcome, place = outcome_of(
        support.shares,
        excluded=sum(1 << j for j, name in enumerate(names) if name not in alive),
        hanging=sum(1 << j for j, name in enumerate(names) if matrix.hanging_over(name)),
        decided=case.decided,
        probability=max(support.shares) if probability is None else probability,
        unanswered=case.unanswered,
        users_choose=case.users_choose,
        limits=limits,
        reached=lambda: not any(name in case.unreached for name in alive),
        liftable=lambda: support.liftable(PERMILLE * limits.known),
    )
    best = None if place == NOBODY else names[place]
    return Decision(
        outcome,
        best,
        leaders=_leaders(outcome, best, alive, support),
        basis=_basis(case),
        support=support.of(best) if best else 0,
        probability=probability if best else None,
        hanging=matrix.hanging_over(best) if best else (),
    )


def _basis(case: Case) -> Basis:
    if case.users_choose:
        return "users"
    few = case.decided < PERMILLE * case.pack.thresholds.decided
    return "default" if few else "decided"


def _leaders(
    outcome: Outcome, best: str | None, alive: list[str], support: Support
) -> tuple[str, ...]:
    """Name those that will do, the best first: of more than two, those often enough first."""
    if outcome != "either":
        return (best,) if best else ()
    order = sorted(alive, key=lambda name: (name != best, -support.of(name)))
    return tuple([n for i, n in enumerate(order) if i <= 1 or support.of(n) >= SOMETIMES])


def _matrix(case: Case) -> DecisionMatrix:
    seen = case.view
    fires, possible = case.truths.rules
    fires, unknown = fires & seen.active, possible & ~fires & seen.active
    rare, rare_constraints = case.truths.rare
    width = len(seen.candidates)
    points = [[0] * width for _ in seen.criteria]
    stakes = [0] * len(seen.criteria)
    for index in bits(fires):
        term = seen.terms[index]
        row, weight = points[term.criterion], term.weight
        for column, share in enumerate(term.favors):
            row[column] += weight * share
        stakes[term.criterion] += weight * max(term.favors, default=0)
    pending = tuple(
        Pending(
            term.rule,
            term.criterion,
            tuple(term.weight * share for share in term.favors),
            rare=bool(rare >> index & 1),
        )
        for index, term in ((index, seen.terms[index]) for index in bits(unknown))
    )
    states: dict[str, State] = {seen.terms[index].rule: "silent" for index in bits(seen.active)}
    states |= {seen.terms[index].rule: "fires" for index in bits(fires)}
    states |= {entry.rule: "unknown" for entry in pending}
    holding, maybe = case.truths.constraints
    names = list(case.pack.constraints) if maybe else []
    return DecisionMatrix(
        candidates=seen.candidates,
        criteria=seen.criteria,
        weights=case.weights,
        points=tuple(map(tuple, points)),
        stakes=tuple(stakes),
        vetoes=_excluded(names, seen, holding),
        possible_vetoes=_excluded(names, seen, maybe & ~holding),
        pending=pending,
        states=states,
        lens=seen.lens,
        as_of=seen.as_of,
        observed=case.observed,
        rare_vetoes=frozenset(names[index] for index in bits(rare_constraints)),
    )


def _excluded(names: list[str], seen: View, mask: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for index in bits(mask):
        for column in seen.vetoes[index]:
            found.setdefault(seen.candidates[column], []).append(names[index])
    return {candidate: tuple(sorted(ids)) for candidate, ids in sorted(found.items())}
