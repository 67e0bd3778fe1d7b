"""Deciding fast: scores and leader of many sets of answers, straight from the fired bits.

What reflects on a decision asks thousands of times what another answer would make of it. A
decider does the arithmetic of `scoring` (the same integers) without building matrix and ranking;
`tests/laws/test_decision_laws.py` holds that the two always agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .program import bits, program_of
from .sums import Sums

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recommender.nouns.condition import Answer
    from recommender.nouns.pack import Pack

    from .lens import View


DECIDING = 2000
"""By how much, in the hundredths of a score, deciding reasons of one criterion part candidates."""


class Figures:
    """Hold what every rule is worth to every candidate under one view and one set of weights.

    `worth[i][j]` is weight(criterion) times weight(rule) times favors, in the score's hundredths.
    """

    __slots__ = (
        "_deciding", "_earned", "_noise", "_parted", "_vetoed", "_vetoes", "active",
        "rule_count", "variances", "view", "worth",
    )  # fmt: skip

    def __init__(self, seen: View, weights: Sequence[int]) -> None:
        self.view = seen
        self.active = seen.active
        self.rule_count = len(seen.terms)
        self.worth = [
            tuple(weights[term.criterion] * term.weight * share for share in term.favors)
            for term in seen.terms
        ]
        count = len(seen.candidates)
        self._earned = Sums([(*row, max(row, default=0)) for row in self.worth], count + 1)
        self._noise: Sums | None = None
        self._parted: dict[int, bool] = {}
        self._deciding = sum(1 << i for i, term in enumerate(seen.terms) if term.decides)
        self.variances = [
            2 * (weights[term.criterion] * term.weight * term.spread) ** 2 // 3
            for term in seen.terms
        ]
        self._vetoes = [sum(1 << column for column in columns) for columns in seen.vetoes]
        self._vetoed: dict[int, int] = {0: 0}

    def totals(self, fires: int) -> tuple[int, ...]:
        """Give each candidate's score over the rules that fire, and the stake last."""
        return self._earned.over(fires & self.active)

    def noise(self, fires: int) -> int:
        """Return the variance of the difference of two scores over the rules that fire."""
        if self._noise is None:
            self._noise = Sums([(each,) for each in self.variances], 1)
        return self._noise.over(fires & self.active)[0]

    def parted(self, fires: int) -> bool:
        """Tell whether the deciding reasons of some criterion, taken together, part candidates."""
        fires &= self._deciding & self.active
        found = self._parted.get(fires)
        if found is None:
            sums: dict[int, list[int]] = {}
            for rule in bits(fires):
                row = self.worth[rule]
                totals = sums.setdefault(self.view.terms[rule].criterion, [0] * len(row))
                for j, each in enumerate(row):
                    totals[j] += each
            found = any(max(row) - min(row) > DECIDING for row in sums.values())
            self._parted[fires] = found
        return found

    @property
    def excluding(self) -> int:
        """Give the constraints that exclude anybody under this view, as a mask."""
        return sum(1 << index for index, columns in enumerate(self._vetoes) if columns)

    def vetoed(self, held: int) -> int:
        """Give the candidates that the constraints in a mask exclude, as a mask."""
        found = self._vetoed.get(held)
        if found is None:
            found = 0
            for index in bits(held):
                found |= self._vetoes[index]
            self._vetoed[held] = found
        return found


def figures_of(pack: Pack, seen: View, weights: tuple[int, ...]) -> Figures:
    """Work out the figures of a view; those with the pack's own weights are kept."""
    if weights != seen.weights:
        return Figures(seen, weights)
    key = (Figures, seen.lens, seen.as_of)
    found: Figures | None = pack.memo.get(key)
    if found is None:
        found = pack.memo[key] = Figures(seen, weights)
    return found


class Decider:
    """Decides sets of answers under one pack, one lens and one set of weights: a case has one.

    `here` is the view that counts where the answers put the project on the probed machine.

    >>> from recommender import load_pack, load_profile
    >>> from recommender.judging.case import Case
    >>> pack = load_pack("tests/toy/rules")
    >>> profile = load_profile({"answers": {"hour": "evening"}}, pack)
    >>> Case.of(profile, pack).decider.answers({"hour": "evening"})
    'tea'
    """

    __slots__ = (
        "_constraints", "candidates", "here", "observed", "pack", "plain", "program", "rules",
        "turning",
    )  # fmt: skip

    def __init__(
        self, pack: Pack, weights: tuple[int, ...], seen: View, here: View | None = None
    ) -> None:
        layout = program_of(pack)
        self.pack = pack
        self.program = layout.program
        self.rules = (1 << layout.rule_count) - 1
        self._constraints = (1 << layout.constraint_count) - 1
        self.candidates = seen.candidates
        self.plain = self.observed = figures_of(pack, seen, weights)
        self.here = 0
        if here is not None:
            self.observed = Figures(here, weights)
            self.here = layout.this_machine_bit
        # The conditions that do more than earn points: what excludes, and what observes.
        excluding = self.plain.excluding | self.observed.excluding
        self.turning = excluding << layout.rule_count | self.here

    def figures(self, fires: int) -> Figures:
        """Choose the figures that count: those observed only on the project's own machine."""
        return self.observed if fires & self.here else self.plain

    def split(self, columns: Mapping[int, int], everywhere: int) -> list[tuple[Figures, int]]:
        """Pair the figures that count with the column of the samples in which they do.

        `columns` are those of `Program.columns`.
        """
        if self.observed is self.plain:
            return [(self.plain, everywhere)]
        here = columns.get(self.here.bit_length() - 1, 0)
        return [(self.plain, everywhere ^ here), (self.observed, here)]

    def vetoed(self, figures: Figures, conditions: int) -> int:
        """Give the candidates excluded by those constraints whose conditions are in a mask."""
        return figures.vetoed(conditions >> figures.rule_count & self._constraints)

    def answers(self, answers: Mapping[str, Answer]) -> str | None:
        """Name the leader of one set of answers."""
        return self.leader(self.program.run(answers)[0])

    def leader(self, fires: int) -> str | None:
        """Name the survivor with the greatest score, from the first mask of `Program.run`.

        `None` where several share it, or where all are excluded.
        """
        figures = self.figures(fires)
        return self.first(figures.totals(fires), self.vetoed(figures, fires))

    def first(self, scores: Sequence[int], excluded: int) -> str | None:
        """Name the candidate that alone has the greatest of some scores, of those not excluded."""
        alive = [j for j in range(len(self.candidates)) if not excluded >> j & 1]
        most = max([scores[j] for j in alive], default=0)
        first = [j for j in alive if scores[j] == most]
        return self.candidates[first[0]] if len(first) == 1 else None
