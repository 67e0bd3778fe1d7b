"""Which checks are run, and which of them share a child process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .catalogue import TIERS, Adapter, Check

if TYPE_CHECKING:
    from collections.abc import Iterable

BUDGETS = {"quick": 15.0, "standard": 60.0, "full": 900.0}
"""Seconds that a run of each tier may take; what is not done by then is not run."""
ALWAYS = ("import", "devices")


@dataclass(frozen=True, slots=True)
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
    """Put those checks of a framework that share a room into one child; cheap ones share theirs."""
    rooms: dict[str, list[Check]] = {}
    for check in chosen:
        if not check.only or adapter.name in check.only:
            rooms.setdefault(check.room, []).append(check)
    return [Job(adapter, tuple(checks)) for checks in rooms.values()]


def order(all_jobs: Iterable[Job]) -> list[Job]:
    """Put the cheap first, then what gives most checks for one import; what is timed comes last.

    Of the others the longest go first: left to the end, one would run with nothing beside it.
    """

    def place(job: Job) -> tuple[bool, bool, int, int, float, str]:
        first = job.checks[0]
        tier = TIERS.index(first.tier)
        return job.alone, bool(first.room), tier, -len(job.checks), -first.limit, first.id

    return sorted(all_jobs, key=place)
