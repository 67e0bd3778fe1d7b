"""Resolutions: from checked text to nouns, each set of packages once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from recommender.nouns.resolution import Resolution, Resolved

from .definitions import Definitions, built

if TYPE_CHECKING:
    from .resolution_models import ResolvedText


def resolutions_of(pack: Definitions) -> tuple[Resolution, ...]:
    """Return what a resolver made of each set of packages; that of a later pack counts."""
    found: dict[tuple[str, ...], tuple[int, Resolution]] = {}
    for row, text in pack.rows("resolved"):
        ends = tuple(_resolved(each) for each in text.found)
        place = row.place()
        seen = Counter(at for each in ends for at in each.where)
        for at in sorted(at for at, times in seen.items() if times > 1):
            pack.fault(place, f"says twice what was found on {at}", "leave one of them")
        number, before = found.get(text.packages, (-1, None))
        if number == row.file.number and before is not None:
            what = f"the same packages are resolved at {before.place}"
            pack.fault(place, what, "leave one of them")
        found[text.packages] = row.file.number, built(Resolution, text, found=ends, place=place)
    return tuple(resolution for _, resolution in found.values())


def _resolved(text: ResolvedText) -> Resolved:
    where = tuple(f"{name} {python}" for name, pythons in text.where.items() for python in pythons)
    return built(Resolved, text, where=where)
