"""The engine: one call from a profile and a pack to a recommendation with all its reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from .judging.case import Case
from .judging.explanation import Explanation, explanation_of
from .judging.installing import installing
from .judging.lens import LENSES, Lens
from .judging.outcome import Decision
from .judging.plan import plan_of
from .judging.referrals import referrals_of
from .judging.scoring import DecisionMatrix, Ranking
from .judging.support import Support
from .language import whole_percent
from .nouns.errors import UsageError
from .nouns.observation import Observation, Observations
from .nouns.pack import MATURITIES, Pack, Route, Thresholds
from .nouns.plan import Step
from .nouns.profile import Profile
from .nouns.referral import Referral
from .reflecting.counterfactual import Counterfactual, counterfactuals_of
from .reflecting.interview import Inquiry, next_of
from .reflecting.robustness import Sensitivity, sensitivity_of
from .reflecting.shift import Shift, shifts_between
from .reflecting.stability import TippingWeight, tipping_weights
from .version import __version__

if TYPE_CHECKING:
    from .judging.explanation import Reason
    from .judging.outcome import Outcome
    from .nouns.resolution import Installing

RECOMMENDATION_SCHEMA = 2
"""The version of the JSON that a recommendation is written as."""


class RouteAdvice(NamedTuple):
    """Hold one way to a deployment target that the project named, and what a probe saw of it.

    `installing` is what a resolver made of its packages, if it looked.
    """

    route: Route
    certain: bool
    seen: Observation | None
    expired: bool
    installing: Installing | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Name everything that a recommendation depends on, so that it can be made again."""

    version: str
    pack: str
    pack_version: str
    pack_digest: str
    as_of: dt.date
    seed: int
    samples: int
    report_digest: str = ""
    population_digest: str = ""
    thresholds: Thresholds | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The advice for one project: the decision under each lens and the account of it.

    `decisions` and `rankings` have no `measured` entry unless a probe report was given; `outcome`,
    `best` and `leaders` are those of the headline lens. `unreached` gives, for each leader, the
    deployment targets that the project names and that no usable route of the pack's reaches.
    `plan` has the steps to take for `best` (`judging.plan`), `routes` all ways of the leaders.
    `excluded_today` gives the constraints that exclude a candidate under the lens `today`, whatever
    the headline lens is. `tipping_weights` is empty but where either will do. `ask_first` is the
    question whose answer would help most, if any would, and the advice is not clear.
    `on_probed_machine` tells whether the project says that it trains or runs on the machine that a
    probe examines; where it does not, observations are shown and change no score. `referrals` say
    what outside the candidates to ask about first.
    """

    profile: Profile
    pack: Pack
    lens: Lens
    decisions: Mapping[Lens, Decision]
    rankings: Mapping[Lens, Ranking]
    matrix: DecisionMatrix
    explanation: Explanation
    document: Explanation
    shifts: tuple[Shift, ...]
    plan: tuple[Step, ...]
    routes: tuple[RouteAdvice, ...]
    unreached: Mapping[str, tuple[str, ...]]
    warnings: tuple[str, ...]
    observations: Observations | None
    provenance: Provenance
    support: Support
    excluded_today: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tipping_weights: tuple[TippingWeight, ...] = ()
    ask_first: Inquiry | None = None
    on_probed_machine: bool = False
    referrals: tuple[Referral, ...] = ()
    sensitivity: Sensitivity | None = None
    counterfactuals: tuple[Counterfactual, ...] = ()

    def __repr__(self) -> str:
        """Tell the advice in a line, in the ids of the pack."""
        name, best = self.profile.name or "project", self.best or "nobody"
        known = self.probability
        sure = "" if known is None else f", probability {whole_percent(known) / 100:.2f}"
        return f"<Recommendation for {name!r}: {best}, {self.outcome}{sure}, lens {self.lens}>"

    @property
    def decision(self) -> Decision:
        """What is advised under the headline lens."""
        return self.decisions[self.lens]

    @property
    def ranking(self) -> Ranking:
        """The ranking by what is known, under the headline lens."""
        return self.rankings[self.lens]

    @property
    def outcome(self) -> Outcome:
        """What kind of advice it is."""
        return self.decision.outcome

    @property
    def probability(self) -> int | None:
        """Say how likely the candidate with the most support is the right advice, of 10,000.

        It is known where the lens is `today` and the candidates are those on which the pack's
        calibration was made, with its reviews in force; `support` is known always.
        """
        return self.decision.probability

    @property
    def best(self) -> str | None:
        """The candidate advised, or the default where either will do."""
        return self.decision.best

    @property
    def leaders(self) -> tuple[str, ...]:
        """The candidates that will do: more than one where the outcome is `either`."""
        return self.decision.leaders

    # How a notebook shows it. The formats stand above this floor; they are only looked up here,
    # when a notebook asks, and an import contract names this one exception.
    def _repr_html_(self) -> str:
        from .output.formats.html import embedded  # noqa: PLC0415

        return embedded(self)

    def _repr_markdown_(self) -> str:
        from .output import render  # noqa: PLC0415

        return render(self, "markdown")

    def conflicts(self) -> list[tuple[Reason, ...]]:
        """List where the pack's document contradicts itself on this project."""
        return self.document.conflicts()

    def rivals(self) -> tuple[str, str] | None:
        """Name the one advised and the one to compare it with: of the rest, the likeliest instead.

        That is the survivor that comes first in the most completions; of equals the first by score.
        """
        first = self.best or self.ranking.order[0]
        rest = [name for name in self.ranking.order if name != first]
        support = {name: self.support.of(name) for name in rest if name not in self.matrix.vetoes}
        return (first, max(rest, key=lambda name: support.get(name, -1))) if rest else None


def recommend(
    profile: Profile,
    pack: Pack,
    *,
    observations: Observations | None = None,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    seed: int = 0,
    samples: int = 2000,
) -> Recommendation:
    """Recommend a candidate and account for it, under each lens.

    The same arguments give the same recommendation. Raises `UsageError` for the lens
    `measured` without observations, and for arguments that are not what their types say.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> advice = recommend(load_profile("tests/toy/examples/night-owl.yaml", pack), pack)
    >>> advice.outcome, advice.best
    ('clear', 'tea')
    """
    if lens == "measured" and observations is None:
        remedy = "give a probe report, or choose `document` or `today`"
        raise UsageError(f"the lens `measured` needs observations; {remedy}")
    _check(profile, pack, samples)
    case = Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations)
    cases: dict[Lens, Case] = {
        each: case.through(each)
        for each in (*LENSES, lens)
        if each != "measured" or observations is not None
    }
    told = {each: explanation_of(of) for each, of in cases.items()}
    return Recommendation(
        profile=profile,
        pack=pack,
        lens=lens,
        decisions={each: of.decision for each, of in cases.items()},
        rankings={each: of.ranking for each, of in cases.items()},
        matrix=case.matrix,
        explanation=told[lens],
        document=told["document"],
        shifts=shifts_between(cases, told),
        plan=plan_of(case),
        routes=_routes(case),
        unreached={
            name: targets
            for name, targets in case.unreached.items()
            if name in case.decision.leaders
        },
        warnings=_warnings(case, told[lens]),
        observations=observations,
        provenance=Provenance(
            version=__version__,
            pack=pack.id,
            pack_version=pack.version,
            pack_digest=pack.digest,
            as_of=case.day,
            seed=seed,
            samples=samples,
            report_digest=observations.digest if observations else "",
            population_digest=pack.population_digest,
            thresholds=pack.thresholds,
        ),
        support=case.support,
        excluded_today=cases["today"].matrix.vetoes,
        tipping_weights=_tipping(case),
        ask_first=_ask_first(case),
        on_probed_machine=case.truths.this_machine,
        referrals=referrals_of(case),
        sensitivity=sensitivity_of(case, seed=seed, samples=samples) if samples else None,
        counterfactuals=counterfactuals_of(case),
    )


def _check(profile: object, pack: object, samples: object) -> None:
    """Tell a caller what was mistaken for what, before it turns up as an error of ours."""
    if not isinstance(pack, Pack):
        raise UsageError("`pack` must be a Pack; make one with load_pack()")
    if not isinstance(profile, Profile):
        raise UsageError("`profile` must be a Profile; make one with load_profile(…, pack)")
    if isinstance(samples, bool) or not isinstance(samples, int) or samples < 0:
        raise UsageError(f"`samples` must be a whole number from 0 (none), not {samples!r}")


def _routes(case: Case) -> tuple[RouteAdvice, ...]:
    """List the leaders' routes to the targets that the project names, the most mature first."""
    pack, observations = case.pack, case.observations
    targets, accepted = case.profile.named(pack.targets), case.profile.named(pack.formats)
    open_, maybe = case.truths.routes
    leaders = case.decision.leaders
    found = [
        RouteAdvice(
            route=route,
            certain=bool(open_ >> index & 1),
            seen=observations.get(route.check, route.candidate) if observations else None,
            expired=route.expires is not None and route.expires < case.day,
            installing=installing(case, route),
        )
        for index, route in enumerate(pack.routes)
        if (open_ | maybe) >> index & 1
        and route.target in targets
        and route.candidate in leaders
        and route.ends_in(accepted)
    ]
    return tuple(
        sorted(
            found,
            key=lambda a: (
                a.route.target,
                a.route.candidate,
                MATURITIES.index(a.route.maturity),
                a.route.id,
            ),
        )
    )


def _ask_first(case: Case) -> Inquiry | None:
    """Choose the question whose answer would help most.

    What was asked in vain comes last, and only where nothing can be advised without it.
    """
    outcome = case.decision.outcome
    if outcome == "clear":
        return None
    found = next_of(case, case.profile.unknown)
    return found or (next_of(case) if outcome == "too-little-known" else None)


def _tipping(case: Case) -> tuple[TippingWeight, ...]:
    told = case.decision
    if told.outcome != "either" or told.best is None:
        return ()
    if case.ranking.leader not in (None, told.best):
        return ()  # by what is known another leads already, with the weights as they are
    return tipping_weights(case.matrix, told.best)


def _warnings(case: Case, told: Explanation) -> tuple[str, ...]:
    found = []
    expired = [reason.rule for reason in told.reasons if reason.expired and reason.state == "fires"]
    if expired:
        found.append(f"reviews to be read again: {', '.join(expired)}")
    if case.observations is not None and not case.truths.this_machine:
        found.append(
            "the project does not say that it trains or runs on the probed machine, "
            "so its observations are shown and change no score"
        )
    found += [
        f"the answers to {', '.join(names)} hardly go together"
        for names in case.pack.contradicted(case.profile.answers)
    ]
    return tuple(found)
