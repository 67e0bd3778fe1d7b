"""The shift between two lenses: which rules and constraints make the second advise otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from recommender.judging.case import Case
from recommender.judging.explanation import Explanation
from recommender.judging.lens import LENSES, Lens
from recommender.judging.outcome import PERMILLE


class Shift(NamedTuple):
    """Why two lenses disagree: the rules and constraints that moved the result most.

    `hanging` names the possible exclusions that alone keep the new first from being a clear choice,
    and is empty where there are none such. `unmoved` tells whether the points of the second lens
    put the same candidate first as the first lens advises: then its exclusions make the difference.
    """

    before: Lens
    after: Lens
    rules: tuple[str, ...]
    constraints: tuple[str, ...]
    hanging: tuple[str, ...] = ()
    unmoved: bool = False


def shifts_between(
    cases: Mapping[Lens, Case], told: Mapping[Lens, Explanation]
) -> tuple[Shift, ...]:
    """Return why each lens advises otherwise than the one before it, where it does."""
    pairs = pairwise(cases[lens] for lens in LENSES if lens in cases)
    return tuple(_shift(*pair, told) for pair in pairs if _advice(pair[0]) != _advice(pair[1]))


def _advice(case: Case) -> tuple[str | None, str]:
    return case.decision.best, case.decision.outcome


def _shift(before: Case, after: Case, told: Mapping[Lens, Explanation]) -> Shift:
    """Find the rules whose contribution to the new first changed most between two lenses."""
    old, new = before.ranking, after.ranking
    was_best, first = before.decision.best, after.decision.best or new.order[0]
    account, later = told[before.lens], told[after.lens]
    others = [name for name in (was_best, *new.order) if name and name != first]
    rival = others[0] if others else first
    was = {r.rule: r.contribution(first, rival) for r in account.reasons}
    now = {r.rule: r.contribution(first, rival) for r in later.reasons}
    # The lenses weigh on different scales: compare each rule's share of all that was in play, and
    # name only those that moved the way that the whole lead did.
    moved = {
        rule: now.get(rule, 0) * max(old.stake, 1) - was.get(rule, 0) * max(new.stake, 1)
        for rule in {*was, *now}
    }
    whole = sum(moved.values())
    pushed = {rule: move for rule, move in moved.items() if move * whole > 0}
    heaviest = sorted(pushed, key=lambda r: (-abs(moved[r]), r))
    held = {e.constraint for e in account.exclusions if e.state == "fires"}
    new_constraints = tuple(
        e.constraint for e in later.exclusions if e.state == "fires" and e.constraint not in held
    )
    # Without its exclusions, would the second lens choose as the first did?
    unmoved = was_best == max(new.order, key=new.scores.__getitem__)
    return Shift(
        before=before.lens,
        after=after.lens,
        rules=tuple(heaviest[:3]),
        constraints=new_constraints,
        hanging=after.decision.hanging if unmoved and _held_back(after) else (),
        unmoved=unmoved,
    )


def _held_back(case: Case) -> bool:
    """Tell whether a possible exclusion alone keeps the first from being a clear choice."""
    told = case.decision
    sure = told.support if told.probability is None else told.probability
    return told.outcome == "close" and sure >= PERMILLE * case.pack.thresholds.clear
