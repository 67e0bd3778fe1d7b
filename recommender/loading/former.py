"""What questions and choices were once, so that projects written for them are still read.

An old id or choice that is still in use, or was two things, could be read as either: that is
refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from recommender.nouns.errors import Fault

from .answers import NONE, UNKNOWN, read_answers
from .yaml_text import PlacedDict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recommender.nouns.condition import Answer
    from recommender.nouns.question import Question

    from .definitions import Row
    from .models import FormerText


def former(
    question: Question,
    text: FormerText,
    row: Row,
    faults: list[Fault],
) -> Question:
    """Add to a question the ids and the choices that it had."""
    choices: dict[str, Answer] = {}
    raw = row.raw["formerly"]
    for name in text.choices:
        place = row.place("formerly", "choices", name)
        if name in question.choices or name in (NONE, UNKNOWN):
            what = f"`{name}` is an answer of `{question.id}` still"
            faults.append(Fault(place, what, "leave it out of `formerly`"))
            continue
        answer = answer_under(question, raw["choices"], name, row.file.name, faults)
        if answer is not None:
            choices[name] = answer
    return replace(question, formerly=text.ids, former_choices=choices)


def answer_under(
    question: Question, holder: Any, key: str, file: str, faults: list[Fault]
) -> Answer | None:
    """Read what stands under a key of a question as an answer to it."""
    written = PlacedDict()
    written[question.id], written.spots[question.id] = holder[key], holder.spots[key]
    return read_answers(written, {question.id: question}, file, faults).get(question.id)


def check_former(questions: Mapping[str, Question], faults: list[Fault]) -> None:
    """Refuse a former id that is a question's still, or was that of two."""
    seen: dict[str, Question] = {}
    for question in questions.values():
        for old in question.formerly:
            other = questions.get(old) or seen.setdefault(old, question)
            if other is not question or old == question.id:
                what = f"`{old}` cannot be a former id of `{question.id}`"
                remedy = f"it belongs to the question at {other.place}"
                faults.append(Fault(question.place, what, remedy))
