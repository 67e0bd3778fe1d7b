"""Recommend a framework for the projects in one or more files."""

from __future__ import annotations

from typing import Any

import click

from recommender.nouns.errors import UsageError

from ._advice import advice_options
from ._options import examples
from ._projects import advise_on


@click.command(
    epilog=examples(
        "recommender score project.yaml",
        "recommender score project.yaml --format adr --output decision.md",
    )
)
@click.argument("files", nargs=-1, metavar="[PROJECT.yaml...]")
@click.option(
    "--scan", "folder", metavar="DIR", help="A repository to read answers in, as `scan` does."
)
@advice_options
def command(files: tuple[str, ...], folder: str | None, **how: Any) -> int:
    """Recommend a framework for each PROJECT.yaml (`-` reads standard input).

    Exit code: 0 an answer (clear, close or either), 3 a file that cannot be read or does not
    validate, 4 no candidate survives, 5 too little is known; with several files the highest.
    """
    if not files and folder is None:
        raise UsageError("name a project file, or a repository with --scan")
    return advise_on(files, folder, **how)
