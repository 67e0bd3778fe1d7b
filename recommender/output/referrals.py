"""The section on what to ask first: what outside the candidates may do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document import Item, Section, listed, spans
from .wrap import brought_to

if TYPE_CHECKING:
    from recommender.nouns.referral import Referral

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


def ask_first(teller: Teller, referral: Referral) -> str:
    """Tell a referral in two lines of a terminal, with the names to try where it names none."""
    said = brought_to(teller.language.referral(referral.id), 144)
    if any(name in said for name in referral.instead):
        return said
    names = teller.language.listing(referral.instead)
    return f"{said}{teller.say(' ')}{teller.say('To try: {names}.', names=names)}"
