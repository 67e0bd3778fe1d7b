"""A pack as JSON and back: every noun is an object of one key, its name, and its fields in order.

Reading builds the nouns listed here and nothing else, so what is stored can be wrong but can
never run code.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from recommender import condition, errors
from recommender import pack as nouns

if TYPE_CHECKING:
    from collections.abc import Callable

    from recommender.pack import Pack

_MARK = "!"
"""What every key that names a noun begins with."""

_NOUNS: tuple[Any, ...] = (
    *(condition.Test, condition.All, condition.AnyOf, errors.Place),
    *(nouns.Source, nouns.Document, nouns.Question, nouns.Candidate, nouns.Criterion),
    *(nouns.Case, nouns.Review, nouns.Measure, nouns.Rule, nouns.Constraint, nouns.Route),
    *(nouns.Fact, nouns.Expectation, nouns.Example, nouns.Thresholds, nouns.Pack),
    *(nouns.Overlay, nouns.Reweighed),
)
_KINDS: dict[str, Callable[..., Any]] = {
    **{f"{_MARK}{kind.__name__}": kind for kind in _NOUNS},
    f"{_MARK}date": dt.date.fromisoformat,
    f"{_MARK}set": lambda *members: frozenset(members),
    f"{_MARK}map": lambda *pairs: dict(pairs),
}


def dump_pack(pack: Pack) -> str:
    """Write a pack as JSON.

    >>> from recommender import load_pack
    >>> pack = load_pack("tests/toy/rules")
    >>> parse_pack(dump_pack(pack)) == pack
    True
    """
    return json.dumps(_plain(pack), ensure_ascii=False, separators=(",", ":"))


def parse_pack(text: str) -> Pack:
    """Build the pack that was written; raises `ValueError` for anything else."""
    try:
        found = json.loads(text, object_hook=_made)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a stored pack: {error}") from None
    if not isinstance(found, nouns.Pack):
        raise ValueError("not a stored pack")  # noqa: TRY004  (the one error of bad text)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        if any(key.startswith(_MARK) for key in value):
            return {f"{_MARK}map": [[key, _plain(each)] for key, each in value.items()]}
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, frozenset):
        return {f"{_MARK}set": sorted(value)}
    if isinstance(value, dt.date):
        return {f"{_MARK}date": [value.isoformat()]}
    if dataclasses.is_dataclass(value):
        fields = [_plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
        return {f"{_MARK}{type(value).__name__}": fields}
    return value


def _made(found: dict[str, Any]) -> Any:
    """Turn an object of one marked key into what it names; the lists of a pack are tuples."""
    if len(found) == 1:
        (name,) = found
        if name.startswith(_MARK):
            (fields,) = found.values()
            return _KINDS[name](*[tuple(e) if type(e) is list else e for e in fields])
    return found
