"""A finding: one thing that a rule pack should do better, with a reason and a remedy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from recommender.loading.yaml_spans import Edit
from recommender.nouns.errors import Place

Severity: TypeAlias = Literal["error", "warning", "note"]

DOCUMENTATION = "docs/lint.md"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: a check fills in what it saw, and `lint` adds the rest.

    `related` are other places that belong to it; `lines` are the lines concerned, as written.
    """

    place: Place
    what: str
    because: str
    fix: str
    related: tuple[Place, ...] = ()
    edits: tuple[Edit, ...] = ()
    code: str = ""
    name: str = ""
    severity: Severity = "warning"
    lines: tuple[tuple[Place, str], ...] = ()

    @property
    def url(self) -> str:
        """The address at which this kind of finding is explained.

        >>> Finding(Place("a"), "", "", "", code="P001", name="never-fires").url
        'docs/lint.md#p001-never-fires'
        """
        return f"{DOCUMENTATION}#{self.code.lower()}-{self.name}"
