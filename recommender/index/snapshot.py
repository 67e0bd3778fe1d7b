"""The snapshot: what an index publishes of each package, read from and written to JSON files.

A package has a file of its own, so that a new release shows as a line in a diff. An index that says
only in which month a release came leaves the day out (`2024-09`); one that gives no upload times
leaves them empty, and what needs them is then not known.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recommender.nouns.errors import Fault, PackError, Place

from .versions import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = "index"
"""Where a pack keeps its snapshot."""

PACKAGES = "packages"
PYTHONS = "pythons.json"


@dataclass(frozen=True, slots=True)
class File:
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
    """All packages, and the days on which the Pythons came out."""

    packages: Mapping[str, Package]
    pythons: Mapping[str, dt.date]

    def until(self, day: dt.date) -> Snapshot:
        """Return the snapshot as it would have been at the end of a day."""
        cut = {name: package.until(day) for name, package in self.packages.items()}
        return Snapshot(
            {name: package for name, package in cut.items() if package is not None},
            {name: since for name, since in self.pythons.items() if since <= day},
        )


def _no_later(uploaded: str, last: str) -> bool:
    """Return whether an upload was no later than a day; of a month, its end counts."""
    return uploaded <= last if len(uploaded) == len(last) else uploaded < last[: len(uploaded)]


def read_snapshot(folders: Iterable[str | Path]) -> Snapshot:
    """Return the snapshot in the `index` folders of some packs, later ones over earlier.

    Raises `PackError` for a file that is no snapshot.
    """
    packages: dict[str, Package] = {}
    pythons: dict[str, dt.date] = {}
    for folder in folders:
        home = Path(folder, FOLDER)
        for path in sorted((home / PACKAGES).glob("*.json")):
            package = _read(path, package_of)
            packages[package.name] = package
        if (home / PYTHONS).is_file():
            pythons |= _read(home / PYTHONS, _pythons_of)
    return Snapshot(packages, pythons)


def _read(path: Path, make: Any) -> Any:
    try:
        return make(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        fault = Fault(Place(str(path)), f"is no part of a snapshot: {error}", "refresh it")
        raise PackError(fault) from None


def _pythons_of(data: Mapping[str, str]) -> dict[str, dt.date]:
    return {name: dt.date.fromisoformat(day) for name, day in data.items()}


def package_of(data: Mapping[str, Any]) -> Package:
    """Return the package that was written as plain values."""
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
    return Package(data["name"], dt.date.fromisoformat(data["taken"]), releases)


def text_of(package: Package) -> str:
    """Return a package as the text of its file, a release a line.

    >>> leaves = (Release("1.0", (File("2026-01-02", "sdist"),)),)
    >>> tea = Package("tea", dt.date(2026, 11, 26), leaves)
    >>> package_of(json.loads(text_of(tea))) == tea
    True
    """
    rows = [f"    {json.dumps(r.version)}: {json.dumps(_row(r))}" for r in package.releases]
    head = f'  "name": {json.dumps(package.name)},\n  "taken": "{package.taken}",\n'
    return "{\n" + head + '  "releases": {\n' + ",\n".join(rows) + "\n  }\n}\n"


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


def path_of(folder: str | Path, name: str) -> Path:
    """Return the path of a package's file in a pack."""
    return Path(folder, FOLDER, PACKAGES, f"{name}.json")
