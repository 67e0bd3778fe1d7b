"""Sources: who cites each one of a pack's, and how old it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from recommender.nouns.json_values import json_value
from recommender.nouns.library import Library
from recommender.nouns.moving import Api
from recommender.nouns.pack import Constraint, Fact, Pack, Route, Rule
from recommender.nouns.referral import Referral
from recommender.nouns.source import Citation, Source

SOURCES_SCHEMA = 1
"""The version of the JSON that a registry is written as."""

SHOWN = ("id", "title", "url", "publisher", "interested", "published", "read", "version")
"""What it has of a source, beside its excerpts and who cites it."""

Statement: TypeAlias = Rule | Constraint | Route | Fact | Referral | Library
Citing: TypeAlias = Statement | Api


@dataclass(frozen=True, slots=True)
class Registered:
    """One source and the ids of the statements that cite it."""

    source: Source
    cited_by: tuple[str, ...]

    @property
    def dated(self) -> dt.date:
        """The day it was published or, where it does not say, read: it is no younger."""
        return self.source.published or self.source.read


def claiming(pack: Pack) -> Iterator[Rule | Constraint | Route | Fact | Library]:
    """Yield every statement that may claim something of the package index."""
    yield from pack.rules.values()
    yield from pack.constraints.values()
    yield from pack.routes
    yield from pack.facts.values()
    yield from pack.libraries.values()


def cited_by(statement: Citing) -> tuple[Citation, ...]:
    """Return all that a statement cites, in itself and in its review."""
    review = statement.review if isinstance(statement, Rule) else None
    return (*statement.sources, *(review.sources if review else ()))


def citations(pack: Pack) -> Iterator[tuple[Citing, Citation]]:
    """Yield every citation of a source, of statements and of their reviews."""
    families: tuple[tuple[Citing, ...], ...] = (
        tuple(pack.rules.values()), tuple(pack.constraints.values()), pack.routes,
        tuple(pack.facts.values()), tuple(pack.referrals.values()),
        tuple(pack.libraries.values()), tuple(pack.moving.apis.values()),
    )  # fmt: skip
    for statement in (each for family in families for each in family):
        for cited in cited_by(statement):
            if cited.source:
                yield statement, cited


def registry(pack: Pack) -> tuple[Registered, ...]:
    """Return the sources of a pack by age, oldest first.

    >>> from recommender import load_pack
    >>> [(each.source.id, each.cited_by) for each in registry(load_pack("tests/toy/rules"))]
    [('kettle', ('tea-needs-a-kettle',)), ('study', ('mornings-want-caffeine',))]
    """
    citing: dict[str, dict[str, None]] = {name: {} for name in pack.sources}
    for statement, cited in citations(pack):
        citing[cited.source][statement.id] = None
    found = [Registered(source, tuple(citing[name])) for name, source in pack.sources.items()]
    return tuple(sorted(found, key=lambda each: (each.dated, each.source.id)))


def as_data(pack: Pack) -> dict[str, Any]:
    """Return the registry of a pack as plain values, under a schema number."""
    rows = [
        {
            **{name: getattr(each.source, name) for name in SHOWN},
            "excerpts": {
                name: {"text": said.text, "before": said.before, "after": said.after}
                for name, said in each.source.excerpts.items()
            },
            "cited_by": each.cited_by,
        }
        for each in registry(pack)
    ]
    found = {"kind": "sources", "pack": pack.id, "version": pack.version, "sources": rows}
    data: dict[str, Any] = json_value({"schema": SOURCES_SCHEMA, **found})
    return data
