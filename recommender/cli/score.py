"""Recommend a framework for the projects in one or more files."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from recommender.errors import RecommenderError, UsageError

from ._advice import advice_options, exit_code, present, warn_of_age
from ._echo import echo

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from recommender.engine import Recommendation
    from recommender.pack import Pack
    from recommender.profile import Profile

STDIN = "-"


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="PROJECT.yaml...")
@advice_options
def command(
    files: tuple[str, ...],
    pack: Callable[[], Pack],
    advise: Callable[[Profile, Pack], Recommendation],
    as_of: dt.date | None,
    **how: Any,
) -> int:
    """Recommend a framework for each PROJECT.yaml (`-` reads standard input).

    Exit code: 0 an answer (clear, close or tie), 3 a file that cannot be read or does not
    validate, 4 no candidate survives, 5 too little is known; with several files the highest.
    """
    _refuse_repeats(files)
    loaded = pack()
    warn_of_age(loaded, as_of)
    results: list[Recommendation | RecommenderError] = []
    for name in files:
        try:
            results.append(advise(_project(name, loaded), loaded))
        except UsageError:
            raise
        except RecommenderError as error:
            results.append(error)
            for fault in error.faults:
                echo(f"error: {fault}", err=True)
    present(results, **how)
    return max(exit_code(result) for result in results)


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


def _project(name: str, pack: Pack) -> Profile:
    from recommender.loading import load_profile, read_profile  # noqa: PLC0415

    if name == STDIN:
        return read_profile(sys.stdin.buffer.read(), "<stdin>", pack)
    return load_profile(name, pack)
