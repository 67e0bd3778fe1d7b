"""A pack as JSON and back: every noun is an object of one key, its name, and its fields in order.

Reading builds the nouns of the modules listed here and nothing else, so what is stored can be wrong
but can never run code. What no recommendation reads (what a repository shows, moves, the document's
other claims) has a line of its own before the pack's, and is read when it is first asked for.
"""

from __future__ import annotations

import datetime as dt
import json
from binascii import crc32
from collections.abc import Mapping
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from recommender.nouns.pack import Pack

if TYPE_CHECKING:
    from collections.abc import Callable

_MARK = "!"
"""What every key that names a noun begins with."""

_MODULES = (
    "pack", "condition", "errors", "source", "question", "plan", "population", "referral",
    "resolution", "sign", "moving",
)  # fmt: skip
"""The modules of the nouns; the last two are loaded where one of theirs is read."""

_APART = ("facts", "signs", "moving")
"""The parts of a pack that have a line each."""

_ODD = (TypeError, ValueError, LookupError, AttributeError, RecursionError)
"""What reading ends in where the text is none of ours."""


class _Kinds(dict[str, tuple["Callable[..., Any]", tuple[int, ...]]]):
    """What each key makes, and the places of those fields that are days, which JSON has as text."""

    def __missing__(self, key: str) -> tuple[Callable[..., Any], tuple[int, ...]]:
        for module in _MODULES:
            kind: Any = vars(import_module(f"recommender.nouns.{module}")).get(key[1:])
            if isinstance(kind, type) and "__match_args__" in vars(kind):
                said: Any = kind
                days = tuple(
                    place
                    for place, name in enumerate(said.__match_args__)
                    if "dt.date" in str(said.__annotations__[name])
                )
                self[key] = kind, days
                return self[key]
        raise ValueError(f"no noun is called {key}")


_KINDS = _Kinds({
    f"{_MARK}set": (lambda *members: frozenset(members), ()),
    f"{_MARK}map": (lambda *pairs: dict(pairs), ()),
})  # fmt: skip


def dump_pack(pack: Pack) -> bytes:
    """Return a pack as lines of JSON.

    >>> from recommender import load_pack
    >>> pack = load_pack("tests/toy/rules")
    >>> parse_pack(dump_pack(pack)) == pack
    True
    """
    whole = _plain(pack)
    (fields,) = whole.values()
    places = [pack.__match_args__.index(name) for name in _APART]
    lines = [fields[place] for place in places] + [whole]
    for place in places:
        fields[place] = None
    text = "\n".join(json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in lines)
    return text.encode("utf-8", "surrogatepass")


def parse_pack(text: bytes) -> Pack:
    """Return the pack that was written; raises `ValueError` for anything else."""
    *parts, whole = text.split(b"\n")
    try:
        found = _read(whole)
    except _ODD as error:
        raise ValueError(f"not a stored pack: {error}") from None
    if not isinstance(found, Pack) or len(parts) != len(_APART):
        raise ValueError("not a stored pack")
    for name in _APART:
        del vars(found)[name]
    apart = zip(_APART, parts, strict=True)
    vars(found)["apart"] = {name: partial(_read, part) for name, part in apart}
    return found


def sealed(text: bytes) -> bytes:
    """Put the checksum of a stored pack before it, on a line of its own."""
    return checksum(text) + b"\n" + text


def unsealed(entry: bytes) -> bytes:
    """Return a sealed pack as stored; raises `ValueError` if any byte of it has changed."""
    said, _, text = entry.partition(b"\n")
    if checksum(text) != said:
        raise ValueError("not what was stored")
    return text


def checksum(body: bytes) -> bytes:
    """Return a checksum, which differs where a file was damaged by accident."""
    return b"%08x" % crc32(body)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        if any(key.startswith(_MARK) for key in value):
            return {f"{_MARK}map": [[key, _plain(each)] for key, each in value.items()]}
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return {f"{_MARK}set": sorted(value)}
    if isinstance(value, dt.date):
        return value.isoformat()
    if hasattr(type(value), "__match_args__"):
        fields = [_plain(getattr(value, name)) for name in value.__match_args__]
        return {f"{_MARK}{type(value).__name__}": fields}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


def _read(text: bytes) -> Any:
    return json.loads(text, object_hook=_made)


def _made(found: dict[str, Any]) -> Any:
    """Return what an object of one marked key names; the lists of a pack are tuples."""
    if len(found) != 1:
        return found
    name, fields = found.popitem()
    if name[:1] != _MARK:
        return {name: fields}
    make, days = _KINDS[name]
    if list in map(type, fields):
        fields = [tuple(e) if type(e) is list else e for e in fields]
    for place in days:
        fields[place] = _day(fields[place])
    return make(*fields)


@cache
def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
