"""A pack as JSON and back: every noun is an object of one key, its name, and its fields in order.

Reading builds the nouns listed here and nothing else, so what is stored can be wrong but can
never run code. What advice seldom needs (a pack's own tests, the document's other claims, other
languages) has lines of its own below the pack's, and is read when it is looked at.
"""

from __future__ import annotations

import datetime as dt
import json
from binascii import crc32
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from recommender.nouns import condition, errors, source
from recommender.nouns import pack as nouns
from recommender.nouns.errors import Fault, PackError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from recommender.nouns.pack import Pack

_MARK = "!"
"""What every key that names a noun begins with."""

_NOUNS: tuple[Any, ...] = (
    *(condition.Test, condition.All, condition.AnyOf, errors.Place),
    *(
        source.Source,
        source.Excerpt,
        source.Citation,
        nouns.Document,
        nouns.Question,
        nouns.Candidate,
        nouns.Criterion,
    ),
    *(nouns.Case, nouns.Review, nouns.Measure, nouns.Rule, nouns.Constraint, nouns.Route),
    *(nouns.Fact, nouns.Expectation, nouns.Example, nouns.Thresholds, nouns.Pack),
    *(nouns.Overlay, nouns.Reweighed, nouns.ReferenceProject, nouns.CalibrationPoint),
)


_ODD = (TypeError, ValueError, LookupError, AttributeError, RecursionError)
"""What reading ends in where the text is none of ours."""


class _Later:
    """A part of a pack as it was stored, and make it when it is first looked at."""

    __slots__ = ("_found", "_text")

    _kind: type = object

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._found: Any = None

    @property
    def found(self) -> Any:
        if self._found is None:
            try:
                found = _read(self._text, ())
            except _ODD:
                found = None
            if not isinstance(found, self._kind):
                what = "a stored pack is damaged"
                raise PackError(Fault(None, what, "empty the cache, or set RECOMMENDER_CACHE=off"))
            self._found = tuple(found) if isinstance(found, list) else found
        return self._found

    def __eq__(self, other: object) -> bool:
        return bool(self.found == (other.found if isinstance(other, _Later) else other))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, key: Any) -> Any:
        return self.found[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.found)


class _LaterTuple(_Later, Sequence[Any]):
    """Stand for a tuple."""

    __slots__ = ()

    _kind = list


class _LaterMapping(_Later, Mapping[str, Any]):
    """Stand for a mapping."""

    __slots__ = ()

    _kind = dict


_SELDOM = ("cases", "facts")
"""Fields that are read when they are looked at."""

_KINDS: dict[str, Callable[..., Any]] = {
    **{f"{_MARK}{kind.__name__}": kind for kind in _NOUNS},
    f"{_MARK}set": lambda *members: frozenset(members),
    f"{_MARK}map": lambda *pairs: dict(pairs),
}
_DATED = {
    f"{_MARK}{kind.__name__}": [
        place
        for place, name in enumerate(kind.__match_args__)
        if kind.__annotations__[name].startswith("dt.date")
    ]
    for kind in _NOUNS
}
"""The fields that are days, which JSON has as text."""

_LATER = {f"{_MARK}later-list": _LaterTuple, f"{_MARK}later-map": _LaterMapping}


def dump_pack(pack: Pack) -> bytes:
    """Write a pack as lines of JSON.

    >>> from recommender import load_pack
    >>> pack = load_pack("tests/toy/rules")
    >>> parse_pack(dump_pack(pack)) == pack
    True
    """
    later: list[str] = []
    whole = _written(_plain(pack, later))
    return "\n".join([whole, *later]).encode("utf-8", "surrogatepass")


def parse_pack(text: bytes) -> Pack:
    """Build the pack that was written; raises `ValueError` for anything else."""
    whole, *later = text.split(b"\n")
    try:
        found = _read(whole, later)
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


def _written(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, later: list[str]) -> Any:
    if isinstance(value, Mapping):
        if any(key.startswith(_MARK) for key in value):
            return {f"{_MARK}map": [[key, _plain(each, later)] for key, each in value.items()]}
        return {key: _plain(each, later) for key, each in value.items()}
    if isinstance(value, tuple | list | _LaterTuple):
        return [_plain(each, later) for each in value]
    if isinstance(value, frozenset):
        return {f"{_MARK}set": sorted(value)}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, _NOUNS):
        fields = [_field(name, getattr(value, name), later) for name in value.__match_args__]
        return {f"{_MARK}{type(value).__name__}": fields}
    return value


def _field(name: str, value: Any, later: list[str]) -> Any:
    if name in _SELDOM and value:
        return _put_off(value, later)
    if name == "locales":
        return {language: _put_off(each, later) for language, each in value.items()}
    return _plain(value, later)


def _put_off(value: Any, later: list[str]) -> Any:
    """Write a value on a line of its own; give what stands for it."""
    later.append(_written(_plain(value, later)))
    kind = "map" if isinstance(value, Mapping) else "list"
    return {f"{_MARK}later-{kind}": [len(later) - 1]}


def _read(text: bytes, later: Sequence[bytes]) -> Any:
    return json.loads(text, object_hook=partial(_made, later))


def _made(later: Sequence[bytes], found: dict[str, Any]) -> Any:
    """Turn an object of one marked key into what it names; the lists of a pack are tuples."""
    if len(found) != 1:
        return found
    name, fields = found.popitem()
    make = _KINDS.get(name)
    if make is None:
        if name.startswith(_MARK):
            return _LATER[name](later[fields[0]])
        return {name: fields}
    if list in map(type, fields):
        fields = [tuple(e) if type(e) is list else e for e in fields]
    for place in _DATED.get(name, ()):
        fields[place] = _day(fields[place])
    return make(*fields)


@cache
def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
