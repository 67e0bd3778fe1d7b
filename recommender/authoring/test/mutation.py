"""Mutation: change one thing of a pack at a time, and see whether its own tests notice.

The mutants are those of R. A. DeMillo, R. J. Lipton and F. G. Sayward, Hints on Test Data
Selection (1978), carried over to rules: operators and values of conditions, weights and shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from recommender.judging.program import PackProgram, program_of
from recommender.nouns.condition import All, AnyOf, Condition, Test, Word, negate
from recommender.nouns.library import Library
from recommender.nouns.pack import Constraint, Criterion, Pack, Rule
from recommender.nouns.question import SCALE, Question
from recommender.nouns.referral import Referral

from .cases import Exhibit, Statement, exhibits, state_of, statements, try_example

if TYPE_CHECKING:
    from recommender.loading.full_pack import WholePack

Kind: TypeAlias = Literal["operator", "value", "weight"]

HEAVIEST = 10
OPPOSITE: Mapping[Word, Word] = {
    "at_least": "at_most", "at_most": "at_least",
    "includes": "includes_all", "includes_all": "includes",
}  # fmt: skip
FAMILIES = {
    Criterion: "criteria", Rule: "rules", Constraint: "constraints", Referral: "referrals",
    Library: "libraries",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: its description, and the statement or criterion as changed."""

    kind: Kind
    what: str
    changed: Statement | Criterion

    def __str__(self) -> str:
        return f"{self.changed.place}: {self.changed.id}: {self.what}"


@dataclass(frozen=True, slots=True)
class Mutation:
    """How many mutants a pack's tests and examples noticed, and those that they missed."""

    made: Mapping[Kind, int]
    survivors: tuple[Mutant, ...]

    def killed(self, kind: Kind | None = None) -> int:
        """Return how many mutants some test or example noticed."""
        made = sum(self.made.values()) if kind is None else self.made.get(kind, 0)
        return made - sum(1 for each in self.survivors if kind in (None, each.kind))

    @property
    def share(self) -> float:
        """The share of mutants killed, 0-1."""
        made = sum(self.made.values())
        return self.killed() / made if made else 1.0


def mutate(whole: WholePack) -> Mutation:
    """Try every mutant of the pack's own statements and criteria.

    >>> from recommender.loading.full_pack import load_whole
    >>> mutation = mutate(load_whole("tests/toy/rules"))
    >>> mutation.killed("operator") > 0
    True
    """
    shown = [each for each in exhibits(whole) if not each.fault]
    made: dict[Kind, int] = {"operator": 0, "value": 0, "weight": 0}
    survivors = []
    for mutant in mutants(whole):
        made[mutant.kind] += 1
        if not _noticed(mutant, whole.full, shown):
            survivors.append(mutant)
    return Mutation(made, tuple(survivors))


def mutants(whole: WholePack) -> Iterator[Mutant]:
    """Yield every change of one thing, in the pack's order."""
    pack = whole.full
    for _, statement in statements(whole):
        for kind, what, when in condition_mutants(statement.when, pack.questions):
            yield Mutant(kind, what, replace(statement, when=when))
        if isinstance(statement, Referral) and statement.unless is not None:
            for kind, what, held in condition_mutants(statement.unless, pack.questions):
                yield Mutant(kind, f"unless {what}", replace(statement, unless=held))
        if isinstance(statement, Rule):
            yield from _rule_mutants(statement)
    for criterion in pack.criteria.values():
        flipped = HEAVIEST - criterion.weight
        if whole.owns(criterion.place.file) and flipped != criterion.weight:
            what = f"weight {criterion.weight} becomes {flipped}"
            yield Mutant("weight", what, replace(criterion, weight=flipped))


def _rule_mutants(rule: Rule) -> Iterator[Mutant]:
    flipped = 1 + HEAVIEST - rule.weight
    yield Mutant("weight", f"weight {rule.weight} becomes {flipped}", replace(rule, weight=flipped))
    review = rule.review
    shares = rule.favors if review is None or review.favors is None else review.favors
    if len(set(shares.values())) > 1:
        turned = dict(zip(shares, reversed(list(shares.values())), strict=True))
        if turned == shares:
            turned = {name: 100 - share for name, share in shares.items()}
        what = "favors are exchanged between the candidates"
        if review is None or review.favors is None:
            yield Mutant("weight", what, replace(rule, favors=turned))
        else:
            yield Mutant("weight", what, replace(rule, review=replace(review, favors=turned)))


def condition_mutants(
    condition: Condition, questions: Mapping[str, Question]
) -> Iterator[tuple[Kind, str, Condition]]:
    """Yield a condition with one operator or one value changed, and what was changed.

    >>> from recommender.nouns.condition import Test
    >>> [what for _, what, _ in condition_mutants(Test("sugar", "at_most", (4,)), {})][1:]
    ['sugar: at_most becomes at_least', 'sugar: 4 becomes 5', 'sugar: 4 becomes 3']
    """
    if isinstance(condition, Test):
        yield from _test_mutants(condition, questions.get(condition.question))
        return
    if len(condition.parts) > 1:
        other = AnyOf if isinstance(condition, All) else All
        words = ("all becomes any", "any becomes all")[isinstance(condition, AnyOf)]
        yield "operator", words, other(condition.parts)
    for index, part in enumerate(condition.parts):
        for kind, what, changed in condition_mutants(part, questions):
            parts = (*condition.parts[:index], changed, *condition.parts[index + 1 :])
            yield kind, what, replace(condition, parts=parts)


def _test_mutants(test: Test, question: Question | None) -> Iterator[tuple[Kind, str, Condition]]:
    name = test.question
    yield "operator", f"{name}: negated", negate(test)
    if test.word in ("at_least", "at_most"):
        yield _turned(test)
        limit: Any = test.values[0]
        for moved in (limit + 1, limit - 1):
            yield "value", f"{name}: {limit} becomes {moved}", replace(test, values=(moved,))
        return
    if test.word in ("includes", "includes_all") and len(test.values) > 1:
        yield _turned(test)
    for value in test.values:
        kept = tuple(each for each in test.values if each != value)
        if kept:
            yield "value", f"{name}: without {_shown(value)}", replace(test, values=kept)
        elif (spare := _spare(test, question)) is not None:
            what = f"{name}: {_shown(value)} becomes {_shown(spare)}"
            yield "value", what, replace(test, values=(spare,))


def _turned(test: Test) -> tuple[Kind, str, Condition]:
    """Return a test with the opposite word."""
    other = OPPOSITE[test.word]
    return "operator", f"{test.question}: {test.word} becomes {other}", replace(test, word=other)


def _spare(test: Test, question: Question | None) -> str | int | None:
    """Return another answer to the question; a flag has none beside its negation."""
    if question is None or question.type in ("flag", "number"):
        return None
    answers = SCALE if question.type == "scale" else question.choices
    return next((each for each in answers if each not in test.values), None)


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _noticed(mutant: Mutant, full: Pack, shown: list[Exhibit]) -> bool:
    changed = mutant.changed
    if mutant.kind != "weight" and not isinstance(changed, Criterion):
        pack = _with(full, mutant)
        for case in changed.cases:
            if state_of(pack, changed.id, case) != case.expect:
                return True
    packs: dict[int, Pack] = {}
    for exhibit in shown:
        pack = packs.get(id(exhibit.pack)) or _with(exhibit.pack, mutant)
        packs[id(exhibit.pack)] = pack
        tried = replace(exhibit, pack=pack)
        if any(try_example(tried, expected).failure for expected in exhibit.example.expect):
            return True
    return False


def _with(pack: Pack, mutant: Mutant) -> Pack:
    """Return a pack with the change in it; a pack without that entry stays as it is."""
    changed = mutant.changed
    family = FAMILIES[type(changed)]
    if changed.id not in getattr(pack, family):
        return pack
    change: Any = {family: {**getattr(pack, family), changed.id: changed}}
    mutated = replace(pack, **change)
    if mutant.kind == "weight":  # its conditions are the same: nothing to compile again
        mutated.memo[PackProgram] = program_of(pack)
    return mutated
