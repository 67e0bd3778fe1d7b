"""The section on open questions, with what waits for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.language import points

from .document import Item, Items, Paragraph, Section, Span, spans

if TYPE_CHECKING:
    from recommender.judging.explanation import OpenQuestion

    from .document import Spans
    from .teller import Teller


def unknown(teller: Teller) -> Section | None:
    """Return the open questions, each with the points and constraints that wait for it."""
    waiting = teller.advice.explanation.open_questions
    if not waiting:
        return None
    say, ranking = teller.say, teller.advice.ranking
    told = say("Unanswered, they could not change who is first.")
    if ranking.reversible:
        told = say("Unanswered, they could together still change who is first.")
    items = tuple(_question(teller, each) for each in waiting)
    return Section("unknown", say("What is unknown"), (Paragraph(spans(told)), Items(items)))


def _question(teller: Teller, waiting: OpenQuestion) -> Item:
    say = teller.say
    details: tuple[Spans, ...] = ()
    if waiting.constraints:
        held = teller.constraints(waiting.constraints)
        details = (spans(Span(say("It could exclude a candidate ({rules}).", rules=held), "warn")),)
    stake = say("{points} points", points=points(waiting.stake)) if waiting.stake else "?"
    return Item(stake, spans(teller.language.ask(waiting.question)), details, "warn")
