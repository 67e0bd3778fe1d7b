"""Completion: what is open about a project, filled in from the reference projects most like it.

A pack's population is a list of real projects with what is known of each. Every one of them gives
one completion of a profile, which weighs the more, the more it is like the profile in what both
answer (a kernel over agreements; E. A. Nadaraya, On estimating regression, 1964). What a reference
project leaves open too comes from those that can tell (`_telling`), by the square roots of their
weights, a kernel twice as wide, so that one project alone does not speak for all; and from the
question's `usual` answer, which counts for all that leave it open: a record that says nothing of
existing code is oftener of a new project than of one whose code is like the others'. All of it is
whole numbers, and nothing is drawn by chance: the same profile is completed the same on every
machine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, compress
from math import isqrt
from typing import NamedTuple

from recommender.nouns.condition import Answer, holds, reads
from recommender.nouns.pack import Pack
from recommender.nouns.question import Question

from .open_answers import alternatives, options
from .program import program_of

AGREEING, DIFFERING = 16, -10
"""What a shared question adds to likeness, in sixteenths of a doubling: an agreement doubles the
weight. Chosen by how well answers that are hidden from the population are told, each project
without its cluster (docs/panel.md)."""

FARTHEST = -112
"""How far behind the most alike, in sixteenths of a doubling, a reference project still counts: to
a 128th of its weight. By the same cross-validation, more of them make nothing better."""

DOUBLINGS = (65536, 68438, 71468, 74632, 77936, 81386, 84990, 88752, 92682, 96785, 101070, 105545,
             110218, 115098, 120194, 125515)  # fmt: skip
"""2 to the sixteenths, times 65,536, rounded."""

UNIFORM = 64
"""Completions of a profile where the pack has no population, or none of it counts."""

GOLDEN = 40503
"""65,536 divided by the golden ratio: its multiples spread most evenly over a range (D. E. Knuth,
The Art of Computer Programming 3, 6.4)."""


OPEN = -1
"""Stands for the place of an answer where there is none."""


class Completions(NamedTuple):
    """The ways in which a project's open answers may turn out, one for each reference project.

    `weights` are whole numbers, of which the greatest is at least 65,536. `answers` has, for each
    open question, its answer in each of them; `states` is what all answers leave standing of the
    pack's program (`Program.conclude`). `usual` says for each open question how many thousandths
    of the weight rest on the pack's `usual` answer alone.
    """

    weights: tuple[int, ...]
    states: tuple[int, ...]
    answers: Mapping[str, tuple[Answer, ...]]
    usual: Mapping[str, int]


def complete(pack: Pack, answers: Mapping[str, Answer], *, without: str = "") -> Completions:
    """Complete a project's answers from the pack's population.

    `without` names a cluster of reference projects to leave out: that of the project itself, where
    the pack is examined on its own population.

    >>> from recommender import load_pack
    >>> found = complete(load_pack("tests/toy/rules"), {"hour": "evening"})
    >>> len(found.weights), sorted(found.answers)[:2]
    (64, ['cups', 'milk'])
    """
    program, tables = program_of(pack).program, answer_tables(pack)
    weights = population_weights(pack, answers, without)
    donors = [number for number, weight in enumerate(weights) if weight]
    counts = [weights[donor] for donor in donors] or [1 << 16] * UNIFORM
    wider, total = [isqrt(count << 16) for count in counts], sum(counts)
    states, filled, usual = [program.standing(answers)] * len(counts), {}, {}
    everybody = {*donors}
    for question in pack.questions.values():
        if question.id in answers:
            continue
        table = tables[question.id]
        barred = _barred(question, answers, table)
        if donors:
            telling = _telling(tables, table, answers, everybody)
            own = list(compress(table.given, weights))
            heard = wider
            if telling is not everybody:
                told = [each in telling for each in donors]
                own = [i if tells else OPEN for i, tells in zip(own, told, strict=True)]
                heard = [weight * tells for weight, tells in zip(wider, told, strict=True)]
            if barred:
                own = [OPEN if i in barred else i for i in own]
            chosen, prior = table.fill(own, compress(table.drawn, weights), heard, barred)
        else:
            own = [OPEN] * UNIFORM
            chosen, prior = table.spread(barred)
        silent = sum([count for count, i in zip(counts, own, strict=True) if i < 0]) if prior else 0
        usual[question.id] = prior * silent // total
        states = [each & table.entries[i] for each, i in zip(states, chosen, strict=True)]
        filled[question.id] = tuple(map(table.values.__getitem__, chosen))
    return Completions(tuple(counts), tuple(states), filled, usual)


def population_weights(pack: Pack, answers: Mapping[str, Answer], without: str) -> list[int]:
    """Weigh each reference project by its likeness in what both answer; the most alike 65,536."""
    tables = answer_tables(pack)
    columns = [tables[name].likeness(each) for name, each in answers.items() if name in tables]
    likeness = list(map(sum, zip(*columns, strict=True))) or [0] * len(pack.population)
    kept = [not without or project.cluster != without for project in pack.population]
    most = max([each for each, keep in zip(likeness, kept, strict=True) if keep], default=0)
    return [
        weight_of(each - most) if keep else 0 for each, keep in zip(likeness, kept, strict=True)
    ]


def weight_of(sixteenths: int) -> int:
    """Return 65,536 times 2 to a number of sixteenths that is not above 0, rounded down.

    What is too far away counts nothing.
    """
    if sixteenths < FARTHEST:
        return 0
    return DOUBLINGS[sixteenths % 16] >> -(sixteenths // 16)


def likeness_of(one: Answer, other: Answer) -> int:
    """Compare two answers to one question; sets of options by the share that they have in common.

    That share is the coefficient of L. R. Dice, Measures of the amount of ecologic association
    between species, Ecology 26 (1945).
    """
    if isinstance(one, frozenset) and isinstance(other, frozenset) and (one or other):
        common = 2 * len(one & other)
        return (AGREEING - DIFFERING) * common // (len(one) + len(other)) + DIFFERING
    return AGREEING if one == other else DIFFERING


def _telling(
    tables: Mapping[str, AnswerTable],
    table: AnswerTable,
    answers: Mapping[str, Answer],
    donors: set[int],
) -> set[int]:
    """Find the reference projects that can tell how this project would answer a question.

    They were asked it, and share something of what decides whether it is asked: which formats a
    microcontroller takes, a project for phones can't tell. Where there are none, all tell.
    """
    if not table.deciding:
        return donors
    found = {each for each in donors if table.asked[each]} or donors
    for name in table.deciding:
        if name in answers:
            alike = tables[name].likeness(answers[name])
            given = tables[name].given
            found = {
                each for each in found if given[each] >= 0 and alike[each] > DIFFERING
            } or found
    return found


def _barred(
    question: Question, answers: Mapping[str, Answer], table: AnswerTable
) -> frozenset[int]:
    """Find the answers that contradict those that were given.

    They are those with which a question that has been answered would not have been asked, and, as
    long as others are left, those that the pack says never go together with what was given.
    """
    bound = [must for asked, must in table.gates if asked in answers]
    if not bound and not table.never:
        return frozenset()
    wholes = [{**answers, question.id: value} for value in table.values]
    barred = {i for i, each in enumerate(wholes) if any(holds(m, each) is False for m in bound)}
    never = {i for i, each in enumerate(wholes) if any(holds(n, each) is True for n in table.never)}
    return frozenset(barred | never if len(barred | never) < len(wholes) else barred)


def answer_tables(pack: Pack) -> Mapping[str, AnswerTable]:
    """Return what the reference projects answer to each question; kept with the pack."""
    found: dict[str, AnswerTable] | None = pack.memo.get(AnswerTable)
    if found is None:
        found = pack.memo[AnswerTable] = {
            question.id: AnswerTable(pack, question, number)
            for number, question in enumerate(pack.questions.values())
        }
    return found


class AnswerTable:
    """What the reference projects answer to one question.

    `values` are the different answers, and `entries` what each leaves standing of the pack's
    program. `given` has for each project the place of its answer in `values`, `OPEN` where it
    leaves the question open, and `asked` says whether it was asked. `drawn` says where among all
    answers, of 65,536, it takes one that it left open. `deciding` names the questions that decide
    whether the question is asked, and those that decide whether these are. `gates` has the
    conditions under which others are asked that read it, with their names, and `never` what the
    pack says never goes together of it and others. `answerable` is how likely somebody who is
    asked can answer, in thousandths: the square root of the share of those who were asked that do,
    as people know more of their project than its public record tells.
    """

    __slots__ = (
        "_spread", "answerable", "asked", "deciding", "drawn", "entries", "gates", "given",
        "likeness", "never", "usual", "values",
    )  # fmt: skip

    def __init__(self, pack: Pack, question: Question, number: int) -> None:
        given = [project.answers.get(question.id) for project in pack.population]
        found = {each: None for each in given if each is not None}
        if question.usual is not None:
            found[question.usual] = None
        self.values: list[Answer] = sorted(found, key=_order) or _possible(pack, question)
        program = program_of(pack).program
        self.entries = [program.entry(question.id, value) for value in self.values]
        self._spread: dict[frozenset[int], tuple[list[int], int]] = {}
        places = {value: i for i, value in enumerate(self.values)}
        self.given = [OPEN if each is None else places[each] for each in given]
        step = GOLDEN + 2 * number * 9973
        self.drawn = [each * step % 65536 for each in range(1, max(len(given), UNIFORM) + 1)]
        deciding = _deciding(pack, question)
        self.deciding = [name for name in pack.questions if name in deciding]
        self.asked = [
            question.when is None or holds(question.when, each.answers) is True
            for each in pack.population
        ]
        told = sum(i >= 0 for i in compress(self.given, self.asked))
        self.answerable = isqrt(1_000_000 * (told + 1) // (sum(self.asked) + 1))
        gates = [(each.id, each.when) for each in pack.questions.values() if each.when is not None]
        self.gates = [(name, when) for name, when in gates if question.id in reads(when)]
        self.never = [each for each in pack.never_together if question.id in reads(each)]
        self.usual = None if question.usual is None else places[question.usual]
        self.likeness = lru_cache(256)(self._likeness)

    def _likeness(self, answer: Answer) -> list[int]:
        """Return what an answer adds to the likeness of each project; 0 where it left it open."""
        alike = [likeness_of(answer, value) for value in self.values]
        return [0 if i < 0 else alike[i] for i in self.given]

    def fill(
        self,
        own: Sequence[int],
        drawn: Iterable[int],
        weights: Sequence[int],
        barred: frozenset[int],
    ) -> tuple[list[int], int]:
        """Choose an answer for each donor; say how many thousandths of what is filled are usual.

        `own` has the place in `values` of each donor's own answer, `OPEN` where it has none, and
        `drawn` where it then takes one; `weights` are those by which the donors tell what the
        others would answer.
        """
        shares = [0] * (len(self.values) + 1)  # the last one, at `OPEN`, is of those who say none
        for weight, i in zip(weights, own, strict=True):
            shares[i] += weight
        silent = shares.pop()
        answered = sum(shares)
        if self.usual is not None and self.usual not in barred:
            # The more of them say nothing, the likelier does silence stand for what is usual.
            shares[self.usual] += silent
        elif not answered:
            shares = [int(i not in barred) for i in range(len(self.values))]
        if not any(shares):  # every answer that is known contradicts: none can be avoided
            shares = [1] * len(shares)
        whole = sum(shares)
        cuts = [-(-(cut << 16) // whole) for cut in accumulate(shares)]
        chosen = [
            bisect_right(cuts, each) if i < 0 else i for each, i in zip(drawn, own, strict=True)
        ]
        return chosen, (whole - answered) * 1000 // whole

    def spread(self, barred: frozenset[int]) -> tuple[list[int], int]:
        """Fill `UNIFORM` completions where no reference project counts; found once."""
        found = self._spread.get(barred)
        if found is None:
            weights = [1 << 16] * UNIFORM
            found = self.fill([OPEN] * UNIFORM, self.drawn[:UNIFORM], weights, barred)
            self._spread[barred] = found
        return found


def _deciding(pack: Pack, question: Question) -> set[str]:
    """Name the questions that decide whether one is asked, however long their chain."""
    found: set[str] = set()
    waiting = [question]
    while waiting:
        when = waiting.pop().when
        named = set() if when is None else {*reads(when)} - found
        found |= named
        waiting += [pack.questions[each] for each in named]
    return found


def _possible(pack: Pack, question: Question) -> list[Answer]:
    """List the plain answers to a question of which no project says anything."""
    if question.type != "many":
        return list(alternatives(pack, question.id)) or [0]
    named = [frozenset({option}) for option in options(pack, question.id)]
    return [frozenset[str](), *(each for each in named if not each & {*question.rare})]


def _order(answer: Answer) -> tuple[str, ...]:
    return tuple(sorted(answer)) if isinstance(answer, frozenset) else (str(answer),)
