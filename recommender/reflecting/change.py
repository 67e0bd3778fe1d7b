"""One change of an answer, and the sentence that says what several of them lead to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from recommender.judging.outcome import Outcome
from recommender.language import Language
from recommender.nouns.condition import Answer


class Change(NamedTuple):
    """Another answer to one question; `before` is `None` if the question was open.

    `added` or `removed` is set if a known `many` answer changes by that one option.
    """

    question: str
    before: Answer | None
    after: Answer
    added: str = ""
    removed: str = ""


Steps: TypeAlias = tuple[Change, ...]


def sentence(steps: Steps, winner: str, outcome: Outcome, language: Language) -> str:
    """Say in a reader's language what would have to be, and what would be advised then."""
    changes = [worded(step, language) for step in joined(steps)]
    return said(changes, language.advice(outcome, (winner,)), language)


def joined(steps: Steps) -> Steps:
    """Make one change of an option that leaves an answer and another that takes its place.

    >>> out = Change("where", frozenset({"home"}), frozenset(), removed="home")
    >>> joined((out, Change("where", frozenset(), frozenset({"work"}), added="work")))[0][1:3]
    (frozenset({'home'}), frozenset({'work'}))
    """
    found: list[Change] = []
    for step in steps:
        if found and found[-1].question == step.question and found[-1].removed and step.added:
            step = Change(step.question, found.pop().before, step.after)  # noqa: PLW2901
        found.append(step)
    return tuple(found)


def said(changes: Iterable[str], advice: str, language: Language) -> str:
    """Join changes in words and the advice in words to one sentence."""
    return language.phrase(
        "If {changes}: {advice}.", changes=language.clauses(changes), advice=advice
    )


def worded(step: Change, language: Language) -> str:
    """Say one change in a reader's language."""
    say, asked = language.phrase, language.ask(step.question)
    if step.added and step.before != frozenset():  # nothing goes beside “none”
        option = language.choice(step.question, step.added)
        return say("“{question}” also included “{option}”", question=asked, option=option)
    if step.removed:
        option = language.choice(step.question, step.removed)
        return say("“{question}” did not include “{option}”", question=asked, option=option)
    after = language.answer(step.question, step.after)
    if step.before is None:
        return say("“{question}” were answered “{after}”", question=asked, after=after)
    return say(
        "“{question}” were answered “{after}” rather than “{before}”",
        question=asked,
        after=after,
        before=language.answer(step.question, step.before),
    )
