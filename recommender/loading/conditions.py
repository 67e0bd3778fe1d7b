"""Reading conditions: `when:` as written in YAML, checked against the pack's questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from recommender.nouns.condition import All, AnyOf, Condition, Test, check_extent, negate
from recommender.nouns.errors import Fault, Place, did_you_mean, listing
from recommender.nouns.question import SCALE, Question

from .yaml_text import MOST_DIGITS, spot_of

JOINTS = ("all", "any", "not")
WORDS = ("includes", "includes_all", "at_least", "at_most", "not")
_NUMERAL = r"[-+]?[0-9]+(\.[0-9]*)?"
SHORTEST = 3
"""Letters that a word must have to be looked for in what answers say."""
RESERVED = frozenset({*JOINTS, "unknown", "none"})


class ConditionReader:
    """A reader of the conditions of one file; whatever is wrong is added to `faults`."""

    def __init__(
        self,
        questions: Mapping[str, Question],
        file: str,
        faults: list[Fault],
        later: Collection[str] = (),
    ) -> None:
        self._questions = questions
        self._later = later
        self._file = file
        self._faults = faults

    def read(self, data: Any, holder: Any = None, key: str | int = "") -> Condition:
        """Return the condition written under `holder[key]`; an empty one always holds."""
        if data is None:
            return All(())
        place = Place(self._file, *spot_of(holder, (key,)))
        condition = self._condition(data, place)
        try:
            check_extent(condition)
        except ValueError as error:
            self._faults.append(Fault(place, f"`{key}` is {error}", "split the rule"))
            return All(())
        return condition

    def _fault(self, place: Place, what: str, remedy: str = "") -> Condition:
        self._faults.append(Fault(place, what, remedy))
        return All(())

    def _condition(self, data: Any, place: Place) -> Condition:
        if not isinstance(data, dict):
            return self._fault(
                place, "a condition is a mapping from question to answer", "as {goal: research}"
            )
        parts = []
        for key, value in data.items():
            here = Place(self._file, *spot_of(data, (key,)))
            if key in ("all", "any"):
                if not isinstance(value, list) or not value:
                    parts.append(self._fault(here, f"`{key}` takes a list of conditions"))
                    continue
                each = tuple(self._condition(item, here) for item in value)
                parts.append(All(each) if key == "all" else AnyOf(each))
            elif key == "not":
                parts.append(negate(self._condition(value, here)))
            elif key in self._questions:
                parts.append(self._test(self._questions[key], value, here))
            elif key in self._later:
                what = f"the question `{key}` is asked after this one"
                parts.append(self._fault(here, what, "ask it earlier"))
            else:
                remedy = did_you_mean(key, [*self._questions, *JOINTS])
                now = next((q.id for q in self._questions.values() if key in q.formerly), "")
                remedy = f"it is `{now}` now" if now else remedy
                parts.append(self._fault(here, f"no question `{key}`", remedy))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _test(self, question: Question, value: Any, place: Place) -> Condition:
        if isinstance(value, dict):
            if not value:
                return self._fault(place, f"the test of `{question.id}` is empty")
            parts = tuple(self._word(question, word, each, place) for word, each in value.items())
            return parts[0] if len(parts) == 1 else All(parts)
        if question.type == "many":
            if value == "none" or value == []:
                return Test(question.id, "none")
            return self._fault(
                place,
                f"`{question.id}` allows several answers",
                f"write {{includes: {shown(value)}}}, or `none` for the empty answer",
            )
        values = value if isinstance(value, list) else [value]
        if not values:
            return self._fault(place, f"the test of `{question.id}` names no answer")
        checked = tuple(self._answer(question, each, place) for each in values)
        return Test(question.id, "one_of", checked)

    def _word(self, question: Question, word: str, value: Any, place: Place) -> Condition:
        if word == "not":
            return negate(self._test(question, value, place))
        if word in ("includes", "includes_all"):
            if question.type != "many":
                return self._fault(
                    place,
                    f"`{word}` is for questions of several answers; `{question.id}` takes one",
                    f"write {question.id}: {shown(value)}",
                )
            values = value if isinstance(value, list) else [value]
            if not values:
                return self._fault(place, f"`{word}` names no answer")
            checked = tuple(self._answer(question, each, place) for each in values)
            return Test(question.id, "includes" if word == "includes" else "includes_all", checked)
        if word in ("at_least", "at_most"):
            if question.type not in ("scale", "number"):
                return self._fault(
                    place,
                    f"`{word}` is for questions of type scale or number; "
                    f"`{question.id}` is a {question.type}",
                )
            if isinstance(value, bool) or not isinstance(value, int | float):
                return self._fault(place, f"`{word}` takes a number, not {shown(value)}")
            return Test(question.id, "at_least" if word == "at_least" else "at_most", (value,))
        return self._fault(place, f"unknown word `{word}`", did_you_mean(word, WORDS))

    def _answer(self, question: Question, value: Any, place: Place) -> Any:
        checked, wrong, remedy = check_single(question, value)
        if wrong:
            self._fault(place, wrong, remedy)
        return checked


def check_single(
    question: Question, value: Any, besides: tuple[str, ...] = ()
) -> tuple[Any, str, str]:
    """Return one checked answer to a question, what is wrong with it, and the remedy.

    `besides` are the words that may stand there beside the choices.
    """
    if question.type in ("choice", "many"):
        name = str(value).lower() if isinstance(value, bool) else str(value)
        if isinstance(value, str | int | float) and name in question.choices:
            return name, "", ""
        remedy = _nearest(name, question, besides)
        return None, f"`{question.id}` has no answer {shown(value)}", remedy
    if question.type == "flag":
        if isinstance(value, bool):
            return value, "", ""
        if value in ("true", "false"):
            wrong = f"`{question.id}` takes true or false, not the text {value!r}"
            return None, wrong, "write it without the quotes"
        guess = {"yes": "true", "on": "true", "y": "true"}.get(str(value).lower())
        guess = guess or {"no": "false", "off": "false", "n": "false"}.get(str(value).lower())
        remedy = f"did you mean `{guess}`?" if guess else "write true, false or unknown"
        return None, f"`{question.id}` takes true or false, not {shown(value)}", remedy
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None, *_no_number(question, value)
    if question.type == "number" and value < 0:  # a count or a duration
        return None, f"`{question.id}` takes a number from 0 up, not {shown(value)}", ""
    if question.type == "scale" and value not in SCALE:
        wrong = f"`{question.id}` takes a whole number from 0 to {SCALE[-1]}, not {shown(value)}"
        return None, wrong, ""
    return (int(value) if question.type == "scale" else value), "", ""


def _no_number(question: Question, value: Any) -> tuple[str, str]:
    if isinstance(value, str) and re.fullmatch(_NUMERAL, value):
        if sum(map(str.isdigit, value)) > MOST_DIGITS:  # left as text by the YAML reader
            return f"`{question.id}` has too many digits", "is the unit right?"
        wrong = f"`{question.id}` takes a number, not the text {value!r}"
        return wrong, "write it without the quotes"
    kind = f"a whole number from 0 to {SCALE[-1]}" if question.type == "scale" else "a number"
    return f"`{question.id}` takes {kind}, not {shown(value)}", ""


def _nearest(name: str, question: Question, besides: tuple[str, ...]) -> str:
    if name in question.former_choices:
        now = question.former_choices[name]
        words = sorted(now) if isinstance(now, frozenset) else [str(now)]
        return f"it is {listing([f'`{each}`' for each in words]) or '`none`'} now"
    meant = question.called(name) or tuple(filter(None, [by_label(name, question.choices)]))
    if not meant and not re.search("[,;，；、]", name):  # of several one would not do
        meant = _held(name.lower(), question)
    if meant:
        return f"did you mean {' or '.join(f'`{each}`' for each in meant)}?"
    return did_you_mean(name, question.choices, besides)


def _held(word: str, question: Question) -> tuple[str, ...]:
    """Return the choices whose id or other name stands in a word, as the one of `python3.12`.

    >>> of = {"cortex-m": "A chip", "linux": "A board"}
    >>> asked = Question("chip", "Which?", "choice", Place(""), of, also={"linux": {"pi", "pi-5"}})
    >>> _held("cortex-m33", asked), _held("pi-5 8gb", asked), _held("raspi", asked)
    (('cortex-m',), ('linux',), ())
    """
    word = re.sub(r"[\s_]+", "-", word)
    named = [(each.lower(), choice) for choice, also in question.also.items() for each in also]
    told = [*named, *((choice.lower(), choice) for choice in question.choices)]
    found = [(name, choice) for name, choice in told if _stands_in(name, word)]
    longest = {
        choice
        for name, choice in found
        if not any(name in other and name != other for other, _ in found)
    }
    return tuple(each for each in question.choices if each in longest)


def _stands_in(name: str, word: str) -> bool:
    before, after = ("a-z" if each.isalpha() else r"\d" for each in (name[0], name[-1]))
    return re.search(rf"(?<![{before}]){re.escape(name)}s?(?![{after}])", word) is not None


def by_label(word: str, labels: Mapping[str, str]) -> str:
    """Return the one answer whose words are these or hold them, or empty text.

    >>> by_label("raspberry-pi", {"single-board": "A board (Raspberry Pi)", "server": "A server"})
    'single-board'
    """
    sought = _letters(word)
    held = {name: _letters(label) for name, label in labels.items()}
    found = [name for name, label in held.items() if label == sought]
    if not found and len(sought) >= SHORTEST:
        found = [name for name, label in held.items() if sought in label]
    return found[0] if len(found) == 1 else ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


def shown(value: Any) -> str:
    """Return a value quoted as it was written, cut to the length of a line."""
    if value is None:
        return "`null`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return f"[{listing([str(each) for each in value])}]"
    if isinstance(value, dict):
        return "a mapping"
    text = str(value)
    return f"`{text if len(text) <= 60 else text[:57] + '...'}`"  # noqa: PLR2004
