"""Prompts: one question asked with arrow keys on a terminal, or line by line elsewhere."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, Protocol

import click

from recommender.loading.answers import UNKNOWN, read_answers
from recommender.nouns.errors import harmless
from recommender.nouns.pack import SCALE

from ._echo import echo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recommender.language import Language
    from recommender.nouns.condition import Answer
    from recommender.nouns.errors import Fault
    from recommender.nouns.pack import Question


class Back(Exception):  # noqa: N818  (a wish, not an error)
    """Raised if the user wants the question before this one again."""


class Ended(Exception):  # noqa: N818
    """Raised at the end of input."""


class Prompts(Protocol):
    """Ask one question and return the answer, `None` for "I don't know"."""

    def ask(self, question: Question, progress: str, said: str = "") -> Answer | None:
        """Raise `Back` to go back, `Ended` at the end of input, `KeyboardInterrupt` to stop."""


def prompts(language: Language) -> Prompts:
    """Return prompts with arrow keys if both ends are a terminal that can draw them."""
    if sys.stdin.isatty() and sys.stdout.isatty() and _can_draw():
        return Arrows(language)
    return Lines(language)


def _can_draw() -> bool:
    return os.environ.get("TERM", "dumb") != "dumb" or sys.platform == "win32"


def understood(question: Question, written: Any) -> tuple[Answer | None, str]:
    """Return what was typed or chosen as an answer, or what is wrong with it."""
    faults: list[Fault] = []
    known = read_answers({question.id: written}, {question.id: question}, "", faults)
    if faults:
        return None, f"{faults[0].what}; {faults[0].remedy}".rstrip("; ")
    return known.get(question.id), ""


def _say(text: str = "", *, end: bool = True) -> None:
    """Write to standard error: standard output is for the report alone."""
    echo(text, nl=end, err=True)


class Lines:
    """Prompts of printed, numbered choices and one line of input; for any terminal or pipe."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._taught = False

    def ask(self, question: Question, progress: str, said: str = "") -> Answer | None:
        """Ask until a line is understood; `said` is the answer that was taken back."""
        phrase = self._language.phrase
        hint = phrase("number, name, empty for I don't know, `back`, `?` for help")
        _say(f"\n{progress} {self._language.ask(question.id)} {said}".rstrip(" "))
        shown = self._language.options(question.id)
        self._show(question, shown)
        if not self._taught:
            _say(f"({hint})")
            self._taught = True
        while True:
            _say("> ", end=False)
            line = sys.stdin.readline()
            if not line:
                _say()
                raise Ended
            word = line.strip()
            if word.lower() in ("back", "b", "<"):
                raise Back
            if word == "?":
                help_ = self._language.help(question.id)
                _say(help_ or phrase("There is no more to say about it."))
                _say(hint)
                continue
            if word.lower() in ("", "unknown", "u", "i don't know"):
                return None
            answer, wrong = understood(question, self._written(question, word, shown))
            if not wrong:
                return answer
            _say(f"{wrong}\n({hint})")

    def _show(self, question: Question, shown: Sequence[tuple[str, str]]) -> None:
        phrase = self._language.phrase
        if question.type == "scale":  # numbered, the answer 0 would stand beside a 1
            _say(f"  {phrase('{least} to {most}', least=SCALE[0], most=SCALE[-1])}")
            for name, label in shown:
                if label != name:
                    _say(f"  {label}")
            return
        for number, (name, label) in enumerate(shown, 1):
            same = label == name or question.type == "flag"
            _say(f"  {number}. {label}" + ("" if same else f"  [{name}]"))
        if question.type == "many":
            _say(f"  0. {self._language.none(question.id)}  [none]")
            _say(f"  {phrase('several are allowed, separated by commas')}")

    @staticmethod
    def _written(question: Question, word: str, shown: Sequence[tuple[str, str]]) -> Any:
        """Return the names that typed numbers stand for, or the values of typed words."""
        names = {str(number): name for number, (name, _) in enumerate(shown, 1)}
        if question.type == "many":
            names["0"] = "none"
            parts = [part.strip() for part in word.split(",") if part.strip()]
            return [names.get(part, part) for part in parts]
        if question.type in ("scale", "number"):
            try:
                return int(word) if question.type == "scale" else float(word)
            except ValueError:
                return word
        name = names.get(word, word)
        if question.type == "flag":
            flags = {"true": True, "yes": True, "y": True, "false": False, "no": False, "n": False}
            return flags.get(name.lower(), name)
        return name


class Arrows:
    """Prompts with arrow keys to choose and the space bar to tick (questionary)."""

    BACK = "\0back"

    def __init__(self, language: Language) -> None:
        self._language = language

    def ask(self, question: Question, progress: str, said: str = "") -> Answer | None:
        """Ask until a choice is understood; `said` is the answer that was taken back."""
        message = f"{progress} {self._language.ask(question.id)} {said}".rstrip(" ")
        while True:
            try:
                written = self._ask(question, message)
            except EOFError:  # Ctrl-D, which only the line for a number takes
                raise Ended from None
            if written == self.BACK:
                raise Back
            if written == []:  # Enter on a row that was only pointed at answers nothing
                echo(self._language.phrase("Nothing is ticked: the space bar ticks."))
                continue
            answer, wrong = understood(question, written)
            if wrong:
                echo(wrong)
                continue
            if question.type == "many":  # the prompt itself only tells how many were ticked
                words = self._language.phrase("I don't know")
                if answer is not None:
                    words = self._language.answer(question.id, answer)
                echo(f"  {words}")
            return answer

    def _ask(self, question: Question, message: str) -> Any:
        import questionary  # noqa: PLC0415  (half a second that a pipe need not wait for)

        phrase, help_ = self._language.phrase, self._language.help(question.id)
        echo()
        if help_:
            click.secho(harmless(help_), dim=True)
        if question.type == "number":
            hint = phrase("empty: I don't know, <: back")
            typed = questionary.text(message, instruction=f"({hint}) ").unsafe_ask()
            return {"": UNKNOWN, "<": self.BACK}.get(typed.strip()) or self._number(typed)
        choices: list[Any] = [
            questionary.Choice(label, value=self._value(question, name))
            for name, label in self._language.options(question.id)
        ]
        extra = [
            questionary.Choice(phrase("I don't know"), value=UNKNOWN),
            questionary.Choice(phrase("Back to the question before"), value=self.BACK),
        ]
        if question.type != "many":
            return questionary.select(
                message, choices=[*choices, questionary.Separator(), *extra], use_jk_keys=False
            ).unsafe_ask()
        none = questionary.Choice(self._language.none(question.id), value="none")
        ticked = questionary.checkbox(
            message,
            choices=[*choices, questionary.Separator(), none, *extra],
            instruction=f"({phrase('space ticks, enter confirms')})",
            use_jk_keys=False,
        ).unsafe_ask()
        return self.BACK if self.BACK in ticked else ticked

    @staticmethod
    def _value(question: Question, name: str) -> Any:
        if question.type == "flag":
            return name == "true"
        return int(name) if question.type == "scale" else name

    @staticmethod
    def _number(typed: str) -> Any:
        try:
            return float(typed)
        except ValueError:
            return typed
