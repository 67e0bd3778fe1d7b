"""The snapshot: what indexes publish of each package, read from and written to one JSON file.

It is one file, so that it is replaced whole or not at all, and a release a line, so that a new one
shows as a line in a diff. An index that says only in which month a release came leaves the day out
(`2024-09`); one that gives no upload times leaves them empty, and what needs them is then not
known. A package of npm is named `npm:` and its name.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from recommender.nouns.errors import Fault, PackError, Place

from .tags import built_for
from .versions import key_of

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "index"
"""Where a pack keeps its snapshot."""

SNAPSHOT = "snapshot.json"
PYTHONS = "pythons.json"
NPM = "npm:"
"""What the name of a package of npm begins with."""


class File(NamedTuple):
    """One file of a release: the day of its upload and its tags, or `sdist`."""

    uploaded: str
    tag: str


@dataclass(frozen=True, slots=True)
class Release:
    """One version of a package; `requires` is `None` where its metadata was not looked at."""

    version: str
    files: tuple[File, ...] = ()
    requires_python: str = ""
    yanked: bool = False
    requires: tuple[str, ...] | None = None

    @property
    def uploaded(self) -> str:
        """The day of its first file, or only its month; empty where the index does not say."""
        return min((file.uploaded for file in self.files), default="")


@dataclass(frozen=True)
class Package:
    """What an index published of one package on the day `taken`; final releases come in order."""

    name: str
    taken: dt.date
    releases: tuple[Release, ...]

    @cached_property
    def finals(self) -> tuple[Release, ...]:
        """The final releases that are not yanked, oldest version first."""
        keyed = [(key_of(each.version), each) for each in self.releases if not each.yanked]
        final = [(key, each) for key, each in keyed if key is not None]
        return tuple(each for _, each in sorted(final, key=lambda pair: pair[0]))

    def until(self, day: dt.date) -> Package | None:
        """Return the package as it was at the end of a day; `None` before its first file."""
        last = day.isoformat()
        left = []
        for release in self.releases:
            files = tuple(f for f in release.files if f.uploaded and _no_later(f.uploaded, last))
            if files:
                left.append(replace(release, files=files))
        return Package(self.name, min(day, self.taken), tuple(left)) if left else None


@dataclass(frozen=True)
class Snapshot:
    """All packages, the days on which the Pythons came out, and what was last confirmed when.

    `confirmed` has, by each claim as it is written, the day of the last snapshot that bore it out.
    """

    packages: Mapping[str, Package]
    pythons: Mapping[str, dt.date]
    confirmed: Mapping[str, dt.date] = field(default_factory=dict)

    @property
    def unlisted(self) -> tuple[str, ...]:
        """The Pythons that final releases have wheels for, newer than all whose day is known."""
        known = max((int(each.split(".")[1]) for each in self.pythons), default=None)
        built = {
            int(python.split(".")[1])
            for package in self.packages.values() for release in package.finals
            for file in release.files for python in built_for(file.tag)
        }  # fmt: skip
        return tuple(f"3.{each}" for each in sorted(built) if known is not None and each > known)

    def until(self, day: dt.date) -> Snapshot:
        """Return the snapshot as it would have been at the end of a day."""
        cut = {name: package.until(day) for name, package in self.packages.items()}
        return Snapshot(
            {name: package for name, package in cut.items() if package is not None},
            {name: since for name, since in self.pythons.items() if since <= day},
            {claim: min(last, day) for claim, last in self.confirmed.items()},
        )


def _no_later(uploaded: str, last: str) -> bool:
    """Return whether an upload was no later than a day; of a month, its end counts."""
    return uploaded <= last if len(uploaded) == len(last) else uploaded < last[: len(uploaded)]


def read_snapshot(
    folders: Iterable[str | Path], *, only: Collection[str] | None = None
) -> Snapshot:
    """Return the snapshot in the `index` folders of some packs, later ones over earlier.

    Of the packages it has those in `only`, if that is given.

    Raises `PackError` for a file that is no snapshot.
    """
    packages: dict[str, Package] = {}
    pythons: dict[str, dt.date] = {}
    confirmed: dict[str, dt.date] = {}
    for folder in folders:
        path = os.path.join(folder, FOLDER, SNAPSHOT)
        if os.path.isfile(path):
            found = _read(path, partial(snapshot_of, only=only))
            packages |= found.packages
            confirmed |= found.confirmed
        path = os.path.join(folder, FOLDER, PYTHONS)
        if os.path.isfile(path):
            pythons |= _read(path, _days_of)
    return Snapshot(packages, pythons, confirmed)


def _read(path: str, make: Any) -> Any:
    try:
        with open(path, encoding="utf-8") as stream:
            return make(json.load(stream))
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        fault = Fault(Place(path), f"is no part of a snapshot: {error}", "refresh it")
        raise PackError(fault) from None


def _days_of(data: Mapping[str, str]) -> dict[str, dt.date]:
    return {name: dt.date.fromisoformat(day) for name, day in data.items()}


def snapshot_of(data: Mapping[str, Any], only: Collection[str] | None = None) -> Snapshot:
    """Return the packages and the confirmed claims that were written as plain values."""
    packages = {
        name: _package_of(name, each)
        for name, each in data["packages"].items()
        if only is None or name in only
    }
    return Snapshot(packages, {}, _days_of(data["confirmed"]))


def _package_of(name: str, data: Mapping[str, Any]) -> Package:
    releases = tuple(
        Release(
            version=version,
            files=tuple(File(day, tag) for day, tags in row["files"].items() for tag in tags),
            requires_python=row.get("requires-python", ""),
            yanked=row.get("yanked", False),
            requires=tuple(row["requires"]) if "requires" in row else None,
        )
        for version, row in data["releases"].items()
    )
    return Package(name, dt.date.fromisoformat(data["taken"]), releases)


def text_of(snapshot: Snapshot) -> str:
    """Return a snapshot as the text of its file, a release a line; `pythons` is not part of it.

    >>> leaves = (Release("1.0", (File("2026-01-02", "sdist"),)),)
    >>> tea = Package("tea", dt.date(2026, 11, 26), leaves)
    >>> snapshot_of(json.loads(text_of(Snapshot({"tea": tea}, {})))).packages["tea"] == tea
    True
    """
    packages = ",\n".join(_text(snapshot.packages[name]) for name in sorted(snapshot.packages))
    days = {claim: str(day) for claim, day in sorted(snapshot.confirmed.items())}
    confirmed = ",\n".join(f"    {json.dumps(c)}: {json.dumps(day)}" for c, day in days.items())
    body = f'  "packages": {{\n{packages}\n  }},\n  "confirmed": {{\n{confirmed}\n  }}'
    return f"{{\n{body}\n}}\n"


def _text(package: Package) -> str:
    rows = [f"      {json.dumps(r.version)}: {json.dumps(_row(r))}" for r in package.releases]
    head = f'    {json.dumps(package.name)}: {{"taken": "{package.taken}", "releases": {{\n'
    return head + ",\n".join(rows) + "\n    }}"


def _row(release: Release) -> dict[str, Any]:
    files: dict[str, list[str]] = {}
    for file in release.files:
        files.setdefault(file.uploaded, []).append(file.tag)
    row: dict[str, Any] = {"files": files}
    if release.requires_python:
        row["requires-python"] = release.requires_python
    if release.yanked:
        row["yanked"] = True
    if release.requires is not None:
        row["requires"] = list(release.requires)
    return row


def path_of(folder: str | Path) -> Path:
    """Return the path of the snapshot of a pack."""
    from pathlib import Path  # noqa: PLC0415  (slow to load, and only who writes needs it)

    return Path(folder, FOLDER, SNAPSHOT)
