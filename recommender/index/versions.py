"""Versions: final ones in order, and the feature release that each belongs to."""

from __future__ import annotations

import re

_FINAL = re.compile(r"(\d+(?:\.\d+)*)(?:\.post(\d+))?")


def key_of(version: str) -> tuple[tuple[int, ...], int] | None:
    """Return what final versions are ordered by, or `None` for any other (rc, dev, a local build).

    >>> key_of("2.10") > key_of("2.9.1"), key_of("1.0") == key_of("1.0.0"), key_of("2.0rc1")
    (True, True, None)
    """
    found = _FINAL.fullmatch(version)
    if found is None:
        return None
    numbers = [int(part) for part in found[1].split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers), int(found[2] or -1)


def feature_of(version: str) -> tuple[int, int]:
    """Return the feature release of a final version: its first two numbers.

    >>> feature_of("2.13.1"), feature_of("9")
    ((2, 13), (9, 0))
    """
    first, *rest = version.split(".")
    return int(first), int(rest[0]) if rest and rest[0].isdigit() else 0
