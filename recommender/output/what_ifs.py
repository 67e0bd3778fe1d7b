"""What-ifs that a project could bring about: by answers that the pack calls changeable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.reflecting.change import sentence

if TYPE_CHECKING:
    from recommender.nouns.pack import Pack
    from recommender.reflecting.change import Change
    from recommender.reflecting.counterfactual import Counterfactual

    from .teller import Teller


def realistic(teller: Teller) -> list[str]:
    """Say which changes that a project can make would change the advice, the likeliest first.

    Of changes to the same questions with the same end only the likeliest is told.
    """
    pack = teller.pack
    told: dict[tuple[object, ...], Counterfactual] = {}
    found = [each for each in teller.advice.counterfactuals if can_be(each, pack)]
    for each in sorted(found, key=lambda each: -likelihood(each, pack)):
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


def likelihood(found: Counterfactual, pack: Pack) -> float:
    """Return how likely changes are: the share of reference projects that answer so."""
    likely = 1.0
    for step in found.steps:
        known = [p.answers[step.question] for p in pack.population if step.question in p.answers]
        so = sum(_agrees(step, answer) for answer in known)
        # Where hardly any project tells, an even chance is not ruled out (Laplace).
        likely *= (so + 1) / (len(known) + 2)
    return likely


def _agrees(step: Change, answer: object) -> bool:
    if step.added or step.removed:
        options = answer if isinstance(answer, frozenset) else frozenset()
        return step.added in options if step.added else step.removed not in options
    return answer == step.after
