"""List the questions about a project, with the answers that each takes."""

from __future__ import annotations

from collections.abc import Callable

import click

from recommender.language import Language
from recommender.nouns.pack import Pack
from recommender.output.formats.json import write_all

from ._advice import spoken
from ._echo import deliver
from ._options import examples, pack_options, text_or_json_option


@click.command(epilog=examples("recommender questions", "recommender questions --lang zh"))
@pack_options
@text_or_json_option
@click.option("--lang", metavar="CODE", help="Language of the text: en or zh.")
def command(pack: Callable[[], Pack], format_: str, lang: str | None) -> None:
    """List every question with its answers, as a project file writes them.

    `recommender new project FILE` writes them into a file to be filled in.
    """
    loaded = pack()
    language = Language(loaded, lang or spoken())
    if format_ == "json":
        deliver(write_all(_entry(language, name) for name in loaded.questions))
    else:
        deliver("\n\n".join(_told(language, name) for name in loaded.questions))


def _entry(language: Language, name: str) -> dict[str, object]:
    question = language.pack.questions[name]
    return {
        "id": name,
        "type": question.type,
        "ask": language.ask(name),
        "help": language.help(name),
        "choices": dict(language.options(name)),
        "none": language.none(name) if question.type == "many" else "",
    }


def _told(language: Language, name: str) -> str:
    question, choices = language.pack.questions[name], language.answers(name)
    width = max((len(each) for each, _ in choices), default=0)
    lines = [f"{name} ({question.type}): {language.ask(name)}"]
    if language.help(name):
        lines.append(f"  {language.help(name)}")
    return "\n".join([*lines, *(f"  {each:<{width}}  {words}" for each, words in choices)])
