"""What a caller who scores many sets of answers asks of a decider: who leads, scores and rules."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from typing import NamedTuple

from recommender.judging.decision import Decider
from recommender.nouns.condition import Answer

_DIGITS = bytes(1 if byte == ord("1") else 0 for byte in range(256))


class Scores(NamedTuple):
    """The leader, each candidate's score, and a bit for each rule that fires, and that may."""

    leader: str | None
    scores: tuple[int, ...]
    fires: int
    possible: int


class Scorer:
    """Scores sets of answers as one decider does."""

    def __init__(self, decider: Decider) -> None:
        self._decider, figures = decider, decider.plain
        terms = zip(figures.view.terms, figures.worth, strict=True)
        self._earnings = [(term.rule, row) for term, row in terms]

    def scored(self, answers: Mapping[str, Answer]) -> Scores:
        """Score one set of answers, and tell the rules too."""
        decider = self._decider
        fires, possible, _ = decider.program.run(answers)
        active, scores = decider.plain.active, decider.plain.totals(fires)[:-1]
        return Scores(decider.leader(fires), scores, fires & active, possible & active)

    def contributions(
        self, answers: Mapping[str, Answer]
    ) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Pair each rule that fires with what it earns each candidate."""
        ones = f"{self.scored(answers).fires:b}"[::-1].encode().translate(_DIGITS)
        return tuple(compress(self._earnings, ones))
