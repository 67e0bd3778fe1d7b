"""Explanation: the state of every rule, the answers that it read, and what it earned whom.

Nothing here is estimated: the contributions of the rules add up to the margin exactly
(docs/architecture.md, "The arithmetic").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from recommender.nouns.condition import Answer, State, clauses, holds, reads
from recommender.nouns.errors import Place
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Constraint, Pack, Rule, Standing
from recommender.nouns.profile import Profile
from recommender.nouns.source import Citation, Evidence

from .case import Case
from .lens import Lens, Term, View, applied_review
from .outcome import WHOLE
from .program import bits

LIKELY = 2 * WHOLE // 3
"""In what share of the completions an open rule fires that is told as a reason, of 10,000."""


class Reason(NamedTuple):
    """One rule as it was judged.

    `earned` is weight(criterion) times weight(rule) times favors for each candidate, in hundredths
    of a point: what the rule earns if it fires, or what it could earn if it is unknown.
    `likelihood` is the share of the project's completions in which it fires, in ten-thousandths;
    `likely` says that it is open, that an answer speaks for it, and that it fires in two of three.
    """

    rule: str
    criterion: str
    state: State
    sentence: str
    earned: Mapping[str, int]
    answers: Mapping[str, Answer | None]
    evidence: Evidence
    standing: Standing | Literal["as-written"]
    expired: bool
    refuted: tuple[str, ...]
    confirmed: tuple[str, ...]
    sources: tuple[Citation, ...]
    place: Place
    likelihood: int = 0
    likely: bool = False

    def contribution(self, candidate: str, over: str) -> int:
        """Return the points by which this rule moves one candidate ahead of another, signed."""
        if self.state != "fires":
            return 0
        return self.earned.get(candidate, 0) - self.earned.get(over, 0)

    def expected(self, candidate: str, over: str) -> int:
        """Return what an open rule is expected to move one candidate ahead; 0 where it is known."""
        if self.state != "unknown":
            return 0
        return (self.earned.get(candidate, 0) - self.earned.get(over, 0)) * self.likelihood // WHOLE

    def moves(self, candidate: str, over: str) -> int:
        """Return the points by which this rule moves one candidate ahead, or is expected to."""
        return self.contribution(candidate, over) + self.expected(candidate, over)


class Exclusion(NamedTuple):
    """One constraint that excludes candidates, or may once an open question is answered."""

    constraint: str
    candidates: tuple[str, ...]
    state: State
    sentence: str
    answers: Mapping[str, Answer | None]
    refuted: str
    sources: tuple[Citation, ...]
    place: Place


class OpenQuestion(NamedTuple):
    """An unanswered question and the points that depend on it, in hundredths.

    `rare` is true if everything that depends on it needs an answer marked `rare`.
    """

    question: str
    stake: int
    rules: tuple[str, ...]
    constraints: tuple[str, ...]
    rare: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """All rules, exclusions and open questions behind one ranking."""

    lens: Lens
    candidates: tuple[str, ...]
    reasons: tuple[Reason, ...]
    exclusions: tuple[Exclusion, ...]
    open_questions: tuple[OpenQuestion, ...]
    inapplicable: tuple[str, ...]

    def favoring(self, candidate: str, over: str) -> list[Reason]:
        """Return the reasons that move one candidate ahead of another, strongest first."""
        return _strongest(self.reasons, candidate, over)

    def moving(self, candidate: str, over: str) -> list[Reason]:
        """Return the reasons that move one candidate ahead, known or likely, strongest first."""
        likely = [each for each in self.expecting(candidate, over) if each.likely]
        found = [*self.favoring(candidate, over), *likely]
        return sorted(found, key=lambda each: -each.moves(candidate, over))

    def expecting(self, candidate: str, over: str) -> list[Reason]:
        """Return the open reasons expected to move one candidate ahead, strongest first."""
        found = [each for each in self.reasons if each.expected(candidate, over) > 0]
        return sorted(found, key=lambda each: (-each.expected(candidate, over), each.rule))

    def fired(self) -> list[Reason]:
        """Return the rules that fire, in the pack's order."""
        return [reason for reason in self.reasons if reason.state == "fires"]

    def conflicts(self) -> list[tuple[Reason, ...]]:
        """Return, by criterion, the rules that fire for one candidate alone, if they disagree."""
        fired = sorted(self.fired(), key=lambda reason: reason.criterion)
        found = []
        for _, group in groupby(fired, key=lambda reason: reason.criterion):
            one_sided = [r for r in group if sum(1 for e in r.earned.values() if e) == 1]
            if len({winner(reason) for reason in one_sided}) > 1:
                found.append(tuple(one_sided))
        return found


def winner(reason: Reason) -> str:
    """Return the candidate that a rule earns most."""
    return max(reason.earned, key=lambda name: reason.earned[name])


def explain(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
) -> Explanation:
    """Explain a ranking: every rule and constraint of the pack with its state and its points.

    >>> from recommender import load_pack, load_profile, rank, judge
    >>> pack = load_pack("tests/toy/rules")
    >>> profile = load_profile({"answers": {"hour": "morning", "sugar": 5}}, pack)
    >>> told = explain(profile, pack)
    >>> ranking = rank(judge(profile, pack))
    >>> sum(r.contribution("coffee", over="tea") for r in told.reasons) == ranking.margin
    True
    """
    case = Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations)
    return explanation_of(case)


def explanation_of(case: Case) -> Explanation:
    """Explain the ranking of a case, as `explain` does."""
    reasons, exclusions = _reasons(case), _exclusions(case)
    return Explanation(
        lens=case.lens,
        candidates=case.view.candidates,
        reasons=reasons,
        exclusions=exclusions,
        open_questions=_open_questions(case, reasons, exclusions),
        inapplicable=tuple(sorted(case.truths.inapplicable)),
    )


def _strongest(reasons: tuple[Reason, ...], candidate: str, over: str) -> list[Reason]:
    found = [reason for reason in reasons if reason.contribution(candidate, over) > 0]
    return sorted(found, key=lambda r: (-r.contribution(candidate, over), r.rule))


def _reasons(case: Case) -> tuple[Reason, ...]:
    seen, answers = case.view, case.profile.answers
    observations = case.observations if case.observed else None
    fires, possible = case.truths.rules
    rules = list(case.pack.rules.values())
    found = []
    for index in bits(seen.active):
        rule, term = rules[index], seen.terms[index]
        factor = case.weights[term.criterion] * term.weight
        state: State = "silent"
        likelihood = case.support.likelihood(index)
        if fires >> index & 1:
            state = "fires"
        elif possible >> index & 1:
            state = "unknown"
        found.append(
            Reason(
                rule=rule.id,
                criterion=rule.criterion,
                state=state,
                sentence=term.sentence,
                earned={
                    name: factor * share
                    for name, share in zip(seen.candidates, term.favors, strict=True)
                },
                answers={name: answers.get(name) for name in reads(rule.when)},
                evidence=rule.evidence,
                standing=term.standing,
                expired=term.expired,
                refuted=term.refuted,
                confirmed=_confirmed(rule, term, seen.candidates, observations),
                sources=_sources(rule, seen),
                place=rule.place,
                likelihood=likelihood,
                likely=state == "unknown" and likelihood >= LIKELY and _begun(rule, answers),
            )
        )
    return tuple(found)


def _begun(rule: Rule, answers: Mapping[str, Answer]) -> bool:
    """Tell whether an answer passes one of the tests that would make a rule fire."""
    judged = ([holds(test, answers) for test in clause] for clause in clauses(rule.when))
    return any(True in truths and False not in truths for truths in judged)


def _confirmed(
    rule: Rule, term: Term, candidates: tuple[str, ...], observations: Observations | None
) -> tuple[str, ...]:
    """Return the favored candidates for which a check of the rule passed here and none failed."""
    if observations is None:
        return ()
    return tuple(
        name
        for name, share in zip(candidates, term.favors, strict=True)
        if share
        and name not in term.refuted
        and any(
            (seen := observations.get(check, name)) is not None and seen.verdict == "confirmed"
            for check in rule.checks
        )
    )


def _sources(rule: Rule, seen: View) -> tuple[Citation, ...]:
    """Return the sources of the sentence that the lens shows."""
    if seen.lens == "document":
        return tuple(source for source in rule.sources if source.cite)
    review = applied_review(rule, seen.as_of)
    return (*(review.sources if review else ()), *rule.sources)


def _exclusions(case: Case) -> tuple[Exclusion, ...]:
    seen, answers = case.view, case.profile.answers
    holding, maybe = case.truths.constraints
    constraints: list[Constraint] = list(case.pack.constraints.values())
    return tuple(
        Exclusion(
            constraint=constraints[index].id,
            candidates=tuple(seen.candidates[column] for column in seen.vetoes[index]),
            state="fires" if holding >> index & 1 else "unknown",
            sentence=constraints[index].because,
            answers={name: answers.get(name) for name in reads(constraints[index].when)},
            refuted=constraints[index].refuted,
            sources=constraints[index].sources,
            place=constraints[index].place,
        )
        for index in bits(holding | maybe)
        if seen.vetoes[index]
    )


def _open_questions(
    case: Case, reasons: tuple[Reason, ...], exclusions: tuple[Exclusion, ...]
) -> tuple[OpenQuestion, ...]:
    """Return the unanswered questions on which rules or constraints wait, the weightiest first."""
    waiting = [reason for reason in reasons if reason.state == "unknown"]
    hanging = [exclusion for exclusion in exclusions if exclusion.state == "unknown"]
    rare = {each.rule for each in case.matrix.pending if each.rare} | case.matrix.rare_vetoes
    closed = {*case.profile.answers, *case.truths.inapplicable}
    found = []
    for name in case.pack.questions:
        if name in closed:
            continue
        rules = [reason for reason in waiting if name in reason.answers]
        constraints = tuple(e.constraint for e in hanging if name in e.answers)
        stake = sum(max(reason.earned.values(), default=0) for reason in rules)
        if not stake and not constraints:
            continue  # what it decides earns nobody anything, unless a probe has measured it
        ids = tuple(reason.rule for reason in rules)
        earning = [reason.rule for reason in rules if any(reason.earned.values())]
        only_rarely = rare.issuperset((*earning, *constraints))
        found.append(OpenQuestion(name, stake, ids, constraints, only_rarely))
    urgent = {o.question for o in found if not rare.issuperset(o.constraints)}
    return tuple(sorted(found, key=lambda o: (o.rare, o.question not in urgent, -o.stake)))
