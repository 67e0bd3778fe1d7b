"""Scanning for several commands: the scan, its progress, and the profile that comes of it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from types import MappingProxyType

import click

from recommender.nouns.errors import lacks_extra
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.nouns.sign import Inference, Scan

from ._echo import echo
from ._progress import progress

include_option = click.option(
    "--include",
    multiple=True,
    metavar="PATTERN",
    help="Read this too, though it is ignored or foreign (as in .gitignore).",
)
"""Adds `--include`, for commands that read a repository."""


def scanned(path: str, pack: Pack, include: Sequence[str] = ()) -> Scan:
    """Scan a folder with a bar that shows how far it is; raises as `scan` does."""
    try:
        from recommender.scan import scan
    except ImportError:
        raise lacks_extra("scanning a repository", "scan") from None
    with progress("Scanning") as show:
        return scan(path, pack, include=include, progress=show)


def profile_of(found: Scan) -> Profile:
    """Return the project that a scan describes, named after its folder."""
    places = {
        name: each.indications[0].clue.place
        for name, each in found.inferences.items()
        if name in found.answers
    }
    return Profile(
        answers=MappingProxyType(found.answers),
        name=os.path.basename(os.path.abspath(found.folder)) or "project",
        places=places,
        scan=found,
    )


def scanned_profile(path: str, pack: Pack) -> Profile:
    """Scan a folder and return the project; what was not read, and what disagrees, is told."""
    found = scanned(path, pack)
    shown = path if path.strip("./\\") else os.path.abspath(path)
    for remark in found.remarks:
        echo(f"note: {shown}: {remark}", err=True)
    for each in found.inferences.values():
        if each.contradictory:
            echo(f"note: {contradiction(each)}", err=True)
    count = len(found.answers)
    echo(f"{count} answer{'' if count == 1 else 's'} read in {shown}", err=True)
    return profile_of(found)


def contradiction(each: Inference) -> str:
    """Return in one line what disagrees about a question, and where."""
    first: dict[object, str] = {}
    for one in each.indications:
        first.setdefault(one.answer, f"`{one.answer}` at {one.clue.place}")
    return f"`{each.question}` stays open, as the repository disagrees: {', '.join(first.values())}"
