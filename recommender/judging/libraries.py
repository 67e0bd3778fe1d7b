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
    answers, out = case.profile.answers, case.truths.inapplicable
    return tuple(
        each
        for each in case.pack.libraries.values()
        if each.candidate == candidate
        and library_state(each, answers, out) == "fires"
        and _installs(case, each)
    )


def _installs(case: Case, library: Library) -> bool:
    pack, profile, out = case.pack, case.profile, case.truths.inapplicable
    found = resolution_of(pack, library.packages)
    if found is None or unpackaged(pack, library.candidate, profile, out):
        return True
    return Installing(found, *places_of(pack, profile, out)).anywhere


def library_state(
    library: Library, answers: Mapping[str, Answer], inapplicable: Collection[str] = ()
) -> State:
    """Return what some answers make of a library."""
    told = holds(library.when, answers, inapplicable)
    return "unknown" if told is None else "fires" if told else "silent"
