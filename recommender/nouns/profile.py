"""The profile: what a project has answered, checked against the pack's questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

from .condition import Answer
from .errors import Place
from .sign import Scan

PROFILE_SCHEMA = 1
"""The version of the project file that this package reads and writes."""


class Reading(NamedTuple):
    """Say what an answer was read as, where it could be meant otherwise, as in other questions.

    `written` and `read` are the lines of a project file before and after; `key` is the key that was
    written, which may be a former id of the question.
    """

    question: str
    key: str
    written: str
    read: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A project's known answers, and its own criterion weights.

    A question that is not in `answers` is unknown; an empty frozenset is the known answer
    "none". `unknown` names the questions that were answered so: asked, and not known. `weights` are
    whole numbers 0-10 and replace only the criteria named. `readings` say which answers were read
    as what. `scan` is what a repository said, if answers come from one.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    name: str = ""
    notes: str = ""
    weights: Mapping[str, int] = field(default_factory=dict)
    extras: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    source: str = ""
    readings: tuple[Reading, ...] = ()
    unknown: frozenset[str] = frozenset()
    scan: Scan | None = None

    def named(self, question: str) -> frozenset[str]:
        """Return the options chosen in answer to a question; none if it is unknown.

        >>> sorted(Profile({"place": frozenset({"train", "home"})}).named("place"))
        ['home', 'train']
        """
        answer = self.answers.get(question)
        if isinstance(answer, frozenset):
            return answer
        return frozenset({answer} if isinstance(answer, str) else ())

    def answering(self, changes: Mapping[str, Answer | None]) -> Profile:
        """Return a copy with other answers; `None` makes a question unknown again.

        >>> Profile({"milk": True}).answering({"milk": None, "strength": 3}).answers["strength"]
        3
        """
        answers = {**self.answers, **changes}
        known = {question: answer for question, answer in answers.items() if answer is not None}
        return Profile(
            answers=MappingProxyType(known),
            name=self.name,
            notes=self.notes,
            weights=self.weights,
            extras=self.extras,
            places=self.places,
            source=self.source,
            readings=self.readings,
            unknown=self.unknown.difference(changes),
            scan=self.scan,
        )
