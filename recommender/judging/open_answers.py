"""Open answers: the answers that the open questions of a project may still get.

Answers that no condition of the pack tells apart are one answer here: a number stands for its
whole range between two bounds, and an option that nothing reads is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from itertools import pairwise
from operator import or_

from recommender.nouns.condition import Answer
from recommender.nouns.pack import Pack

from .program import bits, program_of


def alternatives(pack: Pack, question: str) -> tuple[Answer, ...]:
    """Return the possible answers of a question with one answer; of a number, one for each range.

    >>> from recommender import load_pack
    >>> pack = load_pack("tests/toy/rules")
    >>> alternatives(pack, "hour"), alternatives(pack, "cups")
    (('morning', 'evening'), (3, 4))
    """
    key = (alternatives, question)
    found: tuple[Answer, ...] | None = pack.memo.get(key)
    if found is None:
        asked = pack.questions[question]
        found = _ranges(pack, question) if asked.type == "number" else asked.domain or ()
        pack.memo[key] = found
    return found


def _ranges(pack: Pack, question: str) -> tuple[Answer, ...]:
    program = program_of(pack).program
    values = {value for test in program.tests(question) for value in test.values}
    bounds = sorted(value for value in values if not isinstance(value, str))
    if not bounds:
        return ()
    points: list[float] = [bounds[0] - 1, bounds[-1] + 1, *bounds]
    for low, high in pairwise(bounds):
        middle = (low + high) / 2
        points.append(int(middle) if low < int(middle) < high else middle)
    # The bounds themselves are the plainest spokesmen of their ranges; no answer is below 0.
    told: dict[int, float] = {}
    points = [max(0, point) for point in points]
    for point in sorted(points, key=lambda point: (point not in bounds, point)):
        told.setdefault(program.entry(question, point), point)
    return tuple(sorted(told.values()))


def options(pack: Pack, question: str) -> tuple[str, ...]:
    """Return the options of a `many` question that some condition reads, in the pack's order.

    >>> from recommender import load_pack
    >>> options(load_pack("tests/toy/rules"), "place")
    ('home', 'office', 'train')
    """
    key = (options, question)
    found: tuple[str, ...] | None = pack.memo.get(key)
    if found is None:
        choices = tuple(pack.questions[question].choices)
        tests = program_of(pack).program.tests(question)
        read = {value for test in tests for value in test.values}
        # Where "none" is told apart, an option that nothing names still makes an answer.
        whole = any(test.word == "none" for test in tests)
        found = tuple(name for name in choices if whole or name in read)
        pack.memo[key] = found
    return found


def gates(pack: Pack) -> Mapping[str, int]:
    """Return, by question with a condition of its own, the mask of that condition in a run."""
    found: dict[str, int] | None = pack.memo.get(gates)
    if found is None:
        layout = program_of(pack)
        start = layout.rule_count + layout.constraint_count
        found = {name: 1 << start + index for index, name in enumerate(layout.gated)}
        pack.memo[gates] = found
    return found


def reach(pack: Pack, question: str) -> int:
    """Return the mask of the conditions whose truth an answer to a question can change.

    These are the conditions that read it, and, if it decides whether another question applies,
    those that this one can change.
    """
    found: dict[str, int] | None = pack.memo.get(reach)
    if found is None:
        program, gated = program_of(pack).program, gates(pack)
        opened = {gate: name for name, gate in gated.items()}
        every = reduce(or_, opened, 0)
        found = {}
        # From the last question back: what a question opens comes after it.
        for name in reversed(tuple(pack.questions)):
            readers = program.readers(name)
            opens = (found[opened[1 << bit]] for bit in bits(readers & every))
            found[name] = reduce(or_, opens, readers)
        pack.memo[reach] = found
    return found[question]


def open_questions(pack: Pack, answers: Mapping[str, Answer], possible: int) -> tuple[str, ...]:
    """Return the unanswered questions that apply or may apply, and that some condition reads.

    `possible` is the second mask of a run, from which the questions' own conditions are read.

    >>> from recommender import load_pack
    >>> pack, answers = load_pack("tests/toy/rules"), {"milk": False, "no-kettle": True}
    >>> open_questions(pack, answers, program_of(pack).program.run(answers)[1])
    ('hour', 'place', 'sugar', 'cups', 'my-kitchen')
    """
    program, gate = program_of(pack).program, gates(pack)
    return tuple(
        name
        for name in pack.questions
        if name not in answers and program.tests(name) and possible & gate.get(name, -1)
    )
