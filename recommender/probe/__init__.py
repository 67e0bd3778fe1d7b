"""The probe: PyTorch and TensorFlow examined on this machine, each in processes of their own.

Nothing here imports a framework: one that crashes takes only its child process with it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from recommender.nouns.errors import UsageError, did_you_mean

from . import catalogue, interpreter, machine, plan, report
from .cache import Cache
from .scheduler import Scheduler

__all__ = ["Cache", "check_ids", "examine"]

check_ids = catalogue.check_ids

ROOM_MB, ROOM_PER_CORE_MB = 4000, 32
"""What a child may take where there is no GPU: twice what any took, and threads for each core."""


def examine(
    tier: str = "quick",
    *,
    pythons: Mapping[str, str] | None = None,
    checks: Iterable[str] | None = None,
    budget: float | None = None,
    progress: Callable[[str, str, str], None] = lambda *_: None,
    keep: str | None = None,
    cache: Cache | None = None,
    patience: float = 1.0,
) -> dict[str, Any]:
    """Examine both frameworks here and return a report (docs/probe.md), whatever happens.

    `pythons` names an interpreter for a framework; `checks` replaces the tier's choice; `budget` is
    in seconds; `progress(event, candidate, check)` is called with `start` and then with each
    check's status; `keep` is a folder for files that a check makes for the user; a `cache` may have
    the report already; `patience` multiplies every check's time limit, for a slow or busy machine.
    Raises `UsageError` for a check or a framework that does not exist.

    >>> examine(checks=["tea"])
    Traceback (most recent call last):
      ...
    recommender.nouns.errors.UsageError: no check is called `tea`; ...
    """
    cards, adapters = catalogue.find_checks(), catalogue.find_adapters()
    wanted = None if checks is None else list(checks)
    for name in wanted or ():
        if name not in cards:
            raise UsageError(f"no check is called `{name}`; {did_you_mean(name, sorted(cards))}")
    if tier not in plan.BUDGETS:
        raise UsageError(f"no tier is called `{tier}`; {did_you_mean(tier, plan.BUDGETS)}")
    if budget is None:
        budget = plan.BUDGETS[tier if wanted is None else "full"]
    until = time.monotonic() + budget
    selected = plan.select(cards, tier, wanted)
    here = machine.describe()
    places = interpreter.chosen(pythons or {}, adapters)
    asking = min(interpreter.PATIENCE, budget)
    most = _memory_mb(here)
    facts = {
        name: interpreter.facts(places[name], adapters[name], asking, most) for name in adapters
    }
    # Two environments may have the same versions, and one of them be broken.
    asked = [*(check.id for check in selected), *places.values()]
    found = cache.find(report.fingerprint(here, facts), asked) if cache and not keep else None
    if found is not None:
        return {**found, "cached": True}
    jobs = [
        job
        for name, adapter in adapters.items()
        if facts[name].status == "present"
        for job in plan.jobs(adapter, selected)
    ]
    arguments = ["--gpus", ", ".join(gpu["name"] for gpu in here["gpus"])] if here["gpus"] else []
    arguments += ["--keep", keep] if keep else []
    scheduler = Scheduler(
        plan.order(jobs),
        facts,
        until=until,
        memory_mb=most,
        avx=here["avx"],
        patience=patience,
        arguments=tuple(arguments),
        cores=here["cores"],
        progress=progress,
    )
    results = scheduler.run()
    made = report.compose(tier, here, adapters, facts, results)
    if scheduler.interrupted:
        made["interrupted"] = True
    elif cache and not report.unfinished(made):
        cache.keep(made, asked)
    return made


def _memory_mb(here: Mapping[str, Any]) -> float | None:
    """Say how much memory a child may take here; with a GPU nobody can tell how much is honest."""
    free = machine.free_memory_mb()
    room = ROOM_MB + ROOM_PER_CORE_MB * here["cores"]
    most = [0.8 * free] if free else []
    return min(most if here["gpus"] else [*most, room], default=None)
