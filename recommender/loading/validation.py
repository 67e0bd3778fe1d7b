"""Validation errors of pydantic as faults: place in the file, plain words, and a remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from recommender.nouns.errors import FAULT_LIMIT, Fault, Place, did_you_mean
from recommender.nouns.resolution import PLATFORMS

from .conditions import shown
from .yaml_text import spot_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_WORDS = {
    "string_type": "takes text",
    "int_type": "takes a whole number",
    "int_from_float": "takes a whole number",
    "float_type": "takes a number",
    "bool_type": "takes true or false",
    "bool_parsing": "takes true or false",
    "dict_type": "takes a mapping",
    "model_type": "takes a mapping",
    "model_attributes_type": "takes a mapping",
    "tuple_type": "takes a list",
    "list_type": "takes a list",
    "date_from_datetime_parsing": "takes a date",
    "date_type": "takes a date",
}


def faults_of(error: ValidationError, model: type[BaseModel], data: Any, file: str) -> list[Fault]:
    """Return the faults of a failed validation, in the order of the file."""
    complaints = error.errors(include_url=False)[: FAULT_LIMIT + 1]
    found = {_fault(each, model, data, file): None for each in complaints}
    return sorted(found, key=lambda fault: fault.place or Place(file))


def _fault(complaint: ErrorDetails, model: type[BaseModel], data: Any, file: str) -> Fault:
    path = complaint["loc"]
    place = Place(file, *spot_of(data, path))
    kind, limits = complaint["type"], complaint.get("ctx", {})
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    if kind == "extra_forbidden":
        return Fault(place, f"unknown key `{key}`", did_you_mean(key, _keys(model, path[:-1])))
    if kind == "missing":
        return Fault(place, f"`{key}` is missing", f"add `{key}:`")
    given = shown(complaint["input"])
    if kind == "literal_error":
        return Fault(place, f"`{key}` cannot be {given}", _literal_remedy(complaint))
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = limits.get("ge", limits.get("le"))
        way = "at least" if "ge" in limits else "at most"
        return Fault(place, f"`{key}` must be {way} {bound:g}, not {given}")
    if path and path[-1] == "[key]":
        holder = next((str(step) for step in reversed(path[:-2]) if isinstance(step, str)), "")
        return Fault(place, f"`{holder}` cannot hold the name {given}", _pattern_remedy(key))
    if kind == "string_pattern_mismatch":
        return Fault(place, f"`{key}` cannot be written {given}", _pattern_remedy(key))
    if kind.startswith("date"):
        return Fault(place, f"`{key}` takes a date, not {given}", "write it as 2026-11-23")
    if kind.endswith(("too_short", "too_long")):
        most = limits.get("max_length")
        return Fault(place, f"`{key}` is {f'longer than {most:,}' if most else 'empty'}")
    if kind == "value_error":
        return Fault(place, f"`{key}`: {limits.get('error', complaint['msg'])}")
    return Fault(place, f"`{key}` {_WORDS.get(kind, complaint['msg'])}, not {given}")


def _literal_remedy(complaint: ErrorDetails) -> str:
    expected = str(complaint.get("ctx", {}).get("expected", "")).replace("'", "")
    words = expected.replace(" or ", ", ").split(", ")
    given = complaint["input"]
    if isinstance(given, bool) and str(given).lower() in words:
        return f'write it in quotes, "{str(given).lower()}"'
    if isinstance(given, str) and given in words:
        return "write it without the quotes"
    return did_you_mean(given, words)


def _pattern_remedy(key: str) -> str:
    return {
        "url": "write the whole address, https://..., or a page of this repository, docs/page.md",
        "home": "write the whole address, https://...",
        "version": "write it as 1.0.0",
        "file": "name a file of the pack's `documents` folder, without a path",
        "project": "name a .yaml file under `examples`",
        "packages": 'write each as pip takes it: a name, extras, bounds, "torch>=2.4,<3"',
        **dict.fromkeys(PLATFORMS, 'write Pythons as "3.14"'),
        "locale": "write it as `zh` or `zh-Hant`",
    }.get(key, "use lower-case words joined by hyphens, as `mobile-deployment`")


def _keys(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """Return the keys allowed at the end of a path through nested models."""
    for step in path:
        field = model.model_fields.get(str(step)) or next(
            (f for f in model.model_fields.values() if f.alias == step), None
        )
        if field is not None:
            model = _model_in(field.annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found:
            return found
    return None
