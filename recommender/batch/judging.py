"""Judging: a pack compiled for tables, and the way of a table's columns through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from recommender.decision import Decider

from .columns import ODD, coded
from .planes import Planes
from .tables import tables_of
from .verdicts import decide

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from recommender.lens import Lens
    from recommender.pack import Pack
    from recommender.profile import Profile

    from .verdicts import Verdicts

CHUNK = 1 << 15
"""Rows that are taken through all steps together: what is worked on stays in the cache."""

FUSED_CHUNK = 1 << 16
FUSED_FROM = 1 << 21
"""Rows that a pack judges before numba is asked for, which takes longer to come than they do."""


class Judge:
    """Judge rows of one pack, through one lens, by one project's weights."""

    def __init__(self, pack: Pack, profile: Profile, lens: Lens, as_of: dt.date | None) -> None:
        self.pack = pack
        self.decider = Decider(profile, pack, lens=lens, as_of=as_of)
        self.candidates = self.decider.candidates
        figures, rules = self.decider.plain, list(pack.rules.values())
        active = [index for index in range(len(rules)) if figures.active >> index & 1]
        conditions = [rules[index].when for index in active]
        conditions += [each.when for each in pack.constraints.values()]
        self._planes = planes = Planes(pack.questions, conditions)
        self._tables = tables_of(
            planes,
            [planes.truths(when) for when in conditions],
            [figures.worth[index] for index in active],
            figures.view.vetoes,
            pack.thresholds,
            len(self.candidates),
        )
        self._rows = 0

    def way(self, rows: int) -> Way:
        """Choose how to judge so many more rows."""
        self._rows += rows
        fused = _fused() if self._rows > FUSED_FROM else None
        return Way(decide, CHUNK) if fused is None else Way(fused, FUSED_CHUNK)

    def judge(self, asked: Mapping[str, Any], start: int, found: Verdicts, way: Way) -> None:
        """Judge rows, given each question's column, and write what is found from `start` on."""
        count = len(next(iter(asked.values())))
        columns = [self._filling(name, array) for name, array in asked.items()]
        # Questions without a column stay at 0, which is unknown.
        planes: Any = np.zeros((len(self._planes.sizes), min(way.chunk, count)), np.uint8)
        for begin in range(0, count, way.chunk):
            rows = slice(begin, min(begin + way.chunk, count))
            odd = found.odd[start + rows.start : start + rows.stop]
            for column in columns:
                column.fill(rows, planes[:, : len(odd)], odd)
            way.decide(self._tables, planes, len(odd), start + begin, found)

    def _filling(self, name: str, array: Any) -> Filling:
        indices, codes = coded(self._planes.codings[name], array)
        targets = []
        for plane, bytes_ in self._planes.sources[name]:
            found = codes if bytes_ is None else bytes_[codes]
            found = np.where(codes == ODD, 0, found).astype(np.uint8)
            plain = np.array_equal(found, np.arange(1, len(found) + 1))
            targets.append((plane, None if plain else found))
        strange = codes == ODD
        return Filling(indices, targets, strange if strange.any() else None)


def _fused() -> Callable[..., None] | None:
    """Give the machine code that judges rows, where numba is installed."""
    from . import fused  # noqa: PLC0415  (slow to come)

    return fused.decide if fused.INSTALLED else None


class Way(NamedTuple):
    """Hold how rows are judged, and how many of them at a time."""

    decide: Callable[..., None]
    chunk: int


class Filling(NamedTuple):
    """Say how a column fills planes: by these bytes for its indices, or (`None`) by one more."""

    indices: Any
    targets: list[tuple[int, Any]]
    strange: Any

    def fill(self, rows: slice, planes: Any, odd: Any) -> None:
        """Fill the planes with what some rows answer, and flag the rows that are odd."""
        held, known = self.indices[rows]
        for plane, bytes_ in self.targets:
            into = planes[plane]
            if bytes_ is None:
                np.add(held, 1, out=into, casting="unsafe")
            else:
                np.take(bytes_, held, out=into, mode="clip")
            if known is not None:  # what stands where nothing holds is anything
                np.multiply(into, known, out=into)
        if self.strange is not None:
            found = self.strange.take(held, mode="clip")
            odd |= found if known is None else found & known.view(bool)
