"""What to mind: referrals to what outside the candidates may do instead, and warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clock import unserved
from .document import Section, item, listed
from .plan import waits
from .wrap import brought_to

if TYPE_CHECKING:
    from recommender.language import Language
    from recommender.nouns.profile import Profile
    from recommender.nouns.referral import Referral

    from .teller import Teller

BRACKETS = str.maketrans("", "", "[]")


def referrals(teller: Teller) -> Section | None:
    """Return the referrals that the project is to be told, each with its sources."""
    items = []
    for each in teller.advice.referrals:
        origin = teller.origin(each.place, each.sources)
        said = teller.language.referral(each.id)
        items.append(item("?", said, details=[origin], kind="warn"))
    return listed("referrals", teller.say("Before you choose"), items)


def ask_first(teller: Teller, referral: Referral) -> str:
    """Tell a referral in two lines of a terminal, with the names to try where it names none."""
    said = brought_to(teller.language.referral(referral.id), 144)
    if any(name in said for name in referral.instead):
        return said
    names = teller.language.listing(referral.instead)
    return f"{said}{teller.say(' ')}{teller.say('To try: {names}.', names=names)}"


def warnings(teller: Teller) -> Section | None:
    """Return the warnings of the recommendation."""
    items = [item("!", each, kind="warn") for each in warned(teller)]
    return listed("warnings", teller.say("Mind"), items)


def warned(teller: Teller) -> list[str]:
    """Say what to mind: reviews that are due, what does not count here, what was read as what."""
    say, advice, told = teller.say, teller.advice, []
    expired = [r.rule for r in advice.explanation.fired() if r.expired]
    if expired:
        rules = teller.language.listing(map(teller.rule, expired))
        told.append(say("Reviews to be read again: {rules}.", rules=rules))
    if advice.observations is not None and not advice.on_probed_machine:
        told.append(
            say(
                "The project does not say that it trains or runs on the probed machine, so what "
                "was observed there is shown and changes no score."
            )
        )
    for names in teller.pack.contradicted(advice.profile.answers):
        asked = teller.language.listing([f"“{teller.language.ask(name)}”" for name in names])
        told.append(say("The answers to {questions} hardly go together.", questions=asked))
    if not waits(teller):  # the plan says it
        told += filter(None, [unserved(teller)])
    return told + readings(teller.language, advice.profile)


def readings(language: Language, profile: Profile) -> list[str]:
    """Say which of a project's answers were read as what; several lists of one in one sentence."""
    lists = [each for each in profile.readings if each.read.translate(BRACKETS) == each.written]
    if not lists[1:]:
        lists = []
    told = [
        language.phrase("“{written}” is read as “{read}”.", written=each.written, read=each.read)
        for each in profile.readings
        if each not in lists
    ]
    if lists:
        named = language.listing(each.question for each in lists)
        told.append(
            language.phrase("Single answers are read as lists of one: {named}.", named=named)
        )
    return told
