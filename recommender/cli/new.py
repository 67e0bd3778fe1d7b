"""Begin a project file or a rule pack of your own from a scaffold."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path

import click

from recommender.atomic_files import write_atomically
from recommender.authoring.new import new_pack
from recommender.language import Language
from recommender.loading.packs import load_pack
from recommender.projects.project_file import blank_project

from ._advice import spoken
from ._echo import echo
from ._options import examples


@click.group(
    epilog=examples("recommender new pack my-rules", "recommender new project project.yaml")
)
def command() -> None:
    """Begin something new from a scaffold."""


@command.command(epilog=examples("recommender new pack my-rules"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def pack(folder: Path) -> None:
    """Write an overlay pack into DIR: a head, a question, a criterion and a rule per candidate.

    Nothing that exists is overwritten. docs/writing-rules.md goes on from there.
    """
    base = load_pack()
    dated = max(base.dated, dt.datetime.now(dt.UTC).date())
    for path in new_pack(folder, base, dated=dated):
        echo(f"wrote {path}")
    quoted = shlex.quote(str(folder))
    echo(f"next: recommender lint {quoted} && recommender test {quoted}")


@command.command(epilog=examples("recommender new project project.yaml"))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@click.option("--lang", metavar="CODE", help="Language of the questions: en or zh.")
def project(file: Path, force: bool, lang: str | None) -> None:
    """Write a blank project FILE: every question as a comment, with the answers that it takes."""
    text = blank_project(Language(load_pack(), lang or spoken()))
    write_atomically(file, text, force=force)
    echo(f"wrote {file}")
    echo(f"next: answer what you know, then: recommender score {shlex.quote(str(file))}")
