"""The sections on robustness and counterfactuals, and what a project itself could bring about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from recommender.judging.completion import population_weights
from recommender.nouns.condition import Answer
from recommender.nouns.pack import Pack
from recommender.reflecting.change import Change, sentence

from .document import Block, Items, Section, Span, item, paragraph
from .teller import Teller, lone

if TYPE_CHECKING:
    from recommender.reflecting.counterfactual import Counterfactual
    from recommender.reflecting.robustness import Sensitivity
    from recommender.reflecting.stability import Interval


HEAVIEST = 10
NOTABLE = 0.5
"""How far a weight must be from the one in force to be worth telling."""

TOLD, CHANGES = 3, 4
"""How many weights and how many changes are told."""


LIKELY = 0.02
"""Of the reference projects most like this one, how many must answer so for a change to be told."""

FEW = 1 << 13
"""What is added to both sides of that share (Laplace): an eighth of the most alike project."""


def percent(share: float) -> str:
    """Return a sampled share in whole per cent, which is as exact as it is.

    >>> percent(0.9731), percent(0.9999), percent(0.001), percent(1.0)
    ('97%', '>99%', '<1%', '100%')
    """
    if 0 < share < 0.01:  # noqa: PLR2004
        return "<1%"
    if 0.99 < share < 1:  # noqa: PLR2004
        return ">99%"
    return f"{100 * share:.0f}%"


def decimal(weight: float) -> str:
    """Return a weight to a tenth.

    >>> decimal(7.0), decimal(7.26)
    ('7', '7.3')
    """
    return f"{weight:.1f}".removesuffix(".0")


def robustness(teller: Teller) -> Section | None:
    """Return how often each candidate comes first when weights, shares and answers vary."""
    found, say = teller.advice.sensitivity, teller.say
    if found is None or teller.advice.outcome == "no-survivor":
        return None
    told = [
        say(
            "{firsts} of {samples} samples in which the criterion weights are drawn between half "
            "and twice their value, the ratings as far off as their evidence allows, and the open "
            "answers at random (error up to {error}).",
            firsts=_firsts(teller, found.rank_acceptability),
            samples=f"{found.samples:,}",
            error=f"{100 * found.error:.1f}%",
        ),
        say(
            "If nothing at all were known about what matters: {firsts}.",
            firsts=_firsts(teller, found.uniform.rank_acceptability),
        ),
        *_excluded(teller, found),
        *_beliefs(teller, found),
    ]
    blocks = (*_upset(teller, found), *map(paragraph, told), *_break_evens(teller, found))
    return Section("robustness", say("How firm it is"), blocks)


def _upset(teller: Teller, found: Sensitivity) -> list[Block]:
    """Return a warning if the samples put another candidate first more often than the best."""
    say, best, shares = teller.say, teller.advice.best, found.rank_acceptability
    often = max(teller.advice.ranking.order, key=lambda name: shares[name][0])
    if best is None or shares[often][0] <= shares[best][0]:
        return []
    name = teller.name(often)
    told = say("{name} comes first in more samples than the advised candidate.", name=name)
    if shares[often][0] > 0.5:  # noqa: PLR2004
        told = say("In most samples {name} comes first.", name=name)
    cause = say("The lead hangs on the weights and ratings as they are given.")
    if found.excluded[best] >= shares[often][0] - shares[best][0]:
        cause = say("Answers that are still open exclude the advised candidate in some of them.")
    elif teller.advice.explanation.open_questions:
        cause = say("They answer what is still open at random.")
    return [paragraph(Span(f"{told}{say(' ')}{cause}", "warn"))]


def _firsts(teller: Teller, shares: Mapping[str, tuple[float, ...]]) -> str:
    return teller.language.clauses(
        teller.say("{name} first in {share}", name=teller.name(n), share=percent(shares[n][0]))
        for n in teller.advice.ranking.order
    )


def _excluded(teller: Teller, found: Sensitivity) -> list[str]:
    """Return in how many samples an open answer excludes a candidate."""
    return [
        teller.say(
            "{name} is excluded in {share} of the samples, by answers that are still open.",
            name=teller.name(name),
            share=percent(share),
        )
        for name, share in found.excluded.items()
        if 0 < share < 1
    ]


def _beliefs(teller: Teller, found: Sensitivity) -> list[str]:
    """Return, for each other candidate, the mean weights with which it comes first."""
    said, say = [], teller.say
    force = teller.advice.ranking.weights
    for name in teller.advice.ranking.order[1:]:
        central = found.central_weights[name]
        if central is None or not found.rank_acceptability[name][0]:
            continue
        apart = sorted(central, key=lambda c: (-abs(central[c] - force[c]), c))
        weights = teller.language.listing(
            say(
                "“{criterion}” {weight} instead of {now}",
                criterion=teller.language.criterion(criterion),
                weight=decimal(central[criterion]),
                now=force[criterion],
            )
            for criterion in apart[:TOLD]
            if abs(central[criterion] - force[criterion]) >= NOTABLE
        )
        told = say(
            "Those for whom {name} comes first weigh, on average and in proportion: {weights}.",
            name=teller.name(name),
            weights=weights,
        )
        said += [told] if weights else []
    return said


def nearest(found: Sensitivity) -> list[tuple[str, Interval, float, str]]:
    """Return the weights (0-10) at which another draws level: criterion, interval, weight, who."""
    ends = []
    for criterion, interval in found.stability_intervals.items():
        for end, who in ((interval.low, interval.below), (interval.high, interval.above)):
            if end is not None and who is not None and 0 <= end <= HEAVIEST:
                ends.append((criterion, interval, end, who))
    return sorted(ends, key=lambda e: (abs(e[2] - e[1].weight), e[0]))


def _break_evens(teller: Teller, found: Sensitivity) -> list[Block]:
    say = teller.say
    ends = nearest(found)
    if not ends:
        told = say("No single weight between 0 and 10 would bring another candidate level.")
        if lone(teller.advice.matrix):
            told = say("No weight can change it: the others are excluded.")
        return [paragraph(told)]
    said = [
        say(
            "“{criterion}” weighs {now}; at {weight} {name} draws level.",
            criterion=teller.language.criterion(criterion),
            now=interval.weight,
            weight=decimal(weight),
            name=teller.name(who),
        )
        for criterion, interval, weight, who in ends[:TOLD]
    ]
    items = tuple(item("-", each) for each in said)
    return [paragraph(say("The weights nearest to tipping it:")), Items(items)]


def changes(teller: Teller) -> Section | None:
    """Return the smallest sets of other answers that would change the winner."""
    found, say = teller.advice.counterfactuals, teller.say
    title = say("What would change it")
    if not found:
        told = say("No one or two other answers would make another candidate best.")
        return Section("changes", title, (paragraph(told),))
    blocks: list[Block] = [Items(tuple(item("-", _changed(teller, e)) for e in found[:CHANGES]))]
    if len(found) > CHANGES:
        more = say("{count} more such changes are known.", count=len(found) - CHANGES)
        blocks.append(paragraph(Span(more, "dim")))
    if not all(each.complete for each in found):
        short = say("The search was cut short; there may be others.")
        blocks.append(paragraph(Span(short, "dim")))
    return Section("changes", title, tuple(blocks))


def _changed(teller: Teller, found: Counterfactual) -> str:
    return sentence(found.steps, found.winner, found.outcome, teller.language)


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
    return [_changed(teller, each) for each in told.values()]


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
