"""Libraries: which of a pack's a project is told to build on, by its known answers alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from recommender.nouns.condition import Answer, State, holds
from recommender.nouns.library import Library

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
        if each.candidate == candidate and library_state(each, answers, out) == "fires"
    )


def library_state(
    library: Library, answers: Mapping[str, Answer], inapplicable: Collection[str] = ()
) -> State:
    """Return what some answers make of a library."""
    told = holds(library.when, answers, inapplicable)
    return "unknown" if told is None else "fires" if told else "silent"
