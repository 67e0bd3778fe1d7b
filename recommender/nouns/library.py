"""The library: what is usually built on in a candidate, for one kind of project."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .condition import Condition, RuleTest
from .errors import Place
from .source import Checked, Citation


@dataclass(frozen=True, slots=True)
class Library:
    """A library that a plan names beside the candidate that is built in; it changes no score.

    It is named where `when` surely holds. `serves` says in a few words what it is for; it is to be
    read again by the day on which it `expires`. `packages` are all that is installed to use it,
    those of the candidate first.
    """

    id: str
    candidate: str
    name: str
    serves: str
    when: Condition
    place: Place
    sources: tuple[Citation, ...] = ()
    cases: tuple[RuleTest, ...] = ()
    expires: dt.date | None = None
    volatile: bool = False
    checked: Checked | None = None
    holds: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
