"""Support of many rows: what `judging.support` does with one project, in arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender.judging.decision import DECIDING
from recommender.judging.outcome import WHOLE
from recommender.judging.support import NORMAL, ONE, SHRINK, rounded

from .completion import CompletedRows, Completer
from .conditions import RowTruths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .answers import Answers
    from .scoring import TableScorer


@dataclass(frozen=True, slots=True)
class RowSupport:
    """How the completions of *n* rows end, as `judging.support.Support` has it for one project.

    `shares` has an array for each candidate; it and `decided` are in ten-thousandths.
    """

    shares: tuple[Any, ...]
    decided: Any
    _completed: CompletedRows
    _first: Any

    def liftable(self, rows: Any, known: int, completer: Completer) -> Any:
        """Tell of which of some rows an open answer would lift somebody's support to `known`."""
        found: Any = np.zeros(len(self.decided), bool)
        done = self._completed
        total, counts = done.sums(done.weights), np.diff(done.starts, append=len(done.weights))
        extra = SHRINK * total // counts
        asked: Any = np.zeros(len(self.decided), bool)
        asked[rows] = True
        row = done.row
        here = np.flatnonzero(asked[row])
        row, weights, first = row[here], done.weights[here], self._first[:, here]
        for name, chosen in done.chosen.items():
            width = len(completer.tables[name].values)
            open_ = chosen[here] >= 0
            group = (row * width + chosen[here])[open_]
            size = len(self.decided) * width
            weight = np.bincount(group, weights[open_], size).astype(np.int64)
            more: Any = np.repeat(extra, width)
            for share, likely in zip(self.shares, first, strict=True):
                earned = np.bincount(group, (weights * likely)[open_], size).astype(np.int64)
                earned += more * np.repeat(share, width) * ONE // WHOLE
                lifted = (weight > 0) & (rounded(earned, (weight + more) * ONE) >= known)
                found |= lifted.reshape(-1, width).any(1)
        return found[rows]


def support_of_rows(scorer: TableScorer, answers: Mapping[str, Answers], rows: int) -> RowSupport:
    """Score every completion of some rows, and weigh who is first in them."""
    done = scorer.completer.complete(answers, rows)
    first, decided = _ends(scorer, done)
    total = done.sums(done.weights)
    return RowSupport(
        tuple([rounded(done.sums(done.weights * each), total * ONE) for each in first]),
        rounded(done.sums(done.weights * decided), total),
        done,
        first,
    )


def _ends(scorer: TableScorer, done: CompletedRows) -> tuple[Any, Any]:
    """Tell of each completion how likely each candidate is first, and whether something decides.

    The first has a row for each candidate, of 65,536.
    """
    count = len(done.weights)
    truths = RowTruths(scorer.pack.questions, done.answers)
    fires = scorer.firing(truths, count)
    excluded = scorer.excluded(truths, count)
    scores, sigma = scorer.points(fires), _roots(scorer.noise(fires))
    likely: Any = np.empty((len(scores), count), np.int64)
    for j, score in enumerate(scores):
        likely[j] = np.where(excluded[j], 0, ONE)
        for k, rival in enumerate(scores):
            if k != j:
                ahead = likely[j] * _ahead(score - rival, sigma) >> 16
                likely[j] = np.where(excluded[k], likely[j], ahead)
    whole = likely.sum(0)
    whole[whole == 0] = ONE
    return likely * ONE // whole, parted(scorer, fires, excluded)


def parted(scorer: TableScorer, fires: Any, excluded: Any) -> Any:
    """Tell where a deciding reason parts the candidates, or a constraint excludes one."""
    found = excluded.any(0)
    for spread in scorer.deciding(fires):
        found |= spread.max(0) - spread.min(0) > DECIDING
    return found


def _roots(numbers: Any) -> Any:
    """Return the whole square roots of whole numbers below 2**52, rounded down."""
    return np.sqrt(numbers.astype(np.float64)).astype(np.int64)


def _ahead(lead: Any, sigma: Any) -> Any:
    """Return how likely leads outlast noise, as `judging.support` does for one."""
    table = np.array((*NORMAL, NORMAL[-1]), np.int64)
    scaled = np.minimum(np.abs(lead) * 4096 // np.maximum(sigma, 1), 5 * 4096 - 1)
    place, rest = scaled >> 8, scaled & 255
    found = table[place] + ((table[place + 1] - table[place]) * rest >> 8)
    found = np.where(lead > 0, found, ONE - found)
    sure = np.where(lead > 0, ONE, np.where(lead == 0, ONE // 2, 0))
    return np.where(sigma == 0, sure, found)
