"""Fields of the models of rule files: what an id, a text, a share or a day may be."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from recommender.nouns.errors import clean

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Quotation = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Text = Annotated[Quotation, AfterValidator(clean)]
"""Words to be shown: one line of it, and nothing in it that a terminal would obey."""
Share = Annotated[float, Field(ge=0, le=1, strict=True)]
Weight = Annotated[int, Field(ge=0, le=10, strict=True)]
RuleWeight = Annotated[int, Field(ge=1, le=10, strict=True)]
Checks = tuple[Id, ...]
Entry = TypeVar("Entry")
ENTRY_LIMIT = 2000
"""Rules, questions and so on that one file may hold; a pack of more has more files."""

Several = Annotated[tuple[Entry, ...], Field(max_length=ENTRY_LIMIT)]


def several(value: Any) -> Any:
    """Return a list of what may be written as one value or as several."""
    return value if isinstance(value, list) else [value]


_BOUND = r"(==|!=|>=|<=|~=|<|>)[0-9][A-Za-z0-9.*]*"
Requirement = Annotated[
    str,
    StringConstraints(
        pattern=rf"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?(\[[a-z0-9,-]+\])?({_BOUND}(,{_BOUND})*)?$",
        max_length=120,
    ),
]
"""A package as pip is asked for it: its name, extras and bounds."""
Requirements = Annotated[tuple[Requirement, ...], Field(max_length=20)]

Claims = Annotated[tuple[Text, ...], BeforeValidator(several), Field(max_length=20)]
"""Claims on the package index: one, or a list of them."""


def _two_digits(favors: dict[str, float]) -> dict[str, float]:
    for name, share in favors.items():
        if round(share * 100) / 100 != share:
            raise ValueError(f"the share of {name} has more than two digits")
    return favors


def _three_digits(share: float) -> float:
    if round(share * 1000) / 1000 != share:
        raise ValueError("has more than three digits")
    return share


def _day(value: Any) -> Any:
    """Return a date as written; anything else, such as a timestamp, is refused."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("date_type", "takes a date")
    if isinstance(value, int | float):
        raise PydanticCustomError("date_type", "takes a date")
    return value


def _written(value: Any) -> Any:
    """Refuse a `when:` with nothing after it: it would always hold, which nobody means."""
    if value is None:
        raise PydanticCustomError("dict_type", "takes a mapping")
    return value


def cleaned(value: Any) -> Any:
    """Return a plain value with control characters in its texts marked."""
    if isinstance(value, dict):
        return {key: cleaned(each) for key, each in value.items()}
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    return clean(value) if isinstance(value, str) else value


Shares = Annotated[dict[Id, Share], AfterValidator(_two_digits)]
Threshold = Annotated[Share, AfterValidator(_three_digits)]
Day = Annotated[dt.date, BeforeValidator(_day)]
When = Annotated[dict[str, Any] | None, BeforeValidator(_written)]


PAGE = r"^(https?://\S+|docs/[a-z-]+\.md)$"
"""A public address, or a page of this repository that holds measurements of its own."""


def _printable(name: str) -> str:
    if name != clean(name):
        raise ValueError("holds characters that cannot be shown")
    return name


PRINTABLE = AfterValidator(_printable)
