"""The contrast of two projects: which answers differ, and the rules that they moved, in points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from recommender.engine import Recommendation, recommend
from recommender.judging.explanation import Explanation, Reason
from recommender.judging.lens import Lens
from recommender.nouns.condition import Answer, reads
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that two projects answer differently; `None` is unanswered."""

    question: str
    one: Answer | None
    other: Answer | None


@dataclass(frozen=True, slots=True)
class Parting:
    """A rule that gives two projects different points, and the questions that cause it.

    Points are those of the contrast's `first` over its `rival`: `one` and `other` by what is known,
    `expected_one` and `expected_other` by what is open, as often as the rule fires in projects like
    each. No question is named if only the projects' own criterion weights make the difference.
    """

    rule: str
    criterion: str
    one: int
    other: int
    expected_one: int
    expected_other: int
    questions: tuple[str, ...]

    @property
    def known(self) -> int:
        """By how many points more it speaks for `first` in the one project than in the other."""
        return self.one - self.other

    @property
    def expected(self) -> int:
        """By how many points more it is expected to, where it is open."""
        return self.expected_one - self.expected_other


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two projects' advice side by side, and the rules by which it differs.

    The partings add up exactly to margin(first over rival) of the one project minus that of the
    other, and with what is expected, to the difference of the margins expected.
    """

    advice: tuple[Recommendation, Recommendation]
    first: str
    rival: str
    answers: tuple[Difference, ...]
    weights: tuple[tuple[str, int, int], ...]
    partings: tuple[Parting, ...]
    exclusions: tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]
    gates: Mapping[str, tuple[str, ...]]
    """For each answer that differs, the questions that it rules in for one project alone."""

    @property
    def same(self) -> bool:
        """Tell whether both are advised alike, however they are shipped."""
        one, other = (each.decision for each in self.advice)
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
    advice = (
        recommend(one, pack, lens=lens, as_of=as_of, samples=0),
        recommend(other, pack, lens=lens, as_of=as_of, samples=0),
    )
    rankings = [each.ranking for each in advice]
    first = advice[0].best or rankings[0].order[0]
    rivals = (advice[1].best, *rankings[1].order)
    rival = next((name for name in rivals if name not in (None, first)), None) or first
    told = [each.explanation for each in advice]
    differences = tuple(
        Difference(name, one.answers.get(name), other.answers.get(name))
        for name in pack.questions
        if one.answers.get(name) != other.answers.get(name)
    )
    asked = {each.question for each in differences}
    partings = [
        _parting(a, b, first, rival, asked)
        for a, b in zip(told[0].reasons, told[1].reasons, strict=True)
    ]
    weights = [each.weights for each in rankings]
    return Contrast(
        advice=advice,
        first=first,
        rival=rival,
        answers=differences,
        weights=tuple(
            (name, weights[0][name], weights[1][name])
            for name in weights[0]
            if weights[0][name] != weights[1][name]
        ),
        partings=tuple(
            sorted(
                [each for each in partings if each.known or each.expected],
                key=lambda p: (-abs(p.known), -abs(p.expected), p.rule),
            )
        ),
        exclusions=(_held(told[0]), _held(told[1])),
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
        expected_one=one.expected(first, over=rival),
        expected_other=other.expected(first, over=rival),
        questions=tuple(name for name in one.answers if name in asked),
    )
