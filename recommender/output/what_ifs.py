"""What-ifs that a project could bring about: by answers that the pack calls changeable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.judging.completion import population_weights
from recommender.reflecting.change import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recommender.nouns.condition import Answer
    from recommender.nouns.pack import Pack
    from recommender.reflecting.change import Change
    from recommender.reflecting.counterfactual import Counterfactual

    from .teller import Teller


LIKELY = 0.02
"""Of the reference projects most like this one, how many must answer so for a change to be told."""

FEW = 1 << 13
"""What is added to both sides of that share (Laplace): an eighth of the most alike project."""


def realistic(teller: Teller) -> list[str]:
    """Say which changes that a project can make would change the advice, the likeliest first.

    Of changes to the same questions with the same end only the likeliest is told; none that
    projects like this one hardly ever have.
    """
    pack, answers = teller.pack, teller.advice.profile.answers
    told: dict[tuple[object, ...], Counterfactual] = {}
    found = [
        (likelihood(each, pack, answers), each)
        for each in teller.advice.counterfactuals
        if can_be(each, pack)
    ]
    for likely, each in sorted(found, key=lambda pair: -pair[0]):
        if likely >= LIKELY:
            asked = tuple(step.question for step in each.steps)
            told.setdefault((asked, each.winner), each)
    return [
        sentence(each.steps, each.winner, each.outcome, teller.language) for each in told.values()
    ]


def can_be(found: Counterfactual, pack: Pack) -> bool:
    """Tell whether a project could make these changes: no unchangeable, no rare answers."""
    for step in found.steps:
        asked = pack.questions[step.question]
        after = step.after if isinstance(step.after, frozenset) else {step.after}
        before = step.before if isinstance(step.before, frozenset) else {step.before}
        if not asked.changeable or any(each in asked.rare for each in {*after} - {*before}):
            return False
    return True


def likelihood(found: Counterfactual, pack: Pack, answers: Mapping[str, Answer]) -> float:
    """Return how likely changes are: the share of reference projects like this one that answer so.

    Each is weighed by its likeness in what else is known (`judging.completion`).
    """
    likely = 1.0
    for step in found.steps:
        known = {name: each for name, each in answers.items() if name != step.question}
        weights = population_weights(pack, known, "")
        told = [
            (weight, project.answers[step.question])
            for weight, project in zip(weights, pack.population, strict=True)
            if step.question in project.answers
        ]
        so = sum(weight for weight, answer in told if _agrees(step, answer))
        likely *= (so + FEW) / (sum(weight for weight, _ in told) + 2 * FEW)
    return likely


def _agrees(step: Change, answer: object) -> bool:
    options = answer if isinstance(answer, frozenset) else frozenset()
    if step.added and isinstance(step.after, frozenset):
        return step.after <= options
    if step.removed:
        return step.removed not in options
    return answer == step.after
