"""Moving: the parts of a framework, what takes their place elsewhere, and moves that were made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from .errors import Place

if TYPE_CHECKING:
    from .source import Citation

Way: TypeAlias = Literal["direct", "rewrite", "none"]
"""Whether an API has a counterpart to take its place, must be written anew, or has none."""


class Counterpart(NamedTuple):
    """What another candidate has in place of an API; `instead` names it, in that one's words."""

    way: Way
    because: str
    instead: str = ""
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Api:
    """A part of a candidate's API, and its counterparts by candidate.

    `names` are dotted; each means all that is below it, too. `calls` are methods that are known by
    their name alone, where the file imports the candidate.
    """

    id: str
    candidate: str
    stage: str
    names: tuple[str, ...]
    counterparts: Mapping[str, Counterpart]
    place: Place
    calls: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[Citation, ...]:
        """What its counterparts rest on."""
        return tuple(cited for each in self.counterparts.values() for cited in each.sources)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a move, which is a family of APIs, and the parity test that ends it."""

    id: str
    title: str
    parity: str
    place: Place


@dataclass(frozen=True, slots=True)
class Migration:
    """A finished move in a public history: a first and a last commit, with their days.

    `began` first imports `new`, and after `ended` nothing but what stands aside imports `old`.
    """

    id: str
    repository: str
    old: str
    new: str
    began: str
    began_on: dt.date
    ended: str
    ended_on: dt.date
    place: Place

    @property
    def days(self) -> int:
        """How long it took: elapsed, and no measure of work.

        >>> day, place = dt.date(2020, 1, 31), Place("x")
        >>> Migration("a", "a/a", "x", "y", "1", day, "2", dt.date(2020, 2, 1), place).days
        1
        """
        return (self.ended_on - self.began_on).days


class Moving(NamedTuple):
    """All that a pack knows of moves; `stages` are in the order in which they are taken."""

    stages: Mapping[str, Stage] = {}
    apis: Mapping[str, Api] = {}
    migrations: Mapping[str, Migration] = {}


class Touch(NamedTuple):
    """How much of a repository touches one API; `names` are those that stand there most often.

    `lines` are those on which something of it stands, each counted once.
    """

    api: str
    files: int
    lines: int
    places: tuple[Place, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """What moving a repository from one candidate to another touches.

    `files` and `lines` are those that touch the old one, of `all_files` and `all_lines` of Python.
    `formats` are the model files that lie there, by format.
    """

    folder: str
    old: str
    new: str
    files: int
    lines: int
    all_files: int
    all_lines: int
    touches: tuple[Touch, ...]
    formats: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
