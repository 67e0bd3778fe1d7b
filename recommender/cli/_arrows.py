"""Prompts with arrow keys to choose and the space bar to tick (questionary).

A prompt is erased when it is answered, and the question and its answer stay: so what stays is
folded between words and in the reader's language, whatever the library writes at the end.
"""

from __future__ import annotations

import sys
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

import questionary
from questionary.prompts.common import InquirerControl

from recommender.loading.answers import NONE, UNKNOWN, spelled
from recommender.nouns.errors import harmless
from recommender.output.layout import WIDTH

from ._dialogue import in_words
from ._echo import echo
from ._prompts import MORE, SHOW, Back, Ended, Enough, understood
from ._screen import folded, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recommender.language import Language
    from recommender.nouns.condition import Answer
    from recommender.nouns.question import Question

BACK, ENOUGH = "\0back", "\0enough"
ALONE = (NONE, UNKNOWN)
POINTER, TICK, DEEPER = 3, 2, 5
"""Cells before a choice: of the pointer, of the box to tick; and before an answer below it."""


class Arrows:
    """Prompts with arrow keys to choose and the space bar to tick."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def ask(
        self, question: Question, progress: str, given: tuple[Answer | None, ...] = ()
    ) -> Answer | None:
        """Ask until a choice is understood; what was `given` before is chosen already."""
        language = self._language
        asked = f"{progress} {language.ask(question.id)}"
        before = list(spelled(question, given[0])) if given else []
        while True:
            try:
                chosen = self._ask(question, asked, before)
            except EOFError:  # Ctrl-D
                raise Ended from None
            if not chosen:  # Enter on a row that was only pointed at answers nothing
                self._print(language.phrase("Nothing is ticked: the space bar ticks."))
                continue
            if BACK in chosen:
                raise Back
            if ENOUGH in chosen:
                raise Enough
            answer, wrong = understood(question, _written(question, chosen), language)
            if not wrong:
                self._print(f"{asked}\n  {in_words(language, question.id, answer)}")
                return answer
            before = chosen
            self._print(wrong)

    def review(self, said: str, answers: Sequence[tuple[str, str, str]], more: int) -> str:
        """Show all answers, each of which can be chosen to be changed."""
        phrase, width = self._language.phrase, self._width()
        self._print(said)
        choices = [self._choice(phrase("Show the advice"), SHOW)]
        if more:
            told = phrase("Ask the other {n} questions too", n=more)
            choices.append(self._choice(told, MORE))
        choices.append(self._choice(phrase("Back to the question before"), BACK))
        rows = [
            questionary.Choice(
                f"{folded(asked, width, POINTER)}\n{' ' * DEEPER}{folded(answer, width, DEEPER)}",
                value=name,
            )
            for name, asked, answer in answers
        ]
        prompt = questionary.select(
            phrase("Your answers so far"),
            choices=[*choices, questionary.Separator(), *rows],
            instruction=self._hint(phrase("arrow keys to an answer, enter changes it")),
            use_jk_keys=False,
            erase_when_done=True,
        )
        _end_as_a_line_does(prompt.application)
        try:
            chosen: str = prompt.unsafe_ask()
        except EOFError:
            return SHOW
        if chosen == BACK:
            raise Back
        return chosen

    def _ask(self, question: Question, asked: str, before: Sequence[str]) -> list[str]:
        """Return the names of what is chosen, or what is typed for a number."""
        phrase, help_ = self._language.phrase, self._language.help(question.id)
        echo()
        message = folded(asked, self._width() - 1, 2)
        if question.type == "number":
            hint = self._hint(help_, phrase("empty for I don't know, `back`, `done`"))
            return [self._typed(message, hint, "".join(before).replace(UNKNOWN, ""))]
        many = question.type == "many"
        margin = POINTER + TICK * many
        options = [
            self._choice(label, name, margin, ticked=name in before)
            for name, label in self._language.answers(question.id)
        ]
        if many:
            options.insert(-1, questionary.Separator())
        else:
            options.append(questionary.Separator())
        extra = {
            UNKNOWN: phrase("I don't know"),
            BACK: phrase("Back to the question before"),
            ENOUGH: phrase("Stop here and show the advice"),
        }
        options += [
            self._choice(label, name, margin, ticked=many and name in before)
            for name, label in extra.items()
        ]
        first = before[0] if before else None
        keys = phrase("arrow keys choose, enter confirms")
        if many:
            keys = phrase("space ticks, enter confirms")
        hint = self._hint(help_, keys)
        if _lines(message, hint, *(each.title for each in options)) > get_terminal_size().lines:
            hint = self._hint(help_, phrase("{keys}; the list goes on below the screen", keys=keys))
        how: dict[str, Any] = {
            "choices": options, "use_jk_keys": False, "instruction": hint, "erase_when_done": True,
        }  # fmt: skip
        if many:
            prompt = questionary.checkbox(message, initial_choice=first, **how)
            _mend(prompt.application)
        else:
            prompt = questionary.select(message, default=first, **how)
        _end_as_a_line_does(prompt.application)
        chosen = prompt.unsafe_ask()
        return chosen if many else [chosen]

    def _typed(self, message: str, hint: str, before: str) -> str:
        prompt = questionary.text(
            message, default=before, instruction=f"{hint}\n  > ", erase_when_done=True
        )
        typed: str = prompt.unsafe_ask().strip()
        words = {"": UNKNOWN, "back": BACK, "b": BACK, "<": BACK, "done": ENOUGH}
        return words.get(typed.lower(), typed)

    def _choice(self, label: str, name: str, margin: int = POINTER, *, ticked: bool = False) -> Any:
        told = folded(harmless(label), self._width(), margin)
        return questionary.Choice(told, value=name, checked=ticked)

    def _hint(self, *parts: str) -> str:
        """Return help and hint as lines below a question."""
        *help_, hint = [part for part in parts if part]
        told = [*help_, f"({hint})"]
        return "".join(f"\n  {folded(harmless(part), self._width(), 2)}" for part in told)

    def _width(self) -> int:
        return width_of(sys.stdout) or WIDTH

    def _print(self, text: str) -> None:
        for line in text.split("\n"):
            rest = line.lstrip(" ")
            echo(line[: len(line) - len(rest)] + folded(rest, self._width(), 4))


def _lines(message: str, hint: str, *choices: str) -> int:
    """Count the lines of a prompt; a hint begins with the line end of the message."""
    return "\n".join((message + hint, *choices)).count("\n") + 1


def _end_as_a_line_does(application: Any) -> None:
    """Make Ctrl-D in a list the end of input, and an interrupt by a signal what Ctrl-C is.

    Ctrl-C comes as a signal where it is typed between two prompts, while the terminal is not yet
    in raw mode: the library would drop it, since its lists know the key alone.
    """
    keys = application.key_bindings
    keys.add("c-d", eager=True)(lambda event: event.app.exit(exception=EOFError))
    keys.add("<sigint>", eager=True)(lambda event: event.app.exit(exception=KeyboardInterrupt))


def _mend(application: Any) -> None:
    """Make a checkbox take what stands alone alone, and what is no answer at once.

    Keys that tick all would tick these too: they do nothing.
    """
    windows = application.layout.find_all_windows()
    control = next(w.content for w in windows if isinstance(w.content, InquirerControl))
    keys = application.key_bindings
    space, enter = (keys.get_bindings_for_keys((key,))[-1].handler for key in (" ", "c-m"))

    def tick(event: Any) -> None:
        name, ticked = control.get_pointed_at().value, control.selected_options
        if name in (BACK, ENOUGH):
            return
        space(event)
        if name in ticked:
            apart = [each for each in ticked if (each in ALONE or name in ALONE) and each != name]
            ticked[:] = [each for each in ticked if each not in apart]

    def confirm(event: Any) -> None:
        name, ticked = control.get_pointed_at().value, control.selected_options
        if name in (BACK, ENOUGH) or (name in ALONE and not ticked):
            event.app.exit(result=[name])
        else:
            enter(event)

    keys.add(" ", eager=True)(tick)
    keys.add("c-m", eager=True)(confirm)
    for key in ("a", "i"):
        keys.add(key, eager=True)(lambda _: None)


def _written(question: Question, chosen: list[str]) -> Any:
    if question.type == "many":
        return chosen
    (name,) = chosen
    if name == UNKNOWN:
        return UNKNOWN
    if question.type == "flag":
        return name == "true"
    if question.type == "scale":
        return int(name)
    if question.type == "number":
        try:
            return float(name)
        except ValueError:
            return name
    return name
