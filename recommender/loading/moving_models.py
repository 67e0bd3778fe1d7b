"""Models of what a rule file says of moves: stages, APIs with their counterparts, and histories."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from recommender.nouns.moving import Way

from .citation_models import Citations
from .fields import Day, Id, Text, several
from .strict import Strict

Dotted = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$")]
Names = Annotated[tuple[Dotted, ...], BeforeValidator(several)]
Commit = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{40}$")]


class StageText(Strict):
    """One stage of a move, and the parity test that ends it."""

    id: Id
    title: Text
    parity: Text


class CounterpartText(Strict):
    """What another candidate has in place of an API, and the page that says so."""

    way: Way
    instead: Text | None = None
    because: Text
    source: Citations = ()


class ApiText(Strict):
    """A part of a candidate's API, by its dotted names and by methods known by name alone."""

    id: Id
    candidate: Id
    stage: Id
    names: Annotated[Names, Field(min_length=1)]
    calls: Names = ()
    counterparts: Annotated[dict[Id, CounterpartText], Field(min_length=1)]


class CommitText(Strict):
    """A commit of a public history, and its day."""

    commit: Commit
    day: Day


class MigrationText(Strict):
    """A finished move: the first commit with the new candidate, the last without the old one."""

    id: Id
    repository: Annotated[str, StringConstraints(pattern=r"^[\w.-]+/[\w.-]+$")]
    old: Text
    new: Text
    began: CommitText
    ended: CommitText
