"""Read in a repository what it says about a project, and keep it in a project file."""

from __future__ import annotations

import shlex
from collections.abc import Callable

import click

from recommender.atomic_files import write_atomically
from recommender.language import ENGLISH, Language
from recommender.nouns.pack import Pack
from recommender.nouns.sign import Scan
from recommender.output.formats.json import write
from recommender.output.scan import as_data, lines, told
from recommender.projects.project_file import project_text

from ._advice import language_of
from ._echo import deliver, echo
from ._exit_codes import ANSWERED, TOO_LITTLE_KNOWN
from ._options import examples, lang_option, pack_options, text_or_json_option
from ._scanning import include_option, profile_of, scanned
from ._screen import draw


@click.command(
    epilog=examples(
        "recommender scan . --save project.yaml", "recommender scan ../shop --include vendor/"
    )
)
@click.argument("path", metavar="PATH")
@click.option("--save", metavar="FILE", help="Keep the answers in a project file.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@include_option
@pack_options
@text_or_json_option
@lang_option
def command(
    path: str,
    save: str | None,
    force: bool,
    include: tuple[str, ...],
    pack: Callable[[], Pack],
    format_: str,
    lang: str | None,
) -> int:
    """Answer what the repository in the folder PATH says, each with its place and how sure it is.

    Files are read as text, model files by their headers: nothing is run, imported or looked up, no
    link is followed, and nothing is written but the --save file. What disagrees is shown and left
    open. PATH may be a bill of materials (CycloneDX, JSON). Exit code 3 where nothing could be
    read, 5 where what was read answers nothing.
    """
    loaded = pack()
    found = scanned(path, loaded, include)
    language = language_of(loaded, lang, format_)
    if save is not None:
        write_atomically(save, saved(found, loaded), force=force)
        echo(
            f"answers kept in {save}; `recommender score {shlex.quote(save)}` reads them", err=True
        )
    if format_ == "json":
        deliver(write(as_data(found, language)))
    else:
        draw(told(found, language))
    return ANSWERED if found.answers else TOO_LITTLE_KNOWN


def saved(found: Scan, pack: Pack) -> str:
    """Return the project file of a scan, with the places of each answer as comments."""
    english = Language(pack, ENGLISH)
    remarks = {name: lines(each, english) for name, each in found.inferences.items()}
    for name, each in found.inferences.items():
        if each.contradictory:
            remarks[name].insert(0, "The repository disagrees with itself:")
        elif each.answer is None:
            remarks[name].insert(0, "Only possible, and so left open:")
    return project_text(profile_of(found), pack, remarks=remarks)
