"""Resolutions: which packages a resolver could install together as of a day, and where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from .errors import Place


PLATFORMS = ("linux-x86_64", "linux-aarch64", "macos-arm64", "macos-x86_64", "windows-x86_64")
"""The platforms that are looked at."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Resolved(NamedTuple):
    """One end that a resolver came to, and where: the newest pins that work, or why none do.

    `where` has a platform and a Python each (`linux-x86_64 3.12`); `pins` gives the versions of the
    packages that were asked for, and is empty where they cannot be installed together.
    """

    where: tuple[str, ...]
    pins: Mapping[str, str] = {}
    because: str = ""


class Resolution(NamedTuple):
    """What a resolver made of some packages, as of the end of the day `on`."""

    packages: tuple[str, ...]
    on: dt.date
    by: str
    found: tuple[Resolved, ...]
    place: Place

    def at(self, platform: str, python: str) -> Resolved | None:
        """Return what was found for a platform and a Python; `None` where nobody looked.

        >>> import datetime as dt
        >>> from recommender.nouns.errors import Place
        >>> tea = Resolved(("linux-x86_64 3.13",), {"tea": "1.1"})
        >>> found = Resolution(("tea",), dt.date(2026, 11, 26), "uv 0.9", (tea,), Place(""))
        >>> found.at("linux-x86_64", "3.13").pins["tea"], found.at("linux-x86_64", "3.14")
        ('1.1', None)
        """
        here = f"{platform} {python}"
        return next((each for each in self.found if here in each.where), None)

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms that were looked at."""
        seen = {at.split()[0] for each in self.found for at in each.where}
        return tuple(each for each in PLATFORMS if each in seen)

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


class Installing(NamedTuple):
    """What was found of some packages, and where a project installs them.

    `platforms` and `pythons` are those that its answers name, and empty where they name none.
    """

    resolution: Resolution
    platforms: tuple[str, ...] = ()
    pythons: tuple[str, ...] = ()

    def works(self, platform: str) -> tuple[str, ...]:
        """Return the Pythons under which it installs there: of those named, where any are."""
        found = self.resolution.pythons(platform)
        return tuple(each for each in found if not self.pythons or each in self.pythons)

    @property
    def anywhere(self) -> bool:
        """Whether it installs under a Python that counts on some platform that does."""
        return any(map(self.works, self.platforms or self.resolution.platforms))

    @property
    def fails(self) -> tuple[str, ...]:
        """The platforms named on which it installs under none of the Pythons that count.

        Where no platform is named, all of them if it installs on none.
        """
        looked = [each for each in self.platforms or self.resolution.platforms if self._asked(each)]
        failed = tuple(each for each in looked if not self.works(each))
        return failed if self.platforms or len(failed) == len(looked) else ()

    @property
    def stands(self) -> bool:
        """Whether it installs on every platform named, or on some where none is."""
        looked = [each for each in self.platforms or self.resolution.platforms if self._asked(each)]
        return bool(looked) and not self.fails

    @property
    def without(self) -> tuple[str, ...]:
        """The Pythons named under which it installs nowhere, where it does under another."""
        shown = self.platforms or self.resolution.platforms
        works = {python for platform in shown for python in self.works(platform)}
        asked = dict.fromkeys(python for platform in shown for python in self._asked(platform))
        return tuple(each for each in asked if works and self.pythons and each not in works)

    @property
    def because(self) -> str:
        """The resolver's reason, where it fails: that for the newest Python that counts."""
        for platform in self.fails:
            for python in reversed(self._asked(platform)):
                found = self.resolution.at(platform, python)
                if found is not None and found.because:
                    return found.because
        return ""

    def _asked(self, platform: str) -> tuple[str, ...]:
        """Return the Pythons that count and were looked at."""
        looked = self.resolution.pythons(platform, pinned=False)
        return tuple(each for each in looked if not self.pythons or each in self.pythons)


def _number(python: str) -> tuple[int, ...]:
    return tuple(int(part) for part in python.split("."))


def name_of(requirement: str) -> str:
    """Return the package that a requirement names, without extras and bounds.

    >>> name_of("Eland[pytorch]>=9"), name_of("torch")
    ('eland', 'torch')
    """
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else requirement
