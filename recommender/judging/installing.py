"""Installing: what a resolver made of some packages, and where a project installs them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from recommender.nouns.condition import Condition, holds
from recommender.nouns.pack import Pack, Route
from recommender.nouns.profile import Profile
from recommender.nouns.resolution import Installing, Resolution

if TYPE_CHECKING:
    from .case import Case


def resolution_of(pack: Pack, packages: tuple[str, ...]) -> Resolution | None:
    """Return what was found of some packages, if anybody looked.

    >>> from recommender import load_pack
    >>> resolution_of(load_pack(), ("torch", "executorch>=1")).platforms[0]
    'linux-x86_64'
    """
    return next((each for each in pack.resolutions if each.packages == packages), None)


def installing(case: Case, route: Route) -> Installing | None:
    """Return what was found of a route's packages, for where a project installs them.

    `None` where nobody looked, and for a way that nobody should take.
    """
    found = resolution_of(case.pack, route.packages)
    if found is None or route.maturity == "retired":
        return None
    return Installing(found, *places_of(case.pack, case.profile, case.truths.inapplicable))


def places_of(
    pack: Pack, profile: Profile, inapplicable: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the platforms and the Pythons for which a project says that it installs.

    Of the Pythons that one answer stands for, those are meant that were written in its place.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack()
    >>> for written in ("newest", "3.15"):
    ...     places_of(pack, load_profile({"answers": {"python-version": written}}, pack), ())
    ((), ('3.14', '3.15'))
    ((), ('3.15',))
    """

    def sure(named: Mapping[str, Condition]) -> tuple[str, ...]:
        told = profile.answers, inapplicable
        return tuple(name for name, when in named.items() if holds(when, *told) is True)

    written = {part for each in profile.readings for part in re.findall(r"[\d.]+", each.written)}
    pythons = sure(pack.planning.pythons)
    meant = tuple(each for each in pythons if each in written)
    return sure(pack.planning.platforms), meant or pythons


def unpackaged(
    pack: Pack, candidate: str, profile: Profile, inapplicable: Collection[str] = ()
) -> Resolution | None:
    """Return what was found of a candidate's own packages, if none fit the project's Pythons.

    `None` where they do, where nobody looked, and where no answer names a Python.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack()
    >>> newest = load_profile({"answers": {"python-version": "newest"}}, pack)
    >>> unpackaged(pack, "pytorch", newest) is None
    True
    """
    found = resolution_of(pack, pack.candidates[candidate].packages)
    platforms, pythons = places_of(pack, profile, inapplicable)
    if found is None or not pythons or not Installing(found, platforms, pythons).fails:
        return None
    return found
