"""The report of `compare`: what parts two projects, and their advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recommender.language import Language, points

from .document import Item, Report, Section, Span, item, listed, report, spans, words
from .formats.json import support
from .headline import headline
from .plan import plan_told
from .teller import Teller

if TYPE_CHECKING:
    from recommender.engine import Recommendation
    from recommender.projects.compare import Contrast, Parting


MOST = 5
"""How many rules of open answers are told."""


def as_data(found: Contrast, language: str = "en") -> dict[str, Any]:
    """Return the contrast of two projects for JSON, under a schema number."""
    return {
        "schema": 2,
        "kind": "contrast",
        "same": found.same,
        "projects": [
            {
                "name": each.profile.name,
                "headline": words(headline(Teller(each, language))),
                "outcome": each.outcome,
                "best": each.best,
                "leaders": each.leaders,
                "support": support(each),
                "scores": each.ranking.scores,
                "plan": each.plan,
                "referrals": [referral.id for referral in each.referrals],
            }
            for each in found.advice
        ],
        "first": found.first,
        "rival": found.rival,
        "answers": found.answers,
        "weights": found.weights,
        "partings": found.partings,
        "exclusions": found.exclusions,
        "gates": found.gates,
    }


def told(found: Contrast, language: Language) -> Report:
    """Return the report: the advice to two projects, and what parts it."""
    say = language.phrase
    title = say("Both are advised alike.") if found.same else say("They are advised differently.")
    sections = (
        listed("advice", "", [_advised(each, language) for each in found.advice]),
        _exclusions(found, language),
        _rules(found, language),
        _expected(found, language),
        _weights(found, language),
        _answers(found, language),
    )
    return report("", spans(Span(title, "strong")), sections)


def _advised(advice: Recommendation, language: Language) -> Item:
    """Tell what one project is advised, with its plan."""
    steps = plan_told(advice, language.spoken)
    return item("-", *headline(Teller(advice, language.spoken)), details=steps)


def _exclusions(found: Contrast, language: Language) -> Section | None:
    say = language.phrase
    one, other = found.exclusions
    first, second = (each.profile for each in found.advice)
    items = []
    for mine, theirs, project in ((one, other, first), (other, one, second)):
        for constraint, names in mine.items():
            if constraint not in theirs:
                told = say(
                    "{project} excludes {names}: {because}",
                    project=project.name,
                    names=language.listing(map(language.candidate, names)),
                    because=language.constraint(constraint),
                )
                items.append(item("×", told, details=[constraint], kind="bad"))
    return listed("exclusions", say("Exclusions that part them"), items)


def _rules(found: Contrast, language: Language) -> Section | None:
    items = [
        _parted(found, language, each, (each.one, each.other), _cause(each, language))
        for each in found.partings
        if each.known
    ]
    title = language.phrase(
        "Rules that part them, in points of {first} over {rival}: {total} together",
        first=language.candidate(found.first),
        rival=language.candidate(found.rival),
        total=points(sum(p.known for p in found.partings), signed=True),
    )
    return listed("rules", title, items)


def _expected(found: Contrast, language: Language) -> Section | None:
    """Tell which open answers part them most, by what projects like each of them answer."""
    parted = [each for each in found.partings if each.expected]
    parted.sort(key=lambda each: -abs(each.expected))
    items = [
        _parted(found, language, each, (each.expected_one, each.expected_other), "")
        for each in parted[:MOST]
    ]
    title = language.phrase(
        "Open answers that part them, as projects like each mostly answer: {total} together",
        total=points(sum(p.expected for p in parted), signed=True),
    )
    return listed("expected", title, items)


def _cause(parting: Parting, language: Language) -> str:
    """Name the questions whose answers make the difference."""
    if not parting.questions:
        return language.phrase("moved by the project's own weight")
    return language.phrase("moved by {questions}", questions=language.questions(parting.questions))


def _parted(
    found: Contrast, language: Language, parting: Parting, given: tuple[int, int], cause: str
) -> Item:
    a, b = (each.profile.name for each in found.advice)
    one, other = (points(each, signed=True) for each in given)
    told = language.phrase(
        "{criterion}: {one} for {a}, {other} for {b}.",
        criterion=language.criterion(parting.criterion), one=one, other=other, a=a, b=b,
    )  # fmt: skip
    last = Span(f"{parting.rule} · {cause}" if cause else parting.rule, "dim")
    mark = points(given[0] - given[1], signed=True)
    return item(mark, told, details=[language.because(parting.rule), spans(last)])


def _weights(found: Contrast, language: Language) -> Section | None:
    say = language.phrase
    a, b = (each.profile.name for each in found.advice)
    told = [
        say(
            "{criterion}: {one} for {a}, {other} for {b}.",
            criterion=language.criterion(name), one=one, other=other, a=a, b=b,
        )
        for name, one, other in found.weights
    ]  # fmt: skip
    return listed("weights", say("Weights that differ"), [item("-", each) for each in told])


def _answers(found: Contrast, language: Language) -> Section | None:
    say = language.phrase
    moved = {question for parting in found.partings for question in parting.questions}
    names, items = [each.question for each in found.answers], []
    for name in sorted(names, key=lambda each: each not in moved):
        details = []
        for advice in found.advice:
            answer = language.answer(name, advice.profile.answers.get(name))
            if name in advice.explanation.inapplicable:
                answer = say("not asked")
            details.append(say("{name}: {answer}", name=advice.profile.name, answer=answer))
        if gated := found.gates.get(name):
            asked = language.questions(gated)
            details.append(say("This decides whether to ask {questions}.", questions=asked))
        elif name not in moved:
            details.append(say("This moved no rule."))
        items.append(item("-", language.ask(name), details=details))
    return listed("answers", say("Answers that differ"), items)
