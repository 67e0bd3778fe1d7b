"""Derivations: pure functions of a snapshot, which `holds:` compares with what a statement says.

Each takes the snapshot and the names in its brackets. It returns text, a number or a set of texts,
the text `none` where there is none, and `None` where the snapshot cannot tell: the package is not
in it, or the index gave no upload times or no files. Only final releases that are not yanked
count, unless it says otherwise.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, TypeAlias

from recommender.nouns.resolution import name_of

from .tags import is_for, platforms_of
from .versions import feature_of, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .snapshot import Package, Release, Snapshot

Value: TypeAlias = str | int | frozenset[str]

NONE = "none"
"""What is known not to exist."""

LATEST = 3
"""How many Pythons the clock tells of, the last that came out."""

_DAY = len("2026-11-26")
_NAMED = r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;()]*)\)?\s*(;.*)?"


def newest(snapshot: Snapshot, package: str) -> Value | None:
    """Return the newest release of a package."""
    found = snapshot.packages.get(package)
    return found.finals[-1].version if found and found.finals else None


def last_release(snapshot: Snapshot, package: str) -> Value | None:
    """Return the month in which the last release of a package came, as `2024-09`."""
    found = snapshot.packages.get(package)
    months = [each.uploaded[:7] for each in found.finals] if found else []
    return max(months) if months and all(months) else None


def idle_months(snapshot: Snapshot, package: str) -> Value | None:
    """Count the months between the last release of a package and the snapshot."""
    last = last_release(snapshot, package)
    if not isinstance(last, str):
        return None
    taken = snapshot.packages[package].taken
    return (taken.year - int(last[:4])) * 12 + taken.month - int(last[5:7])


def feature_releases(snapshot: Snapshot, package: str) -> Value | None:
    """Count the feature releases (2.14, then 2.15) of a package in the 24 months before."""
    found = snapshot.packages.get(package)
    if found is None or not _all_dated(found):
        return None
    since = _two_years_before(found.taken).isoformat()
    first: dict[tuple[int, int], str] = {}
    for release in found.finals:
        series = feature_of(release.version)
        first[series] = min(first.get(series, release.uploaded), release.uploaded)
    return sum(day > since for day in first.values())


def pythons(snapshot: Snapshot, package: str) -> Value | None:
    """Return the Pythons that the newest release of a package has a wheel for."""
    last = _newest(snapshot, package)
    if last is None:
        return None
    return frozenset(name for name in snapshot.pythons if _serves(last, name))


def platforms(snapshot: Snapshot, package: str) -> Value | None:
    """Return the platforms that the newest release has wheels for: `linux-x86_64`, `any`."""
    last = _newest(snapshot, package)
    if last is None:
        return None
    return frozenset(name for file in last.files for name in platforms_of(file.tag))


def newest_for(snapshot: Snapshot, package: str, platform: str) -> Value | None:
    """Return the newest release of a package with a wheel for a platform."""
    found = snapshot.packages.get(package)
    if found is None or not _has_files(found):
        return None
    having = [
        each.version for each in found.finals
        if any({platform, "any"} & {*platforms_of(file.tag)} for file in each.files)
    ]  # fmt: skip
    return having[-1] if having else NONE


def first_for(snapshot: Snapshot, package: str, python: str) -> Value | None:
    """Return the oldest release of a package with a wheel for a Python."""
    found = snapshot.packages.get(package)
    if found is None or not _has_files(found):
        return None
    return next((each.version for each in found.finals if _serves(each, python)), NONE)


def days_until(snapshot: Snapshot, package: str, python: str) -> Value | None:
    """Count the days after a Python came out until a release of the package had a wheel for it.

    It is 0 where the wheel was there first, and `none` where there is no wheel yet.
    """
    found, since = snapshot.packages.get(package), snapshot.pythons.get(python)
    if found is None or since is None or not _all_dated(found) or not _has_files(found):
        return None
    days = [
        file.uploaded for release in found.finals for file in release.files
        if is_for(file.tag, python, release.requires_python)
    ]  # fmt: skip
    return max(0, (dt.date.fromisoformat(min(days)) - since).days) if days else NONE


def days_waiting(snapshot: Snapshot, package: str, python: str) -> Value | None:
    """Count the days that a Python has been out without a release that has a wheel; else 0."""
    until = days_until(snapshot, package, python)
    return 0 if isinstance(until, int) else _wait(snapshot, package, python)


def longest_wait(snapshot: Snapshot, package: str) -> Value | None:
    """Count the most days that one of the last three Pythons waited, or waits, for a wheel."""
    waits = [_wait(snapshot, package, python) for python in latest(snapshot)]
    known = [each for each in waits if each is not None]
    return max(known) if known and len(known) == len(waits) else None


def requires_python(snapshot: Snapshot, package: str) -> Value | None:
    """Return what the newest release of a package says of Python, clause by clause."""
    last = _newest(snapshot, package)
    return None if last is None else _clauses(last.requires_python)


def requires(snapshot: Snapshot, package: str, other: str) -> Value | None:
    """Return what the newest release of a package says of another, clause by clause.

    It is `none` where that is not among what it needs; extras do not count.
    """
    last = _newest(snapshot, package)
    if last is None or last.requires is None:
        return None
    said = [_split(line) for line in last.requires]
    clauses = [spec for name, spec, extra in said if name == name_of(other) and not extra]
    return _clauses(",".join(clauses)) if clauses else NONE


def admits_feature(snapshot: Snapshot, package: str, other: str) -> Value | None:
    """Return `yes` or `no`: the newest release of a package admits that of another."""
    said, last = requires(snapshot, package, other), newest(snapshot, other)
    if said is None or last is None:
        return None
    if not isinstance(said, frozenset):
        return "yes"
    wanted = key_of(str(last))
    return "yes" if wanted and all(_passes(clause, wanted) for clause in said) else "no"


DERIVATIONS: Mapping[str, Callable[..., Value | None]] = {
    each.__name__.replace("_", "-"): each
    for each in (
        newest, last_release, idle_months, feature_releases, pythons, platforms, newest_for,
        first_for, days_until, days_waiting, longest_wait, requires_python, requires,
        admits_feature,
    )
}  # fmt: skip
"""Every derivation by the name that `holds:` calls it by."""


def latest(snapshot: Snapshot) -> list[str]:
    """Return the last Pythons that came out, oldest first."""
    return sorted(snapshot.pythons, key=lambda name: snapshot.pythons[name])[-LATEST:]


def _wait(snapshot: Snapshot, package: str, python: str) -> int | None:
    """Count the days that a Python waited for a wheel, or has waited so far."""
    until = days_until(snapshot, package, python)
    if until == NONE:
        return (snapshot.packages[package].taken - snapshot.pythons[python]).days
    return until if isinstance(until, int) else None


def _newest(snapshot: Snapshot, name: str) -> Release | None:
    found = snapshot.packages.get(name)
    return found.finals[-1] if found and found.finals and _has_files(found) else None


def _serves(release: Release, python: str) -> bool:
    return any(is_for(file.tag, python, release.requires_python) for file in release.files)


def _has_files(package: Package) -> bool:
    """Return whether the index listed files: a list of packages gives months alone."""
    return any(file.tag for release in package.finals for file in release.files)


def _all_dated(package: Package) -> bool:
    """Return whether every final release has a day, and not only a month."""
    return bool(package.finals) and all(len(r.uploaded) == _DAY for r in package.finals)


def _two_years_before(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 2, day=min(day.day, 28))


def _clauses(text: str) -> frozenset[str]:
    return frozenset(part.replace(" ", "") for part in text.split(",") if part.strip())


def _split(line: str) -> tuple[str, str, bool]:
    """Return name and specifiers of a requirement, and whether only an extra needs it."""
    found = re.fullmatch(_NAMED, line)
    if found is None:
        return "", "", True
    return name_of(found[1]), found[2].strip(), "extra" in (found[3] or "")


def _passes(clause: str, wanted: tuple[tuple[int, ...], int]) -> bool:
    """Return whether a version passes a clause; what it cannot read, it lets pass."""
    found = re.fullmatch(r"(>=|<=|>|<|==|!=|~=)(\d[\d.]*\d|\d)(\.\*)?", clause)
    given = key_of(found[2]) if found else None
    if found is None or given is None:
        return True
    starts = _padded(wanted[0], len(given[0])) == given[0]
    if found[1] == "~=":
        length = max(1, found[2].count("."))
        return wanted >= given and _padded(wanted[0], length) == _padded(given[0], length)
    if found[1] in ("==", "!="):
        return (starts if found[3] else wanted == given) == (found[1] == "==")
    return {">=": wanted >= given, "<=": wanted <= given, ">": wanted > given,
            "<": wanted < given}[found[1]]  # fmt: skip


def _padded(numbers: tuple[int, ...], length: int) -> tuple[int, ...]:
    return (*numbers, *(0,) * length)[:length]
