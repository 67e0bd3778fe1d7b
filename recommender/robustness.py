"""Robustness: how far the advice hangs on weights, shares and answers that nobody knows exactly.

SMAA, stochastic multicriteria acceptability analysis: R. Lahdelma, J. Hokkanen and P. Salminen,
SMAA - Stochastic multiobjective acceptability analysis, European Journal of Operational Research
106 (1998) 137-143; R. Lahdelma and P. Salminen, SMAA-2: Stochastic multicriteria acceptability
analysis for group decision making, Operations Research 49 (2001) 444-454. Pairwise winning
indices follow P. Leskinen, J. Viitanen, A. Kangas and J. Kangas, Alternatives to incorporate
uncertainty and risk attitude in multicriteria evaluation of forest plans, Forest Science 52
(2006) 304-312. These figures stand beside the outcome and never decide it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from functools import reduce
from itertools import compress, pairwise, repeat
from math import inf, log, sqrt
from operator import add, and_, eq, gt, mul, or_
from random import Random
from typing import TYPE_CHECKING, TypeAlias

from .decision import Decider
from .errors import UsageError
from .lanes import Bits, Lanes
from .program import bits
from .sampling import Completions
from .scoring import judge, rank
from .values import dataclass

if TYPE_CHECKING:
    import datetime as dt

    from .lens import Lens, Term
    from .observation import Observations
    from .pack import Evidence, Pack
    from .profile import Profile
    from .scoring import DecisionMatrix, Ranking

SPREAD: Mapping[Evidence, int] = {"measured": 5, "documented": 10, "reported": 20, "judged": 30}
"""How far a share may be off, by the evidence for it, in hundredths."""

LEAST, SPAN = 0.5, 1.5
"""A criterion's weight w is drawn from w/2 to 2w."""

STEPS = 256
"""Steps of equal chance in which weights are drawn, so that a byte draws one."""

FIXED = 256
"""Parts of a fixed weight, which columns of lanes take as whole numbers, and with room to spare."""

Column: TypeAlias = list[float]

# The mean of each step, of weights uniform from w/2 to 2w (for w = 1), and of exponential ones:
# those, scaled to a sum of one, are uniform on the simplex; ranks need no scaling.
_AROUND = [LEAST + SPAN * (step + 0.5) / STEPS for step in range(STEPS)]
_TAILS = [v - v * log(v) if v else 0.0 for v in (1 - step / STEPS for step in range(STEPS + 1))]
_ANYHOW = [STEPS * (high - low) for high, low in pairwise(_TAILS)]


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold where the first stays first as one criterion's weight moves, the others fixed.

    An end is `None` where no weight from 0 up changes the first; `below` and `above` name the
    candidate that draws level at each end. `weight` is the one in force.
    """

    low: float | None
    high: float | None
    weight: int
    below: str | None = None
    above: str | None = None


@dataclass(frozen=True, slots=True)
class Uniform:
    """Hold rank acceptability and central weights under weights uniform on the whole simplex."""

    rank_acceptability: Mapping[str, tuple[float, ...]]
    central_weights: Mapping[str, Mapping[str, float] | None]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Hold the indices of SMAA-2 and the exact stability intervals of one decision.

    `rank_acceptability` gives each candidate its share of the first rank, of the second, and so
    on; a candidate takes no rank in a sample that excludes it. `central_weights` are the mean
    weights with which a candidate comes first, on the scale of those in force (same sum), or
    `None` if it never does; criteria in which nothing can be earned are left out.
    `confidence_factor` is the share of samples in which it is first with exactly those.
    `uniform` answers the same if nothing were known about what matters: then the central weights
    say what one would have to believe. `excluded` is the share of samples in which the answers
    drawn exclude a candidate; central weights are taken from the other samples, since in those the
    weights decide nothing, unless a candidate comes first in no other. `error` bounds the Monte
    Carlo standard error of a share.
    """

    rank_acceptability: Mapping[str, tuple[float, ...]]
    central_weights: Mapping[str, Mapping[str, float] | None]
    confidence_factor: Mapping[str, float | None]
    pairwise_winning: Mapping[str, Mapping[str, float]]
    stability_intervals: Mapping[str, Interval]
    uniform: Uniform
    excluded: Mapping[str, float]
    error: float
    samples: int
    seed: int


def sensitivity(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
    seed: int = 0,
    samples: int = 2000,
) -> Sensitivity:
    """Sample weights, shares and unknown answers, and say how often each candidate comes first.

    Raises `UsageError` where `samples` is not positive.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> profile = load_profile("tests/toy/examples/night-owl.yaml", pack)
    >>> sensitivity(profile, pack).rank_acceptability["tea"]
    (1.0, 0.0)
    """
    if samples < 1:
        raise UsageError(f"`samples` must be at least 1, not {samples}")
    rng = Random(seed)  # noqa: S311  (a simulation, not a secret)
    decider = Decider(profile, pack, lens=lens, as_of=as_of, observations=observations)
    _, masks = Completions(profile, pack).draw(rng, samples)
    matrix = judge(profile, pack, lens=lens, as_of=as_of, observations=observations)
    sampled = _Sample(decider, pack, masks, rng)
    names, criteria = decider.candidates, sampled.criteria
    force = [matrix.weights[c] for c in criteria]

    def drawn(means: Column) -> Column:
        return list(map(means.__getitem__, rng.randbytes(samples)))

    around = _Standing(sampled, [drawn([w * mean for mean in _AROUND]) for w in force], force)
    anyhow = _Standing(sampled, [drawn(_ANYHOW) for _ in force], force)

    def named(means: list[list[float] | None]) -> dict[str, dict[str, float] | None]:
        ids = [matrix.criteria[c] for c in criteria]
        return {
            name: None if mean is None else dict(zip(ids, mean, strict=True))
            for name, mean in zip(names, means, strict=True)
        }

    return Sensitivity(
        rank_acceptability=dict(zip(names, around.ranks, strict=True)),
        central_weights=named(around.central),
        confidence_factor={
            name: None if mean is None else sampled.confidence(mean, j)
            for j, (name, mean) in enumerate(zip(names, around.central, strict=True))
        },
        pairwise_winning={
            name: {rival: around.beating(j, k) for k, rival in enumerate(names) if k != j}
            for j, name in enumerate(names)
        },
        stability_intervals=stability_intervals(matrix, rank(matrix)),
        uniform=Uniform(dict(zip(names, anyhow.ranks, strict=True)), named(anyhow.central)),
        excluded=dict(zip(names, sampled.excluded, strict=True)),
        error=0.5 / sqrt(samples),
        samples=samples,
        seed=seed,
    )


class _Sample:
    """Hold what each candidate earns on every criterion in each sample, and who is excluded.

    `criteria` leaves out those on which nothing can be earned: they move nobody.
    """

    def __init__(self, decider: Decider, pack: Pack, masks: list[int], rng: Random) -> None:
        self.samples = len(masks)
        self._lanes = Lanes(self.samples)
        names = decider.candidates
        points: dict[int, list[int]] = {}
        spreads = [SPREAD[rule.evidence] for rule in pack.rules.values()]
        for figures, fired in decider.split(masks):
            always, ever = reduce(and_, fired), reduce(or_, fired)
            held = Bits(fired)
            for index in bits(ever & figures.active):
                term = figures.view.terms[index]
                if any(term.favors):  # an overturned rule earns nobody anything, for sure
                    fires = -1 if always >> index & 1 else self._lanes.where(held.column(index))
                    columns = points.setdefault(term.criterion, [0] * len(names))
                    self._add(columns, term, names, spreads[index], fires, rng)
        self.criteria = sorted(points)
        self._points = [[points[c][j] for c in self.criteria] for j in range(len(names))]
        # How far each candidate but the last leads the last, a row a sample: ranks need no more.
        *others, last = self._points
        self._leads: list[list[tuple[int, ...]]] = [
            list(zip(*map(self._lanes.differences, each, last), strict=True)) or [()] * self.samples
            for each in others
        ]
        out = {mask: decider.vetoed(decider.figures(mask), mask) for mask in set(masks)}
        self._vetoed = [[out[mask] >> j & 1 for mask in masks] for j in range(len(names))]
        self.excluded = [sum(vetoed) / self.samples for vetoed in self._vetoed]
        self.weighed = [not out[mask] for mask in masks]

    def _add(
        self,
        columns: list[int],
        term: Term,
        names: tuple[str, ...],
        spread: int,
        fires: int,
        rng: Random,
    ) -> None:
        for j, (name, share) in enumerate(zip(names, term.favors, strict=True)):
            if name not in term.refuted:  # what a probe refuted here is not a matter of opinion
                drawn = self._lanes.spread(share, spread, rng) * term.weight
                columns[j] += drawn if fires == -1 else drawn & fires

    def totals(self, weights: list[Column]) -> list[Column]:
        """Weigh each sample's points, less the last candidate's, by a column a criterion."""
        rows = list(zip(*weights, strict=True)) or [()] * self.samples
        found = [
            [sum(map(mul, row, lead)) for row, lead in zip(rows, leads, strict=True)]
            for leads in self._leads
        ]
        return self._without_excluded([*found, [0.0] * self.samples])

    def _without_excluded(self, totals: list[Column]) -> list[Column]:
        """Give a candidate minus infinity where it is excluded."""
        for j, vetoed in enumerate(self._vetoed):
            if any(vetoed):
                totals[j] = [-inf if out else x for x, out in zip(totals[j], vetoed, strict=True)]
        return totals

    def confidence(self, weights: list[float], j: int) -> float:
        """Give the share of samples in which a candidate comes first with fixed weights."""
        fixed = [round(weight * FIXED) for weight in weights]
        totals: list[Column] = [
            list(self._lanes.numbers(sum(map(mul, fixed, each)))) for each in self._points
        ]
        totals = self._without_excluded(totals)
        return _ranks(_places(totals, j), totals[j], len(totals))[0]


class _Standing:
    """Hold how the candidates stand to each other under one way of drawing weights."""

    def __init__(self, sampled: _Sample, weights: list[Column], force: list[int]) -> None:
        self.totals = sampled.totals(weights)
        count = len(self.totals)
        places = [_places(self.totals, j) for j in range(count)]
        self.ranks = [
            _ranks(place, own, count) for place, own in zip(places, self.totals, strict=True)
        ]
        self.central = [
            _central(weights, sum(force), _firsts(place, own, count), sampled.weighed)
            for place, own in zip(places, self.totals, strict=True)
        ]

    def beating(self, j: int, k: int) -> float:
        """Give the share of samples in which one is ahead of another; level counts half."""
        own, other = self.totals[j], self.totals[k]
        alive = map(gt, own, repeat(-inf))
        level: int = sum(compress(map(eq, own, other), alive))
        ahead: int = sum(map(gt, own, other))
        return (2 * ahead + level) / (2 * len(own))


def _places(totals: list[Column], j: int) -> list[int]:
    """Count, in each sample, who is ahead of one, and as multiples of all, who is level."""
    own, count = totals[j], len(totals)
    found = [0] * len(own)
    for k, other in enumerate(totals):
        if k != j:
            found = list(map(add, found, map(gt, other, own)))
            found = list(map(add, found, map(mul, map(eq, other, own), repeat(count))))
    return found


def _ranks(places: list[int], own: Column, candidates: int) -> tuple[float, ...]:
    """Give a candidate's share of every rank; those level with each other share their ranks."""
    alive = map(gt, own, repeat(-inf))
    shares = [0.0] * candidates
    for place, count in Counter(compress(places, alive)).items():
        level, ahead = divmod(place, candidates)
        for rank_ in range(ahead, ahead + level + 1):
            shares[rank_] += count / (level + 1) / len(own)
    return tuple(shares)


def _firsts(places: list[int], own: Column, candidates: int) -> list[bool]:
    return [not place % candidates and x > -inf for place, x in zip(places, own, strict=True)]


def _central(
    weights: list[Column], whole: int, first: list[bool], weighed: list[bool]
) -> list[float] | None:
    """Average the weights over the samples that put a candidate first, scaled to a fixed sum."""
    decided = list(map(and_, first, weighed))
    first = decided if any(decided) else first
    if not any(first):
        return None
    sums = [sum(compress(column, first)) for column in weights]
    scale = whole / (sum(sums) or 1)
    return [scale * each for each in sums]


def stability_intervals(matrix: DecisionMatrix, ranking: Ranking) -> dict[str, Interval]:
    """Find, for each criterion, the weights with which the first stays first, all else fixed."""
    found = {}
    for criterion, weight in zip(matrix.criteria, matrix.weights, strict=True):
        low, high = break_evens(matrix, ranking, criterion)
        found[criterion] = Interval(
            low=low and float(low[0]),
            high=high and float(high[0]),
            weight=weight,
            below=low and low[1],
            above=high and high[1],
        )
    return found


def break_evens(
    matrix: DecisionMatrix, ranking: Ranking, criterion: str
) -> tuple[tuple[Fraction, str] | None, tuple[Fraction, str] | None]:
    """Find the weights of a criterion, below and above, at which another draws level, exactly.

    The margin is linear in each weight (docs/architecture.md, "The arithmetic"), so that the
    weights in between are all that keep the first in place. `None` where there is no such weight.
    """
    first, *rivals = [name for name in ranking.order if name not in matrix.vetoes] or ("",)
    row = matrix.criteria.index(criterion)
    points = dict(zip(matrix.candidates, matrix.points[row], strict=True))
    below: list[tuple[Fraction, str]] = []
    above: list[tuple[Fraction, str]] = []
    for rival in rivals:
        lead = points[first] - points[rival]
        if lead:
            even = matrix.weights[row] - Fraction(
                ranking.scores[first] - ranking.scores[rival], lead
            )
            (below if lead > 0 else above).append((even, rival))
    low = max(below, key=lambda found: found[0], default=None)
    return (
        low if low is not None and low[0] >= 0 else None,
        min(above, key=lambda found: found[0], default=None),
    )
