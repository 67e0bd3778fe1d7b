"""Models of what a resolver made of packages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from recommender.nouns.resolution import PLATFORMS

from .fields import Day, Requirement, Text
from .strict import Strict

Platform = Literal[PLATFORMS]  # type: ignore[valid-type]
Python = Annotated[str, StringConstraints(pattern=r"^3\.\d{1,2}$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9][A-Za-z0-9.!+]*$", max_length=40)]


class ResolvedText(Strict):
    """One end that the resolver came to, and where: pins, or why there are none."""

    where: Annotated[dict[Platform, tuple[Python, ...]], Field(min_length=1)]
    pins: Annotated[dict[str, Version], Field(max_length=40)] = {}
    because: Text | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> ResolvedText:
        if bool(self.pins) == bool(self.because):
            raise ValueError("takes either `pins` or `because`")
        return self


class ResolutionText(Strict):
    """What a resolver made of some packages, as of the end of a day."""

    packages: Annotated[tuple[Requirement, ...], Field(min_length=1, max_length=40)]
    on: Day
    by: Text
    found: Annotated[tuple[ResolvedText, ...], Field(min_length=1, max_length=200)]
