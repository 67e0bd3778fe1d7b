"""The question about a project: how it is asked, and what can be answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from .condition import Answer, Condition, Test
from .errors import Place

Kind: TypeAlias = Literal["choice", "many", "scale", "number", "flag"]

SCALE = range(6)
"""What a question of type `scale` can be answered with."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a project.

    `none` words the empty answer of a `many` question. `rare` names choices that hardly any project
    gives, which sampling seldom draws; `usual` is the answer to assume if nothing is known.
    `formerly` has the ids that the question had, `former_choices` its former choices, each with the
    answer that it is read as; `also` has what else the field calls a choice. `least` and `most`
    word the ends of a scale. `changeable` tells that a project may well come to answer it
    otherwise, as by a rewrite or a target that is dropped.
    """

    id: str
    ask: str
    type: Kind
    place: Place
    choices: Mapping[str, str] = field(default_factory=dict)
    when: Condition | None = None
    none: str = ""
    help: str = ""
    rare: tuple[str, ...] = ()
    usual: Answer | None = None
    formerly: tuple[str, ...] = ()
    former_choices: Mapping[str, Answer] = field(default_factory=dict)
    also: Mapping[str, frozenset[str]] = field(default_factory=dict)
    least: str = ""
    most: str = ""
    changeable: bool = False

    def only_rarely(self, test: Test) -> bool:
        """Return whether only answers marked `rare` pass a test of this question.

        >>> cpu = {"new": "A new one", "old": "An old one"}
        >>> asked = Question("cpu", "Which?", "choice", Place(""), choices=cpu, rare=("old",))
        >>> asked.only_rarely(Test("cpu", "one_of", ("old",)))
        True
        >>> asked.only_rarely(Test("cpu", "one_of", ("old",), negated=True))
        False
        """
        if not self.rare:
            return False
        if self.type == "many":
            return test.halfway(frozenset(), frozenset(self.choices).difference(self.rare)) is False
        return all(answer in self.rare for answer in self.domain or () if test.of(answer))

    def called(self, word: str) -> tuple[str, ...]:
        """Return the choices that a word names, by id or otherwise; more than one may share it.

        >>> chips, also = {"gpu": "A GPU", "cpu": "A CPU"}, {"gpu": frozenset({"CUDA"})}
        >>> asked = Question("chip", "Which?", "choice", Place(""), chips, also=also)
        >>> asked.called("cuda"), asked.called("CPU")
        (('gpu',), ('cpu',))
        """
        sought = _plain(word)
        return tuple(
            choice
            for choice in self.choices
            if sought in map(_plain, (choice, *self.also.get(choice, ())))
        )

    @property
    def names(self) -> dict[str, list[str]]:
        """What else each choice is called, without names that several choices share."""
        told = {
            choice: [name for name in sorted(names) if self.read_as(name) is not None]
            for choice, names in self.also.items()
        }
        return {choice: names for choice, names in told.items() if names}

    def read_as(self, word: str) -> Answer | None:
        """Return the answer that a word is read as which is no choice as it stands.

        It is a choice in other letters (`iOS`), another name of one, or a former choice.
        """
        if word in self.choices:
            return None
        meant = self.called(word)
        if word in self.former_choices or len(meant) != 1:
            former = {_plain(name): answer for name, answer in self.former_choices.items()}
            return self.former_choices.get(word, former.get(_plain(word)))
        return frozenset(meant) if self.type == "many" else meant[0]

    @property
    def domain(self) -> tuple[Answer, ...] | None:
        """The possible answers of a question with one answer; `None` for `many` and `number`."""
        if self.type == "choice":
            return tuple(self.choices)
        if self.type == "flag":
            return (True, False)
        return tuple(SCALE) if self.type == "scale" else None


def _plain(name: str) -> str:
    return re.sub(r"[\s._-]", "", name.lower())


def question_under(name: str, questions: Mapping[str, Question]) -> Question | None:
    """Return the question that has an id, or had it formerly."""
    renamed = (each for each in questions.values() if name in each.formerly)
    return questions.get(name) or next(renamed, None)
