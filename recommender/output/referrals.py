"""The section on what to ask first: what outside the candidates may do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document import Item, Section, listed, spans

if TYPE_CHECKING:
    from .teller import Teller


def referrals(teller: Teller) -> Section | None:
    """Return the referrals that the project is to be told, each with its sources."""
    items = (
        Item(
            "?",
            spans(teller.language.referral(each.id)),
            (teller.origin(each.place, each.sources),),
            "warn",
        )
        for each in teller.advice.referrals
    )
    return listed("referrals", teller.say("Before you choose"), items)
