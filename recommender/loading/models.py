"""Models of the files of a rule pack: files are checked against them, and so is the schema made."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from recommender.nouns.condition import State
from recommender.nouns.pack import PACK_SCHEMA, Maturity, Standing
from recommender.nouns.question import Kind
from recommender.nouns.source import Evidence

from .citation_models import Citations, OneCitation
from .fields import (
    PRINTABLE,
    Checks,
    Claims,
    Day,
    Id,
    Requirements,
    RuleWeight,
    Several,
    Share,
    Shares,
    Text,
    Threshold,
    Weight,
    When,
    cleaned,
    several,
)  # fmt: skip
from .moving_models import ApiText, MigrationText, StageText
from .plan_models import PlanText
from .population_models import Asked, Calibration, ReferenceProjectText
from .resolution_models import ResolutionText
from .sign_models import SignText
from .source_models import CheckedText, SourceText
from .strict import Strict


class DocumentText(Strict):
    """A text that the pack encodes; `file` is in the pack's own `documents` folder."""

    id: Id
    title: Text
    file: Annotated[str, StringConstraints(pattern=r"^[\w][\w.-]*$")]
    about: Text | None = None


class ThresholdsText(Strict):
    """Where the outcomes part: of support (`known`, `either`), of completions, of probability."""

    known: Threshold = 0.6
    either: Threshold = 0.8
    decided: Threshold = 0.2
    clear: Threshold = 0.8

    @model_validator(mode="after")
    def _in_order(self) -> ThresholdsText:
        if self.known > self.clear:
            raise ValueError("`known` is above `clear`, so that nothing could be close")
        return self


class PackText(Strict):
    """The head of a pack; with `extends` it is an overlay."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: Id
    schema_number: Literal[PACK_SCHEMA] = Field(alias="schema")  # type: ignore[valid-type]
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    title: Text
    dated: Day
    extends: Id | None = None
    thresholds: ThresholdsText = ThresholdsText()
    targets: Id | None = None
    formats: Id | None = None
    this_machine: dict[str, Any] | None = Field(default=None, alias="this-machine")
    users_choose: dict[str, Any] | None = Field(default=None, alias="users-choose")
    never_together: Annotated[tuple[dict[str, Any], ...], Field(max_length=256)] = Field(
        default=(), alias="never-together"
    )
    plan: PlanText = PlanText()
    documents: tuple[DocumentText, ...] = ()


class FormerText(Strict):
    """What a question was: the ids that it had, and the choices, with what each is read as now."""

    ids: tuple[Id, ...] = ()
    choices: Annotated[dict[str, Any], Field(max_length=256)] = {}


class QuestionText(Strict):
    """One question about a project.

    `choices` belong to `choice` and `many`; `none` is the wording of a `many` question's empty
    answer. `also` has what else the field calls a choice.
    """

    id: Id
    ask: Text
    type: Kind
    choices: Annotated[
        dict[Annotated[str, StringConstraints(min_length=1, max_length=80), PRINTABLE], Text],
        Field(max_length=256),
    ] = {}
    none: Text | None = None
    help: Text | None = None
    rare: tuple[Text, ...] = ()
    usual: Any = None
    formerly: FormerText | None = None
    also: dict[str, Annotated[tuple[Text, ...], BeforeValidator(several)]] = {}
    least: Text | None = None
    most: Text | None = None
    changeable: bool = False
    when: When = None


class CriterionText(Strict):
    """One dimension of judgement and its weight, 0-10."""

    id: Id
    title: Text
    weight: Weight
    about: Text | None = None
    decides: bool = False


class CandidateText(Strict):
    """One candidate: its title, and what a reader should know of it."""

    id: Id
    title: Text
    about: Text | None = None
    home: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    optional: bool = False
    formats: tuple[Text, ...] = ()
    packages: Requirements = ()


class CaseText(Strict):
    """One test of the rule that it stands in: answers, and the state expected."""

    given: dict[str, Any]
    expect: State


class ReviewText(Strict):
    """What holds today of a rule written earlier."""

    on: Day
    verdict: Standing
    because: Text
    favors: Shares | None = None
    sources: Citations = ()
    expires: Day | None = None


class MeasureText(Strict):
    """The figures of a check that count as shares 0 and 1; shares between are interpolated."""

    check: Id
    figure: Text = "steps_per_second"
    none_at: Annotated[float, Field(strict=True)]
    full_at: Annotated[float, Field(strict=True)]
    scale: Literal["linear", "log"] = "linear"


class RuleText(Strict):
    """One rule: when it fires, which candidates it favors and how much, why, and how we know."""

    id: Id
    criterion: Id
    when: When = None
    favors: Shares = {}
    weight: RuleWeight
    because: Text
    source: Citations = ()
    evidence: Evidence = "judged"
    review: ReviewText | None = None
    checks: Checks = ()
    measure: MeasureText | None = None
    decides: bool | None = None
    volatile: bool = False
    checked: CheckedText | None = None
    holds: Claims = ()
    tests: Several[CaseText] = ()


class ConstraintText(Strict):
    """One constraint: when it holds, it excludes the candidates named."""

    id: Id
    when: When = None
    vetoes: Annotated[tuple[Id, ...], Field(min_length=1)]
    because: Text
    source: Citations = ()
    evidence: Evidence = "judged"
    refuted: Id | None = None
    checks: Checks = ()
    expires: Day | None = None
    volatile: bool = False
    checked: CheckedText | None = None
    holds: Claims = ()
    tests: Several[CaseText] = ()


class RouteText(Strict):
    """One way for a model to get from a candidate to a deployment target."""

    id: Id | None = None
    candidate: Id
    target: Annotated[str, StringConstraints(min_length=1)]
    steps: Annotated[tuple[Text, ...], Field(min_length=1)]
    maturity: Maturity
    because: Text | None = None
    when: When = None
    source: Citations = ()
    check: Id | None = None
    expires: Day | None = None
    delivers: tuple[Text, ...] = ()
    prefer: When = None
    volatile: bool = False
    checked: CheckedText | None = None
    holds: Claims = ()
    packages: Requirements | None = None


class ReferralText(Strict):
    """Something outside the candidates to ask about first: when, in a whole sentence, and why.

    It is told where `when` is surely true and `unless` is not; `instead` names what to try.
    """

    id: Id
    when: When = None
    unless: When = None
    sentence: Text
    instead: Annotated[tuple[Text, ...], Field(min_length=1)]
    source: Citations = ()
    evidence: Evidence = "judged"
    reviewed: Day
    expires: Day | None = None
    volatile: bool = False
    checked: CheckedText | None = None
    tests: Several[CaseText] = ()


class LibraryText(Strict):
    """A library that a plan names beside the candidate that is built in; it scores nothing.

    It is named where `when` surely holds; `serves` says in a few words what it is for.
    """

    id: Id
    candidate: Id
    name: Text
    serves: Text
    when: When = None
    source: Citations = ()
    expires: Day | None = None
    volatile: bool = False
    checked: CheckedText | None = None
    holds: Claims = ()
    packages: Requirements = ()
    tests: Several[CaseText] = ()


class FactText(Strict):
    """One statement of a document, and whether it holds today."""

    id: Id
    source: OneCitation
    verdict: Literal["true", "outdated", "false", "opinion"]
    because: Text
    sources: Citations = ()
    rules: tuple[Id, ...] = ()
    checks: Checks = ()
    checked: CheckedText | None = None
    holds: Claims = ()


class ExpectationText(Strict):
    """The advice that an example must get under one lens; fields left out are not checked."""

    best: Id | None = None
    outcome: Literal["clear", "close", "either", "no-survivor", "too-little-known"] | None = None
    leaders: tuple[Id, ...] = ()
    lead: Share | None = None


class LensExpectations(ExpectationText):
    """The advice expected under `today`, or lens by lens."""

    document: ExpectationText | None = None
    today: ExpectationText | None = None


class ExampleText(Strict):
    """A whole project file and the advice that it must get."""

    project: Annotated[str, StringConstraints(pattern=r"^[\w][\w./-]*\.ya?ml$")]
    expect: LensExpectations


class PackFile(Strict):
    """One file of a rule pack; entries are united with those of the other files by id."""

    pack: PackText | None = None
    questions: Several[QuestionText] = ()
    candidate: CandidateText | None = None
    rates: Shares = {}
    criteria: Several[CriterionText] = ()
    constraints: Several[ConstraintText] = ()
    rules: Several[RuleText] = ()
    routes: Several[RouteText] = ()
    referrals: Several[ReferralText] = ()
    libraries: Several[LibraryText] = ()
    facts: Several[FactText] = ()
    sources: Several[SourceText] = ()
    examples: Several[ExampleText] = ()
    population: Several[ReferenceProjectText] = ()
    calibration: Calibration = ()
    asked: Asked = None
    signs: Several[SignText] = ()
    resolved: Several[ResolutionText] = ()
    stages: Several[StageText] = ()
    apis: Several[ApiText] = ()
    migrations: Several[MigrationText] = ()
    reweigh: dict[Id, Weight] = {}
    retire: dict[Id, Text] = {}
    locale: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Za-z]+)?$")] | None = None
    sentences: Annotated[dict[str, dict[str, Any]], AfterValidator(cleaned)] = {}
    phrases: Annotated[dict[str, str], AfterValidator(cleaned)] = {}
