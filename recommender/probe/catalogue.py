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
    about: str


@dataclass(frozen=True, slots=True)
class Adapter:
    """What an adapter's folder states about itself: the framework that it is for."""

    name: str
    candidate: str
    title: str
    install: str


def check_ids() -> tuple[str, ...]:
    """Return the id of every check, sorted.

    >>> "numerics" in check_ids()
    True
    """
    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(checks.__path__)))


def find_checks() -> dict[str, Check]:
    """Return every check by id, the lowest tier first, and `import` before all others."""
    cards = [
        _card(importlib.import_module(f"{checks.__name__}.{m.name}")) for m in _members(checks)
    ]
    cards.sort(
        key=lambda card: (
            TIERS.index(card.tier),
            card.id != "import",
            card.alone,
            bool(card.process),
            card.id,
        )
    )
    return {card.id: card for card in cards}


def find_adapters() -> dict[str, Adapter]:
    """Return every adapter by name.

    >>> sorted(find_adapters())
    ['tensorflow', 'torch']
    """
    modules = [
        importlib.import_module(f"{frameworks.__name__}.{m.name}") for m in _members(frameworks)
    ]
    return {m.NAME: Adapter(m.NAME, m.CANDIDATE, m.TITLE, m.INSTALL) for m in modules}


def _members(family: Any) -> list[pkgutil.ModuleInfo]:
    return list(pkgutil.iter_modules(family.__path__))


def _card(module: Any) -> Check:
    return Check(
        id=module.ID,
        claim=module.CLAIM,
        tier=module.TIER,
        limit=module.LIMIT,
        only=tuple(getattr(module, "ONLY", ())),
        process=getattr(module, "PROCESS", ""),
        alone=getattr(module, "ALONE", False),
        about=(module.__doc__ or "").strip(),
    )
