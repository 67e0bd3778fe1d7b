"""Claims on the index: `holds: pythons(torch) has 3.14`, read, and compared with a snapshot.

A claim is a derivation with its arguments, a comparison and a value. `==`, `!=`, `<`, `<=`, `>` and
`>=` compare numbers as numbers, final versions as versions and all else as text; `has` and `lacks`
ask of a set. `none` is what is known not to exist.
"""

from __future__ import annotations

import inspect
import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recommender.nouns.errors import did_you_mean

from .derivations import DERIVATIONS
from .versions import key_of

if TYPE_CHECKING:
    from .derivations import Value
    from .snapshot import Snapshot

_WRITTEN = re.compile(r"\s*([a-z-]+)\(([^()]*)\)\s*(==|!=|<=|>=|<|>|has|lacks)\s*(\S.*?)\s*")
_ORDERS = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement says of the index: a derivation, its arguments, a comparison, a value."""

    derivation: str
    arguments: tuple[str, ...]
    comparison: str
    value: str

    @property
    def subject(self) -> str:
        """What is compared, as written."""
        return f"{self.derivation}({', '.join(self.arguments)})"

    def __str__(self) -> str:
        return f"{self.subject} {self.comparison} {self.value}"

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages that it speaks of."""
        names = list(inspect.signature(DERIVATIONS[self.derivation]).parameters)[1:]
        named = zip(names, self.arguments, strict=True)
        return tuple(each for name, each in named if name in ("package", "other"))

    def found(self, snapshot: Snapshot) -> Value | None:
        """Return what the snapshot says, or `None` if it cannot tell."""
        return DERIVATIONS[self.derivation](snapshot, *self.arguments)

    def holds(self, snapshot: Snapshot) -> bool | None:
        """Return whether the snapshot bears it out; `None` if it cannot tell."""
        seen = self.found(snapshot)
        return None if seen is None else _compared(seen, self.comparison, self.value)


def claim_of(text: str) -> Claim:
    """Return the claim that was written; raises `ValueError` with what is wrong and the remedy.

    >>> claim_of("newest-for( torch, macos-x86_64 ) == 2.2.2").arguments
    ('torch', 'macos-x86_64')
    >>> claim_of("newest(torch) is new")
    Traceback (most recent call last):
    ValueError: `newest(torch) is new` is no claim; write `derivation(package) comparison value`
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"`{text}` is no claim; write `derivation(package) comparison value`")
    name, inside, comparison, value = found.groups()
    if name not in DERIVATIONS:
        raise ValueError(f"no derivation `{name}`; {did_you_mean(name, DERIVATIONS)}")
    arguments = tuple(part.strip() for part in inside.split(","))
    wanted = list(inspect.signature(DERIVATIONS[name]).parameters)[1:]
    if len(arguments) != len(wanted) or not all(arguments):
        raise ValueError(f"`{name}` takes {', '.join(wanted)}; give it that in its brackets")
    return Claim(name, arguments, comparison, value)


def told(value: Value | None) -> str:
    """Return a value as it is written.

    >>> told(frozenset({"3.9", "3.10"})), told(None)
    ('3.10, 3.9', 'cannot be told')
    """
    if value is None:
        return "cannot be told"
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _compared(seen: Value, comparison: str, value: str) -> bool:
    if comparison in ("has", "lacks"):
        members = seen if isinstance(seen, frozenset) else frozenset({str(seen)})
        return (value in members) == (comparison == "has")
    if isinstance(seen, frozenset):
        same = seen == frozenset(part.strip() for part in value.split(",") if part.strip())
        return same == (comparison == "==") if comparison in ("==", "!=") else False
    one, other = _alike(seen, value)
    if one is None:  # nothing that is known not to exist is before or after anything
        return comparison == "!="
    return bool(_ORDERS[comparison](one, other))


def _alike(seen: str | int, value: str) -> tuple[Any, Any]:
    """Return both sides as what they are compared as: numbers, versions or texts."""
    if "none" in (seen, value):
        return (seen, value) if seen == value else (None, None)
    if isinstance(seen, int):
        return (seen, int(value)) if value.lstrip("-").isdigit() else (str(seen), value)
    keys = key_of(seen), key_of(value)
    return keys if None not in keys else (seen, value)
