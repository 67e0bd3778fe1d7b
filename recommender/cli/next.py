"""Say which question about a project to answer next, or that none can change the advice."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from recommender.language import ENGLISH, Language
from recommender.loading import load_profile, read_profile
from recommender.output.formats.json import write
from recommender.output.next_question import next_asked
from recommender.reflecting.interview import next_question
from recommender.reflecting.proof import settled

from ._advice import spoken
from ._echo import deliver, echo
from ._options import as_of_option, pack_options, text_or_json_option

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile
    from recommender.reflecting.interview import Inquiry
    from recommender.reflecting.proof import Proof


@click.command(name="next")
@click.argument("project", metavar="PROJECT.yaml")
@pack_options
@as_of_option
@text_or_json_option
@click.option("--lang", metavar="CODE", help="Language of the text: en or zh.")
def command(
    project: str,
    pack: Callable[[], Pack],
    as_of: dt.date | None,
    format_: str,
    lang: str | None,
) -> None:
    """Name the open question whose answer can move the advice for PROJECT.yaml most.

    What PROJECT.yaml answers with `unknown` is not asked again. Where no answers to the open
    questions can change the advice any more, that is said, and proved. `-` reads standard input.
    """
    loaded = pack()
    profile = _project(project, loaded)
    inquiry = next_question(profile, loaded, as_of=as_of, skipped=profile.unknown)
    proof = settled(profile, loaded, as_of=as_of)
    if format_ == "json":
        deliver(write(next_asked(inquiry, proof, Language(loaded, lang or ENGLISH))))
    else:
        echo(_told(inquiry, proof, Language(loaded, lang or spoken())))


def _project(name: str, pack: Pack) -> Profile:
    if name == "-":
        return read_profile(sys.stdin.buffer.read(), "<stdin>", pack)
    return load_profile(name, pack)


def _told(inquiry: Inquiry | None, proof: Proof, language: Language) -> str:
    say, count = language.phrase, len(proof.open)
    if inquiry is None:
        verdict = language.verdict(proof.outcome, (proof.best,) if proof.best else ())
        if not count:
            return say("Settled: {verdict}. No question is open.", verdict=verdict)
        if proof.settled and count == 1:
            return say(
                "Settled: {verdict}. No answer to the other question can change this.",
                verdict=verdict,
            )
        if proof.settled:
            return say(
                "Settled: {verdict}. No answers to the other {n} questions can change this.",
                verdict=verdict, n=count,
            )  # fmt: skip
        return say("Nothing left to ask: {verdict}.", verdict=verdict)
    question = language.pack.questions[inquiry.question]
    lines = [f"{question.id}: {language.ask(question.id)}"]
    if language.help(question.id):
        lines.append(f"  {language.help(question.id)}")
    width = max(map(len, question.choices), default=0)
    lines += [
        f"  {name:<{width}}  {language.choice(question.id, name)}" for name in question.choices
    ]
    if count == 1:
        lines.append(say("No other question is open."))
    else:
        lines.append(say("{n} questions are open; this one can move the advice most.", n=count))
    return "\n".join(lines)
