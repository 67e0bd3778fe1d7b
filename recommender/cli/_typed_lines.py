"""Prompts of printed, numbered choices and a line of input; for any terminal or pipe."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from recommender.nouns.condition import Answer
from recommender.nouns.question import SCALE, Question

from ._dialogue import in_words
from ._echo import echo
from ._prompts import MORE, SHOW, Back, Ended, Enough, understood
from ._screen import folded, width_of

if TYPE_CHECKING:
    from recommender.language import Language

FLAGS = {"true": True, "yes": True, "y": True, "false": False, "no": False, "n": False}
KEYWORDS = {"back": Back, "b": Back, "<": Back, "done": Enough}
UNKNOWNS = ("unknown", "u")
_BETWEEN = r"[,;，；、]|(?<=\d)\s+(?=\d)"
"""What stands between several answers, or between their numbers."""


class TypedLines:
    """Prompts of printed, numbered choices and one line of input."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._taught = False

    def ask(
        self, question: Question, progress: str, given: tuple[Answer | None, ...] = ()
    ) -> Answer | None:
        """Ask until a line is understood; an empty one keeps what was `given` before."""
        phrase = self._language.phrase
        shown = self._language.options(question.id)
        hint = phrase("number, words, empty for I don't know, `back`, `done`, `?` for help")
        said = ""
        if given:
            words = in_words(self._language, question.id, given[0])
            said = phrase("(you said: {answer})", answer=words)
            hint = phrase("empty keeps what you said, `u` for I don't know, `back`, `done`, `?`")
        _say(f"\n{progress} {self._language.ask(question.id)} {said}".rstrip(" "))
        self._show(question, shown)
        if given or not self._taught:
            _say(f"({hint})")
            self._taught = self._taught or not given
        while True:
            word = _typed()
            if word == "?":
                help_ = self._language.help(question.id)
                _say(help_ or phrase("There is no more to say about it."))
                _say(hint)
                continue
            if not word:
                return given[0] if given else None
            if word.lower() in (*UNKNOWNS, phrase("I don't know").lower()):
                return None
            written = self._written(question, word, shown)
            answer, wrong = understood(question, written, self._language)
            if not wrong:
                self._tell_read(question, written, answer)
                return answer
            _say(f"{wrong}\n({hint})")

    def review(self, said: str, answers: Sequence[tuple[str, str, str]], more: int) -> str:
        """Show all answers, numbered; the end of input takes them as they are."""
        phrase = self._language.phrase
        _say(f"\n{said}\n\n{phrase('Your answers so far')}")
        for number, (_, asked, answer) in enumerate(answers, 1):
            _say(f"  {number:>2}. {asked}\n      {answer}")
        hint = phrase("empty for the advice, a number to change that answer, `back`")
        if more:
            hint = phrase("{hint}, `more` for the other {n} questions", hint=hint, n=more)
        _say(f"({hint})")
        while True:
            try:
                word = _typed().lower()
            except (Enough, Ended):
                return SHOW
            if not word:
                return SHOW
            if word == "more" and more:
                return MORE
            if word.isdecimal() and 0 < int(word) <= len(answers):
                return answers[int(word) - 1][0]
            _say(f"({hint})")

    def _show(self, question: Question, shown: Sequence[tuple[str, str]]) -> None:
        phrase = self._language.phrase
        if question.type == "scale":  # numbered, the answer 0 would stand beside a 1
            _say(f"  {phrase('{least} to {most}', least=SCALE[0], most=SCALE[-1])}")
            for name, label in shown:
                if label != name:
                    _say(f"  {label}")
            return
        for number, (_, label) in enumerate(shown, 1):
            _say(f"  {number}. {label}")
        if question.type == "many":
            _say(f"  0. {self._language.none(question.id)}")
            _say(f"  {phrase('several are allowed, separated by commas')}")

    def _tell_read(self, question: Question, written: Any, answer: Answer | None) -> None:
        """Tell what was read as what, where another name of a choice was typed."""
        words = [str(each) for each in (written if isinstance(written, list) else [written])]
        if any(question.read_as(word) is not None for word in words):
            read = in_words(self._language, question.id, answer)
            told = self._language.phrase(
                "“{written}” is read as “{read}”.", written=", ".join(words), read=read
            )
            _say(told)

    def _written(self, question: Question, word: str, shown: Sequence[tuple[str, str]]) -> Any:
        """Return the names that typed numbers and words stand for, or the values of them."""
        names = {label.lower(): name for name, label in shown}
        names |= {str(number): name for number, (name, _) in enumerate(shown, 1)}
        if question.type == "many":
            none = self._language.none(question.id).lower()
            names |= {"0": "none", none: "none"}
            if word.lower() in names:  # a label may hold commas
                return [names[word.lower()]]
            parts = [part.strip() for part in re.split(_BETWEEN, word) if part.strip()]
            return [names.get(part.lower(), part) for part in parts]
        if question.type in ("scale", "number"):
            try:
                return int(word) if question.type == "scale" else float(word)
            except ValueError:
                return word
        name = names.get(word.lower(), word)
        return FLAGS.get(name.lower(), name) if question.type == "flag" else name


def _typed() -> str:
    """Return a line of input; raise what its word stands for, or `Ended`."""
    echo("> ", nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        echo(err=True)
        raise Ended
    word = line.strip()
    if word.lower() in KEYWORDS:
        raise KEYWORDS[word.lower()]
    return word


def _say(text: str) -> None:
    """Write lines to standard error: standard output is for the report alone."""
    width = width_of(sys.stderr)
    for line in text.split("\n"):
        rest = line.lstrip(" ")
        lead = " " * (len(line) - len(rest))
        echo(lead + folded(rest, width, len(lead) + 2) if width else line, err=True)
