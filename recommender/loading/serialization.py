"""A pack as JSON and back: every noun is an object of one key, its name, and its fields in order.

Reading builds the nouns of the modules listed here and nothing else, so what is stored can be wrong
but can never run code.
"""

from __future__ import annotations

import datetime as dt
import json
from binascii import crc32
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from recommender.nouns import (
    condition,
    errors,
    library,
    moving,
    plan,
    population,
    question,
    referral,
    resolution,
    sign,
    source,
)
from recommender.nouns import pack as nouns
from recommender.nouns.pack import Pack

_MARK = "!"
"""What every key that names a noun begins with."""

_MODULES = (
    condition, errors, library, moving, nouns, plan, population, question, referral, resolution,
    sign, source,
)  # fmt: skip
_NOUNS: tuple[Any, ...] = tuple(
    {kind for module in _MODULES for kind in vars(module).values() if isinstance(kind, type)
     and "__match_args__" in vars(kind)}
)  # fmt: skip


_ODD = (TypeError, ValueError, LookupError, AttributeError, RecursionError)
"""What reading ends in where the text is none of ours."""


_KINDS: dict[str, Callable[..., Any]] = {
    **{f"{_MARK}{kind.__name__}": kind for kind in _NOUNS},
    f"{_MARK}set": lambda *members: frozenset(members),
    f"{_MARK}map": lambda *pairs: dict(pairs),
}
_DATED = {
    f"{_MARK}{kind.__name__}": [
        place
        for place, name in enumerate(kind.__match_args__)
        if str(kind.__annotations__[name]).removeprefix("ForwardRef('").startswith("dt.date")
    ]
    for kind in _NOUNS
}
"""The fields that are days, which JSON has as text."""


def dump_pack(pack: Pack) -> bytes:
    """Return a pack as JSON.

    >>> from recommender import load_pack
    >>> pack = load_pack("tests/toy/rules")
    >>> parse_pack(dump_pack(pack)) == pack
    True
    """
    text = json.dumps(_plain(pack), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def parse_pack(text: bytes) -> Pack:
    """Return the pack that was written; raises `ValueError` for anything else."""
    try:
        found = json.loads(text, object_hook=_made)
    except _ODD as error:
        raise ValueError(f"not a stored pack: {error}") from None
    if not isinstance(found, nouns.Pack):
        raise ValueError("not a stored pack")  # noqa: TRY004  (the one error of bad text)
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
    if isinstance(value, _NOUNS):
        fields = [_plain(getattr(value, name)) for name in value.__match_args__]
        return {f"{_MARK}{type(value).__name__}": fields}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


def _made(found: dict[str, Any]) -> Any:
    """Return what an object of one marked key names; the lists of a pack are tuples."""
    if len(found) != 1:
        return found
    name, fields = found.popitem()
    make = _KINDS.get(name)
    if make is None:
        if name.startswith(_MARK):
            raise ValueError(f"no noun is called {name}")
        return {name: fields}
    if list in map(type, fields):
        fields = [tuple(e) if type(e) is list else e for e in fields]
    for place in _DATED.get(name, ()):
        fields[place] = _day(fields[place])
    return make(*fields)


@cache
def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
