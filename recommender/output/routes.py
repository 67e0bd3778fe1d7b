"""The section on routes: how a model gets from the advised candidate to where it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document import Item, Section, Span, listed, spans
from .installing import installs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.engine import RouteAdvice

    from .teller import Teller

MARKS = {"production": "✓", "beta": "~", "experimental": "~", "retired": "×"}

MATURITY_WORDS = {
    "production": "production",
    "beta": "beta",
    "experimental": "experimental",
    "retired": "retired",
}

VERDICT_WORDS = {
    "confirmed": "confirmed on this machine",
    "refuted": "failed on this machine",
    "unavailable": "could not be checked on this machine",
}


def routes(teller: Teller) -> Section | None:
    """Return the routes from the advised candidate to each deployment target, retired ones last."""
    found = teller.advice.routes
    items = tuple(_route(teller, each) for each in found) + tuple(_dead_ends(teller))
    return listed("routes", teller.say("How it gets to where it runs"), items)


def _dead_ends(teller: Teller) -> Iterator[Item]:
    """Yield the targets that no route in use reaches in a format accepted there."""
    for candidate, targets in teller.advice.unreached.items():
        for target in targets:
            yield dead_end(teller, candidate, target)


def dead_end(teller: Teller, candidate: str, target: str) -> Item:
    """Say that no way is known from a candidate to a target."""
    return Item("×", spans(Span(no_way(teller, candidate, target), "bad")), (), "bad")


def no_way(teller: Teller, candidate: str, target: str) -> str:
    """Return the sentence of `dead_end`."""
    return teller.say(
        "{name} to “{target}”: no way is known that delivers what is accepted there.",
        name=teller.name(candidate),
        target=teller.language.choice(teller.pack.targets, target),
    )


def _route(teller: Teller, told: RouteAdvice) -> Item:
    say, route = teller.say, told.route
    target = teller.language.choice(teller.pack.targets, route.target)
    steps = " → ".join(route.steps)
    said = say("{name} to “{target}”: ", name=teller.name(route.candidate), target=target)
    line = spans(Span(said, "plain"), Span(steps, "strong"))
    maturity = say(MATURITY_WORDS[route.maturity])
    if route.maturity == "retired":
        line = spans(Span(said + steps, "dim"), Span(say(" (retired: do not take it)"), "bad"))
    else:
        line += spans(say(" ({maturity})", maturity=maturity))
    notes = [teller.language.route(route.id, route.because)] if route.because else []
    if not told.certain and route.maturity != "retired":
        notes.append(say("Whether it is open depends on an unanswered question."))
    if told.expired:
        notes.append(say("This is to be read again; it may have changed."))
    if told.seen is not None and route.maturity != "retired":
        # A check may reach less far than the route: its own words say what was done here.
        notes.append(
            say(
                "The check {check}: {verdict} ({seen}).",
                check=route.check,
                verdict=say(VERDICT_WORDS[told.seen.verdict]),
                seen=told.seen.because,
            )
        )
    if told.installing is not None and (sentence := installs(teller, told.installing)):
        notes.append(sentence)
    details = [spans(note) for note in notes]
    details.append(teller.origin(route.place, route.sources))
    kind = "dim" if route.maturity == "retired" else "good"
    return Item(MARKS[route.maturity], line, tuple(details), kind)  # type: ignore[arg-type]
