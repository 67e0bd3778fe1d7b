"""Say which question about a project to answer next, or that none can change the advice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from recommender.judging.case import Case
from recommender.nouns.pack import Pack
from recommender.output.formats.json import write
from recommender.output.next_question import next_asked
from recommender.reflecting.interview import Inquiry, enough, next_of
from recommender.reflecting.proof import Proof, proof_of

from ._advice import language_of, project_of
from ._echo import deliver, echo
from ._options import as_of_option, examples, pack_options, text_or_json_option

if TYPE_CHECKING:
    from recommender.language import Language


@click.command(
    epilog=examples(
        "recommender next project.yaml", "recommender next project.yaml --format json --lang zh"
    )
)
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
    """Name the open question whose answer would make the advice for PROJECT.yaml surest.

    What PROJECT.yaml answers with `unknown` is not asked again. Where the advice is sure enough,
    or where it is proved that no answers change who leads, that is said. `-` reads standard input.
    """
    loaded = pack()
    case = Case.of(project_of(project, loaded), loaded, as_of=as_of)
    inquiry, proof = next_of(case, case.profile.unknown), proof_of(case)
    language = language_of(loaded, lang, format_)
    if format_ == "json":
        deliver(write(next_asked(inquiry, proof, case, language)))
    else:
        echo(_told(inquiry, proof, case, language))


def _told(inquiry: Inquiry | None, proof: Proof, case: Case, language: Language) -> str:
    say, count = language.phrase, len(proof.open)
    if inquiry is None:
        advice = language.advice(case.decision.outcome, case.decision.leaders)
        values = {"advice": advice, "n": count}
        if not count:
            return say("Settled: {advice}. No question is open.", **values)
        if proof.settled and count == 1:
            return say(
                "Settled: {advice}. No answer to the other question can change this.", **values
            )
        if proof.settled:
            return say(
                "Settled: {advice}. No answers to the other {n} questions can change this.",
                **values,
            )
        if enough(case):
            return say(
                "Sure enough: {advice}. Of the projects most like this one, hardly any would be "
                "advised otherwise.",
                **values,
            )
        return say("No other answer is expected to change this: {advice}.", **values)
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
        lines.append(say("{n} questions are open; this one makes the advice surest.", n=count))
    return "\n".join(lines)
