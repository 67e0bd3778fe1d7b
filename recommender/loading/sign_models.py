"""Models of the signs in a rule file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from recommender.nouns.sign import Sureness

from .fields import Id, Several, Text, several
from .strict import Strict

Patterns = Annotated[tuple[Text, ...], BeforeValidator(several), Field(min_length=1)]


class SignTestText(Strict):
    """One test of a sign: a clue (its kind and name, and more where it counts), and whether."""

    clue: Annotated[dict[str, Text], Field(min_length=1)]
    versions: tuple[Text, ...] = ()
    seen: dict[str, Patterns] = Field(default_factory=dict)
    expect: Literal["fires", "silent"]


class SignText(Strict):
    """What clues of some names in a repository answer, how sure that is, and why."""

    id: Id
    names: Annotated[dict[str, Patterns], Field(min_length=1)]
    within: Annotated[tuple[Text, ...], BeforeValidator(several)] = ()
    under: Annotated[tuple[Text, ...], BeforeValidator(several)] = ()
    beside: dict[str, Patterns] = Field(default_factory=dict)
    without: dict[str, Patterns] = Field(default_factory=dict)
    says: Annotated[dict[str, Any], Field(min_length=1)]
    sure: Sureness
    instead_of: Annotated[tuple[Text, ...], BeforeValidator(several)] = Field(
        default=(), alias="instead-of"
    )
    if_open: bool = Field(default=False, alias="if-open")
    because: Text
    tests: Several[SignTestText] = ()
