"""Ask about a project, question by question, and recommend a framework for it."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recommender.atomic_files import write_atomically
from recommender.language import Language
from recommender.loading import load_profile
from recommender.nouns.errors import Fault, Place, RecommenderError, UsageError
from recommender.nouns.profile import Profile
from recommender.projects.project_file import project_text

from ._advice import Adviser, advice_options, present, warn_of_age
from ._dialogue import Dialogue, in_order, most_telling, proved
from ._echo import echo
from ._exit_codes import TOO_LITTLE_KNOWN, code_of
from ._options import examples
from ._prompts import Back, Ended, Prompts, prompts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from recommender.nouns.pack import Pack


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

    Every answer is kept in the --save file as soon as it is given. Exit codes are those of
    `score`; at the end of input what is known is saved and the code is 5.
    """
    loaded = pack()
    warn_of_age(loaded, as_of)
    language = Language(loaded, how["lang"])
    choose = in_order if everything else most_telling(advise)
    dialogue = Dialogue(language, _started(resume, folder, loaded), choose, proved(advise))
    if name:
        dialogue.name = name
    elif save and not dialogue.name:
        dialogue.name = Path(save).stem
    keeper = Keeper(save, force=how["force"] or (save is not None and save == resume))
    keeper.check()
    try:
        _converse(dialogue, keeper, prompts(language))
    except KeyboardInterrupt:
        dialogue = dialogue.whole()
        echo(f"\nstopped after {_count(dialogue)}. {keeper.farewell(dialogue)}", err=True)
        raise
    except Ended:
        dialogue = dialogue.whole()
        told = keeper.farewell(dialogue)
        echo(f"the input ended after {_count(dialogue)}. {told}", err=True)
        return TOO_LITTLE_KNOWN
    except RecommenderError:  # the disk is full, say: what was answered must not go with it
        echo(f"\n{keeper.printed(dialogue.whole())}", err=True)
        raise
    dialogue = dialogue.whole()
    keeper.keep(dialogue)
    result = advise(dialogue.profile(), loaded)
    echo(f"\n{dialogue.closing()}\n", err=True)
    present([result], **how)
    if save:
        echo(
            f"answers kept in {save}; `recommender score {shlex.quote(save)}` reads them", err=True
        )
    return code_of(result)


def _started(resume: str | None, folder: str | None, pack: Pack) -> Profile:
    if resume is not None and folder is not None:
        raise UsageError("--scan begins anew, and --resume goes on; give one of them")
    if folder is not None:
        from ._scanning import scanned_profile  # noqa: PLC0415  (only where it is asked for)

        return scanned_profile(folder, pack)
    if resume is None:
        return Profile()

    return load_profile(resume, pack)


def _converse(dialogue: Dialogue, keeper: Keeper, prompt: Prompts) -> None:
    while (question := dialogue.next()) is not None:
        try:
            answer = prompt.ask(question, dialogue.progress(), dialogue.said(question))
        except Back:
            dialogue.back()
            continue
        dialogue.answer(question, answer)
        keeper.keep(dialogue.whole())


def _count(dialogue: Dialogue) -> str:
    count = len({*dialogue.start.answers, *dialogue.asked})
    return f"{count} answer{'' if count == 1 else 's'}"


class Keeper:
    """A file that has the answers from the first one on, so that none is lost."""

    def __init__(self, path: str | None, *, force: bool) -> None:
        self._path = path
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
            text = project_text(dialogue.profile(), dialogue.pack, dialogue.asked)
            write_atomically(self._path, text, force=self._force)
            self._force = True

    def farewell(self, dialogue: Dialogue) -> str:
        """Save the answers and return where they are; without a file, return them to print."""
        if self._path is not None:
            self.keep(dialogue)
            path = shlex.quote(self._path)
            told = f"`recommender ask --resume {path} --save {path}` goes on."
            return f"They are in {self._path}; {told}"
        return self.printed(dialogue)

    @staticmethod
    def printed(dialogue: Dialogue) -> str:
        """Return the answers so far as text to save by hand."""
        text = project_text(dialogue.profile(), dialogue.pack, dialogue.asked)
        return f"Save them as project.yaml to go on:\n\n{text}"
