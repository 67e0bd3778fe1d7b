"""The plan of a run: which checks run, and which of them share a child process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .catalogue import TIERS, Adapter, Check

BUDGETS = {"quick": 15.0, "standard": 60.0, "full": 900.0}
"""Seconds that a run of each tier may take; what is not done by then is not run."""
ALWAYS = ("import", "devices")


@dataclass(frozen=True, slots=True)
class Job:
    """One child process to run: a framework, and its checks in order."""

    adapter: Adapter
    checks: tuple[Check, ...]

    @property
    def alone(self) -> bool:
        """Whether nothing may run beside it, because it is timed."""
        return any(check.alone for check in self.checks)


def select(cards: dict[str, Check], tier: str, wanted: Iterable[str] | None = None) -> list[Check]:
    """Return the checks of a tier and those below it, or those wanted and what every run needs."""
    if wanted is not None:
        named = {*wanted, *ALWAYS}
        return [card for card in cards.values() if card.id in named]
    return [card for card in cards.values() if TIERS.index(card.tier) <= TIERS.index(tier)]


def jobs(adapter: Adapter, chosen: Iterable[Check]) -> list[Job]:
    """Return a framework's checks as jobs: those of one `PROCESS` share a child."""
    processes: dict[str, list[Check]] = {}
    for check in chosen:
        if not check.only or adapter.name in check.only:
            processes.setdefault(check.process, []).append(check)
    return [Job(adapter, tuple(checks)) for checks in processes.values()]


def order(all_jobs: Iterable[Job]) -> list[Job]:
    """Return jobs in the order to start them: cheap ones first, timed ones last.

    Between these, jobs with most checks come first, and of equal ones the longest: left to the end,
    a long one would run with nothing beside it.
    """

    def place(job: Job) -> tuple[bool, bool, int, int, float, str]:
        first = job.checks[0]
        tier = TIERS.index(first.tier)
        return job.alone, bool(first.process), tier, -len(job.checks), -first.limit, first.id

    return sorted(all_jobs, key=place)
