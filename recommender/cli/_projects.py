"""Advice on project files, one after another; a fault in one does not stop the others."""

from __future__ import annotations

import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from recommender.loading import load_profile, read_profile
from recommender.nouns.errors import RecommenderError, UsageError

from ._advice import present, warn_of_age
from ._echo import echo
from ._exit_codes import code_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from recommender.engine import Recommendation
    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile

STDIN = "-"


def advise_on(
    files: tuple[str, ...],
    folder: str | None = None,
    *,
    pack: Callable[[], Pack],
    advise: Callable[[Profile, Pack], Recommendation],
    as_of: dt.date | None,
    **how: Any,
) -> int:
    """Show the advice for each project, and for a repository; return the highest of their codes."""
    _refuse_repeats(files)
    loaded = pack()
    warn_of_age(loaded, as_of)
    results: list[Recommendation | RecommenderError] = []
    projects = [partial(project_of, name) for name in files]
    projects += [partial(_scanned, folder)] if folder is not None else []
    for project in projects:
        try:
            results.append(advise(project(loaded), loaded))
        except UsageError:
            raise
        except RecommenderError as error:
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


def project_of(name: str, pack: Pack) -> Profile:
    """Read a project file, or standard input where it is called `-`."""
    if name == STDIN:
        return read_profile(sys.stdin.buffer.read(), "<stdin>", pack)
    return load_profile(name, pack)


def _scanned(folder: str, pack: Pack) -> Profile:
    from ._scanning import scanned_profile

    return scanned_profile(folder, pack)
