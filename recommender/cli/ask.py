"""Ask about a project, question by question, and recommend a framework for it."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from recommender.atomic_files import write_atomically
from recommender.language import Language
from recommender.loading import load_profile
from recommender.nouns.errors import Fault, Place, RecommenderError, UsageError
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.nouns.question import Question
from recommender.projects.comments import Comments, comments_of

from ._advice import Adviser, advice_options, present, warn_of_age
from ._dialogue import Answers, Dialogue, in_words
from ._echo import echo
from ._exit_codes import INTERRUPTED, TOO_LITTLE_KNOWN, code_of
from ._options import examples
from ._prompts import MORE, SHOW, Back, Ended, Enough, Prompts, prompts
from ._scanning import scanned_profile
from ._screen import folded, width_of

STOPPED_WORDS = {"one": "stopped after 1 answer.", "many": "stopped after {n} answers."}
ENDED_WORDS = {
    "one": "the input ended after 1 answer.",
    "many": "the input ended after {n} answers.",
}


@click.command(
    epilog=examples(
        "recommender ask --save project.yaml",
        "recommender ask --resume project.yaml --save project.yaml --lang zh",
    )
)
@click.option("--save", metavar="FILE", help="Keep the answers in a project file.")
@click.option("--resume", metavar="FILE", help="Go on from the answers in a project file.")
@click.option("--scan", "folder", metavar="DIR", help="A repository to read answers in first.")
@click.option("--name", default="", metavar="NAME", help="What the project is called.")
@click.option("--all", "everything", is_flag=True, help="Ask every question that applies.")
@advice_options
def command(
    pack: Callable[[], Pack],
    advise: Adviser,
    as_of: dt.date | None,
    save: str | None,
    resume: str | None,
    folder: str | None,
    name: str,
    everything: bool,
    **how: Any,
) -> int:
    """Ask about a project and recommend a framework for it.

    It goes back to any answer, resumed ones too, and shows all of them before the advice, to be
    changed. Every answer is kept in the --save file as soon as it is given. Exit codes are those
    of `score`; at the end of input what is known is saved and the code is 5.
    """
    loaded = pack()
    warn_of_age(loaded, as_of)
    language = Language(loaded, how["lang"])
    start = _started(resume, folder, loaded)
    dialogue = Dialogue(language, start, advise, everything)
    if name:
        dialogue.name = name
    elif save and not dialogue.name:
        dialogue.name = Path(save).stem
    comments = Comments()
    if resume is not None and Path(resume).is_file():  # a pipe can be read only once
        comments = comments_of(Path(resume).read_text("utf-8-sig"), start, loaded)
    keeper = Keeper(save, comments, force=how["force"] or (save is not None and save == resume))
    keeper.check()
    if save and comments.others:
        phrase = language.phrase
        _tell(phrase("Comments of {file} that stand beside no answer are not kept.", file=resume))
    try:
        _converse(dialogue, keeper, prompts(language))
        dialogue = dialogue.whole()
        keeper.keep(dialogue)
        result = advise(dialogue.profile(), loaded)
    except KeyboardInterrupt:
        _leave(dialogue.whole(), keeper, STOPPED_WORDS, "\n")
        return INTERRUPTED
    except Ended:
        _leave(dialogue.whole(), keeper, ENDED_WORDS)
        return TOO_LITTLE_KNOWN
    except RecommenderError:  # the disk is full, say: what was answered must not go with it
        where, answers = keeper.printed(dialogue.whole())
        _tell(f"\n{where}", answers)
        raise
    _tell("")
    present([result], **how)
    if save:
        told = language.phrase("The answers are kept in {file}. To read them again:", file=save)
        _tell(told, f"  recommender score {shlex.quote(save)}")
    return code_of(result)


def _started(resume: str | None, folder: str | None, pack: Pack) -> Profile:
    if resume is not None and folder is not None:
        raise UsageError("--scan begins anew, and --resume goes on; give one of them")
    if folder is not None:
        return scanned_profile(folder, pack)
    return Profile() if resume is None else load_profile(resume, pack)


def _converse(dialogue: Dialogue, keeper: Keeper, prompt: Prompts) -> None:
    """Ask until the user wants the advice; each answer is kept at once."""
    told = False
    while True:
        question, anew = dialogue.next(), False
        try:
            if question is None:
                chosen = prompt.review(dialogue.closing(), dialogue.review(), len(dialogue.open()))
                if chosen == SHOW:
                    return
                if chosen == MORE:
                    dialogue.enough, dialogue.everything, told = False, True, True
                    continue
                question, anew = dialogue.pack.questions[chosen], True
            elif not told and dialogue.idle():
                told = True
                _tell(f"\n{dialogue.closing()} {dialogue.offer()}")
            answer = prompt.ask(question, dialogue.progress(question), dialogue.given(question))
        except Back:
            if not anew:
                _back(dialogue)
        except Enough:
            dialogue.enough = True
        else:
            _tell_set_aside(dialogue, question, dialogue.answer(question, answer))
            keeper.keep(dialogue.whole())


def _back(dialogue: Dialogue) -> None:
    """Go back by a question, or say that there is none before."""
    if not dialogue.asked:
        _tell(dialogue.language.phrase("This is the first question."))
    dialogue.back()


def _tell_set_aside(dialogue: Dialogue, question: Question, answers: Answers) -> None:
    """Say which answers another one rules out; they come back if that is changed at once."""
    if answers:
        language = dialogue.language
        asked = language.ask(question.id)
        _tell(
            language.phrase(
                "Set aside, since the answer to “{question}” rules it out:", question=asked
            )
        )
        for name, given in answers.items():
            _tell(f"  {language.ask(name)} {in_words(language, name, given)}")


def _leave(dialogue: Dialogue, keeper: Keeper, words: Mapping[str, str], lead: str = "") -> None:
    """Say after how many answers it ended, and how to go on."""
    count = len(dialogue.asked)
    told = dialogue.language.phrase(words["one" if count == 1 else "many"], n=count)
    where, how_on = keeper.farewell(dialogue)
    _tell(f"{lead}{told} {where}", how_on)


def _tell(text: str, as_it_is: str = "") -> None:
    """Write to standard error, folded between words on a terminal, and what is to be copied."""
    width = width_of(sys.stderr)
    for line in text.split("\n"):
        echo(folded(line, width) if width else line, err=True)
    if as_it_is:
        echo(as_it_is, err=True)


class Keeper:
    """A file that has the answers from the first one on, so that none is lost."""

    def __init__(self, path: str | None, comments: Comments, *, force: bool) -> None:
        self._path = path
        self._comments = comments
        self._force = force

    def check(self) -> None:
        """Raise an error before the first question if the file cannot be written."""
        if self._path is None:
            return
        what, folder = "", os.path.dirname(self._path)  # noqa: PTH120  (an empty one stays empty)
        if os.path.isdir(self._path):  # noqa: PTH112  (never raises)
            what, remedy = "is a folder", "name a file in it"
        elif not self._force and os.path.lexists(self._path):
            what = "already exists"
            remedy = "choose another name, go on with --resume, or add --force to replace it"
        elif folder and not os.path.isdir(folder):  # noqa: PTH112
            what, remedy = "cannot be written: its folder does not exist", "make the folder first"
        if what:
            raise RecommenderError(Fault(Place(self._path), what, remedy))

    def keep(self, dialogue: Dialogue) -> None:
        """Write the answers so far; after the first time the file may be replaced."""
        if self._path is not None:
            write_atomically(self._path, self._text(dialogue), force=self._force)
            self._force = True

    def farewell(self, dialogue: Dialogue) -> tuple[str, str]:
        """Save the answers; return where they are, and the command to go on or the answers."""
        if self._path is not None:
            self.keep(dialogue)
            path = shlex.quote(self._path)
            told = dialogue.language.phrase("They are in {file}. To go on:", file=self._path)
            return told, f"  recommender ask --resume {path} --save {path}"
        return self.printed(dialogue)

    def printed(self, dialogue: Dialogue) -> tuple[str, str]:
        """Return how to save the answers so far by hand, and these as text."""
        told = dialogue.language.phrase("Save them as project.yaml to go on:")
        return told, f"\n{self._text(dialogue)}"

    def _text(self, dialogue: Dialogue) -> str:
        return self._comments.text(dialogue.profile(), dialogue.pack, dialogue.asked)
