"""Which checks are run, and which of them share a child process."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from recommender.probe.catalogue import TIERS, Adapter, Check

if TYPE_CHECKING:
    from collections.abc import Iterable

BUDGETS = {"quick": 15.0, "standard": 60.0, "full": 900.0}
"""Seconds that a run of each tier may take; what is not done by then is not run."""
ALWAYS = ("import", "devices")


@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """One child process: a framework and the checks that it runs, in order."""

    adapter: Adapter
    checks: tuple[Check, ...]

    @property
    def alone(self) -> bool:
        """Whether nothing may run beside it, because it is timed."""
        return any(check.alone for check in self.checks)


def select(cards: dict[str, Check], tier: str, wanted: Iterable[str] | None = None) -> list[Check]:
    """Choose the checks of a tier and those below it, or those wanted and what every run needs."""
    if wanted is not None:
        named = {*wanted, *ALWAYS}
        return [card for card in cards.values() if card.id in named]
    return [card for card in cards.values() if TIERS.index(card.tier) <= TIERS.index(tier)]


def jobs(adapter: Adapter, chosen: Iterable[Check]) -> list[Job]:
    """Put the cheap checks of a framework into one child, and each risky one into its own."""
    mine = [check for check in chosen if not check.only or adapter.name in check.only]
    shared = tuple(check for check in mine if not check.risky)
    apart = [Job(adapter, (check,)) for check in mine if check.risky]
    return ([Job(adapter, shared)] if shared else []) + apart


def order(all_jobs: Iterable[Job]) -> list[Job]:
    """Put shared children first, then the risky by tier and patience, and what is timed last."""

    def place(job: Job) -> tuple[bool, bool, int, float, str]:
        first = job.checks[0]
        return job.alone, first.risky, TIERS.index(first.tier), first.limit, first.id

    return sorted(all_jobs, key=place)
