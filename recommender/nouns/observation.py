"""Observations: what a probe saw of each candidate on one machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, TypeAlias

Verdict: TypeAlias = Literal["confirmed", "refuted", "unavailable"]

REPORT_SCHEMA = 1
"""The version of the probe report that this package writes and reads."""

VERDICTS: tuple[Verdict, ...] = ("confirmed", "refuted", "unavailable")
"""All that a check can say of a candidate."""


class Observation(NamedTuple):
    """One result of a probe: a check, the candidate examined, and what was seen."""

    check: str
    candidate: str
    verdict: Verdict
    because: str = ""
    figures: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Observations:
    """All results of one probe report, by check and candidate.

    >>> seen = Observations.of([Observation("import", "tea", "refuted", "no kettle")])
    >>> seen.refutes("import", "tea"), seen.refutes("import", "coffee")
    (True, False)
    """

    by_key: Mapping[tuple[str, str], Observation]
    made: str = ""
    machine: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    source: str = ""
    digest: str = ""

    @classmethod
    def of(cls, observations: list[Observation], **about: Any) -> Observations:
        """Return observations by key; a later one of the same key replaces the first."""
        table = {(seen.check, seen.candidate): seen for seen in observations}
        return cls(MappingProxyType(table), **about)

    @property
    def telling(self) -> bool:
        """Whether any check could tell something of a candidate: one that is installed, say.

        >>> Observations.of([Observation("import", "tea", "unavailable")]).telling
        False
        """
        return any(seen.verdict != "unavailable" for seen in self.by_key.values())

    def get(self, check: str, candidate: str) -> Observation | None:
        """Return the observation of a check and candidate, or `None`."""
        return self.by_key.get((check, candidate))

    def refutes(self, check: str, candidate: str) -> bool:
        """Return whether a check failed here for a candidate."""
        seen = self.by_key.get((check, candidate))
        return seen is not None and seen.verdict == "refuted"
