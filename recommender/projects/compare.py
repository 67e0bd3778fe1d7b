"""The contrast of two projects: which answers differ, and the rules that they moved, in points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recommender.judging.case import Case
from recommender.judging.explanation import explanation_of
from recommender.judging.outcome import Decision
from recommender.judging.scoring import Ranking
from recommender.nouns.condition import Answer, reads
from recommender.nouns.profile import Profile

if TYPE_CHECKING:
    import datetime as dt

    from recommender.judging.explanation import Explanation, Reason
    from recommender.judging.lens import Lens
    from recommender.nouns.pack import Pack


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that two projects answer differently; `None` is unanswered."""

    question: str
    one: Answer | None
    other: Answer | None


@dataclass(frozen=True, slots=True)
class Parting:
    """A rule that gives two projects different points, and the questions that cause it.

    Points are those of the contrast's `first` over its `rival`. No question is named if only the
    projects' own criterion weights make the difference.
    """

    rule: str
    criterion: str
    one: int
    other: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two projects' advice side by side, and the rules by which it differs.

    The partings add up exactly to margin(first over rival) of `one` minus that of `other`.
    """

    one: Profile
    other: Profile
    decisions: tuple[Decision, Decision]
    rankings: tuple[Ranking, Ranking]
    first: str
    rival: str
    answers: tuple[Difference, ...]
    weights: tuple[tuple[str, int, int], ...]
    partings: tuple[Parting, ...]
    exclusions: tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]
    inapplicable: tuple[tuple[str, ...], tuple[str, ...]]
    gates: Mapping[str, tuple[str, ...]]
    """For each answer that differs, the questions that it rules in for one project alone."""

    @property
    def same(self) -> bool:
        """Tell whether both are advised alike."""
        one, other = self.decisions
        return one.best == other.best and (one.outcome == "either") == (other.outcome == "either")


def contrast(
    one: Profile, other: Profile, pack: Pack, *, lens: Lens = "today", as_of: dt.date | None = None
) -> Contrast:
    """Return why two projects get different advice from one pack, through one lens.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> early, late = (load_profile(f"tests/toy/examples/{name}.yaml", pack)
    ...                for name in ("early-bird", "night-owl"))
    >>> found = contrast(early, late, pack)
    >>> found.first, found.rival, found.partings[0].rule, found.partings[0].questions
    ('coffee', 'tea', 'evenings-want-calm', ('hour',))
    """
    cases = [Case.of(each, pack, lens=lens, as_of=as_of) for each in (one, other)]
    rankings = (cases[0].ranking, cases[1].ranking)
    decisions = (cases[0].decision, cases[1].decision)
    first = decisions[0].best or rankings[0].order[0]
    rivals = (decisions[1].best, *rankings[1].order)
    rival = next((name for name in rivals if name not in (None, first)), None) or first
    told = [explanation_of(case) for case in cases]
    differences = tuple(
        Difference(name, one.answers.get(name), other.answers.get(name))
        for name in pack.questions
        if one.answers.get(name) != other.answers.get(name)
    )
    asked = {each.question for each in differences}
    partings = [
        parting
        for a, b in zip(told[0].reasons, told[1].reasons, strict=True)
        if (parting := _parting(a, b, first, rival, asked)).one != parting.other
    ]
    weights = (rankings[0].weights, rankings[1].weights)
    return Contrast(
        one=one,
        other=other,
        decisions=decisions,
        rankings=rankings,
        first=first,
        rival=rival,
        answers=differences,
        weights=tuple(
            (name, weights[0][name], weights[1][name])
            for name in weights[0]
            if weights[0][name] != weights[1][name]
        ),
        partings=tuple(sorted(partings, key=lambda p: (-abs(p.one - p.other), p.rule))),
        exclusions=(_held(told[0]), _held(told[1])),
        inapplicable=(told[0].inapplicable, told[1].inapplicable),
        gates=_gates(asked, set(told[0].inapplicable) ^ set(told[1].inapplicable), pack),
    )


def _gates(asked: set[str], parted: set[str], pack: Pack) -> dict[str, tuple[str, ...]]:
    """Return, by question in `asked`, those that are asked of only one project because of it."""
    conditions = {name: pack.questions[name].when for name in pack.questions if name in parted}
    found = {
        gate: tuple(name for name, when in conditions.items() if when and gate in reads(when))
        for gate in pack.questions
        if gate in asked
    }
    return {gate: names for gate, names in found.items() if names}


def _held(told: Explanation) -> dict[str, tuple[str, ...]]:
    """Return the constraints in force, each with the candidates that it excludes."""
    return {each.constraint: each.candidates for each in told.exclusions if each.state == "fires"}


def _parting(one: Reason, other: Reason, first: str, rival: str, asked: set[str]) -> Parting:
    return Parting(
        rule=one.rule,
        criterion=one.criterion,
        one=one.contribution(first, over=rival),
        other=other.contribution(first, over=rival),
        questions=tuple(name for name in one.answers if name in asked),
    )
