"""Recorded decisions, compared with what the current pack recommends, and what moved them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast

from recommender.judging.case import Case
from recommender.judging.explanation import explanation_of
from recommender.judging.outcome import WHOLE, Decision
from recommender.judging.scoring import Ranking
from recommender.loading import load_profile
from recommender.nouns.errors import Fault, Place, ProfileError
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile

from .records import Record, RecordError

Part: TypeAlias = Literal["project", "rules", "population", "outcome"]
"""What may have changed since a decision was recorded."""


@dataclass(frozen=True, slots=True)
class ContributionChange:
    """A rule that earns more or less than it did, in points of the first over its rival."""

    rule: str
    before: int
    after: int

    @property
    def by(self) -> int:
        """The points by which the rule moved the recorded first, signed."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Recheck:
    """A recorded decision beside what the pack recommends now.

    `moves` are in points of `first` over `rival`; `dropped` has the recorded answers that the pack
    no longer takes, each with the reason. `changed` names what is not as it was and bears on this
    project: what is known of it, the rules, the population with its calibration, or only how the
    outcome is told.
    """

    record: Record
    profile: Profile
    decision: Decision
    ranking: Ranking
    pack: Pack
    as_of: dt.date
    first: str
    rival: str
    moves: tuple[ContributionChange, ...]
    imposed: Mapping[str, tuple[str, ...]]
    lifted: Mapping[str, tuple[str, ...]]
    dropped: Mapping[str, str]
    changed: tuple[Part, ...]

    @property
    def holds(self) -> bool:
        """Tell whether the same is recommended: how clearly may change, and how that is decided.

        A record of the first schema names nobody best for a tie or where too little was known.
        """
        now, then = self.decision, self.record
        if then.outcome == "tie":
            return now.best in then.leaders
        if then.best is None:
            return now.outcome == then.outcome
        return now.best == then.best


def recheck(
    record: Record,
    pack: Pack,
    *,
    as_of: dt.date | None = None,
    observations: Observations | None = None,
) -> Recheck:
    """Judge a recorded project by the current pack, under the lens of the record.

    Raises `RecordError` where the record was made with candidates or overlays that the pack does
    not hold.

    >>> from recommender import load_pack, load_profile, recommend, render
    >>> from recommender.projects.records import read_record
    >>> pack = load_pack("tests/toy/rules")
    >>> advice = recommend(load_profile({"answers": {"hour": "evening"}}, pack), pack, samples=0)
    >>> found = recheck(read_record(render(advice, "json"), "choice.json"), pack)
    >>> found.holds, found.changed
    (True, ())
    """
    missing = [name for name in record.scores if name not in pack.candidates]
    if missing:
        remedy = " ".join(f"--with {name}" for name in missing)
        what = f"judged {', '.join(missing)} too, which this pack does not hold"
        raise RecordError(Fault(Place(record.source), what, f"try `{remedy}`"))
    held = [each.name for each in pack.overlays]
    if lost := [name for name in record.overlays if name not in held]:
        what = f"was made with the overlay {', '.join(lost)}, which is not there now"
        raise RecordError(Fault(Place(record.source), what, "give its folder to `--rules`"))
    seen = observations or record.observations
    profile, dropped = _profile(record, pack)
    case = Case.of(profile, pack, lens=record.lens, as_of=as_of, observations=seen)
    vetoes, fired = case.matrix.vetoes, explanation_of(case).fired()
    first, rival = _rivals(record, case)
    now = {reason.rule: reason.contribution(first, over=rival) for reason in fired}
    then = {
        rule: earned.get(first, 0) - earned.get(rival, 0) for rule, earned in record.points.items()
    }
    moves = [
        ContributionChange(rule, then.get(rule, 0), now.get(rule, 0)) for rule in {**then, **now}
    ]
    moves = [move for move in moves if move.by]
    imposed, lifted = _new(vetoes, record.vetoes), _new(record.vetoes, vetoes)
    project = bool(dropped or profile.readings or seen != record.observations)
    rules = bool(moves or imposed or lifted)
    return Recheck(
        record=record,
        profile=profile,
        decision=case.decision,
        ranking=case.ranking,
        pack=pack,
        as_of=as_of or pack.dated,
        first=first,
        rival=rival,
        moves=tuple(sorted(moves, key=lambda m: (-abs(m.by), m.rule))),
        imposed=imposed,
        lifted=lifted,
        dropped=dropped,
        changed=_changed(record, case, project=project, rules=rules),
    )


def _changed(record: Record, case: Case, *, project: bool, rules: bool) -> tuple[Part, ...]:
    """Name the parts that are not as they were.

    An older record holds no digest of its population; then a support or a probability that differs
    while project and rules are the same is the population's or the calibration's. What is left,
    an outcome that is told otherwise by the same figures, is the outcome rule's.
    """
    pack, now = case.pack, case.decision
    shares = {name: case.support.of(name) / WHOLE for name in case.support.candidates}
    told = None if now.probability is None else now.probability / WHOLE
    figures = record.best is None or (
        record.support == shares and (record.lens != "today" or record.probability == told)
    )
    population = (
        record.population_digest != pack.population_digest
        if record.population_digest
        else bool(record.support) and not (project or rules or figures)
    )
    limits = {name: getattr(pack.thresholds, name) for name in record.thresholds}
    outcome = record.outcome != now.outcome and (
        limits != record.thresholds or not (project or rules or population)
    )
    parts = {"project": project, "rules": rules, "population": population, "outcome": outcome}
    return tuple(cast("Part", part) for part, differs in parts.items() if differs)


def _rivals(record: Record, case: Case) -> tuple[str, str]:
    """Choose whom to tell the moves for: who was first, against who is first now or was second."""
    order = sorted(record.scores, key=lambda n: (n in record.vetoes, -record.scores[n], n))
    now = [name for name in (case.decision.best, *case.ranking.order) if name]
    first = record.best or next(iter([*record.leaders, *order, *now]))
    return first, next((name for name in [now[0], *order, *now] if name != first), first)


def _new(
    after: Mapping[str, tuple[str, ...]], before: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    found = {
        name: tuple(each for each in held if each not in before.get(name, ()))
        for name, held in after.items()
    }
    return {name: held for name, held in found.items() if held}


def _profile(record: Record, pack: Pack) -> tuple[Profile, dict[str, str]]:
    """Return the recorded answers that the pack still takes, and why it refuses the others."""
    kept: dict[str, Any] = {"schema": 1, "name": record.name, "answers": {}, "weights": {}}
    dropped: dict[str, str] = {}
    order = [*pack.questions, *pack.criteria]
    for part, values in (("answers", record.answers), ("weights", record.weights)):
        for name in sorted(values, key=lambda n: order.index(n) if n in order else len(order)):
            value = frozenset() if values[name] == [] else values[name]  # none, as it was known
            trial = {**kept, part: {**kept[part], name: value}}
            try:
                load_profile(trial, pack)
            except ProfileError as error:
                dropped[name] = error.faults[0].what
            else:
                kept = trial
    return load_profile(kept, pack), dropped
