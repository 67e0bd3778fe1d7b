"""The examples of a pack: whole project files, each with the advice that it must get."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from recommender.nouns.errors import Place
from recommender.nouns.pack import Example, Expectation

from .files import PROJECTS, real

if TYPE_CHECKING:
    from pathlib import Path

    from .definitions import Definitions
    from .models import ExampleText


MOST_GONE = 3
"""Example projects that are each told to be missing; of more, it is the folder that is missing."""


def examples_of(pack: Definitions) -> Iterator[Example]:
    """Yield the examples; the project file of each must exist."""
    gone: list[tuple[Place, str]] = []
    for row, text in pack.rows("examples"):
        place = row.place()
        project = _project(row.file.folder, text)
        if project is None:
            gone.append((place, text.project))
            continue
        yield Example(str(project), tuple(_expectations(pack, text, place)), place)
    if len(gone) > MOST_GONE:
        what = f"there are no example projects: `{gone[0][1]}` and {len(gone) - 1} more"
        remedy = "put them under `examples` beside the pack, as where it was copied from"
        pack.fault(gone[0][0], what, remedy)
        return
    for place, name in gone:
        what = f"there is no example project `{name}`"
        pack.fault(place, what, "put it under `examples` beside the pack")


def _project(folder: Path, text: ExampleText) -> Path | None:
    for root in (folder / PROJECTS, folder.parent / "examples", folder):
        path = root / text.project
        # `Path.is_file` raises where a name is longer than the file system allows.
        if real(path).is_relative_to(real(root)) and os.path.isfile(path):  # noqa: PTH113
            return path
    return None


def _expectations(pack: Definitions, text: ExampleText, place: Place) -> Iterator[Expectation]:
    by_lens = {"today": text.expect.today or text.expect, "document": text.expect.document}
    for lens, each in by_lens.items():
        if each is None or not each.model_fields_set - {"document", "today"}:
            continue
        for name in (each.best, *each.leaders):
            if name is not None:
                pack.known(name, "candidate", pack.candidates, place)
        lead = None if each.lead is None else round(each.lead * 100)
        yield Expectation(lens, each.best or "", each.outcome or "", each.leaders, lead)
