"""Support: in what share of a project's completions each candidate is first.

Every completion of the open answers (`completion`) is scored as if it were known. The ratings in
the pack are estimates, with a spread for each grade of evidence; so a narrow lead is not a whole
win: a candidate counts for first as likely as its lead exceeds the noise of both scores. Whole
numbers throughout, with the normal distribution as a table, so that every machine agrees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isqrt
from typing import TYPE_CHECKING, Any

from .completion import Completions, complete
from .outcome import WHOLE
from .program import bits

if TYPE_CHECKING:
    from recommender.nouns.condition import Answer
    from recommender.nouns.pack import Pack
    from recommender.nouns.population import CalibrationPoint

    from .decision import Decider

ONE = 1 << 16

NORMAL = (
    32768, 34401, 36028, 37642, 39237, 40807, 42347, 43852, 45316, 46735, 48104, 49422, 50684,
    51888, 53033, 54116, 55138, 56099, 56997, 57835, 58612, 59331, 59994, 60602, 61158, 61664,
    62123, 62537, 62911, 63245, 63544, 63810, 64045, 64253, 64435, 64595, 64735, 64856, 64961,
    65051, 65129, 65195, 65252, 65300, 65341, 65375, 65404, 65428, 65448, 65464, 65478, 65489,
    65498, 65506, 65512, 65517, 65521, 65524, 65527, 65529, 65530, 65531, 65533, 65533, 65534,
    65534, 65535, 65535, 65535, 65535, 65536, 65536, 65536, 65536, 65536, 65536, 65536, 65536,
    65536, 65536, 65536,
)  # fmt: skip
"""The normal distribution function at 0, 1/16, 2/16 … 5, times 65,536, rounded."""

SHRINK = 2
"""How many average completions of all kinds are counted with those that share an answer."""


@dataclass(frozen=True)
class Support:
    """How a project's completions end.

    `first` has for each completion how likely each candidate is first in it, of 65,536. `shares`
    has each candidate's support and `decided` the share of completions in which a deciding reason
    parts the candidates; both are in ten-thousandths. `masks` has the weight of the completions in
    which exactly these of the pack's `rules` fire, of `total` in all.
    """

    candidates: tuple[str, ...]
    completions: Completions
    first: tuple[tuple[int, ...], ...]
    shares: tuple[int, ...]
    decided: int
    masks: Mapping[int, int]
    rules: int
    total: int

    @property
    def best(self) -> str:
        """Name the candidate with the greatest support; of equal ones the first by id."""
        return self.candidates[self.shares.index(max(self.shares))]

    def of(self, candidate: str) -> int:
        """Return the support of one candidate, in ten-thousandths."""
        return self.shares[self.candidates.index(candidate)]

    def probability(self, calibration: tuple[CalibrationPoint, ...]) -> int | None:
        """Turn the greatest support into the probability that `best` is the right advice.

        `calibration` is the pack's; without one the probability is not known. In ten-thousandths.
        """
        return calibrated(calibration, max(self.shares)) if calibration else None

    def staying(self, candidate: str) -> int:
        """Return the share of the completions in which a candidate is first, in ten-thousandths.

        How far the ratings may be off is left out: this is how likely the known leader stays first
        whatever is still answered.
        """
        place = self.candidates.index(candidate)
        stays = zip(self.completions.weights, self.first, strict=True)
        weight = sum(weight for weight, first in stays if first[place] == max(first))
        return int(rounded(weight, self.total))

    def liftable(self, known: int) -> bool:
        """Tell whether some answer to an open question would lift a support to `known`."""
        return any(
            max(shares) >= known
            for question in self.completions.answers
            for _, shares in self.by_answer(question).values()
        )

    @property
    def usual(self) -> int:
        """Return how much of what was completed rests on `usual` answers, in ten-thousandths."""
        shares = self.completions.usual.values()
        return sum(shares) * WHOLE // (1000 * max(1, len(shares)))

    @cached_property
    def fired(self) -> list[int]:
        """The weight of the completions in which each rule fires."""
        found = [0] * self.rules
        for mask, weight in self.masks.items():
            for rule in bits(mask):
                found[rule] += weight
        return found

    def likelihood(self, rule: int) -> int:
        """Return in what share of the completions a rule fires, in ten-thousandths."""
        return int(rounded(self.fired[rule], self.total))

    def mostly(self, question: str) -> Answer:
        """Return the commonest answer to an open question in the completions, by weight."""
        return self._commonest(question)[0]

    def agreed(self, question: str) -> bool:
        """Tell whether two thirds of the completions have the same answer to a question."""
        return 3 * self._commonest(question)[1] >= 2 * self.total

    def _commonest(self, question: str) -> tuple[Answer, int]:
        weights: Counter[Answer] = Counter()
        rows = zip(self.completions.answers[question], self.completions.weights, strict=True)
        for answer, weight in rows:
            weights[answer] += weight
        return weights.most_common(1)[0]

    def by_answer(self, question: str) -> dict[Answer, tuple[int, tuple[int, ...]]]:
        """Pair each answer that an open question may get with its weight and the support after it.

        Few completions share some answers; a little of all the others is counted with them, so
        that a single reference project never seems to settle anything.
        """
        # A dialogue asks again after each question that is passed over, when no answer has changed.
        if question not in self._by_answer:
            self._by_answer[question] = self._grouped(question)
        return self._by_answer[question]

    @cached_property
    def _by_answer(self) -> dict[str, dict[Answer, tuple[int, tuple[int, ...]]]]:
        return {}

    def _grouped(self, question: str) -> dict[Answer, tuple[int, tuple[int, ...]]]:
        groups: dict[Answer, list[int]] = {}
        rows = zip(
            self.completions.answers[question], self.completions.weights, self.first, strict=True
        )
        for answer, weight, first in rows:
            group = groups.setdefault(answer, [0] * (1 + len(first)))
            group[0] += weight
            for j, each in enumerate(first, 1):
                group[j] += weight * each
        extra = SHRINK * self.total // len(self.first)
        return {
            answer: (
                weight,
                tuple(
                    rounded(each + extra * share * ONE // WHOLE, (weight + extra) * ONE)
                    for each, share in zip(sums, self.shares, strict=True)
                ),
            )
            for answer, (weight, *sums) in groups.items()
        }


def support_of(
    pack: Pack, answers: Mapping[str, Answer], decider: Decider, *, without: str = ""
) -> Support:
    """Score every completion of a project's answers, and weigh who is first in them.

    `without` names a cluster of reference projects to leave out (`complete`).

    >>> from recommender import load_pack, load_profile
    >>> from recommender.judging.case import Case
    >>> pack = load_pack("tests/toy/rules")
    >>> profile = load_profile({"answers": {"hour": "evening"}}, pack)
    >>> support_of(pack, profile.answers, Case.of(profile, pack).decider).best
    'tea'
    """
    found = complete(pack, answers, without=without)
    ends: dict[int, tuple[tuple[int, ...], bool]] = {}
    fires_of: dict[int, int] = {}
    shares, decided, masks = [0] * len(decider.candidates), 0, Counter[int]()
    first = []
    for weight, state in zip(found.weights, found.states, strict=True):
        fires = fires_of.get(state)
        if fires is None:
            fires = fires_of[state] = decider.program.conclude(state)[0]
            ends[fires] = ends.get(fires) or _end(decider, fires)
        likely, parted = ends[fires]
        first.append(likely)
        masks[fires & decider.figures(fires).active] += weight
        decided += weight * parted
        for j, each in enumerate(likely):
            shares[j] += weight * each
    total = sum(found.weights)
    return Support(
        decider.candidates,
        found,
        tuple(first),
        tuple([rounded(each, total * ONE) for each in shares]),
        rounded(decided, total),
        masks,
        len(pack.rules),
        total,
    )


def calibrated(calibration: tuple[CalibrationPoint, ...], support: int) -> int:
    """Read a probability off the pairs of a calibration, the line between two of them straight.

    >>> from recommender.nouns.population import CalibrationPoint
    >>> calibrated((CalibrationPoint(500, 600), CalibrationPoint(1000, 900)), 7500)
    7500
    """
    before = calibration[0]
    for after in calibration:
        if support <= 10 * after.support:
            run, rise = after.support - before.support, after.probability - before.probability
            beyond = max(0, support - 10 * before.support)
            return 10 * before.probability + (beyond * rise // run if run else 0)
        before = after
    return 10 * before.probability


def rounded(part: Any, whole: Any) -> Any:
    """Return a share in ten-thousandths, halves upwards; arrays of whole numbers will do too."""
    return (2 * WHOLE * part + whole) // (2 * whole)


def _end(decider: Decider, fires: int) -> tuple[tuple[int, ...], bool]:
    """Tell how likely each candidate is first where all is known, of 65,536; and what decides it.

    It is decided where a deciding reason parts the candidates, or a constraint excludes one.
    """
    figures = decider.figures(fires)
    *scores, _ = figures.totals(fires)
    out = decider.vetoed(figures, fires)
    alive = [j for j in range(len(scores)) if not out >> j & 1]
    sigma = isqrt(figures.noise(fires))
    likely = [0] * len(scores)
    for j in alive:
        likely[j] = ONE
        for rival in alive:
            if rival != j:
                likely[j] = likely[j] * _ahead(scores[j] - scores[rival], sigma) >> 16
    whole = sum(likely) or ONE  # where all are excluded, nobody is first
    parted = bool(out) or figures.parted(fires)
    return tuple([each * ONE // whole for each in likely]), parted


def _ahead(lead: int, sigma: int) -> int:
    """Return how likely a lead outlasts normal noise of a standard deviation, of 65,536."""
    if not sigma:
        return ONE if lead > 0 else ONE // 2 if lead == 0 else 0
    place, rest = divmod(min(abs(lead) * 4096 // sigma, 5 * 4096 - 1), 256)
    found = NORMAL[place] + ((NORMAL[place + 1] - NORMAL[place]) * rest >> 8)
    return found if lead > 0 else ONE - found
