"""Judging: a pack compiled for tables, and the way of a table's columns through it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recommender.judging.decision import Decider

from .columns import coded
from .filling import fillings
from .planes import Planes
from .tables import tables_of
from .verdicts import judge

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from recommender.judging.lens import Lens
    from recommender.nouns.pack import Pack, Thresholds
    from recommender.nouns.profile import Profile

    from .filling import Filling
    from .tables import Tables
    from .verdicts import Verdicts

    Way = Callable[[Tables, Thresholds, Sequence[Filling], int, int, Verdicts], None]

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
            len(self.candidates),
        )
        self._rows = 0

    def way(self, rows: int) -> Way:
        """Choose how to judge so many more rows."""
        self._rows += rows
        fused = _fused() if self._rows > FUSED_FROM else None
        return fused or judge

    def judge(self, asked: Mapping[str, Any], start: int, found: Verdicts, way: Way) -> None:
        """Judge rows, given each question's column, and write what is found from `start` on."""
        filled = [each for name, array in asked.items() for each in self._fillings(name, array)]
        # Questions without a column stay at 0, which is unknown.
        rows = len(next(iter(asked.values())))
        way(self._tables, self.pack.thresholds, filled, rows, start, found)

    def _fillings(self, name: str, array: Any) -> Iterator[Filling]:
        planes = self._planes
        return fillings(coded(planes.codings[name], array), planes.sources[name], planes.spare)


def _fused() -> Way | None:
    """Give the machine code that judges rows, where numba is installed."""
    from . import fused, machine  # noqa: PLC0415  (slow to come)

    return fused.judge if machine.INSTALLED else None
