"""Resolutions: which packages a resolver could install together as of a day, and where."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import Place

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Resolved:
    """One end that a resolver came to, and where: the newest pins that work, or why none do.

    `where` has a platform and a Python each (`linux-x86_64 3.12`); `pins` gives the versions of the
    packages that were asked for, and is empty where they cannot be installed together.
    """

    where: tuple[str, ...]
    pins: Mapping[str, str] = field(default_factory=dict)
    because: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a resolver made of some packages, as of the end of the day `on`."""

    packages: tuple[str, ...]
    on: dt.date
    by: str
    found: tuple[Resolved, ...]
    place: Place

    def at(self, platform: str, python: str) -> Resolved | None:
        """Return what was found for a platform and a Python; `None` where nobody looked.

        >>> tea = Resolved(("linux-x86_64 3.13",), {"tea": "1.1"})
        >>> found = Resolution(("tea",), dt.date(2026, 11, 26), "uv 0.9", (tea,), Place(""))
        >>> found.at("linux-x86_64", "3.13").pins["tea"], found.at("linux-x86_64", "3.14")
        ('1.1', None)
        """
        here = f"{platform} {python}"
        return next((each for each in self.found if here in each.where), None)

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms that were looked at, in the order of the snapshot."""
        return tuple(dict.fromkeys(at.split()[0] for each in self.found for at in each.where))

    def pythons(self, platform: str, *, pinned: bool = True) -> tuple[str, ...]:
        """Return the Pythons under which a platform has pins, or those looked at, oldest first."""
        found = (
            at.split()[1]
            for each in self.found
            if each.pins or not pinned
            for at in each.where
            if at.split()[0] == platform
        )
        return tuple(sorted(found, key=_number))


def _number(python: str) -> tuple[int, ...]:
    return tuple(int(part) for part in python.split("."))


def name_of(requirement: str) -> str:
    """Return the package that a requirement names, without extras and bounds.

    >>> name_of("Eland[pytorch]>=9"), name_of("torch")
    ('eland', 'torch')
    """
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else requirement
