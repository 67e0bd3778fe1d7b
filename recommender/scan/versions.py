"""Versions: which majors of a package, or which minors of Python, a manifest allows."""

from __future__ import annotations

import re
from functools import lru_cache

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

_LADDER = [f"{major}.{minor}" for major in range(8) for minor in (0, 4, 9, 14, 19, 30)]
_PYTHONS = [f"3.{minor}" for minor in range(5, 17)]
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


@lru_cache(maxsize=4096)
def majors(said: str) -> tuple[str, ...]:
    """Return the major versions that a requirement allows; none where it allows any.

    >>> majors("==1.15.2"), majors("^2.1"), majors(">=1.4,<3"), majors(">=1.4"), majors("nonsense")
    (('1',), ('2',), ('1', '2'), (), ())
    """
    specifiers = _specifiers(said)
    if specifiers is None:
        return ()
    open_ended = specifiers.contains(_LADDER[-1], prereleases=True)
    rungs = _LADDER if open_ended else [*_LADDER, *_NUMBER.findall(said)]
    found = {Version(rung).major for rung in rungs if specifiers.contains(rung, prereleases=True)}
    if open_ended and min(found) <= 1:
        return ()
    return tuple(map(str, sorted(found)))


@lru_cache(maxsize=4096)
def pythons(said: str) -> tuple[str, ...]:
    """Return the minor versions of Python that a text allows; none where it limits nothing.

    >>> pythons(">=3.8,<3.10"), pythons("3.9"), pythons("3.7.*"), pythons(">=3.8")
    (('3.8', '3.9'), ('3.9',), ('3.7',), ())
    """
    specifiers = _specifiers(said)
    if specifiers is None:
        return ()
    pinned = "==" in said or not re.search(r"[<>~^=!]", said)
    rungs = {f"3.{Version(each).minor}" for each in _NUMBER.findall(said) if each.startswith("3.")}
    if pinned and len(rungs) == 1:
        return tuple(rungs)
    allowed = [rung for rung in _PYTHONS if specifiers.contains(f"{rung}.30", prereleases=True)]
    return tuple(allowed) if 0 < len(allowed) < len(_PYTHONS) and _bounded(allowed) else ()


def _bounded(allowed: list[str]) -> bool:
    """Return whether versions have an upper end, or begin where only new ones are left."""
    return allowed[-1] != _PYTHONS[-1] or int(allowed[0].partition(".")[2]) >= 10  # noqa: PLR2004


def _specifiers(said: str) -> SpecifierSet | None:
    text = said.strip().strip("\"'()[]").replace(" ", "")
    if not text or text in ("*", "latest"):
        return None
    parts = [_specifier(part) for part in text.split("||")[0].split(",") if part]
    try:
        return SpecifierSet(",".join(parts))
    except (InvalidSpecifier, InvalidVersion):
        return None


def _specifier(part: str) -> str:
    """Return one condition as PEP 440 writes it, from Poetry's, conda's or npm's ways too."""
    caret = re.fullmatch(r"\^(\d+)((?:\.\d+)*)\.?\*?", part)
    if caret:
        return f">={caret[1]}{caret[2]},<{int(caret[1]) + 1}"
    tilde = re.fullmatch(r"~(\d+)(?:\.(\d+))?[\d.]*", part)
    if tilde:
        return f"=={tilde[1]}.{tilde[2]}.*" if tilde[2] else f"=={tilde[1]}.*"
    if re.fullmatch(r"=?v?\d+(\.\d+)*(\.[*x])?", part):
        number = part.lstrip("=v").replace("x", "*")
        return f"=={number}" if number.endswith("*") or number.count(".") > 1 else f"=={number}.*"
    return part.replace("===", "==")
