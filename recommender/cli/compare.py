"""Explain why two projects get different advice."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from recommender.nouns.errors import UsageError, did_you_mean

from ._advice import spoken
from ._echo import deliver
from ._options import as_of_option, pack_options

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from recommender.judging.lens import Lens
    from recommender.language import Language
    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile
    from recommender.output._document import Document, Item, Section
    from recommender.projects.compare import Contrast, Difference


def _lens(_: click.Context, __: click.Parameter, value: str) -> str:
    if value not in ("document", "today"):
        hint = did_you_mean(value, ("document", "today"))
        raise UsageError(f"`compare` looks through no lens `{value}`; {hint}")
    return value


@click.command()
@click.argument("one", metavar="A.yaml")
@click.argument("other", metavar="B.yaml")
@pack_options
@as_of_option
@click.option("--lens", default="today", callback=_lens, metavar="LENS", help="document or today.")
@click.option("--format", "format_", default="text", metavar="FORMAT", help="text or json.")
@click.option("--lang", metavar="CODE", help="Language of the report: en or zh.")
def command(
    one: str,
    other: str,
    pack: Callable[[], Pack],
    as_of: dt.date | None,
    lens: Lens,
    format_: str,
    lang: str | None,
) -> None:
    """Name the answers in which A.yaml and B.yaml differ, and the rules that they moved."""
    from recommender.language import Language  # noqa: PLC0415
    from recommender.loading import load_profile  # noqa: PLC0415
    from recommender.projects.compare import contrast  # noqa: PLC0415  (a command loads what it needs)

    if format_ not in ("text", "json"):
        hint = did_you_mean(format_, ("text", "json"))
        raise UsageError(f"there is no format `{format_}` here; {hint}")
    if os.path.realpath(one) == os.path.realpath(other):
        raise UsageError(f"`{other}` is given twice; name two projects to compare")
    loaded = pack()
    found = contrast(
        load_profile(one, loaded), load_profile(other, loaded), loaded, lens=lens, as_of=as_of
    )
    if format_ == "json":
        deliver(_json(found))
        return
    from ._screen import draw  # noqa: PLC0415

    draw(_told(found, Language(loaded, lang or spoken())))


def _json(found: Contrast) -> str:
    from recommender.output.json import write  # noqa: PLC0415

    return write(
        {
            "schema": 1,
            "kind": "contrast",
            "projects": [found.one.name, found.other.name],
            "same": found.same,
            "rankings": found.rankings,
            "first": found.first,
            "rival": found.rival,
            "answers": found.answers,
            "weights": found.weights,
            "partings": found.partings,
            "exclusions": found.exclusions,
            "gates": found.gates,
        }
    )


def _told(found: Contrast, language: Language) -> Document:
    from recommender.output._document import Document, Span, spans  # noqa: PLC0415

    say = language.phrase
    one, other = (language.verdict(r.outcome, r.leaders) for r in found.rankings)
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
    return Document("", spans(Span(told, "strong")), tuple(s for s in sections if s is not None))


def _exclusions(found: Contrast, language: Language) -> Section | None:
    from recommender.output._document import Item, spans  # noqa: PLC0415

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
    return _section("exclusions", say("Exclusions that part them"), items)


def _rules(found: Contrast, language: Language) -> Section | None:
    from recommender.language import points  # noqa: PLC0415
    from recommender.output._document import Item, Span, spans  # noqa: PLC0415

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
    return _section("rules", title, items)


def _weights(found: Contrast, language: Language) -> Section | None:
    from recommender.output._document import Item, spans  # noqa: PLC0415

    say = language.phrase
    items = [
        Item("-", spans(say("{criterion}: {one} for {a}, {other} for {b}.",
                            criterion=language.criterion(name), one=one, other=other,
                            a=found.one.name, b=found.other.name)))
        for name, one, other in found.weights
    ]  # fmt: skip
    return _section("weights", say("Weights that differ"), items)


def _answers(found: Contrast, language: Language) -> Section | None:
    from recommender.output._document import Item, spans  # noqa: PLC0415

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
    return _section("answers", say("Answers that differ"), items)


def _said(each: Difference, profile: Profile, found: Contrast, language: Language) -> str:
    mine = profile is found.one
    if each.question in found.inapplicable[0 if mine else 1]:
        return language.phrase("not asked")
    return language.answer(each.question, each.one if mine else each.other)


def _section(name: str, title: str, items: list[Item]) -> Section | None:
    from recommender.output._document import Items, Section  # noqa: PLC0415

    return Section(name, title, (Items(tuple(items)),)) if items else None
