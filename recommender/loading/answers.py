"""Reading answers: values as written in a project, checked against the pack's questions."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import chain
from typing import Any, NamedTuple

from recommender.nouns.condition import Answer, holds, reads
from recommender.nouns.errors import Fault, Place, did_you_mean, full_width
from recommender.nouns.profile import Reading
from recommender.nouns.question import Question, question_under

from .conditions import check_single
from .yaml_text import spot_of

UNKNOWN = "unknown"
NONE = "none"
NUMBER_LIMIT = 1e15


def read_answers(
    data: Any,
    questions: Mapping[str, Question],
    file: str,
    faults: list[Fault],
    readings: list[Reading] | None = None,
) -> dict[str, Answer]:
    """Return the known answers; whatever is not a valid answer is added to `faults`.

    Former questions and choices are read as what they are now, another name of one choice as that
    choice, and a single answer where several are taken as a list of one; what was read as what is
    added to `readings`.
    """
    known: dict[str, Answer] = {}
    keys: dict[str, str] = {}
    for key, value in data.items():
        place = Place(file, *spot_of(data, (key,)))
        if isinstance(value, frozenset | set | tuple):  # as a profile holds several answers
            value = sorted(value, key=str)  # noqa: PLW2901
        question = question_under(str(key), questions)
        if question is None:
            remedy = full_width(key) or _like(str(key), value, questions)
            faults.append(Fault(place, f"no question `{key}`", remedy))
            continue
        if question.id in keys:
            what = f"`{keys[question.id]}` and `{key}` are one question now"
            faults.append(Fault(place, what, f"answer `{question.id}` alone"))
            continue
        keys[question.id] = str(key)
        if value is None or _is_unknown(value):
            continue
        read = _several if question.type == "many" else _single
        written = _Written(data, str(key), place, questions)
        answer = read(question, value, written, faults)
        if answer is None:
            continue
        known[question.id] = answer
        if readings is not None:
            readings += _readings(question, written, value, answer)
    faults.extend(_inapplicable(known, questions, data, file, keys))
    return known


class _Written(NamedTuple):
    """Where an answer is written, and among which questions."""

    data: Any
    key: str
    place: Place
    questions: Mapping[str, Question]

    def part(self, index: int) -> Place:
        """Say where one item of a list stands."""
        spot = spot_of(self.data, (self.key, index))
        return Place(self.place.file, *spot) if any(spot) else self.place


def _readings(question: Question, written: _Written, value: Any, answer: Answer) -> list[Reading]:
    """Return what an answer was read as, if not as what was written.

    A list without items is told too: it may be meant for later, or for nothing said.
    """
    key, words = written.key, value if isinstance(value, list) else [value]
    empty = written.data[key] == []  # the empty set is what a profile holds
    single = question.type == "many" and not isinstance(value, list) and bool(answer)
    if (
        key == question.id
        and not single
        and not empty
        and all(_as_it_is(question, each) for each in words)
    ):
        return []
    read: Any = answer
    if isinstance(answer, frozenset):
        read = [name for name in question.choices if name in answer] or NONE
    line = f"{question.id}: {_yaml(read)}"
    return [Reading(question.id, key, f"{key}: {_yaml(value)}", line)]


def _as_it_is(question: Question, each: Any) -> bool:
    return question.read_as(_word(each)) is None and (each == NONE or not _is(each, NONE))


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _yaml(value: Any) -> str:
    return f"[{', '.join(map(_word, value))}]" if isinstance(value, list) else _word(value)


def spelled(question: Question, answer: Answer | None) -> tuple[str, ...]:
    """Return an answer as the texts that a form, an address or a line of input has for it."""
    if answer is None:
        return (UNKNOWN,)
    if isinstance(answer, frozenset):
        return tuple(each for each in question.choices if each in answer) or (NONE,)
    if isinstance(answer, float) and answer.is_integer():
        return (f"{answer:.0f}",)
    return (_word(answer),)


def unknowns(data: Mapping[str, Any], questions: Mapping[str, Question]) -> frozenset[str]:
    """Return the questions that are answered with `unknown`."""
    return frozenset(
        question.id
        for question in questions.values()
        if any(_is_unknown(data.get(key)) for key in (question.id, *question.formerly))
    )


def _is_unknown(value: Any) -> bool:
    return _is(value[0] if isinstance(value, list) and len(value) == 1 else value, UNKNOWN)


def _is(value: Any, word: str) -> bool:
    """Tell whether a value is a word, in whatever case."""
    return isinstance(value, str) and value.lower() == word


def _single(
    question: Question, value: Any, written: _Written, faults: list[Fault]
) -> Answer | None:
    place = written.place
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, list | dict):
        remedy = "choose the one that fits best, or write unknown"
        faults.append(Fault(place, f"`{question.id}` takes one answer", remedy))
        return None
    numeric = question.type in ("scale", "number")
    if numeric and isinstance(value, float) and math.isnan(value):
        faults.append(Fault(place, f"`{question.id}` takes a finite number, not `{value}`"))
        return None
    if isinstance(value, int | float) and abs(value) > NUMBER_LIMIT:
        faults.append(Fault(place, f"`{question.id}` is too large", "is the unit right?"))
        return None
    former = question.read_as(_word(value))
    value = value if former is None else former
    answer, wrong, remedy = check_single(question, value, (UNKNOWN,))
    if wrong:
        elsewhere = _answers_another(value, written.questions, but=question.id)
        if elsewhere and "did you mean" not in remedy:
            remedy = "; ".join(filter(None, (elsewhere, remedy)))
        faults.append(Fault(place, wrong, _in_quotes(value, question) or remedy))
        return None
    return answer  # type: ignore[no-any-return]


def _in_quotes(value: Any, question: Question) -> str:
    """Return how an answer such as 3.10 is written, which is 3.1 without quotes, or empty text."""
    if isinstance(value, float) and question.read_as(f"{value}0") is not None:
        return f'write "{value}0" in quotes if it is meant; without them it is the number {value}'
    return ""


def _several(
    question: Question, value: Any, written: _Written, faults: list[Fault]
) -> frozenset[str] | None:
    values = value if isinstance(value, list) else [value]
    kept: list[str] = []
    now: set[str] = set()
    before = len(faults)
    for index, each in enumerate(values):
        here = written.part(index) if isinstance(value, list) else written.place
        if isinstance(today := question.read_as(_word(each)), frozenset):
            now |= today
            continue
        if _is(each, NONE) and NONE not in question.choices:
            if len(values) > 1:
                remedy = "leave `none` out, or leave the others out"
                faults.append(
                    Fault(here, f"`none` beside other answers to `{question.id}`", remedy)
                )
            continue
        if _is(each, UNKNOWN) or each is None:
            remedy = "leave it out, or leave the others out"
            faults.append(Fault(here, f"`unknown` beside answers to `{question.id}`", remedy))
            continue
        if isinstance(each, list | dict):
            faults.append(Fault(here, f"`{question.id}` takes a plain list of answers"))
            continue
        answer, wrong, remedy = check_single(question, each, (NONE, UNKNOWN))
        if wrong:
            faults.append(Fault(here, wrong, _as_list(each, question) or remedy))
        elif answer in kept:
            faults.append(Fault(here, f"`{answer}` is listed twice", "keep it once"))
        else:
            kept.append(answer)
    return frozenset(now.union(kept)) if len(faults) == before else None


def _as_list(value: Any, question: Question) -> str:
    """Return how several answers that stand in one text are written, or empty text."""
    parts = re.split(r"\s*[,;，；、/+&]\s*|\s+(?:and|or)\s+", str(value).strip())
    if len(parts) == 1 or not all(len(question.called(part)) == 1 for part in parts):
        return ""
    return f"write {_yaml(parts)}, in CSV {';'.join(parts)}"


def _like(key: str, value: Any, questions: Mapping[str, Question]) -> str:
    """Return the questions that a key was likely meant for, by a word of it, or by its answer.

    >>> asked = dict.fromkeys(("python-like", "python-version", "targets"))
    >>> _like("python", 3, {}), _like("python", 3, asked), _like("target", 3, asked)
    ('', 'did you mean `python-like` or `python-version`?', 'did you mean `targets`?')
    """
    words = set(re.split(r"[\W_]+", key.lower()))
    alike = [f"`{name}`" for name in questions if words & {*name.split("-")}]
    near = did_you_mean(key, questions)
    if alike and (len(words) == 1 or "did you mean" not in near):
        return f"did you mean {' or '.join(alike)}?"
    return near if "did you mean" in near else _answers_another(value, questions) or near


def _answers_another(value: Any, questions: Mapping[str, Question], but: str = "") -> str:
    """Return the remark that a misplaced value would answer another question, or empty text."""
    values = value if isinstance(value, list) else [value]
    for question in questions.values():
        if question.id != but and all(str(each) in question.choices for each in values):
            return f"that answers `{question.id}`"
    return ""


def _inapplicable(
    known: dict[str, Answer],
    questions: Mapping[str, Question],
    data: Any,
    file: str,
    keys: Mapping[str, str],
) -> list[Fault]:
    """Return the faults of answers to questions that do not apply, each naming both lines.

    "No" and "none" contradict nothing there: they are removed, as if the question were left out.
    """
    found = []
    for name, reason in ruled_out(known, questions).items():
        if not known.get(name):
            known.pop(name, None)
            continue
        place = Place(file, *spot_of(data, (keys[name],)))
        others = [keys[each] for each in reason if each in known]
        lines = [f"`{each}` ({Place(file, *spot_of(data, (each,)))})" for each in others]
        because = f", because of {' and '.join(lines)}" if lines else ""
        what = f"`{keys[name]}` does not apply here{because}"
        found.append(Fault(place, what, "remove it, or change the answer that rules it out"))
    return found


def ruled_out(
    known: Mapping[str, Answer], questions: Mapping[str, Question]
) -> dict[str, tuple[str, ...]]:
    """Return each question whose own condition is false, with those asked that rule it out."""
    out: dict[str, tuple[str, ...]] = {}
    for question in questions.values():
        if question.when is not None and holds(question.when, known, out) is False:
            read = chain.from_iterable(out.get(each, (each,)) for each in reads(question.when))
            out[question.id] = tuple(dict.fromkeys(read))
    return out
