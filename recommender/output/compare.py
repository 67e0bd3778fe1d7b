"""The report of `compare`: what parts two projects, and their advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recommender.language import points

from .document import Item, Report, Section, Span, listed, spans

if TYPE_CHECKING:
    from recommender.language import Language
    from recommender.nouns.profile import Profile
    from recommender.projects.compare import Contrast, Difference


def as_data(found: Contrast) -> dict[str, Any]:
    """Return the contrast of two projects for JSON, under a schema number."""
    return {
        "schema": 1,
        "kind": "contrast",
        "projects": [found.one.name, found.other.name],
        "same": found.same,
        "decisions": found.decisions,
        "rankings": found.rankings,
        "first": found.first,
        "rival": found.rival,
        "answers": found.answers,
        "weights": found.weights,
        "partings": found.partings,
        "exclusions": found.exclusions,
        "gates": found.gates,
    }


def told(found: Contrast, language: Language) -> Report:
    """Return the report: exclusions, rules, weights and answers that part two projects."""
    say = language.phrase
    one, other = (language.advice(d.outcome, d.leaders) for d in found.decisions)
    values = {"a": found.one.name, "b": found.other.name, "one": one, "other": other}
    if found.same:
        told = say("Both are advised alike. {a}: {one}; {b}: {other}.", **values)
    else:
        told = say("They are advised differently. {a}: {one}; {b}: {other}.", **values)
    sections = (
        _exclusions(found, language),
        _rules(found, language),
        _weights(found, language),
        _answers(found, language),
    )
    return Report("", spans(Span(told, "strong")), tuple(s for s in sections if s is not None))


def _exclusions(found: Contrast, language: Language) -> Section | None:
    say = language.phrase
    one, other = found.exclusions
    items = []
    for mine, theirs, project in ((one, other, found.one), (other, one, found.other)):
        for constraint, names in mine.items():
            if constraint not in theirs:
                told = say(
                    "{project} excludes {names}: {because}",
                    project=project.name,
                    names=language.listing(map(language.candidate, names)),
                    because=language.constraint(constraint),
                )
                items.append(Item("×", spans(told), (spans(constraint),), "bad"))
    return listed("exclusions", say("Exclusions that part them"), items)


def _rules(found: Contrast, language: Language) -> Section | None:
    say = language.phrase
    items = []
    for parting in found.partings:
        asked = (say("“{question}”", question=language.ask(q)) for q in parting.questions)
        told = say(
            "{criterion}: {one} for {a}, {other} for {b}.",
            criterion=language.criterion(parting.criterion),
            one=points(parting.one, signed=True),
            other=points(parting.other, signed=True),
            a=found.one.name,
            b=found.other.name,
        )
        cause = say("moved by {questions}", questions=language.listing(asked))
        if not parting.questions:
            cause = say("moved by the project's own weight")
        because = spans(Span(f"{parting.rule} · {cause}", "dim"))
        mark = points(parting.one - parting.other, signed=True)
        items.append(Item(mark, spans(told), (spans(language.because(parting.rule)), because)))
    title = say(
        "Rules that part them, in points of {first} over {rival}: {total} together",
        first=language.candidate(found.first),
        rival=language.candidate(found.rival),
        total=points(sum(p.one - p.other for p in found.partings), signed=True),
    )
    return listed("rules", title, items)


def _weights(found: Contrast, language: Language) -> Section | None:
    say = language.phrase
    items = [
        Item("-", spans(say("{criterion}: {one} for {a}, {other} for {b}.",
                            criterion=language.criterion(name), one=one, other=other,
                            a=found.one.name, b=found.other.name)))
        for name, one, other in found.weights
    ]  # fmt: skip
    return listed("weights", say("Weights that differ"), items)


def _answers(found: Contrast, language: Language) -> Section | None:
    say = language.phrase
    moved = {question for parting in found.partings for question in parting.questions}
    items = []
    for each in sorted(found.answers, key=lambda answer: answer.question not in moved):
        details = [
            spans(
                say(
                    "{name}: {answer}",
                    name=profile.name,
                    answer=_said(each, profile, found, language),
                )
            )
            for profile in (found.one, found.other)
        ]
        gated = found.gates.get(each.question, ())
        if gated:
            asked = (say("“{question}”", question=language.ask(name)) for name in gated)
            told = say(
                "This decides whether {questions} applies.", questions=language.listing(asked)
            )
            details.append(spans(told))
        elif each.question not in moved:
            details.append(spans(say("This moved no rule.")))
        items.append(Item("-", spans(language.ask(each.question)), tuple(details)))
    return listed("answers", say("Answers that differ"), items)


def _said(each: Difference, profile: Profile, found: Contrast, language: Language) -> str:
    mine = profile is found.one
    if each.question in found.inapplicable[0 if mine else 1]:
        return language.phrase("not asked")
    return language.answer(each.question, each.one if mine else each.other)
