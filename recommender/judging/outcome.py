"""The outcome rule: how clear the advice is, stated once for one project and once for tables.

`outcome_of` judges one project; `outcomes_of` judges a table of them, with an array in the place
of each number. Both take the same numbers in the same order and decide line by line alike
(`tests/laws/test_outcome_laws.py`). Whoever works out those numbers decides nothing, so a change
of the rule is a change of this module alone. docs/architecture.md, "The arithmetic", has it in
words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from recommender.nouns.pack import Thresholds

Outcome: TypeAlias = Literal["clear", "close", "tie", "no-survivor", "too-little-known"]
OUTCOMES: tuple[Outcome, ...] = ("clear", "close", "tie", "no-survivor", "too-little-known")
CLEAR, CLOSE, TIE, NO_SURVIVOR, TOO_LITTLE_KNOWN = range(len(OUTCOMES))

NOBODY = -1
"""The place of a candidate where there is none."""

PERMILLE = 1000
"""What the thresholds of a pack are parts of."""


def within(lead: Any, permille: int, stake: Any) -> Any:
    """Tell whether a lead is at most so many thousandths of the stake; arrays will do too."""
    return lead * PERMILLE <= permille * stake


# One project.


def outcome_of(
    scores: Sequence[int],
    excluded: int,
    hanging: int,
    stake: int,
    unknown: int,
    speaks: bool,
    gains: Callable[[int], Sequence[int]],
    limits: Thresholds,
) -> tuple[Outcome, int]:
    """Decide the outcome, and the place of the candidate that stands out (`NOBODY`: none does).

    `scores` has a number for each candidate; of equals the earlier is ahead. `excluded` and
    `hanging` have a bit for each candidate, the lowest for the first: those that a constraint
    excludes, and those that an unknown constraint could. `stake` and `unknown` are the stakes of
    the rules that fire and of those that are unknown, in the unit of the scores; `speaks` tells
    whether any rule fires. `gains(first)` is the most that the unknown rules together could gain
    each candidate on the first; it is asked for only where it matters.
    """
    first, lead, contested = podium(scores, excluded)
    heavy = contested and not within(unknown, limits.unknown, stake + unknown)
    if first == NOBODY:
        return "no-survivor", NOBODY
    if not speaks or (heavy and reversible(first, scores, excluded, gains(first))):
        return "too-little-known", NOBODY
    if contested and within(lead, limits.tie, stake):
        return "tie", NOBODY
    if hanging >> first & 1 or (contested and within(lead, limits.close, stake)):
        return "close", first
    return "clear", first


def podium(scores: Sequence[int], excluded: int) -> tuple[int, int, bool]:
    """Find who is first, by how much, and whether another survivor is left to lead."""
    first = second = NOBODY
    for place, score in enumerate(scores):
        if not excluded >> place & 1:
            if first == NOBODY or score > scores[first]:
                first, second = place, first
            elif second == NOBODY or score > scores[second]:
                second = place
    if second == NOBODY:
        return first, 0, False
    return first, scores[first] - scores[second], True


def reversible(first: int, scores: Sequence[int], excluded: int, gains: Sequence[int]) -> bool:
    """Tell whether the unknown rules together could carry another survivor past the first."""
    return any(
        gain > scores[first] - scores[j] and not excluded >> j & 1 for j, gain in enumerate(gains)
    )


# A table: an array with an element a row for each number, and for each candidate one such array.


def outcomes_of(
    scores: Sequence[Any],
    excluded: Sequence[Any],
    hanging: Sequence[Any],
    stake: Any,
    unknown: Any,
    speaks: Any,
    gains: Callable[[Any], Sequence[Any]],
    limits: Thresholds,
) -> tuple[Any, Any]:
    """Decide each row's outcome (its place in `OUTCOMES`) and who stands out, as `outcome_of` does.

    `scores`, `excluded` and `hanging` have an array for each candidate. `excluded`, `hanging` and
    `speaks` are of truths, all others of whole numbers. `gains(rows)` gives for each candidate,
    were it the first, and each other, one array after another, what `outcome_of` calls gains, for
    the rows numbered.
    """
    import numpy as np  # noqa: PLC0415  (only tables need it, and bring it)

    first, lead, contested = podiums(scores, excluded)
    heavy = contested & ~within(unknown, limits.unknown, stake + unknown)
    reverses = reversibles(np.flatnonzero(heavy), first, scores, excluded, gains)
    hangs = np.any([each & (first == j) for j, each in enumerate(hanging)], axis=0)
    told = np.select(
        [
            first == NOBODY,
            ~speaks | reverses,
            contested & within(lead, limits.tie, stake),
            hangs | (contested & within(lead, limits.close, stake)),
        ],
        [NO_SURVIVOR, TOO_LITTLE_KNOWN, TIE, CLOSE],
        CLEAR,
    )
    return told, np.where(told <= CLOSE, first, NOBODY)


def podiums(scores: Sequence[Any], excluded: Sequence[Any]) -> tuple[Any, Any, Any]:
    """Find of each row who is first, by how much, and whether another survivor is left to lead."""
    import numpy as np  # noqa: PLC0415

    lowest = np.iinfo(np.int64).min
    best = np.full(len(scores[0]), lowest)
    second, first = best.copy(), np.full(len(best), NOBODY)
    for place, (score, out) in enumerate(zip(scores, excluded, strict=True)):
        standing = np.where(out, lowest, score)
        second = np.maximum(second, np.minimum(best, standing))
        first[standing > best] = place
        best = np.maximum(best, standing)
    contested = second > lowest
    return first, np.where(contested, best - second, 0), contested


def reversibles(
    heavy: Any,
    first: Any,
    scores: Sequence[Any],
    excluded: Sequence[Any],
    gains: Callable[[Any], Sequence[Any]],
) -> Any:
    """Tell in which of the heavy rows the unknown rules could carry another past the first."""
    import numpy as np  # noqa: PLC0415

    found: Any = np.zeros(len(first), bool)
    if len(heavy):
        gained = iter(gains(heavy))
        for place, best in enumerate(scores):
            for score, out in zip(scores, excluded, strict=True):
                ahead = next(gained) > (best - score)[heavy]
                found[heavy] |= ahead & (first == place)[heavy] & ~out[heavy]
    return found
