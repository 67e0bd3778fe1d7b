"""Reading answers: values as written in a project, checked against the pack's questions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from recommender.nouns.condition import holds, reads
from recommender.nouns.errors import Fault, Place, did_you_mean

from .conditions import check_single
from .yaml_text import spot_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recommender.nouns.condition import Answer
    from recommender.nouns.pack import Question

UNKNOWN = "unknown"
NONE = "none"
NUMBER_LIMIT = 1e15


def read_answers(
    data: Any, questions: Mapping[str, Question], file: str, faults: list[Fault]
) -> dict[str, Answer]:
    """Return the known answers; whatever is not a valid answer is added to `faults`."""
    known: dict[str, Answer] = {}
    for key, value in data.items():
        place = Place(file, *spot_of(data, (key,)))
        if isinstance(value, frozenset | set | tuple):  # as a profile holds several answers
            value = sorted(value, key=str)  # noqa: PLW2901
        question = questions.get(str(key))
        if question is None:
            elsewhere = _answers_another(value, questions)
            remedy = did_you_mean(key, questions)
            faults.append(Fault(place, f"no question `{key}`", remedy or elsewhere))
        elif value is None or value == UNKNOWN or value == [UNKNOWN]:
            continue
        elif question.type == "many":
            answer = _several(question, value, data, place, faults)
            if answer is not None:
                known[question.id] = answer
        else:
            single = _single(question, value, questions, place, faults)
            if single is not None:
                known[question.id] = single
    faults.extend(_inapplicable(known, questions, data, file))
    return known


def _single(
    question: Question,
    value: Any,
    questions: Mapping[str, Question],
    place: Place,
    faults: list[Fault],
) -> Answer | None:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, list | dict):
        remedy = "choose the one that fits best, or write unknown"
        faults.append(Fault(place, f"`{question.id}` takes one answer", remedy))
        return None
    numeric = question.type in ("scale", "number")
    if numeric and isinstance(value, float) and not math.isfinite(value):
        faults.append(Fault(place, f"`{question.id}` takes a finite number, not `{value}`"))
        return None
    if isinstance(value, int | float) and abs(value) > NUMBER_LIMIT:
        faults.append(Fault(place, f"`{question.id}` is too large", "is the unit right?"))
        return None
    answer, wrong, remedy = check_single(question, value)
    if wrong:
        elsewhere = _answers_another(value, questions, but=question.id)
        near = "did you mean" in remedy
        faults.append(Fault(place, wrong, remedy if near else elsewhere or remedy))
        return None
    return answer  # type: ignore[no-any-return]


def _several(
    question: Question, value: Any, data: Any, place: Place, faults: list[Fault]
) -> frozenset[str] | None:
    values = value if isinstance(value, list) else [value]
    holder = value if isinstance(value, list) else None
    kept: list[str] = []
    before = len(faults)
    for index, each in enumerate(values):
        here = place
        if holder is not None:
            spot = spot_of(data, (question.id, index))
            here = Place(place.file, *spot) if any(spot) else place
        if each == NONE and NONE not in question.choices:
            if len(values) > 1:
                remedy = "leave `none` out, or leave the others out"
                faults.append(
                    Fault(here, f"`none` beside other answers to `{question.id}`", remedy)
                )
            continue
        if each == UNKNOWN or each is None:
            remedy = "leave it out, or leave the others out"
            faults.append(Fault(here, f"`unknown` beside answers to `{question.id}`", remedy))
            continue
        if isinstance(each, list | dict):
            faults.append(Fault(here, f"`{question.id}` takes a plain list of answers"))
            continue
        answer, wrong, remedy = check_single(question, each)
        if wrong:
            faults.append(Fault(here, wrong, remedy))
        elif answer in kept:
            faults.append(Fault(here, f"`{answer}` is listed twice", "keep it once"))
        else:
            kept.append(answer)
    return frozenset(kept) if len(faults) == before else None


def _answers_another(value: Any, questions: Mapping[str, Question], but: str = "") -> str:
    """Return the remark that a misplaced value would answer another question, or empty text."""
    values = value if isinstance(value, list) else [value]
    for question in questions.values():
        if question.id != but and all(str(each) in question.choices for each in values):
            return f"that answers `{question.id}`"
    return ""


def _inapplicable(
    known: dict[str, Answer], questions: Mapping[str, Question], data: Any, file: str
) -> list[Fault]:
    """Return the faults of answers to questions that do not apply, each naming both lines.

    "No" and "none" contradict nothing there: they are removed, as if the question were left out.
    """
    found = []
    for name, reason in ruled_out(known, questions).items():
        if not known.get(name):
            known.pop(name, None)
            continue
        place = Place(file, *spot_of(data, (name,)))
        others = [each for each in reason if each in known]
        lines = [f"`{each}` ({Place(file, *spot_of(data, (each,)))})" for each in others]
        because = f", because of {' and '.join(lines)}" if lines else ""
        what = f"`{name}` does not apply here{because}"
        found.append(Fault(place, what, "remove it, or change the answer that rules it out"))
    return found


def ruled_out(
    known: Mapping[str, Answer], questions: Mapping[str, Question]
) -> dict[str, tuple[str, ...]]:
    """Return each question whose own condition is false, with the questions that it reads."""
    out: dict[str, tuple[str, ...]] = {}
    for question in questions.values():
        if question.when is not None and holds(question.when, known, out) is False:
            out[question.id] = reads(question.when)
    return out
