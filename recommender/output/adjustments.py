"""The sections on what a user adjusted: the project's weights, overlays, retired rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document import Item, Section, Span, item, listed

if TYPE_CHECKING:
    from recommender.nouns.pack import Overlay

    from .teller import Teller

FAMILY_WORDS = {
    "candidates": "candidates",
    "criteria": "criteria",
    "questions": "questions",
    "rules": "rules",
    "constraints": "exclusions",
    "routes": "routes",
    "referrals": "referrals",
    "libraries": "libraries",
}


def weights(teller: Teller) -> Section | None:
    """Return the criterion weights that the project set itself."""
    say, items = teller.say, []
    for name, weight in teller.advice.profile.weights.items():
        usual = say(" (the pack says {weight})", weight=teller.pack.criteria[name].weight)
        items.append(item(str(weight), teller.language.criterion(name), Span(usual, "dim")))
    return listed("weights", say("The project's own weights"), items)


def overlays(teller: Teller) -> Section | None:
    """Return what each overlay pack has changed."""
    items = [_overlay(teller, each) for each in teller.pack.overlays]
    return listed("overlays", teller.say("What the overlays change"), items)


def _overlay(teller: Teller, overlay: Overlay) -> Item:
    say, listing = teller.say, teller.language.listing
    told = []
    if overlay.added:
        added = listing(
            say("{family} ({count})", family=say(FAMILY_WORDS[family]), count=count)
            for family, count in overlay.added.items()
        )
        told.append(say("It adds {added}.", added=added))
    if overlay.reweighed:
        weights = listing(
            say(
                "“{criterion}” {weight} instead of {now}",
                criterion=teller.language.criterion(each.criterion),
                weight=each.after,
                now=each.before,
            )
            for each in overlay.reweighed
        )
        told.append(say("It weighs {weights}.", weights=weights))
    if overlay.retired:
        retires = say("It retires {count} rules.", count=len(overlay.retired))
        if len(overlay.retired) == 1:
            retires = say("It retires one rule.")
        told.append(retires)
    return item("+", Span(titled(overlay), "strong"), details=told)


def titled(overlay: Overlay) -> str:
    """Return the name and the version of an overlay."""
    return f"{overlay.name} {overlay.version}".rstrip()


def retired(teller: Teller) -> Section | None:
    """Return the rules that an overlay pack has retired, each with its reason."""
    items = [
        item("×", because, Span(teller.id(rule), "code"))
        for rule, because in teller.pack.retired.items()
    ]
    return listed("retired", teller.say("Rules that this organisation has retired"), items)
