"""Libraries: which of a pack's a project is told to build on, by its known answers alone.

None is told that installs on no platform, or under no Python, that the answers name: what was never
resolved, and what an older Python is needed for anyway, is not held to that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from recommender.nouns.condition import Answer, State, holds
from recommender.nouns.library import Library
from recommender.nouns.resolution import Installing

from .installing import places_of, resolution_of, unpackaged

if TYPE_CHECKING:
    from .case import Case


def libraries_of(case: Case, candidate: str) -> tuple[Library, ...]:
    """Return the libraries of a candidate that serve a project, in the pack's order.

    >>> from recommender import load_pack, load_profile
    >>> from recommender.judging.case import Case
    >>> pack = load_pack()
    >>> case = Case.of(load_profile({"answers": {"model-kind": ["graph"]}}, pack), pack)
    >>> [each.name for each in libraries_of(case, "pytorch")]
    ['PyTorch Geometric']
    """
    pack, profile, out = case.pack, case.profile, case.truths.inapplicable
    serving = tuple(
        each
        for each in pack.libraries.values()
        if each.candidate == candidate and library_state(each, profile.answers, out) == "fires"
    )
    if unpackaged(pack, candidate, profile, out):
        return serving
    places = places_of(pack, profile, out)

    def installs(library: Library) -> bool:
        found = resolution_of(pack, library.packages)
        return found is None or Installing(found, *places).anywhere

    return tuple(filter(installs, serving))


def library_state(
    library: Library, answers: Mapping[str, Answer], inapplicable: Collection[str] = ()
) -> State:
    """Return what some answers make of a library."""
    told = holds(library.when, answers, inapplicable)
    return "unknown" if told is None else "fires" if told else "silent"
