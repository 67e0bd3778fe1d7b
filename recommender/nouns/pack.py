"""The rule pack: questions, candidates, criteria, constraints, rules and routes, as loaded.

These are the frozen values that the engine works on. `loading` builds them from YAML; nothing
here reads a file. Shares (`favors`) are whole hundredths, thresholds whole thousandths.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeAlias

from .condition import Answer, Condition, RuleTest, holds, reads
from .errors import Place
from .library import Library
from .moving import Moving
from .plan import Planning
from .population import CalibrationPoint, ReferenceProject
from .question import Question
from .referral import Referral
from .resolution import Resolution
from .sign import Sign
from .source import Checked, Citation, Evidence, Reference, Source

Maturity: TypeAlias = Literal["production", "beta", "experimental", "retired"]
MATURITIES: tuple[Maturity, ...] = ("production", "beta", "experimental", "retired")
Standing: TypeAlias = Literal["stands", "weakened", "overturned"]

PACK_SCHEMA = 1
"""The version of the rule-pack format that this package reads."""


class Document(NamedTuple):
    """A text that the pack encodes, with its wording.

    `about` says in a few words what it is, in which language, and from about when.
    """

    id: str
    title: str
    text: str
    place: Place
    about: str = ""


class Candidate(NamedTuple):
    """One thing that may be recommended; `formats` are its own, to which nothing is converted.

    `packages` are what is installed to build on it, as requirements of pip.
    """

    id: str
    title: str
    place: Place
    about: str = ""
    home: str = ""
    optional: bool = False
    formats: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """One dimension of judgement, with its weight (0-10) unless a project sets its own.

    If it `decides`, its rules are deciding reasons: a format, existing code, hardware, a route that
    only one candidate has. Otherwise they are defaults, such as where most new work goes.
    """

    id: str
    title: str
    weight: int
    place: Place
    about: str = ""
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """What holds today of a rule that was written earlier."""

    on: dt.date
    verdict: Standing
    because: str
    place: Place
    sources: tuple[Citation, ...] = ()
    favors: Mapping[str, int] | None = None
    expires: dt.date | None = None


class Measure(NamedTuple):
    """The figures of a check that count as share 0 and 1, the same for all candidates."""

    check: str
    figure: str
    none_at: float
    full_at: float
    scale: Literal["linear", "log"] = "linear"


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason for candidates, which earns them points on a criterion where its condition holds.

    What is `volatile` changes within a year or two, so that only young sources carry it;
    `holds` are claims on the package indexes, as written.
    """

    id: str
    criterion: str
    when: Condition
    favors: Mapping[str, int]
    weight: int
    because: str
    place: Place
    sources: tuple[Citation, ...] = ()
    evidence: Evidence = "judged"
    review: Review | None = None
    rates: Mapping[str, int] = field(default_factory=dict)
    checks: tuple[str, ...] = ()
    cases: tuple[RuleTest, ...] = ()
    measure: Measure | None = None
    decides: bool | None = None
    volatile: bool = False
    checked: Checked | None = None
    holds: tuple[str, ...] = ()

    @property
    def cites(self) -> Citation | None:
        """The passage of a pack document that this rule encodes, if any."""
        return next((source for source in self.sources if source.cite), None)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition under which candidates are excluded, whatever their score."""

    id: str
    when: Condition
    vetoes: tuple[str, ...]
    because: str
    place: Place
    sources: tuple[Citation, ...] = ()
    evidence: Evidence = "judged"
    refuted: str = ""
    checks: tuple[str, ...] = ()
    cases: tuple[RuleTest, ...] = ()
    expires: dt.date | None = None
    volatile: bool = False
    checked: Checked | None = None
    holds: tuple[str, ...] = ()

    @property
    def cites(self) -> Citation | None:
        """The passage of a pack document that this constraint encodes, if any."""
        return next((source for source in self.sources if source.cite), None)


@dataclass(frozen=True, slots=True)
class Route:
    """A way for a model to get from a candidate to a deployment target.

    `delivers` names the formats that it can end in, the usual one first, for projects that have one
    fixed. Where `prefer` holds, a plan takes it before more mature ones. `packages` are all that is
    installed to go this way, those of the candidate first.
    """

    id: str
    candidate: str
    target: str
    steps: tuple[str, ...]
    maturity: Maturity
    place: Place
    because: str = ""
    when: Condition | None = None
    sources: tuple[Citation, ...] = ()
    check: str = ""
    expires: dt.date | None = None
    delivers: tuple[str, ...] = ()
    volatile: bool = False
    checked: Checked | None = None
    prefer: Condition | None = None
    holds: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()

    def ends_in(self, formats: frozenset[str]) -> bool:
        """Return whether the route can end in one of some formats, or names none."""
        return not formats or not self.delivers or not formats.isdisjoint(self.delivers)


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of a document, audited, whether or not a rule encodes it."""

    id: str
    says: Citation
    verdict: Literal["true", "outdated", "false", "opinion"]
    because: str
    place: Place
    sources: tuple[Citation, ...] = ()
    rules: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    checked: Checked | None = None
    holds: tuple[str, ...] = ()


class Expectation(NamedTuple):
    """The advice that an example must get under one lens; empty fields are not checked.

    `lead` is the margin in hundredths of the stake, so that a changed weight shows.
    """

    lens: str
    best: str = ""
    outcome: str = ""
    leaders: tuple[str, ...] = ()
    lead: int | None = None


class Example(NamedTuple):
    """A whole project file, and the advice that it must get."""

    project: str
    expect: tuple[Expectation, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the outcomes part, in thousandths of support, completions and probability."""

    known: int = 600
    either: int = 800
    decided: int = 200
    clear: int = 800


class Reweighed(NamedTuple):
    """A criterion's weight before and after an overlay."""

    criterion: str
    before: int
    after: int


class Overlay(NamedTuple):
    """A pack laid over the first, and what it changed.

    `name` is the id of its head, else the name of its folder. `added` counts its entries by family;
    `retired` names the rules that it retires.
    """

    name: str
    version: str = ""
    added: Mapping[str, int] = {}
    reweighed: tuple[Reweighed, ...] = ()
    retired: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pack:
    """A whole rule pack: united by id, checked, and frozen.

    `calibration` turns support into the probability that the advice is right, by points in rising
    order; without it there is no probability. `population_digest` is of both it and `population`.
    Interviews about the middle half of the population ask between the two numbers of `asked`.
    `never_together` has answers that contradict each other: no open answer is completed so.
    """

    id: str
    version: str
    title: str
    dated: dt.date
    thresholds: Thresholds
    questions: Mapping[str, Question]
    candidates: Mapping[str, Candidate]
    criteria: Mapping[str, Criterion]
    constraints: Mapping[str, Constraint]
    rules: Mapping[str, Rule]
    routes: tuple[Route, ...] = ()
    referrals: Mapping[str, Referral] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    targets: str = ""
    formats: str = ""
    this_machine: Condition | None = None
    users_choose: Condition | None = None
    never_together: tuple[Condition, ...] = ()
    planning: Planning = field(default_factory=Planning)
    retired: Mapping[str, str] = field(default_factory=dict)
    locales: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    digest: str = ""
    overlays: tuple[Overlay, ...] = ()
    population: tuple[ReferenceProject, ...] = ()
    population_digest: str = ""
    calibration: tuple[CalibrationPoint, ...] = ()
    asked: tuple[int, int] | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    signs: Mapping[str, Sign] = field(default_factory=dict)
    resolutions: tuple[Resolution, ...] = ()
    moving: Moving = field(default_factory=Moving)
    libraries: Mapping[str, Library] = field(default_factory=dict)

    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions of the pack's head."""
        found = (self.this_machine, self.users_choose)
        return (*(each for each in found if each is not None), *self.planning.conditions())

    def contradicted(self, answers: Mapping[str, Answer]) -> list[tuple[str, ...]]:
        """Return the questions of given answers that the pack says never go together."""
        return [tuple(reads(each)) for each in self.never_together if holds(each, answers) is True]

    def reference(self, citation: Citation) -> Reference:
        """Return a citation spelt out: the document it quotes, or the source and its excerpt."""
        if citation.cite:
            document = self.documents.get(citation.cite)
            title = document.title if document else citation.cite
            return Reference(title=title, cite=citation.cite, says=citation.says)
        return self.sources[citation.source].reference(citation.excerpt)

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """What has been compiled from this pack, by kind: equal, whichever thread stored it."""
        return {}

    def __getstate__(self) -> dict[str, Any]:
        """Return the state without `memo`: another process compiles for itself."""
        return {name: value for name, value in vars(self).items() if name != "memo"}
