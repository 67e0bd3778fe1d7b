"""The clock of a stack: since when, until when and how late a package serves Pythons and platforms.

Facts of the snapshot alone; nothing here foretells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .derivations import NONE, days_until, latest
from .tags import is_for, platforms_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from .snapshot import Package, Release, Snapshot


class Served(NamedTuple):
    """The newest release with a wheel for a place: `ends` tells that a newer one has none.

    `pythons` are those of the Pythons asked about that it has wheels for.
    """

    version: str
    on: str
    ends: bool
    pythons: tuple[str, ...] = ()


class Wait(NamedTuple):
    """The days that a Python waited for a wheel, `open` where it waits still."""

    days: int
    open: bool


class Clock(NamedTuple):
    """What the index tells of one package on the day `taken`.

    `served` has, for each platform of a project (or for `any`), the newest release with a wheel for
    one of its Pythons there, and `None` where there never was one. `waits` has the last Pythons,
    oldest first.
    """

    package: str
    taken: dt.date
    newest: str
    released: str
    served: Mapping[str, Served | None]
    waits: Mapping[str, Wait]


def clock_of(
    snapshot: Snapshot, package: str, platforms: Sequence[str] = (), pythons: Sequence[str] = ()
) -> Clock | None:
    """Return the clock of a package; `None` where the index tells no files or no days.

    Nor is there one of a package whose wheels are for any platform: what it needs has the clock.

    >>> from recommender.index.snapshot import Snapshot
    >>> clock_of(Snapshot({}, {}), "torch") is None
    True
    """
    found = snapshot.packages.get(package)
    newest = found.finals[-1] if found and found.finals else None
    if found is None or newest is None or not _built(newest):
        return None
    waits = {}
    for python in latest(snapshot):
        until = days_until(snapshot, package, python)
        if isinstance(until, int):
            waits[python] = Wait(until, open=False)
        elif until == NONE:
            waits[python] = Wait((found.taken - snapshot.pythons[python]).days, open=True)
    if not waits:
        return None
    served = {each: _served(found, each, pythons) for each in platforms or ("any",)}
    return Clock(package, found.taken, newest.version, newest.uploaded, served, waits)


def _built(release: Release) -> bool:
    return any(name != "any" for file in release.files for name in platforms_of(file.tag))


def _served(package: Package, platform: str, pythons: Sequence[str]) -> Served | None:
    having = (each for each in reversed(package.finals) if _has(each, platform, pythons))
    last = next(having, None)
    if last is None:
        return None
    ours = tuple(each for each in pythons if _has(last, platform, (each,)))
    return Served(last.version, last.uploaded, last is not package.finals[-1], ours)


def _has(release: Release, platform: str, pythons: Sequence[str]) -> bool:
    return any(
        (platform == "any" or {platform, "any"} & {*platforms_of(file.tag)})
        and (not pythons or any(is_for(file.tag, p, release.requires_python) for p in pythons))
        for file in release.files
        if file.tag != "sdist"
    )
