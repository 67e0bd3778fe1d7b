"""A blank project file: every question as a comment, to be answered by taking the `#` away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.nouns.errors import clean
from recommender.nouns.profile import PROFILE_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.language import Language
    from recommender.nouns.question import Question


def blank_project(language: Language) -> str:
    """Return a project file that answers nothing yet, with every question and its answers.

    >>> from recommender import load_pack
    >>> from recommender.language import Language
    >>> text = blank_project(Language(load_pack("tests/toy/rules")))
    >>> text.splitlines()[-3:]
    ['  #   true   Yes', '  #   false  No', '  # my-kitchen:']
    """
    note = language.phrase(
        "Answer what you know: take the # away before a question. Four or five answers are enough."
    )
    head = [f"schema: {PROFILE_SCHEMA}", "name: my-project", "", f"# {note}"]
    blocks = ["\n".join(_block(language, each)) for each in language.pack.questions.values()]
    return "\n".join([*head, "answers:", "\n\n".join(blocks), ""])


def _block(language: Language, question: Question) -> Iterator[str]:
    yield f"  # {clean(language.ask(question.id))}"
    choices = language.answers(question.id)
    width = max((len(name) for name, _ in choices), default=0)
    for name, words in choices:
        yield f"  #   {name:<{width}}  {clean(words)}"
    answer = "[]" if question.type == "many" else ""
    yield f"  # {question.id}: {answer}".rstrip()
