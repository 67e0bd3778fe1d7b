"""Lint: what a rule pack says that can never count, is not shown, or has grown old.

A kind of finding is a file here: its docstring is its documentation, `CODE` and `SEVERITY` name
it, and `check(context)` yields its findings. Files are found by name; nothing else lists them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from recommender.loading.full_pack import load_whole
from recommender.nouns.errors import RecommenderError

from ._context import Context, Finding, Severity
from .does_not_load import finding_of

__all__ = ["Finding", "Member", "Severity", "lint", "members"]

_ALLOWED = re.compile(r"#\s*lint: allow (P\d{3})\s+(\S.*)")


class Member(Protocol):
    """What each file of this folder defines."""

    __name__: str
    __doc__: str | None
    CODE: str
    SEVERITY: Severity

    def check(self, context: Context) -> Iterable[Finding]:
        """Yield what is found."""


def members() -> list[Member]:
    """Return every kind of finding, sorted by code.

    >>> [member.CODE for member in members()][:2]
    ['P000', 'P001']
    """
    names = [m.name for m in iter_modules(__path__) if not m.name.startswith("_")]
    found = [cast("Member", import_module(f"{__name__}.{name}")) for name in names]
    return sorted(found, key=lambda member: member.CODE)


def name_of(member: Member) -> str:
    """Return the name of a kind of finding, which is that of its file."""
    return member.__name__.rsplit(".", 1)[-1].replace("_", "-")


def lint(
    folder: str | Path | None = None,
    *,
    as_of: dt.date | None = None,
    checks: Collection[str] | None = None,
) -> list[Finding]:
    """Return the findings in a pack (the shipped one by default), in the order of its files.

    `checks` are the probe checks that exist; without them, check ids are not looked at. Expiry is
    judged at `as_of`, or at the pack's own date. A pack that does not load is a finding, too.

    >>> {finding.name for finding in lint("tests/toy/rules")} >= {"missing-test"}
    True
    """
    lines_of = cache(_lines)
    try:
        whole = load_whole(folder)
    except RecommenderError as error:
        member = next(each for each in members() if each.CODE == "P000")
        found = [_stamped(member, finding_of(fault)) for fault in error.faults]
        return [_with_lines(finding, lines_of) for finding in found]
    context = Context(whole, as_of or whole.full.dated, checks)
    found = [
        _stamped(member, finding)
        for member in members()
        for finding in member.check(context)
        if whole.owns(finding.place.file)
    ]
    found.sort(key=lambda finding: (finding.place, finding.code, finding.what))
    return [
        _with_lines(finding, lines_of)
        for finding in found
        if not _is_allowed(finding, lines_of(finding.place.file))
    ]


def _stamped(member: Member, finding: Finding) -> Finding:
    return replace(finding, code=member.CODE, name=name_of(member), severity=member.SEVERITY)


def _is_allowed(finding: Finding, lines: Sequence[str]) -> bool:
    """Return whether a comment on the line, or on the one above, allows this finding."""
    if not finding.place.line:
        return False
    near = lines[max(0, finding.place.line - 2) : finding.place.line]
    return any((seen := _ALLOWED.search(line)) and seen[1] == finding.code for line in near)


def _with_lines(finding: Finding, lines_of: Callable[[str], Sequence[str]]) -> Finding:
    places = (finding.place, *finding.related)
    shown = [
        (place, lines_of(place.file)[place.line - 1])
        for place in places
        if 0 < place.line <= len(lines_of(place.file))
    ]
    return replace(finding, lines=tuple(shown))


def _lines(file: str) -> Sequence[str]:
    try:
        return Path(file).read_bytes().decode("utf-8-sig", "replace").splitlines()
    except (OSError, ValueError):
        return ()
