"""Comparison of two versions of a pack: which advice differs, and the rules responsible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from recommender.judging.case import Case
from recommender.judging.explanation import Reason, explanation_of
from recommender.judging.lens import Lens
from recommender.judging.plan import plan_of
from recommender.loading import load_profile
from recommender.nouns.condition import Answer, holds
from recommender.nouns.errors import Place, RecommenderError
from recommender.nouns.json_values import json_value
from recommender.nouns.plan import Step
from recommender.nouns.profile import Profile
from recommender.nouns.question import Question, question_under

from .panel import random_profiles

if TYPE_CHECKING:
    from recommender.judging.outcome import Decision
    from recommender.nouns.pack import Pack

COMPARISON_SCHEMA = 2
"""The version of the JSON that a comparison is written as."""

PANEL = 500
"""How many random profiles two packs are compared on."""

WORK = 150_000
"""How much judging them may take, each as much as `_effort`: large packs are compared on fewer."""

Advice: TypeAlias = tuple[str, tuple[str, ...]]
"""An outcome, and who leads."""

Kind: TypeAlias = Literal["winner", "outcome", "plan"]
"""What is advised differently: whom, else how it is told, else only how it is built or shipped."""

Part: TypeAlias = Literal["rules", "population", "thresholds", "routes", "plan", "libraries"]
"""What advice rests on: the rules with questions and criteria, the population with calibration."""

NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class AdviceChange:
    """One project that is advised differently, and the rules that moved it most.

    `rules` map to the points by which each moved the new first ahead of the old one (or of the
    second), in hundredths; `constraints` are those that hold in one version alone. `plans` has the
    two plans where these alone differ.
    """

    name: str
    kind: Kind
    before: Advice
    after: Advice
    rules: Mapping[str, int]
    constraints: tuple[str, ...]
    answers: Mapping[str, Answer]
    plans: tuple[tuple[Step, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Statements:
    """The ids of the rules and constraints that differ between two versions."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two versions of a pack.

    They were compared on `examples`, on `reference` projects of their populations, and on a `panel`
    of random profiles. `parts` names what differs between the packs themselves.
    """

    old: str
    new: str
    lens: Lens
    seed: int
    examples: int
    reference: int
    panel: int
    parts: tuple[Part, ...]
    skipped: tuple[str, ...]
    changes: tuple[AdviceChange, ...]
    statements: Statements

    def count(self, kind: Kind) -> int:
        """Return the number of changes of one kind."""
        return sum(1 for change in self.changes if change.kind == kind)

    @property
    def responsible(self) -> list[tuple[str, int]]:
        """The rules and constraints that moved most changes, each with how many it moved."""
        tally = Counter(n for c in self.changes for n in (*c.rules, *c.constraints))
        return sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))


def compare(
    old: Pack, new: Pack, *, panel: int | None = None, seed: int = 0, lens: Lens = "today"
) -> Comparison:
    """Return what two versions advise differently: on examples, reference projects, random ones.

    An answer that a pack does not know is unknown to it. The same arguments give the same result.
    `panel` is the number of random profiles: `PANEL`, or fewer for large packs, unless given.

    >>> from recommender import load_pack
    >>> pack = load_pack("tests/toy/rules")
    >>> compare(pack, pack, panel=50).changes
    ()
    """
    profiles, skipped = _examples(old, new)
    examples = len(profiles)
    reference = {each.id: each for pack in (old, new) for each in pack.population}
    profiles += [Profile(each.answers, f"reference {name}") for name, each in reference.items()]
    if panel is None:
        panel = min(PANEL, WORK // max(_effort(old), _effort(new)))
    profiles += random_profiles(old, new, panel, seed)
    found = (_change(profile, old, new, lens) for profile in profiles)
    return Comparison(
        old=f"{old.id} {old.version}",
        new=f"{new.id} {new.version}",
        lens=lens,
        seed=seed,
        examples=examples,
        reference=len(reference),
        panel=panel,
        parts=_parts(old, new),
        skipped=skipped,
        changes=tuple(change for change in found if change is not None),
        statements=_statements(old, new),
    )


def _examples(old: Pack, new: Pack) -> tuple[list[Profile], tuple[str, ...]]:
    """Return the examples of both packs, each loaded by its own; of one name, only the first."""
    found: dict[str, Profile] = {}
    skipped = []
    for pack in (new, old):
        for example in pack.examples:
            name = example.project.rsplit("/", 1)[-1]
            if name in found:
                continue
            try:
                found[name] = replace(load_profile(example.project, pack), name=name)
            except RecommenderError:
                skipped.append(name)
    return [found[name] for name in sorted(found)], tuple(sorted(skipped))


def _parts(old: Pack, new: Pack) -> tuple[Part, ...]:
    pairs: dict[Part, tuple[Any, Any]] = {
        "rules": (
            (old.questions, old.criteria, old.rules, old.constraints),
            (new.questions, new.criteria, new.rules, new.constraints),
        ),
        "population": ((old.population, old.calibration), (new.population, new.calibration)),
        "thresholds": (old.thresholds, new.thresholds),
        "routes": (old.routes, new.routes),
        "plan": (old.planning, new.planning),
        "libraries": (old.libraries, new.libraries),
    }
    return tuple(part for part, (was, now) in pairs.items() if _bare(was) != _bare(now))


def _effort(pack: Pack) -> int:
    """Return about what deciding one project takes."""
    conditions = len(pack.rules) + len(pack.constraints) + 4 * len(pack.questions)
    return 1 + conditions * (1 + len(pack.candidates) // 4)


def _answered(question: Question, new: Pack, profile: Profile) -> Answer | None:
    """Return the answer to a question of either pack, in the words that it has there."""
    now = question_under(question.id, new.questions)
    answer = profile.answers.get(now.id if now else question.id)
    if now is None or answer is None or _is_admissible(question, answer):
        return answer
    before = (old for old, meant in now.former_choices.items() if meant == answer)
    former = next((old for old in before if old in question.choices), None)
    if former is None and isinstance(answer, frozenset) and len(answer) < 2:  # noqa: PLR2004
        former = next(iter(answer), "none")
    if former is None:
        return answer
    return frozenset({former}) if question.type == "many" else former


def _fitted(profile: Profile, pack: Pack, new: Pack) -> Profile:
    """Return a profile without answers to questions that a pack does not ask, or not here."""
    answers: dict[str, Answer] = {}
    out: set[str] = set()
    for question in pack.questions.values():
        answer = _answered(question, new, profile)
        if question.when is not None and holds(question.when, answers, out) is False:
            out.add(question.id)
        elif answer is not None and _is_admissible(question, answer):
            answers[question.id] = answer
    weights = {name: weight for name, weight in profile.weights.items() if name in pack.criteria}
    return replace(profile, answers=answers, weights=weights)


def _is_admissible(question: Question, answer: Answer) -> bool:
    if question.type == "many":
        return isinstance(answer, frozenset) and answer <= set(question.choices)
    if question.type == "number":
        return isinstance(answer, int | float) and not isinstance(answer, bool)
    if isinstance(answer, frozenset) or isinstance(answer, bool) != (question.type == "flag"):
        return False
    return answer in (question.domain or ())


def _change(profile: Profile, old: Pack, new: Pack, lens: Lens) -> AdviceChange | None:
    was, now = _fitted(profile, old, new), _fitted(profile, new, new)
    cases = Case.of(was, old, lens=lens), Case.of(now, new, lens=lens)
    before, after = cases[0].decision, cases[1].decision
    kind: Kind = "winner"
    plans: tuple[tuple[Step, ...], ...] = ()
    if before.best == after.best:
        kind = "outcome"
        if before.outcome == after.outcome:
            kind, plans = "plan", (plan_of(cases[0]), plan_of(cases[1]))
            if _ways(plans[0]) == _ways(plans[1]):
                return None
    first, rival = _rivals(*cases)
    told = explanation_of(cases[0]), explanation_of(cases[1])
    moved = _moved(told[0].reasons, told[1].reasons, first, rival)
    heaviest = sorted(moved, key=lambda rule: (-abs(moved[rule]), rule))
    held = [{e.constraint for e in each.exclusions if e.state == "fires"} for each in told]
    return AdviceChange(
        name=profile.name,
        kind=kind,
        before=_advice(before),
        after=_advice(after),
        rules={rule: moved[rule] for rule in heaviest[:5]},
        constraints=tuple(sorted(held[0] ^ held[1])),
        answers=dict(profile.answers),
        plans=plans,
    )


def _ways(plan: tuple[Step, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return what the steps of a plan do and with which libraries, without reasons and proofs."""
    return [(each.way, each.libraries) for each in plan]


def _moved(
    was: tuple[Reason, ...], now: tuple[Reason, ...], first: str, rival: str
) -> dict[str, int]:
    """Return the rules that fire or earn differently, and the points that each moved the first.

    A rule that is unknown, or that earns both the same, moves no points and is still listed: it
    changes what is in play.
    """
    before, after = ({r.rule: r for r in each if r.state != "silent"} for each in (was, now))
    moved = {}
    for rule in {*before, *after}:
        pair = before.get(rule), after.get(rule)
        given = [(each.state, dict(each.earned)) if each else None for each in pair]
        if given[0] != given[1]:
            points = [each.contribution(first, rival) if each else 0 for each in pair]
            moved[rule] = points[1] - points[0]
    return moved


def _advice(decision: Decision) -> Advice:
    return decision.outcome, decision.leaders


def _rivals(before: Case, after: Case) -> tuple[str, str]:
    """Choose the new first, and whom it passed: the old first, or the second."""
    first = after.decision.best or after.ranking.order[0]
    order = (before.decision.best, *before.ranking.order, *after.ranking.order)
    return first, next((name for name in order if name not in (None, first)), None) or first


def _statements(old: Pack, new: Pack) -> Statements:
    both: list[dict[str, Any]] = [{**pack.rules, **pack.constraints} for pack in (old, new)]
    before, after = both
    return Statements(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(
            id_
            for id_ in sorted(before.keys() & after.keys())
            if _bare(before[id_]) != _bare(after[id_])
        ),
    )


def _bare(value: Any) -> Any:
    """Return a value without places, so that only what it says is compared."""
    if isinstance(value, Place):
        return NOWHERE
    if isinstance(value, tuple):
        return tuple(map(_bare, value))
    if isinstance(value, Mapping):
        return {key: _bare(each) for key, each in value.items()}
    fields = getattr(value, "__dataclass_fields__", None)
    return value if fields is None else {name: _bare(getattr(value, name)) for name in fields}


def as_data(found: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values, under a schema number."""
    return {
        "schema": COMPARISON_SCHEMA,
        "kind": "comparison",
        **json_value(found),
        "winners_changed": found.count("winner"),
        "outcomes_changed": found.count("outcome"),
        "plans_changed": found.count("plan"),
        "responsible": dict(found.responsible),
    }


def shown(advice: Advice) -> Iterator[str]:
    """Yield the words of an advice: the outcome, and the candidates it names.

    >>> " ".join(shown(("clear", ("tea",))))
    'clear: tea'
    """
    outcome, leaders = advice
    yield f"{outcome}:" if leaders else outcome
    yield " and ".join(leaders)
