"""Recommend a framework for the projects in one or more files."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from recommender.nouns.errors import RecommenderError, UsageError

from ._advice import STDIN, Adviser, advice_options, present, project_of, warn_of_age
from ._echo import echo
from ._exit_codes import code_of
from ._options import examples
from ._scanning import scanned_profile

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from recommender.engine import Recommendation
    from recommender.nouns.pack import Pack


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
def command(
    files: tuple[str, ...],
    folder: str | None,
    pack: Callable[[], Pack],
    advise: Adviser,
    as_of: dt.date | None,
    **how: Any,
) -> int:
    """Recommend a framework for each PROJECT.yaml (`-` reads standard input).

    Exit code: 0 an answer (clear, close or either), 3 a file that cannot be read or does not
    validate, 4 no candidate survives, 5 too little is known; with several files the highest.
    """
    if not files and folder is None:
        raise UsageError("name a project file, or a repository with --scan")
    _refuse_repeats(files)
    loaded = pack()
    warn_of_age(loaded, as_of)
    results: list[Recommendation | RecommenderError] = []
    projects = [partial(project_of, name) for name in files]
    projects += [partial(scanned_profile, folder)] if folder is not None else []
    for project in projects:
        try:
            results.append(advise(project(loaded), loaded))
        except UsageError:
            raise
        except RecommenderError as error:  # which does not stop the others
            results.append(error)
            for fault in error.faults:
                echo(f"error: {fault}", err=True)
    present(results, **how)
    return max(code_of(result) for result in results)


def _refuse_repeats(files: tuple[str, ...]) -> None:
    seen: dict[object, str] = {}
    for name in files:
        key = STDIN if name == STDIN else os.path.realpath(name)
        if key in seen:
            shown = "standard input" if name == STDIN else f"`{name}`"
            same = "" if seen[key] == name else f" (as `{seen[key]}`)"
            raise UsageError(f"{shown} is given twice{same}; name each project once")
        seen[key] = name
    if STDIN in files and sys.stdin.isatty():
        raise UsageError("standard input is a terminal; pipe a project file into it, or name one")
