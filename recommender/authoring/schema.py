"""JSON Schemas (draft 2020-12) of packs, projects and probe reports.

The pack's comes from the models that the loader checks files against, a project's from the pack's
own questions, so that an editor completes the answers and explains each.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from recommender.loading.answers import NUMBER_LIMIT
from recommender.nouns.observation import REPORT_SCHEMA, VERDICTS
from recommender.nouns.pack import Pack
from recommender.nouns.profile import PROFILE_SCHEMA
from recommender.nouns.question import SCALE, Question

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
UNKNOWN: list[Any] = ["unknown", None]
TEXT = ["string", "number", "null"]
"""What is taken as text: YAML reads a name like 2048 as a number."""

_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_CONDITIONS: dict[str, Schema] = {
    "Condition": {
        "description": "Holds where every entry holds; a key is a question, or any, all, not.",
        "type": "object",
        "properties": {
            "any": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Condition"}},
            "all": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/Condition"}},
            "not": {"$ref": "#/$defs/Condition"},
        },
        "additionalProperties": {"$ref": "#/$defs/Test"},
    },
    "Test": {
        "description": "The answer, a list of answers (one of), or words that compare with it.",
        "anyOf": [
            _SCALAR,
            {"type": "array", "minItems": 1, "items": _SCALAR},
            {
                "type": "object",
                "minProperties": 1,
                "properties": {
                    "includes": {"$ref": "#/$defs/Listed"},
                    "includes_all": {"$ref": "#/$defs/Listed"},
                    "at_least": {"type": "number"},
                    "at_most": {"type": "number"},
                    "not": {"$ref": "#/$defs/Test"},
                },
                "additionalProperties": False,
            },
        ],
    },
    "Listed": {"anyOf": [_SCALAR, {"type": "array", "minItems": 1, "items": _SCALAR}]},
    "Answers": {
        "description": "Answers as a project file gives them; what is left out is unknown.",
        "type": "object",
        "additionalProperties": {
            "anyOf": [_SCALAR, {"type": "null"}, {"type": "array", "items": _SCALAR}]
        },
    },
}


_CITATION: Schema = {"$ref": "#/$defs/CitationText"}

_CONDITION: Schema = {"$ref": "#/$defs/Condition"}

_WRITTEN: dict[str, Schema] = {
    **dict.fromkeys(("when", "this-machine", "users-choose"), _CONDITION),
    "never-together": {"type": "array", "items": _CONDITION},
    "given": {"$ref": "#/$defs/Answers"},
}
"""Keys whose values the models leave to the reader of conditions."""


def pack_schema() -> Schema:
    """Return the schema of a file of a rule pack.

    >>> pack_schema()["$defs"]["RuleText"]["properties"]["when"]
    {'$ref': '#/$defs/Condition'}
    """
    from recommender.loading.models import PackFile  # noqa: PLC0415  (pydantic is slow to load)

    generated: Schema = PackFile.model_json_schema(by_alias=True)
    _refine(generated)
    definitions = {**generated.pop("$defs"), **_CONDITIONS}
    definitions["CitationText"]["anyOf"] = [
        {"required": ["cite", "says"]},
        {"required": ["source"]},
    ]
    return {
        "$schema": DIALECT,
        **generated,
        "title": "A file of a rule pack",
        "minProperties": 1,
        "$defs": definitions,
    }


def _refine(node: Any) -> None:
    """Add to a schema what the models leave to validators: conditions, answers, one or several."""
    inner = node.values() if isinstance(node, dict) else node
    for each in inner if isinstance(node, dict | list) else ():
        _refine(each)
    if not isinstance(node, dict):
        return
    if "patternProperties" in node:
        node["additionalProperties"] = False
    if isinstance(node.get("title"), str):
        del node["title"]
    properties = node.get("properties", {})
    for name, each in properties.items():
        _refine_sign(properties, name, each)
        if name in _WRITTEN:
            properties[name] = _WRITTEN[name]
        elif each.get("items") == _CITATION:
            properties[name] = {"anyOf": [each["items"], {"type": "array", "items": each["items"]}]}
        elif name == "holds":
            properties[name] = {"anyOf": [each["items"], each]}


def _refine_sign(properties: Schema, name: str, each: Schema) -> None:
    """Add what the models of signs leave to validators."""
    if name == "says" and each.get("type") == "object":
        properties[name] = {"$ref": "#/$defs/Answers"}
    elif name in ("within", "under", "instead-of", "calls") or (
        name == "names" and each.get("type") == "array"
    ):
        properties[name] = {"anyOf": [each["items"], each]}
    elif name in ("names", "beside", "without", "seen"):
        listed = each["additionalProperties"]
        each["additionalProperties"] = {"anyOf": [listed["items"], listed]}


def project_schema(pack: Pack) -> Schema:
    """Return the schema of a project file that answers a pack's questions.

    >>> from recommender import load_pack
    >>> answers = project_schema(load_pack("tests/toy/rules"))["properties"]["answers"]
    >>> answers["properties"]["milk"]["anyOf"][:2]
    [{'enum': [True, False]}, {'enum': ['unknown', None]}]
    """
    weight = {"type": "integer", "minimum": 0, "maximum": 10}
    nothing_counts = {
        "type": "object",
        "minProperties": 1,
        "required": [c.id for c in pack.criteria.values() if c.weight],
        "properties": {name: {"const": 0} for name in pack.criteria},
    }
    return {
        "$schema": DIALECT,
        "title": f"A project, for {pack.title} {pack.version}",
        "type": "object",
        "required": ["answers"],
        "properties": {
            "schema": {"const": PROFILE_SCHEMA},
            "name": {"type": TEXT, "description": "What it is called."},
            "notes": {"type": TEXT, "description": "What else there is to know."},
            "answers": {
                "description": "What is left out, null or unknown counts as not known.",
                "type": ["object", "null"],
                "properties": {
                    **{q.id: _answer(q) for q in pack.questions.values()},
                    **{
                        old: {"description": f"Now `{q.id}`.", **_answer(q), "deprecated": True}
                        for q in pack.questions.values()
                        for old in q.formerly
                    },
                },
                "additionalProperties": False,
            },
            "weights": {
                "description": "How much a criterion matters here, instead of the pack's weight.",
                "type": ["object", "null"],
                "properties": {
                    c.id: {**weight, "description": f"{c.title} (the pack says {c.weight})"}
                    for c in pack.criteria.values()
                },
                "additionalProperties": False,
                "not": nothing_counts,
            },
        },
        "patternProperties": {"^x-": True},
        "additionalProperties": False,
    }


def _answer(question: Question) -> Schema:
    shown: Schema = {"title": question.ask}
    help_ = [question.help] if question.help else []
    if question.type == "flag":
        return {**shown, **_about(help_), **_single({"enum": [True, False]})}
    if question.type in ("scale", "number"):
        number: Schema = {"type": "number", "minimum": 0, "maximum": NUMBER_LIMIT}
        if question.type == "scale":
            number = {"type": "integer", "minimum": SCALE[0], "maximum": SCALE[-1]}
            least, most = question.least or "not at all", question.most or "very much"
            help_.append(f"{SCALE[0]}: {least}. {SCALE[-1]}: {most}.")
        return {**shown, **_about(help_), **_single(number)}
    labels = [f"{name}: {label}" for name, label in question.choices.items()]
    labels += [f"{name}: a former choice" for name in question.former_choices]
    others = [name for names in question.names.values() for name in names]
    # YAML reads a version such as 3.9 as a number, which is read as what it is written like.
    numbers = [float(name) for name in others if re.fullmatch(r"\d+\.\d*[1-9]", name)]
    choices: Schema = {"enum": [*question.choices, *question.former_choices, *others, *numbers]}
    if question.type == "choice":
        return {**shown, **_about([*help_, *labels]), **_single(choices)}
    if question.none:
        labels.append(f"none: {question.none}")
    several = {"type": "array", "uniqueItems": True, "items": choices}
    only = {"type": "array", "minItems": 1, "maxItems": 1, "items": {"enum": ["none", "unknown"]}}
    one = {"enum": [*choices["enum"], "none", *UNKNOWN]}
    return {**shown, **_about([*help_, *labels]), "anyOf": [several, only, one]}


def _single(answer: Schema) -> Schema:
    """Describe the one answer to a question: by itself, or as the only one of a list."""
    listed = {"anyOf": [answer, {"const": "unknown"}]}
    one = {"type": "array", "minItems": 1, "maxItems": 1, "items": listed}
    return {"anyOf": [answer, {"enum": UNKNOWN}, one]}


def _about(lines: list[str]) -> Schema:
    return {"description": "\n".join(lines)} if lines else {}


def report_schema() -> Schema:
    """Return the schema of the report that `recommender probe` writes and `--probe` reads.

    >>> report_schema()["properties"]["schema"]
    {'const': 1}
    """
    words: Schema = {"type": "string"}
    statuses = (
        "pass", "fail", "skip", "unsupported", "crashed", "timeout", "killed", "garbled", "not-run",
    )  # fmt: skip
    return {
        "$schema": DIALECT,
        "title": "A probe report",
        "type": "object",
        "required": ["schema", "kind", "observations"],
        "properties": {
            "schema": {"const": REPORT_SCHEMA},
            "kind": {"const": "probe-report"},
            "made": {"type": "string", "format": "date-time"},
            "tier": words,
            "python": words,
            "machine": {"type": "object", "description": "Hardware, drivers and system."},
            "fingerprint": {
                "description": "The same for the same hardware, drivers and packages.", **words,
            },
            "candidates": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "required": ["status"],
                    "properties": {
                        "status": {"enum": ["present", "absent", "broken", "not-examined"]},
                        "because": words,
                        "versions": {"type": "object", "additionalProperties": words},
                    },
                },
            },
            "observations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["check", "candidate", "verdict"],
                    "properties": {
                        "check": words,
                        "candidate": words,
                        "verdict": {"enum": list(VERDICTS)},
                        "status": {"enum": list(statuses)},
                        "because": words,
                        "claim": words,
                        "figures": {"type": "object"},
                        "seconds": {"type": ["number", "null"], "minimum": 0},
                    },
                },
            },
        },
    }  # fmt: skip
