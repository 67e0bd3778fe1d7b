"""Cases and examples: what a pack says that its rules do, run through the engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from recommender.judging import inference
from recommender.judging.case import Case
from recommender.judging.libraries import libraries_of, library_state
from recommender.judging.program import program_of
from recommender.judging.referrals import referral_state, referrals_of
from recommender.loading import load_profile
from recommender.nouns.condition import ALWAYS, RuleTest, State
from recommender.nouns.errors import Place, RecommenderError, listing
from recommender.nouns.library import Library
from recommender.nouns.pack import Constraint, Example, Expectation, Pack, Rule
from recommender.nouns.profile import Profile
from recommender.nouns.referral import Referral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.judging.lens import Lens
    from recommender.loading.full_pack import WholePack


Statement: TypeAlias = Rule | Constraint | Referral | Library
"""What carries tests of its own."""

SHOWN = 3
"""How often the tests of a referral show it firing, and how often silent."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one test or example went; `failure` is empty where it passed."""

    id: str
    place: Place
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What carries tests, and the tests and examples of a pack reach, by id."""

    tested: int
    untested: tuple[str, ...]
    """Those that lack a `fires` or a `silent` case."""
    fired_by_examples: tuple[str, ...]
    unfired_by_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """The whole result; it `passed` if every case and example did and nothing is untested."""

    cases: tuple[Verdict, ...]
    examples: tuple[Verdict, ...]
    coverage: Coverage

    @property
    def failures(self) -> tuple[Verdict, ...]:
        """The cases and examples that failed."""
        return tuple(each for each in (*self.cases, *self.examples) if each.failure)

    @property
    def passed(self) -> bool:
        """Whether the pack may be used."""
        return not self.failures and not self.coverage.untested


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One example, the pack that judges it, and its project (or why it has none)."""

    example: Example
    pack: Pack
    profile: Profile = field(default_factory=Profile)
    fault: str = ""


def try_pack(whole: WholePack) -> Trial:
    """Run every case and example that belongs to the pack.

    >>> from recommender.loading.full_pack import load_whole
    >>> trial = try_pack(load_whole("tests/toy/rules"))
    >>> [len(trial.cases), len(trial.examples), len(trial.failures)]
    [12, 3, 0]
    """
    shown = exhibits(whole)
    return Trial(
        cases=(
            *_signs(whole),
            *(
                try_case(whole.full, id_, number, case)
                for id_, statement in statements(whole)
                for number, case in enumerate(statement.cases, 1)
            ),
        ),
        examples=tuple(
            try_example(exhibit, expected)
            for exhibit in shown
            for expected in exhibit.example.expect
        ),
        coverage=_coverage(whole, shown),
    )


def _signs(whole: WholePack) -> Iterator[Verdict]:
    """Yield how the tests of the pack's signs went; a sign lacks one that fires, or is silent."""
    for sign in whole.full.signs.values():
        if not whole.owns(sign.place.file):
            continue
        shown = {test.fires for test in sign.tests}
        if len(shown) < len((True, False)):
            told = "needs a test that `fires` and one that is `silent`"
            yield Verdict(sign.id, sign.place, told)
        for number, test in enumerate(sign.tests, 1):
            words = ("silent", "fires")
            found = test.clue in inference.hits(sign, (test.clue, *test.seen))
            failed = found != test.fires
            told = f"expected {words[test.fires]}, but it is {words[not test.fires]}"
            yield Verdict(f"{sign.id}[{number}]", test.place, told if failed else "")


def statements(whole: WholePack) -> list[tuple[str, Statement]]:
    """Return what carries tests in the pack's own files, less the rules that it retires."""
    pack = whole.full
    found: list[tuple[str, Statement]] = [
        *pack.rules.items(), *pack.constraints.items(), *pack.referrals.items(),
        *pack.libraries.items(),
    ]  # fmt: skip
    return [(id_, each) for id_, each in found
            if id_ not in pack.retired and whole.owns(each.place.file)]  # fmt: skip


def exhibits(whole: WholePack) -> list[Exhibit]:
    """Return the pack's own examples, loaded; those of an optional candidate include it."""
    usual = {example.place for example in whole.usual.examples}
    return [
        _exhibit(example, whole.usual if example.place in usual else whole.full)
        for example in whole.full.examples
        if whole.owns(example.place.file)
    ]


def _exhibit(example: Example, pack: Pack) -> Exhibit:
    try:
        return Exhibit(example, pack, load_profile(example.project, pack))
    except RecommenderError as error:
        return Exhibit(example, pack, fault=str(error))


def try_case(pack: Pack, id_: str, number: int, case: RuleTest) -> Verdict:
    """Judge the answers of one case and compare the state of what it is a test of."""
    state = state_of(pack, id_, case)
    failure = "" if state == case.expect else f"expected {case.expect}, but it is {state}"
    return Verdict(f"{id_}[{number}]", case.place, failure)


def state_of(pack: Pack, id_: str, case: RuleTest) -> State:
    """Say what one rule, constraint, referral or library makes of a case's answers."""
    truths = program_of(pack).run(case.given)
    if id_ in pack.referrals:
        return referral_state(pack.referrals[id_], case.given, truths.inapplicable)
    if id_ in pack.libraries:
        return library_state(pack.libraries[id_], case.given, truths.inapplicable)
    family, masks = (
        (pack.rules, truths.rules) if id_ in pack.rules else (pack.constraints, truths.constraints)
    )
    index = list(family).index(id_)
    if masks[0] >> index & 1:
        return "fires"
    return "unknown" if masks[1] >> index & 1 else "silent"


def try_example(exhibit: Exhibit, expected: Expectation) -> Verdict:
    """Return how one example went under one lens."""
    example = exhibit.example
    id_ = f"{example.project.rsplit('/', 1)[-1]} ({expected.lens})"
    if exhibit.fault:
        return Verdict(id_, example.place, exhibit.fault)
    case = Case.of(exhibit.profile, exhibit.pack, lens=lens_of(expected))
    return Verdict(id_, example.place, "; ".join(_differences(case, expected)))


def lens_of(expected: Expectation) -> Lens:
    """Return the lens that an expectation is about."""
    return "document" if expected.lens == "document" else "today"


def _differences(case: Case, expected: Expectation) -> Iterator[str]:
    told, lead = case.decision, case.ranking.lead
    if expected.outcome and told.outcome != expected.outcome:
        yield f"expected the outcome {expected.outcome}, but it is {told.outcome}"
    if expected.best and told.best != expected.best:
        yield f"expected {expected.best}, but it is {told.best or 'nobody'}"
    if expected.leaders and set(told.leaders) != set(expected.leaders):
        led = listing(told.leaders) or "nobody"
        yield f"expected {listing(expected.leaders)} to lead, but it is {led}"
    if expected.lead is not None and lead != expected.lead:
        yield f"expected a lead of {expected.lead / 100}, but it is {lead / 100}"


def _coverage(whole: WholePack, shown: list[Exhibit]) -> Coverage:
    own = statements(whole)
    untested = tuple(id_ for id_, each in own if missing_states(each))
    fired: set[str] = set()
    for exhibit in shown:
        pack = exhibit.pack
        truths = program_of(pack).run(exhibit.profile.answers)
        for family, (fires, _) in ((pack.rules, truths.rules),
                                   (pack.constraints, truths.constraints)):  # fmt: skip
            fired |= {id_ for index, id_ in enumerate(family) if fires >> index & 1}
        case = Case.of(exhibit.profile, pack)
        fired |= {each.id for each in referrals_of(case)}
        fired |= {each.id for name in pack.candidates for each in libraries_of(case, name)}
    return Coverage(
        tested=len(own) - len(untested),
        untested=untested,
        fired_by_examples=tuple(id_ for id_, _ in own if id_ in fired),
        unfired_by_examples=tuple(id_ for id_, _ in own if id_ not in fired),
    )


def missing_states(statement: Statement) -> list[State]:
    """Return the states that too few cases show; what always holds is never silent."""
    shown = [case.expect for case in statement.cases]
    least = SHOWN if isinstance(statement, Referral) else 1
    needed: list[State] = ["fires", "silent"]
    if statement.when == ALWAYS:
        needed = ["fires"]
    return [state for state in needed if shown.count(state) < least]
