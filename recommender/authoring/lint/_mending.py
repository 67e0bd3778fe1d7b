"""Fixes: the edits of findings that can be mended mechanically, applied to the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recommender.atomic_files import write_atomically
from recommender.loading.full_pack import load_whole
from recommender.loading.yaml_spans import Edit, edited
from recommender.nouns.errors import Fault, Place, RecommenderError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._context import Finding


def mend(findings: Iterable[Finding], folder: str | Path | None = None) -> list[str]:
    """Apply the edits of findings to their files, and return the names of the files changed.

    Every byte outside the edits stays. If the pack no longer loaded, the files are put back as
    they were and `RecommenderError` is raised.
    """
    edits: dict[str, list[Edit]] = {}
    for finding in findings:
        for edit in finding.edits:
            edits.setdefault(edit.file, []).append(edit)
    before = {name: Path(name).read_bytes() for name in edits}
    for name, each in edits.items():
        mark = b"\xef\xbb\xbf" if before[name].startswith(b"\xef\xbb\xbf") else b""
        text = before[name].decode("utf-8-sig")
        write_atomically(name, mark + edited(text, each).encode(), force=True)
    if edits:
        try:
            load_whole(folder)
        except RecommenderError as error:
            for name, data in before.items():
                write_atomically(name, data, force=True)
            place = Place(next(iter(edits)))
            what = f"mending would have broken the pack ({error.faults[0].what})"
            raise RecommenderError(Fault(place, what, "mend it by hand")) from None
    return list(edits)
