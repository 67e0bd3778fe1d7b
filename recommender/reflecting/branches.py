"""Branches of a proof: which of the open questions have been decided, and how.

A proof splits a decision into branches. In each, some questions have an answer, and of some `many`
questions a part of the options is decided; the rest is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from recommender.judging.open_answers import alternatives, gates, options, reach
from recommender.judging.program import Program, program_of
from recommender.nouns.condition import Answer
from recommender.nouns.pack import Pack


class Variable(NamedTuple):
    """A question that can be decided by itself, or one option of a `many` question.

    `gate` and `readers` are masks of conditions: the question's own condition, and those that read
    the variable. `reach` adds those that read a question which the variable opens.
    """

    question: str
    option: str
    values: tuple[Answer, ...]
    gate: int
    readers: int
    reach: int


class Branch(NamedTuple):
    """One case of a proof: the open questions decided so far, and the program's entry for each.

    Of each `many` question, `taken` are the options decided in and `left` those undecided.
    """

    entries: Mapping[str, int]
    answers: Mapping[str, Answer]
    taken: Mapping[str, frozenset[str]]
    left: Mapping[str, frozenset[str]]

    def is_open(self, variable: Variable) -> bool:
        """Return whether a variable is still to be decided."""
        if variable.option:
            return variable.option in self.left[variable.question]
        return variable.question not in self.answers

    def deciding(self, variable: Variable, value: Answer, program: Program) -> Branch:
        """Return the branch in which one more variable is decided."""
        name = variable.question
        entries = {**self.entries, name: self.entry(variable, value, program)}
        if not variable.option:
            return self._replace(entries=entries, answers={**self.answers, name: value})
        chosen = frozenset({variable.option})
        taken = {**self.taken, name: self.taken[name] | chosen} if value else self.taken
        left = {**self.left, name: self.left[name] - chosen}
        return self._replace(entries=entries, taken=taken, left=left)

    def entry(self, variable: Variable, value: Answer, program: Program) -> int:
        """Return the program's entry for a variable's question once the variable is decided."""
        name = variable.question
        if not variable.option:
            return program.entry(name, value)
        chosen = frozenset({variable.option})
        taken = self.taken[name] | chosen if value else self.taken[name]
        return program.halfway(name, taken, self.left[name] - chosen)


def variables_of(pack: Pack, open_: tuple[str, ...]) -> Iterator[Variable]:
    """Yield the variables of open questions, single answers with the most values first."""
    program, gate = program_of(pack).program, gates(pack)

    def made(name: str, option: str, values: tuple[Answer, ...]) -> Variable:
        readers = within = program.readers(name, option)
        for other, bit in gate.items():
            if readers & bit:
                within |= reach(pack, other)
        return Variable(name, option, values, gate.get(name, 0), readers, within)

    many = [name for name in open_ if pack.questions[name].type == "many"]
    single = {name: alternatives(pack, name) for name in open_ if name not in many}
    for name in sorted(single, key=lambda name: -len(single[name])):
        yield made(name, "", single[name])
    for name in many:
        for option in options(pack, name):
            yield made(name, option, (True, False))
