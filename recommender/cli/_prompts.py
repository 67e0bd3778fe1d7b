"""Prompts: what each way of asking has in common, and how an answer is understood."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from recommender.loading.answers import NONE, UNKNOWN, read_answers
from recommender.loading.conditions import by_label
from recommender.nouns.condition import Answer
from recommender.nouns.errors import Fault
from recommender.nouns.question import SCALE, Question

if TYPE_CHECKING:
    from recommender.language import Language

SHOW, MORE = "\0show", "\0more"
"""What is chosen on the page of all answers, if no answer is to be changed."""


class Back(Exception):  # noqa: N818  (a wish, not an error)
    """Raised if the user wants the question before this one again."""


class Enough(Exception):  # noqa: N818
    """Raised if the user wants the advice without more questions."""


class Ended(Exception):  # noqa: N818
    """Raised at the end of input."""


class Prompts(Protocol):
    """Ask one question and return the answer, `None` for "I don't know"."""

    def ask(
        self, question: Question, progress: str, given: tuple[Answer | None, ...] = ()
    ) -> Answer | None:
        """Ask until an answer is understood; `given` has the one given before, if any was.

        Raise `Back` to go back, `Enough` for the advice, `Ended` at the end of input, and
        `KeyboardInterrupt` to stop.
        """

    def review(self, said: str, answers: Sequence[tuple[str, str, str]], more: int) -> str:
        """Show all answers; return `SHOW`, `MORE`, or the id of the question to answer anew.

        `answers` are as `Dialogue.review` returns them; `more` questions can still be asked.
        """


def prompts(language: Language) -> Prompts:
    """Return prompts with arrow keys if both ends are a terminal that can draw them."""
    drawing = os.environ.get("TERM", "dumb") != "dumb" or sys.platform == "win32"
    if drawing and sys.stdin.isatty() and sys.stdout.isatty():
        from ._arrows import Arrows  # half a second that a pipe need not wait for

        return Arrows(language)
    from ._typed_lines import TypedLines

    return TypedLines(language)


def understood(question: Question, written: Any, language: Language) -> tuple[Answer | None, str]:
    """Return what was typed or chosen as an answer, or what is wrong with it, in words."""
    faults: list[Fault] = []
    known = read_answers({question.id: written}, {question.id: question}, "", faults)
    if faults:
        return None, _wrong(question, written, language)
    return known.get(question.id), ""


def _wrong(question: Question, written: Any, language: Language) -> str:
    phrase = language.phrase
    if question.type == "scale":
        return phrase(
            "Write a whole number from {least} to {most}.", least=SCALE[0], most=SCALE[-1]
        )
    if question.type == "number":
        return phrase("Write a number from 0 up, such as 3.")
    words = [str(each) for each in (written if isinstance(written, list) else [written])]
    labels = {**dict(language.answers(question.id)), UNKNOWN: phrase("I don't know")}
    for word in words:
        if word not in labels and question.read_as(word) is None:
            told = phrase("“{word}” is none of the answers.", word=word)
            near = [labels[each] for each in question.called(word)] or [_nearest(word, labels)]
            asked = [phrase(" Did you mean “{label}”?", label=label) for label in near if label]
            return told + "".join(asked)
    alone = next((labels[word] for word in words if word in (NONE, UNKNOWN)), "")
    if alone:
        return phrase(
            "“{answer}” stands alone: leave it out, or leave the others out.", answer=alone
        )
    return phrase("Each answer counts once: leave out what is there twice.")


def _nearest(word: str, labels: dict[str, str]) -> str:
    """Return the label that a word was likely meant for, by the label, its beginning or its id."""
    meant = by_label(word, labels)
    if meant:
        return labels[meant]
    known = {name.lower(): label for name, label in labels.items()}
    known |= {label.lower(): label for label in labels.values()}
    known |= {label.lower().split()[0]: label for label in labels.values()}
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    return known[near[0]] if near else ""
