"""Referrals: which of a pack's a project is to be told, by its known answers alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from recommender.nouns.condition import Answer, State, holds
from recommender.nouns.referral import Referral

if TYPE_CHECKING:
    from .case import Case


def referrals_of(case: Case) -> tuple[Referral, ...]:
    """Return the referrals of a project that fire, in the pack's order.

    >>> from recommender import load_pack, load_profile
    >>> from recommender.judging.case import Case
    >>> pack = load_pack("tests/toy/rules")
    >>> case = Case.of(load_profile({"answers": {"cups": 9}}, pack), pack)
    >>> [each.id for each in referrals_of(case)]
    ['sleep-first']
    """
    answers, out = case.profile.answers, case.truths.inapplicable
    found = case.pack.referrals.values()
    return tuple(each for each in found if referral_state(each, answers, out) == "fires")


def referral_state(
    referral: Referral, answers: Mapping[str, Answer], inapplicable: Collection[str] = ()
) -> State:
    """Return what some answers make of a referral: an open `unless` does not hold it back."""
    told = holds(referral.when, answers, inapplicable)
    if told is False:
        return "silent"
    if referral.unless is not None and holds(referral.unless, answers, inapplicable):
        return "silent"
    return "fires" if told else "unknown"
