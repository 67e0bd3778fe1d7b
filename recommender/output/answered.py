"""What was answered, in words, what the rest was taken as, and what waits for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from recommender.judging.explanation import OpenQuestion, Reason
from recommender.language import points
from recommender.nouns.condition import holds

from .document import Block, Item, Section, Span, Table, item, listed, paragraph, spans
from .reasons import seldom

if TYPE_CHECKING:
    from .teller import Teller

CELLS = 36, 38
"""What fits beside each other in a row of 80 columns."""

LEAST = 50
"""Hundredths of a point that a reason must move the advice to be told on the screen."""


def answered(teller: Teller, told: Sequence[Reason], most: int, most_taken: int) -> Section | None:
    """Set what was answered beside its question, and what the rest was taken as.

    What the reasons `told` rest on comes first; `most` answers are shown, and `most_taken` of those
    that are taken from projects like this one.
    """
    say, advice, language = teller.say, teller.advice, teller.language
    given = advice.profile.answers
    counted = [name for reason in told for name in reason.answers]
    weighty = sorted(given, key=lambda name: (name not in counted, [*given].index(name)))
    moved = _moved(teller)
    # What a reason that counts in the fewer projects rests on is taken otherwise by the most.
    contested = {name for each in told if seldom(each) for name in each.answers}
    open_ = [
        each.question
        for each in advice.explanation.open_questions
        if not each.rare and each.question not in contested and _taken(teller, each.question)
    ]
    open_.sort(key=lambda name: -moved[name])
    most_taken = min(most_taken, sum(1 for name in open_ if moved[name] >= LEAST))
    if len(given) > most and most_taken:  # one's own answers come before what was only taken
        most, most_taken = most + most_taken - 1, 1
    shown = {name: language.answer(name, given[name]) for name in weighty[:most]}
    for name in open_[:most_taken]:
        mostly = language.answer(name, advice.support.mostly(name))
        shown[name] = say("taken as: {answer}", answer=mostly)
    if not shown:
        return None
    table = tuple(
        (
            spans(Span(language.ask(name), "dim")),
            spans(answer),
        )
        for name, answer in shown.items()
    )
    blocks: list[Block] = [Table(("", ""), table, CELLS)]
    left = {"given": len(given) - most, "taken": len(open_) - most_taken}
    more = ""
    if left["given"] > 0 and left["taken"] > 0:
        more = say(
            "Also answered: {given} more. Also taken from projects like this one: {taken} more.",
            **left,
        )
    elif left["given"] > 0:
        more = say("Also answered: {given} more.", **left)
    elif left["taken"] > 0:
        more = say("Also taken from projects like this one: {taken} more.", **left)
    if more:
        blocks.append(paragraph(Span(more, "dim")))
    return Section("answers", _title(teller), tuple(blocks))


def _title(teller: Teller) -> str:
    """Say whose answers these are: the user's, a repository's, or of both."""
    say, profile = teller.say, teller.advice.profile
    if profile.scan is None:
        return say("What you answered")
    if profile.answers == profile.scan.answers:
        return say("What the repository says")
    return say("What you answered, and what the repository says")


def _moved(teller: Teller) -> Counter[str]:
    """Add up, for each open question, the points that rules are expected to move which read it."""
    found, rivals = Counter[str](), teller.advice.rivals()
    if rivals is None:
        return found
    for reason in teller.advice.explanation.reasons:
        for name, answer in reason.answers.items():
            if answer is None:
                found[name] += abs(reason.expected(*rivals))
    return found


def _taken(teller: Teller, question: str) -> bool:
    """Tell whether a project like this one is asked a question, and most such answer it alike.

    Scales and numbers are left out: most leave them at their middle, which tells a reader nothing.
    """
    support, asked = teller.advice.support, teller.pack.questions[question]
    if question not in support.completions.answers or not support.agreed(question):
        return False
    if asked.type in ("scale", "number"):
        return False
    return asked.when is None or holds(asked.when, teller.advice.profile.answers) is True


def unknown(teller: Teller) -> Section | None:
    """Return the open questions, each with the points and constraints that wait for it."""
    say = teller.say
    told = say("Unanswered, they could not change who is first.")
    if teller.advice.ranking.reversible:
        told = say("Unanswered, they could together still change who is first.")
    items = [_question(teller, each) for each in teller.advice.explanation.open_questions]
    return listed("unknown", say("What is unknown"), items, paragraph(told))


def _question(teller: Teller, waiting: OpenQuestion) -> Item:
    say, details = teller.say, []
    if waiting.constraints:
        held = teller.constraints(waiting.constraints)
        hint = Span(say("It could exclude a candidate ({rules}).", rules=held), "warn")
        details = [spans(hint)]
    stake = say("{points} points", points=points(waiting.stake)) if waiting.stake else "?"
    return item(stake, teller.language.ask(waiting.question), details=details, kind="warn")
