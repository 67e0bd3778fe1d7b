"""Robustness: how much the advice depends on weights, shares and answers that nobody knows exactly.

SMAA, stochastic multicriteria acceptability analysis: R. Lahdelma, J. Hokkanen and P. Salminen,
SMAA - Stochastic multiobjective acceptability analysis, European Journal of Operational Research
106 (1998) 137-143; R. Lahdelma and P. Salminen, SMAA-2: Stochastic multicriteria acceptability
analysis for group decision making, Operations Research 49 (2001) 444-454. Pairwise winning
indices follow P. Leskinen, J. Viitanen, A. Kangas and J. Kangas, Alternatives to incorporate
uncertainty and risk attitude in multicriteria evaluation of forest plans, Forest Science 52
(2006) 304-312. These figures stand beside the outcome and never decide it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, compress, pairwise, repeat
from math import log, sqrt
from operator import gt, lt, mul, or_
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from recommender.judging.case import Case
from recommender.judging.lens import SPREAD, Lens, Term
from recommender.judging.program import bits
from recommender.nouns.errors import UsageError
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile

from .sampling import Samples
from .stability import Interval, stability_intervals

try:  # what `random.Random` is made of, but for all the distributions that it loads
    from _random import Random
except ImportError:
    from random import Random  # type: ignore[assignment]

if TYPE_CHECKING:
    from .packed_columns import Flags

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


class Uniform(NamedTuple):
    """Rank acceptability and central weights under weights uniform on the whole simplex."""

    rank_acceptability: Mapping[str, tuple[float, ...]]
    central_weights: Mapping[str, Mapping[str, float] | None]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The indices of SMAA-2 and the exact stability intervals of one decision.

    All shares are of the samples, 0 to 1. `rank_acceptability` is each candidate's share of the
    first rank, of the second, and so on; in samples that exclude it, a candidate has no rank.
    `central_weights` are the mean weights of the samples in which it comes first, scaled to the sum
    of those in force, or `None` if there are none; criteria on which nothing can be earned are left
    out. `confidence_factor` is its share of first ranks with exactly these weights.
    `pairwise_winning[a][b]` is the share in which *a* is ahead of *b*. `uniform` has the first two
    indices for weights of which nothing is known. `excluded` is the share in which the sampled
    answers exclude a candidate; central weights leave those samples out, unless the candidate
    comes first in no other. `error` bounds the Monte Carlo standard error of a share.
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
    """Sample weights, shares and unknown answers, and return how often each candidate comes first.

    Raises `UsageError` if `samples` is not positive, or `seed` is no whole number.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> profile = load_profile("tests/toy/examples/night-owl.yaml", pack)
    >>> sensitivity(profile, pack).rank_acceptability["tea"]
    (1.0, 0.0)
    """
    case = Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations)
    return sensitivity_of(case, seed=seed, samples=samples)


def sensitivity_of(case: Case, *, seed: int = 0, samples: int = 2000) -> Sensitivity:
    """Return how often each candidate of a case comes first, as `sensitivity` does."""
    if type(samples) is not int or samples < 1:
        raise UsageError(f"`samples` must be at least 1, not {samples!r}")
    if type(seed) is not int:
        raise UsageError(f"`seed` must be a whole number, not {seed!r}")
    rng = Random(seed)
    matrix = case.matrix
    sampled = _Sample(case, Samples(case, rng, samples), rng)
    names, criteria = matrix.candidates, sampled.criteria
    force = [matrix.weights[c] for c in criteria]

    def drawn(means: Column) -> Column:
        return list(map(means.__getitem__, rng.getrandbits(8 * samples).to_bytes(samples, "big")))

    around = _Drawn(sampled, [drawn([w * mean for mean in _AROUND]) for w in force], force)
    anyhow = _Drawn(sampled, [drawn(_ANYHOW) for _ in force], force)

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
            name: None if mean is None else sampled.compared_by(mean).ranks(j)[0]
            for j, (name, mean) in enumerate(zip(names, around.central, strict=True))
        },
        pairwise_winning={
            name: {rival: around.standing.beating(j, k) for k, rival in enumerate(names) if k != j}
            for j, name in enumerate(names)
        },
        stability_intervals=stability_intervals(matrix, case.ranking),
        uniform=Uniform(dict(zip(names, anyhow.ranks, strict=True)), named(anyhow.central)),
        excluded={
            name: vetoed.bit_count() / samples
            for name, vetoed in zip(names, sampled.vetoed, strict=True)
        },
        error=0.5 / sqrt(samples),
        samples=samples,
        seed=seed,
    )


class _Sample:
    """The points of each candidate on every criterion in each sample, and who is excluded there.

    `criteria` are those on which something can be earned. `vetoed` has a column of `Flags` for each
    candidate.
    """

    def __init__(self, case: Case, answers: Samples, rng: Random) -> None:
        decider = case.decider
        self.flags, fires = answers.flags, answers.fires
        self._lanes = answers.lanes
        self._chances = self._lanes.chances(rng)
        names = decider.candidates
        self.vetoed = [0] * len(names)
        points: dict[int, list[int]] = {}
        spreads = [SPREAD[rule.evidence] for rule in case.pack.rules.values()]
        for figures, here in decider.split(fires, self.flags.all):
            for index in bits(figures.active):
                term, where = figures.view.terms[index], fires.get(index, 0) & here
                if where and any(term.favors):  # an overturned rule earns nobody anything
                    columns = points.setdefault(term.criterion, [0] * len(names))
                    self._add(columns, term, names, spreads[index], where)
            for index, excluded in enumerate(figures.view.vetoes, figures.rule_count):
                for j in excluded:
                    self.vetoed[j] |= fires.get(index, 0) & here
        self.criteria = sorted(points)
        self._points = [[points[c][j] for c in self.criteria] for j in range(len(names))]
        # How far each candidate but the last leads the last, a row a sample: ranks need no more.
        *others, last = self._points
        nothing: list[tuple[int, ...]] = [()] * self.flags.count
        self._leads = [
            list(zip(*map(self._lanes.differences, each, last), strict=True)) or nothing
            for each in others
        ]

    def _add(
        self, columns: list[int], term: Term, names: tuple[str, ...], spread: int, where: int
    ) -> None:
        everywhere = where == self.flags.all
        lanes = 0 if everywhere else self._lanes.where(self.flags.bytes(where))
        for j, (name, share) in enumerate(zip(names, term.favors, strict=True)):
            if name not in term.refuted:  # what a probe refuted here is not a matter of opinion
                drawn = self._lanes.spread(share, spread, term.weight, next(self._chances))
                columns[j] += drawn if everywhere else drawn & lanes

    def compared(self, weights: list[Column]) -> _Standing:
        """Compare the candidates in each sample under its own weights, one column per criterion."""
        rows = list(zip(*weights, strict=True)) or [()] * self.flags.count
        leads = [
            [sum(map(mul, row, lead)) for row, lead in zip(rows, leads, strict=True)]
            for leads in self._leads
        ]

        def above(j: int, k: int) -> bytes:
            if k == len(leads):
                return bytes(map(gt, leads[j], repeat(0)))
            return bytes(map(lt, leads[k], leads[j] if j < len(leads) else repeat(0)))

        return _Standing(self.flags, self.vetoed, above)

    def compared_by(self, weights: list[float]) -> _Standing:
        """Compare the candidates in each sample under the same weights."""
        fixed = [round(weight * FIXED) for weight in weights]
        totals = [sum(map(mul, fixed, each)) for each in self._points]
        return _Standing(
            self.flags, self.vetoed, lambda j, k: self._lanes.above(totals[j], totals[k])
        )


class _Standing:
    """In which samples each candidate is ahead of each other one, or level with it."""

    def __init__(self, flags: Flags, vetoed: list[int], above: Callable[[int, int], bytes]) -> None:
        self._samples, self._names = flags.count, range(len(vetoed))
        self._alive = [flags.all ^ each for each in vetoed]
        self._ahead = [[0] * len(vetoed) for _ in vetoed]
        self._level = [[0] * len(vetoed) for _ in vetoed]
        for j, k in combinations(self._names, 2):
            one, other = flags.of(above(j, k)), flags.of(above(k, j))
            mine, theirs = self._alive[j], self._alive[k]
            self._ahead[j][k] = mine & (one | theirs ^ flags.all)  # of whoever is excluded, too
            self._ahead[k][j] = theirs & (other | mine ^ flags.all)
            self._level[j][k] = self._level[k][j] = mine & theirs & ~(one | other)

    def beating(self, j: int, k: int) -> float:
        """Return the share of samples in which *j* is ahead of *k*; level counts half."""
        ahead, level = self._ahead[j][k].bit_count(), self._level[j][k].bit_count()
        return (2 * ahead + level) / (2 * self._samples)

    def _places(self, j: int) -> dict[tuple[int, int], int]:
        """Return the samples, by how many candidates are ahead of *j* and how many are level."""
        found = {(0, 0): self._alive[j]}
        for k in self._names:
            if k != j:
                parted: dict[tuple[int, int], int] = {}
                for (ahead, level), samples in found.items():
                    before, beside = samples & self._ahead[k][j], samples & self._level[j][k]
                    for place, part in (
                        ((ahead, level), samples ^ before ^ beside),
                        ((ahead + 1, level), before),
                        ((ahead, level + 1), beside),
                    ):
                        parted[place] = parted.get(place, 0) | part
                found = parted
        return found

    def ranks(self, j: int) -> tuple[float, ...]:
        """Return a candidate's share of every rank; candidates that are level share their ranks."""
        shares = [0.0] * len(self._names)
        for (ahead, level), samples in self._places(j).items():
            for rank_ in range(ahead, ahead + level + 1):
                shares[rank_] += samples.bit_count() / (level + 1) / self._samples
        return tuple(shares)

    def first(self, j: int) -> int:
        """Return the samples in which a candidate is ahead of all, or level with the first."""
        return reduce(or_, (part for (ahead, _), part in self._places(j).items() if not ahead))


class _Drawn:
    """Ranks and central weights under one distribution of weights."""

    def __init__(self, sampled: _Sample, weights: list[Column], force: list[int]) -> None:
        self._flags, self._weights, self._whole = sampled.flags, weights, sum(force)
        self.standing = sampled.compared(weights)
        names = range(len(sampled.vetoed))
        weighed = self._flags.all ^ reduce(or_, sampled.vetoed)
        self.ranks = [self.standing.ranks(j) for j in names]
        self.central = [self._central(self.standing.first(j), weighed) for j in names]

    def _central(self, first: int, weighed: int) -> list[float] | None:
        """Return the mean weights of the samples that put a candidate first, scaled to `_whole`."""
        if not first:
            return None
        chosen = self._flags.bytes(first & weighed or first)
        sums = [sum(compress(column, chosen)) for column in self._weights]
        scale = self._whole / (sum(sums) or 1)
        return [scale * each for each in sums]
