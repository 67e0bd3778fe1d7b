"""The sections on robustness and counterfactuals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.reflecting.change import sentence

from .document import Item, Items, Paragraph, Section, Span, spans
from .teller import lone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recommender.reflecting.counterfactual import Counterfactual
    from recommender.reflecting.robustness import Sensitivity
    from recommender.reflecting.stability import Interval

    from .document import Block
    from .teller import Teller

HEAVIEST = 10
NOTABLE = 0.5
"""How far a weight must be from the one in force to be worth telling."""

TOLD = 3
"""How many weights and how many changes are told."""


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
    blocks: list[Block] = [
        *_upset(teller, found),
        Paragraph(
            spans(
                say(
                    "{firsts} of {samples} samples in which the criterion weights are drawn "
                    "between half and twice their value, the ratings as far off as their evidence "
                    "allows, and the open answers at random (error up to {error}).",
                    firsts=_firsts(teller, found.rank_acceptability),
                    samples=f"{found.samples:,}",
                    error=f"{100 * found.error:.1f}%",
                )
            )
        ),
        Paragraph(
            spans(
                say(
                    "If nothing at all were known about what matters: {firsts}.",
                    firsts=_firsts(teller, found.uniform.rank_acceptability),
                )
            )
        ),
    ]
    blocks += [Paragraph(spans(each)) for each in _excluded(teller, found)]
    blocks += [Paragraph(spans(each)) for each in _beliefs(teller, found)]
    blocks += _break_evens(teller, found)
    return Section("robustness", say("How firm it is"), tuple(blocks))


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
    return [Paragraph(spans(Span(f"{told}{say(' ')}{cause}", "warn")))]


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
    said = []
    force = teller.advice.ranking.weights
    for name in teller.advice.ranking.order[1:]:
        central = found.central_weights[name]
        if central is None or not found.rank_acceptability[name][0]:
            continue
        apart = sorted(central, key=lambda c: (-abs(central[c] - force[c]), c))
        weights = teller.language.listing(
            teller.say(
                "“{criterion}” {weight} instead of {now}",
                criterion=teller.language.criterion(criterion),
                weight=decimal(central[criterion]),
                now=force[criterion],
            )
            for criterion in apart[:TOLD]
            if abs(central[criterion] - force[criterion]) >= NOTABLE
        )
        if weights:
            said.append(
                teller.say(
                    "Those for whom {name} comes first weigh, on average and in proportion: "
                    "{weights}.",
                    name=teller.name(name),
                    weights=weights,
                )
            )
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
        return [Paragraph(spans(told))]
    items = tuple(
        Item(
            "-",
            spans(
                say(
                    "“{criterion}” weighs {now}; at {weight} {name} draws level.",
                    criterion=teller.language.criterion(criterion),
                    now=interval.weight,
                    weight=decimal(weight),
                    name=teller.name(who),
                )
            ),
        )
        for criterion, interval, weight, who in ends[:TOLD]
    )
    return [Paragraph(spans(say("The weights nearest to tipping it:"))), Items(items)]


def changes(teller: Teller, most: int = TOLD + 1) -> Section | None:
    """Return the smallest sets of other answers that would change the winner."""
    found, say = teller.advice.counterfactuals, teller.say
    if found is None:
        return None
    if not found:
        told = say("No one or two other answers would make another candidate best.")
        return Section("changes", say("What would change it"), (Paragraph(spans(told)),))
    items = tuple(Item("-", spans(_changed(teller, each))) for each in found[:most])
    blocks: tuple[Block, ...] = (Items(items),)
    if len(found) > most:
        more = say("{count} more such changes are known.", count=len(found) - most)
        blocks += (Paragraph(spans(Span(more, "dim"))),)
    if not all(each.complete for each in found):
        short = say("The search was cut short; there may be others.")
        blocks += (Paragraph(spans(Span(short, "dim"))),)
    return Section("changes", say("What would change it"), blocks)


def _changed(teller: Teller, found: Counterfactual) -> str:
    return sentence(found.steps, found.winner, found.outcome, teller.language)
