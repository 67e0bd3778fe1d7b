"""The section of warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clock import unserved
from .document import Item, Items, Section, spans

if TYPE_CHECKING:
    from recommender.language import Language
    from recommender.nouns.profile import Profile

    from .teller import Teller


def warnings(teller: Teller) -> Section | None:
    """Return the warnings of the recommendation."""
    say = teller.say
    told = []
    expired = [r.rule for r in teller.advice.explanation.fired() if r.expired]
    if expired:
        told.append(
            say(
                "Reviews to be read again: {rules}.",
                rules=teller.language.listing(map(teller.rule, expired)),
            )
        )
    if teller.advice.observations is not None and not teller.advice.on_probed_machine:
        told.append(
            say(
                "The project does not say that it trains or runs on the probed machine, so what "
                "was observed there is shown and changes no score."
            )
        )
    told += filter(None, [unserved(teller)])
    told += readings(teller.language, teller.advice.profile)
    if not told:
        return None
    items = tuple(Item("!", spans(each), kind="warn") for each in told)
    return Section("warnings", say("Mind"), (Items(items),))


def readings(language: Language, profile: Profile) -> list[str]:
    """Say which of a project's answers were read as what."""
    return [
        language.phrase("“{written}” is read as “{read}”.", written=each.written, read=each.read)
        for each in profile.readings
    ]
