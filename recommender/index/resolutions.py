"""Resolutions of many packages: asked of the resolver, and written as a file of a pack."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from recommender.nouns.errors import Place
from recommender.nouns.resolution import Resolution, Resolved

from .resolver import PLATFORMS, ResolverResult, program, resolve, version
from .snapshot import FOLDER

RESOLVED = "resolved"
"""Where a pack's index folder keeps what a resolver made of the packages of its routes."""

LATEST_PYTHONS = 5
"""How many Pythons are looked at, the latest that are out."""

AT_ONCE = 4
"""How many sets of packages are resolved at a time: it is waiting, for an index, for the most."""

Packages = tuple[str, ...]


def resolutions(
    sets: Iterable[Packages],
    pythons: Sequence[str],
    day: dt.date,
    *,
    index: str = "",
    told: Callable[[str], None] = lambda _: None,
) -> dict[Packages, Resolution]:
    """Return what the resolver makes of sets of packages, for each platform and Python: of all.

    `told` is called with each set as it is done. Raises `RecommenderError` where the resolver gives
    no answer for one of them.
    """
    uv = program()
    by = version(uv)
    places = [(platform, python) for platform in PLATFORMS for python in pythons]

    def ending(asked: tuple[Packages, str, str]) -> ResolverResult:
        return resolve(*asked, day, uv=uv, index=index)

    found = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for packages in sets:
            endings = pool.map(ending, [(packages, *at) for at in places])
            ends = united(zip(places, endings, strict=True))
            found[packages] = Resolution(packages, day, by, ends, Place(""))
            told(", ".join(packages))
    return found


def united(endings: Iterable[tuple[tuple[str, str], ResolverResult]]) -> tuple[Resolved, ...]:
    """Return each ending once, with all the places that have it; what works stands first."""
    where: dict[tuple[tuple[tuple[str, str], ...], str], list[str]] = {}
    for (platform, python), ending in endings:
        key = tuple(ending.pins.items()), ending.because
        where.setdefault(key, []).append(f"{platform} {python}")
    found = [Resolved(tuple(at), dict(pins), because) for (pins, because), at in where.items()]
    return tuple(sorted(found, key=lambda each: not each.pins))


def text_of(found: Iterable[Resolution], command: str) -> str:
    """Return resolutions as a file of a pack, made by a command.

    >>> import datetime as dt
    >>> tea = Resolved(("linux-x86_64 3.13",), {"tea": "1.1"})
    >>> day = dt.date(2026, 11, 26)
    >>> print(text_of([Resolution(("tea",), day, "uv 0.9", (tea,), Place(""))], "make tea"), end="")
    # Made by `make tea` (docs/resolve.md).
    resolved:
      - packages: ["tea"]
        on: 2026-11-26
        by: "uv 0.9"
        found:
          - where: {"linux-x86_64": ["3.13"]}
            pins: {"tea": "1.1"}
    """
    lines = [f"# Made by `{command}` (docs/resolve.md).", "resolved:"]
    for each in found:
        lines += [f"  - packages: {json.dumps(each.packages)}", f"    on: {each.on}"]
        lines += [f"    by: {json.dumps(each.by)}", "    found:"]
        for end in each.found:
            where: dict[str, list[str]] = {}
            for platform, python in (at.split() for at in end.where):
                where.setdefault(platform, []).append(python)
            lines.append(f"      - where: {json.dumps(where)}")
            if end.pins:
                lines.append(f"        pins: {json.dumps(end.pins)}")
            else:
                lines.append(f"        because: {json.dumps(end.because, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def path_of(folder: str | Path, candidate: str) -> Path:
    """Return the path of the file that keeps the resolutions of a candidate's routes."""
    return Path(folder, FOLDER, RESOLVED, f"{candidate}.yaml")
