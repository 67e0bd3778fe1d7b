"""What each tool takes, as JSON Schemas made from the pack, and the check of what a client sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from recommender.judging.lens import Lens
from recommender.language import ENGLISH
from recommender.loading.answers import NONE, UNKNOWN
from recommender.nouns.errors import Fault, UsageError, did_you_mean, listing
from recommender.nouns.pack import Pack
from recommender.nouns.question import SCALE, Question

Schema: TypeAlias = dict[str, Any]

LENSES: tuple[Lens, ...] = ("today", "document")
"""Through which lenses agents may look; the third needs a probe report of this machine."""

KINDS: Mapping[str, tuple[type, str]] = {
    "string": (str, "text"),
    "object": (dict, "an object"),
}


def takes(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """Describe the arguments of a tool; it takes no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def answers_schema(pack: Pack) -> Schema:
    """Describe the answers of a project: the questions with the choices of each.

    >>> from recommender import load_pack
    >>> asked = answers_schema(load_pack("tests/toy/rules"))["properties"]
    >>> asked["hour"]
    {'description': 'When will you drink it?', 'enum': ['morning', 'evening', 'unknown']}
    """
    return {
        "type": "object",
        "description": (
            "What the user answered: a question's id and the answer. Write unknown where the user "
            "does not know, and leave out what was not asked. Do not guess. What else a choice is "
            "called in the field is in `questions`."
        ),
        "properties": {q.id: _answer(q) for q in pack.questions.values()},
        "additionalProperties": False,
    }


def _answer(question: Question) -> Schema:
    asked = {"description": question.ask}
    if question.type == "choice":
        return {**asked, "enum": [*question.choices, UNKNOWN]}
    if question.type == "flag":
        return {**asked, "enum": [True, False, UNKNOWN]}
    if question.type == "scale":
        return {**asked, "enum": [*SCALE, UNKNOWN]}
    if question.type == "number":
        return {**asked, "anyOf": [{"type": "number", "minimum": 0}, {"const": UNKNOWN}]}
    several = {"type": "array", "items": {"enum": list(question.choices)}, "uniqueItems": True}
    return {**asked, "anyOf": [several, {"enum": [NONE, UNKNOWN]}]}


def weights_schema(pack: Pack) -> Schema:
    """Describe a project's own criterion weights."""
    weight = {"type": "integer", "minimum": 0, "maximum": 10}
    return {
        "type": "object",
        "description": (
            "How much a criterion matters to this project, 0 to 10, where the user says so; the "
            "pack's own weights hold otherwise."
        ),
        "properties": {
            each.id: {"description": f"{each.title} (the pack says {each.weight})", **weight}
            for each in pack.criteria.values()
        },
        "additionalProperties": False,
    }


LENS: Schema = {
    "enum": list(LENSES),
    "default": LENSES[0],
    "description": "today: all rules, as reviewed; document: the founding document alone.",
}


def language_schema(pack: Pack) -> Schema:
    """Describe the languages in which a pack can speak."""
    return {
        "enum": [ENGLISH, *sorted(pack.locales)],
        "default": ENGLISH,
        "description": "The language of the sentences; ids never change with it.",
    }


def check(arguments: Mapping[str, Any], schema: Schema) -> None:
    """Raise `UsageError` for arguments that a tool does not take, lacks, or cannot read.

    What is inside `answers` and `weights` is checked where projects are read.

    >>> check({"anwsers": {}}, takes(("answers",), answers={"type": "object"}))
    Traceback (most recent call last):
    recommender.nouns.errors.UsageError: there is no argument `anwsers`; did you mean `answers`?
    the argument `answers` is missing
    """
    known: Mapping[str, Schema] = schema["properties"]
    faults = [
        Fault(None, f"there is no argument `{key}`", did_you_mean(key, known) or "give none")
        for key in arguments
        if key not in known
    ]
    faults += [
        Fault(None, f"the argument `{key}` is missing")
        for key in schema["required"]
        if key not in arguments
    ]
    faults += [
        fault for key in known if key in arguments if (fault := _unfit(key, arguments, known))
    ]
    if faults:
        raise UsageError(faults)


def _unfit(key: str, arguments: Mapping[str, Any], known: Mapping[str, Schema]) -> Fault | None:
    """Return what is wrong with one argument, if anything is."""
    value, schema = arguments[key], known[key]
    if "enum" in schema:
        choices = [str(each) for each in schema["enum"]]
        if value in schema["enum"]:
            return None
        return Fault(None, f"`{key}` cannot be `{value}`", f"one of: {listing(choices)}")
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if any(isinstance(value, KINDS[kind][0]) for kind in kinds):
        return None
    return Fault(None, f"`{key}` takes {' or '.join(KINDS[kind][1] for kind in kinds)}")
