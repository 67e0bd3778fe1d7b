"""YAML text as plain values that remember their lines; the only module that uses PyYAML.

Scalars follow YAML 1.2's core schema, so a bare `yes` or `12:30` is text. Size, depth and aliases
are bounded; tags and duplicate keys are refused.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from recommender.nouns.errors import Fault, Place

from .files import SIZE_LIMIT, first_bytes

if TYPE_CHECKING:
    from pathlib import Path

Value: TypeAlias = "PlacedDict | PlacedList | str | int | float | bool | None"
Spot: TypeAlias = tuple[int, int]

DEPTH_LIMIT = 32
_NESTED = f"is nested deeper than {DEPTH_LIMIT} levels", "flatten it"
_TOO_DEEP = "exceeded maximum nesting depth"  # libyaml's own limit, which may come first
_NO_COLON = "could not find expected ':'"
_SECOND_COLON = "mapping values are not allowed"
NODE_LIMIT = 50_000

_OPENED = tuple(
    f"while {what}"
    for what in ("parsing a flow sequence", "parsing a flow mapping", "scanning a quoted scalar")
)
"""What is missed only further down than where it is opened."""

_PLAIN_TAGS = (None, "!")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# libyaml compares every %TAG with all before it: a megabyte of them takes half a minute.
_HANDLES = r"(?m)^%TAG\b"
MOST_DIGITS = 15
"""Digits of a whole number; what has more stays text."""

# Compiled when they are first needed: a project may well hold no number.
_INTEGER = rf"[-+]?[0-9]{{1,{MOST_DIGITS}}}"
_DECIMAL = (
    r"(?=.*[.eE])[-+]?(?:[0-9]{1,17}(?:\.[0-9]{0,17})?|\.[0-9]{1,17})(?:[eE][-+]?[0-9]{1,2})?"
)
_NUMERIC = "+-.0123456789"
"""What a number begins with."""

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class PlacedDict(dict[str, Any]):
    """A mapping that remembers where each of its keys stands."""

    __slots__ = ("spot", "spots")

    def __init__(self, spot: Spot = (0, 0)) -> None:
        super().__init__()
        self.spot = spot
        self.spots: dict[str, Spot] = {}


class PlacedList(list[Any]):
    """A list that remembers where each of its items stands."""

    __slots__ = ("spot", "spots")

    def __init__(self, spot: Spot = (0, 0)) -> None:
        super().__init__()
        self.spot = spot
        self.spots: list[Spot] = []


class _Refused(Exception):  # noqa: N818  (carries a fault, never leaves this module)
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def read_file(path: str | Path, name: str, faults: list[Fault]) -> Value:
    """Return the value of one YAML file; a file that cannot be read is a fault, and `None`."""
    place = Place(name)
    try:
        if os.path.isdir(path):
            faults.append(Fault(place, "is a folder", "name a file in it"))
            return None
        data = first_bytes(path)
    except FileNotFoundError:
        faults.append(Fault(place, "there is no such file"))
        return None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        faults.append(Fault(place, f"cannot be read: {reason}"))
        return None
    return read_text(data, name, faults)


def read_text(data: bytes | str, name: str, faults: list[Fault]) -> Value:
    r"""Return the value of one YAML document; if it has faults, they are added.

    It is `None` where reading had to stop there.

    >>> faults = []
    >>> read_text("tea: [green, 12:30, no]", "x.yaml", faults), faults
    ({'tea': ['green', '12:30', 'no']}, [])
    """
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")  # a lone surrogate is then found below
    if len(data) > SIZE_LIMIT:
        faults.append(Fault(Place(name), f"is larger than {SIZE_LIMIT:,} bytes", "split it"))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.append(Fault(Place(name, line), "is not UTF-8 text", "save it as UTF-8"))
        return None
    handles = "%TAG" in text and re.search(_HANDLES, text)
    if handles:
        line = text.count("\n", 0, handles.start()) + 1
        faults.append(Fault(Place(name, line), "uses the directive %TAG", "write plain values"))
        return None
    try:
        return _Builder(text, name, faults).document()
    except _Refused as refused:
        faults.append(refused.fault)
    except yaml.MarkedYAMLError as error:
        faults.append(_unparsed(error, text, name))
    except yaml.YAMLError as error:
        line = text[: getattr(error, "position", 0) or 0].count("\n") + 1
        reason = getattr(error, "reason", "cannot be parsed")
        faults.append(Fault(Place(name, line), f"is not YAML: {reason}", "remove the character"))
    return None


def _unparsed(error: yaml.MarkedYAMLError, text: str, name: str) -> Fault:
    """Say where and why a text is no YAML; what was never closed, where it was opened."""
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    problem = error.problem or error.context or "cannot be parsed"
    remedy = "check indentation, colons, quotes"
    if mark and opened and error.context in _OPENED and opened.line < mark.line:
        problem, remedy = f"{problem} up to line {mark.line + 1}", "close what is opened here"
        mark = opened
    if opened and problem == _NO_COLON:
        mark, remedy = opened, "finish this line as `key: value`"
    place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
    if problem == _TOO_DEEP:
        return Fault(place, *_NESTED)
    lines = text.split("\n")[: mark.line + 1] if mark else []
    # YAML breaks lines at more characters than this, so that its last may not be among them.
    wrong = lines[mark.line] if mark and mark.line < len(lines) else ""
    if mark and wrong.startswith("\t", mark.column):
        return Fault(place, "is not YAML: a tab cannot indent it", "use spaces")
    written = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    for number, line in written[-2:]:
        if mended := unspaced(line):
            return Fault(Place(name, number), "is not YAML: a key without its colon", mended)
    if mark and (found := re.search(r"(?:^|[:\[,-])\s*([@`*&%!])", wrong)):
        remedy = f"put what begins with {found[1]} in quotes"
    if re.match(r"\s*-\w", wrong):
        remedy = "write a space after the hyphen of a list"
    if mark and problem.startswith(_SECOND_COLON):
        quoted = ": " in wrong[: mark.column]
        remedy = "put the text in quotes" if quoted else "indent it as far as the line above"
    return Fault(place, f"is not YAML: {problem}", remedy)


def unspaced(text: str) -> str:
    """Return how to mend a key whose colon YAML takes for text, or empty text.

    >>> unspaced("goal:product"), unspaced("goal： product"), unspaced("goal: product")
    ('write `goal: `, with a space', 'write `goal: `, with the colon of ASCII', '')
    """
    found = re.match(r"\s*(?:- )?([\w-]+)(：|:(?=\w))", text)
    if not found:
        return ""
    how = "with a space" if found[2] == ":" else "with the colon of ASCII"
    return f"write `{found[1]}: `, {how}"


class _Builder:
    """A builder of values from parse events, which checks depth and size as it goes."""

    def __init__(self, text: str, name: str, faults: list[Fault]) -> None:
        self._loader = _LOADER(text)
        self._next = self._loader.get_event
        self._name = name
        self._faults = faults
        self._nodes = 0

    def document(self) -> Value:
        try:
            return self._document()
        finally:
            self._loader.dispose()

    def _document(self) -> Value:
        found: list[Value] = []
        while not isinstance(event := self._next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    raise self._refuse(event, "holds several documents", "keep one to a file")
                found.append(self._value(self._next(), 0))
        return found[0] if found else None

    def _refuse(self, event: Any, what: str, remedy: str = "") -> _Refused:
        return _Refused(Fault(self._place(_spot(event)), what, remedy))

    def _place(self, spot: Spot) -> Place:
        return Place(self._name, *spot)

    def _value(self, event: Any, depth: int) -> Value:
        self._nodes += 1
        if self._nodes > NODE_LIMIT:
            raise self._refuse(event, f"holds more than {NODE_LIMIT:,} values", "split it")
        if depth > DEPTH_LIMIT:
            raise self._refuse(event, *_NESTED)
        if isinstance(event, yaml.AliasEvent):
            what = f"uses the alias *{event.anchor}"
            self._faults.append(Fault(self._place(_spot(event)), what, "write the value out"))
            return None  # as if it were unknown, so that what follows is read too
        if event.tag not in _PLAIN_TAGS:
            raise self._refuse(event, f"uses the tag {event.tag}", "write plain values")
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            rows = PlacedList(_spot(event))
            while not isinstance(event := self._next(), yaml.SequenceEndEvent):
                value = self._value(event, depth + 1)
                if not isinstance(event, yaml.AliasEvent):
                    rows.spots.append(_spot(event))
                    rows.append(value)
            return rows
        return self._table(PlacedDict(_spot(event)), depth)

    def _table(self, table: PlacedDict, depth: int) -> PlacedDict:
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.tag not in _PLAIN_TAGS:
                raise self._refuse(event, "has a key that is not a word", "use plain text keys")
            key, spot = event.value, _spot(event)
            value = self._value(self._next(), depth + 1)
            if key in table:
                first = self._place(table.spots[key])
                what = f"`{key}` is written twice, first at line {first.line}"
                self._faults.append(Fault(self._place(spot), what, "keep one of the two"))
                continue
            table.spots[key] = spot
            table[key] = value
        return table


def _spot(event: Any) -> Spot:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


def _scalar(event: Any) -> str | int | float | bool | None:
    text: str = event.value
    if event.style not in (None, ""):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMERIC:
        if re.fullmatch(_INTEGER, text):
            return int(text)
        if re.fullmatch(_DECIMAL, text):
            return float(text)
    return text


def spot_of(value: Any, path: tuple[str | int, ...]) -> Spot:
    r"""Return line and column of the deepest part of a path that the value has.

    >>> spot_of(read_text("a:\n  b: [1, 2]", "x", []), ("a", "b", 1))
    (2, 10)
    """
    spot: Spot = getattr(value, "spot", (0, 0))
    for step in path:
        if isinstance(value, PlacedDict) and step in value:
            spot, value = value.spots[str(step)], value[str(step)]
        elif isinstance(value, PlacedList) and isinstance(step, int) and step < len(value):
            spot, value = value.spots[step], value[step]
        else:
            break
    return spot
