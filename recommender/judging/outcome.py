"""The outcome rule: what kind of advice it is, stated once for one project and once for tables.

`outcome_of` decides one project; `outcomes_of` decides a table of them, with an array in the place
of each number. Both take the same numbers in the same order and decide line by line alike
(`tests/laws/test_outcome_laws.py`). Whoever works out those numbers decides nothing, so a change
of the rule is a change of this module alone. docs/architecture.md, "The outcome", has it in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from recommender.nouns.pack import Thresholds

Outcome: TypeAlias = Literal["clear", "close", "either", "no-survivor", "too-little-known"]
OUTCOMES: tuple[Outcome, ...] = ("clear", "close", "either", "no-survivor", "too-little-known")
CLEAR, CLOSE, EITHER, NO_SURVIVOR, TOO_LITTLE_KNOWN = range(len(OUTCOMES))

Basis: TypeAlias = Literal["decided", "default", "users"]

NOBODY = -1
"""The place of a candidate where there is none."""

WHOLE = 10_000
"""What support and probability are parts of."""

PERMILLE = WHOLE // 1000
"""What a thousandth, the unit of a pack's thresholds, is in that."""


SOMETIMES = WHOLE // 10
"""The support from which a third candidate is named beside the first two, where any will do."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is advised: the outcome, whom it names, on what basis and how surely.

    `best` is the candidate with the greatest support, the default where either will do; `None` only
    where all are excluded. `leaders` lists those that will do: more than one for `either` alone.
    `basis` is `default` where hardly a completion has a reason that decides, and `users` where it
    is they who choose. `support` and
    `probability` are those of `best`, in ten-thousandths; the latter is `None` where the pack's
    calibration does not hold. `hanging` names the constraints that may still exclude `best`,
    without those that rarely do.
    """

    outcome: Outcome
    best: str | None
    leaders: tuple[str, ...]
    basis: Basis
    support: int
    probability: int | None = None
    hanging: tuple[str, ...] = ()


# One project.


def outcome_of(
    shares: Sequence[int],
    excluded: int,
    hanging: int,
    decided: int,
    probability: int,
    unanswered: bool,
    users_choose: bool,
    limits: Thresholds,
    reached: Callable[[], bool],
    liftable: Callable[[], bool],
) -> tuple[Outcome, int]:
    """Decide the outcome, and the place of the best candidate (`NOBODY`: all are excluded).

    `shares` has the support of each candidate; of equals the earlier is best. `excluded` and
    `hanging` have a bit for each candidate, the lowest for the first: those that a constraint
    excludes, and those that an unknown constraint could. `decided` is the share of completions in
    which something decides. `probability` is that of the best, or its support where there is no
    calibration. `unanswered` tells whether not one question is answered, though something hangs on
    an answer, and `users_choose` whether the project leaves the choice to its users.
    `reached()` tells whether every survivor has a way to every target, `liftable()`
    whether an open answer could lift somebody's support to `limits.known`; they are asked only
    where it matters.
    """
    best = first_of(shares, excluded)
    if best == NOBODY:
        return "no-survivor", NOBODY
    support = shares[best]
    if unanswered:
        return "too-little-known", best
    default = decided < PERMILLE * limits.decided and support < PERMILLE * limits.either
    contested = len(shares) - excluded.bit_count() > 1
    if (default or (users_choose and contested)) and reached():
        return "either", best
    if support < PERMILLE * limits.known and liftable():
        return "too-little-known", best
    if probability < PERMILLE * limits.clear or hanging >> best & 1:
        return "close", best
    return "clear", best


def first_of(shares: Sequence[int], excluded: int) -> int:
    """Find the survivor with the greatest support, the earlier of equals."""
    found = NOBODY
    for place, share in enumerate(shares):
        if not excluded >> place & 1 and (found == NOBODY or share > shares[found]):
            found = place
    return found


# A table: an array with an element a row for each number, and for each candidate one such array.


def outcomes_of(
    shares: Sequence[Any],
    excluded: Sequence[Any],
    hanging: Sequence[Any],
    decided: Any,
    probability: Any,
    unanswered: Any,
    users_choose: Any,
    limits: Thresholds,
    reached: Callable[[Any], Any],
    liftable: Callable[[Any], Any],
) -> tuple[Any, Any]:
    """Decide each row's outcome (its place in `OUTCOMES`) and who is best, as `outcome_of` does.

    `shares`, `excluded` and `hanging` have an array for each candidate, the last two of truths.
    `reached` and `liftable` take the numbers of the rows asked about, and return their truths.
    """
    import numpy as np  # noqa: PLC0415  (only tables need it, and bring it)

    best = firsts_of(shares, excluded)
    support = np.max([np.where(best == j, each, 0) for j, each in enumerate(shares)], axis=0)
    blank = (best != NOBODY) & unanswered
    default = (decided < PERMILLE * limits.decided) & (support < PERMILLE * limits.either)
    contested = len(shares) - np.sum(excluded, axis=0) > 1
    either = _narrowed((best != NOBODY) & ~blank & (default | (users_choose & contested)), reached)
    little = (best != NOBODY) & ~blank & ~either & (support < PERMILLE * limits.known)
    little = blank | _narrowed(little, liftable)
    hangs = np.any([each & (best == j) for j, each in enumerate(hanging)], axis=0)
    told = np.select(
        [best == NOBODY, either, little, (probability < PERMILLE * limits.clear) | hangs],
        [NO_SURVIVOR, EITHER, TOO_LITTLE_KNOWN, CLOSE],
        CLEAR,
    )
    return told, best


def firsts_of(shares: Sequence[Any], excluded: Sequence[Any]) -> Any:
    """Find of each row the survivor with the greatest support, the earlier of equals."""
    import numpy as np  # noqa: PLC0415

    standing = np.where(np.array(excluded), -1, np.array(shares))
    best = standing.argmax(0)
    return np.where(standing.max(0) < 0, NOBODY, best)


def _narrowed(rows: Any, holds: Callable[[Any], Any]) -> Any:
    """Keep those of the rows for which something holds, asking only about them."""
    import numpy as np  # noqa: PLC0415

    asked = np.flatnonzero(rows)
    if len(asked):
        rows[asked] = holds(asked)
    return rows
