"""The catalogue of checks and adapters, read from what their files state about themselves."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import Any

from .child import checks, frameworks

TIERS = ("quick", "standard", "full")


@dataclass(frozen=True, slots=True)
class Check:
    """What a check's file states about itself (`child/checks/__init__.py`)."""

    id: str
    claim: str
    tier: str
    limit: float
    only: tuple[str, ...]
    process: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Adapter:
    """What an adapter's folder states about itself: the framework that it is for."""

    name: str
    candidate: str
    title: str


def check_ids() -> tuple[str, ...]:
    """Return the id of every check, sorted.

    >>> "numerics" in check_ids()
    True
    """
    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(checks.__path__)))


def find_checks() -> dict[str, Check]:
    """Return every check by id, the lowest tier first, and `import` before all others."""

    def place(card: Check) -> tuple[int, bool, bool, bool, str]:
        tier = TIERS.index(card.tier)
        return tier, card.id != "import", card.alone, bool(card.process), card.id

    cards = sorted(map(_card, _modules(checks)), key=place)
    return {card.id: card for card in cards}


def find_adapters() -> dict[str, Adapter]:
    """Return every adapter by name.

    >>> sorted(find_adapters())
    ['tensorflow', 'torch']
    """
    found = _modules(frameworks)
    return {m.NAME: Adapter(m.NAME, m.CANDIDATE, m.TITLE) for m in found}


def _modules(family: Any) -> list[Any]:
    names = [found.name for found in pkgutil.iter_modules(family.__path__)]
    return [importlib.import_module(f"{family.__name__}.{name}") for name in names]


def _card(module: Any) -> Check:
    return Check(
        id=module.__name__.rpartition(".")[2].replace("_", "-"),
        claim=module.CLAIM,
        tier=module.TIER,
        limit=module.LIMIT,
        only=tuple(getattr(module, "ONLY", ())),
        process=getattr(module, "PROCESS", ""),
        alone=getattr(module, "ALONE", False),
    )
