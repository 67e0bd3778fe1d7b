"""Claims on the index: `holds: pythons(torch) has 3.14`, read, and compared with a snapshot.

A claim is a derivation with its arguments, a comparison, and a value or another derivation. `==`,
`!=`, `<`, `<=`, `>` and `>=` compare numbers as numbers, final versions as versions and all else as
text; `has` and `lacks` ask of a set. `none` is what is known not to exist, and the Python `newest`
the last that is out.
"""

from __future__ import annotations

import inspect
import operator
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recommender.nouns.errors import did_you_mean

from .derivations import DERIVATIONS, Value
from .versions import key_of

if TYPE_CHECKING:
    from .snapshot import Snapshot

NEWEST = "newest"
"""What a claim calls the last Python that is out."""

_CALL = re.compile(r"[a-z-]+\([^()]*\)")
_WRITTEN = re.compile(rf"\s*({_CALL.pattern})\s*(==|!=|<=|>=|<|>|has|lacks)\s*(\S.*?)\s*")
_ORDERS = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Derived:
    """A derivation with its arguments: `days-waiting(torch, newest)`."""

    derivation: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.derivation}({', '.join(self.arguments)})"

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """Its arguments, each with the name of what it is: `package`, `python`."""
        return tuple(zip(_wanted(self.derivation), self.arguments, strict=True))

    @property
    def packages(self) -> tuple[str, ...]:
        """The packages that it speaks of."""
        return tuple(each for name, each in self.named if name in ("package", "other"))

    def found(self, snapshot: Snapshot) -> Value | None:
        """Return what the snapshot says, or `None` if it cannot tell."""
        last = max(snapshot.pythons, key=lambda each: snapshot.pythons[each], default=NEWEST)
        given = (last if each == ("python", NEWEST) else each[1] for each in self.named)
        return DERIVATIONS[self.derivation](snapshot, *given)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement says of the index: what is derived, a comparison, and with what."""

    subject: Derived
    comparison: str
    value: str | Derived

    def __str__(self) -> str:
        return f"{self.subject} {self.comparison} {self.value}"

    @property
    def sides(self) -> tuple[Derived, ...]:
        """What is derived: the subject, and the value where that is."""
        return (self.subject, self.value) if isinstance(self.value, Derived) else (self.subject,)

    def holds(self, snapshot: Snapshot) -> bool | None:
        """Return whether the snapshot bears it out; `None` if it cannot tell."""
        found = [each.found(snapshot) for each in self.sides]
        seen = found[0]
        if seen is None or None in found:
            return None
        value = told(found[-1]) if isinstance(self.value, Derived) else self.value
        return _compared(seen, self.comparison, value)

    def seen(self, snapshot: Snapshot) -> str:
        """Say what the snapshot has, of both sides where both are derived."""
        first, *other = (told(each.found(snapshot)) for each in self.sides)
        return "; ".join([first, *(f"{self.value} is {each}" for each in other)])


def claim_of(text: str) -> Claim:
    """Return the claim that was written; raises `ValueError` with what is wrong and the remedy.

    >>> claim_of("newest-for( torch, macos-x86_64 ) == 2.2.2").subject.arguments
    ('torch', 'macos-x86_64')
    >>> print(claim_of("days-waiting(torch,newest) < days-waiting(tensorflow,newest)").value)
    days-waiting(tensorflow, newest)
    >>> claim_of("newest(torch) is new")
    Traceback (most recent call last):
    ValueError: `newest(torch) is new` is no claim; write `derivation(package) comparison value`
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(f"`{text}` is no claim; write `derivation(package) comparison value`")
    subject, comparison, value = found.groups()
    called = _CALL.fullmatch(value)
    return Claim(_derived(subject), comparison, _derived(value) if called else value)


def _derived(text: str) -> Derived:
    name, _, inside = text.removesuffix(")").partition("(")
    if name not in DERIVATIONS:
        raise ValueError(f"no derivation `{name}`; {did_you_mean(name, DERIVATIONS)}")
    arguments = tuple(part.strip() for part in inside.split(","))
    wanted = _wanted(name)
    if len(arguments) != len(wanted) or not all(arguments):
        raise ValueError(f"`{name}` takes {', '.join(wanted)}; give it that in its brackets")
    return Derived(name, arguments)


def _wanted(derivation: str) -> list[str]:
    """Return the names of what a derivation takes besides the snapshot."""
    return list(inspect.signature(DERIVATIONS[derivation]).parameters)[1:]


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
