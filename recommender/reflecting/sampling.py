"""Sampling: random answers to the open questions of a project.

A question with one answer gets each of its alternatives with equal chance (of a number, each range
that the pack tells apart); of a `many` question each option is in or out by itself, so that about
`OPTIONS` are in. An answer that the pack calls rare is `RARE` times as likely as another. Samples
that contradict a given answer are drawn again.
"""

from __future__ import annotations

from functools import reduce
from itertools import accumulate, pairwise
from operator import and_, or_
from typing import TYPE_CHECKING

from recommender.judging.open_answers import alternatives, gates, open_questions, options
from recommender.judging.program import program_of

from .packed_columns import WHOLE, Flags, Lanes

if TYPE_CHECKING:
    from _random import Random
    from collections.abc import Iterator, Mapping, Sequence

    from recommender.judging.case import Case
    from recommender.nouns.condition import Answer, Test

OPTIONS = 2
"""How many options of a `many` question a project is expected to name, at most half of them."""

RARE = 0.01
"""How likely an answer is that the pack calls rare, beside 1 for any other."""

ATTEMPTS = 16
"""How often a contradiction with a given answer is drawn again before it is let pass."""


class Samples:
    """`count` random sets of answers to the open questions of one project.

    A `many` answer names about `OPTIONS` options: with an even chance for each, it would name half
    of all that are offered (seven deployment targets, say), as no project does. `columns` has, for
    each open question, the columns (`Flags`) of the samples that draw its alternatives or options,
    and `fires`, for each condition that holds in any sample, that of the samples in which it does.

    >>> from random import Random
    >>> from recommender import load_pack, load_profile
    >>> from recommender.judging.case import Case
    >>> pack = load_pack("tests/toy/rules")
    >>> profile = load_profile({"answers": {"hour": "evening"}}, pack)
    >>> Samples(Case.of(profile, pack), Random(0), 4).open[:3]
    ('place', 'sugar', 'cups')
    """

    __slots__ = ("_pack", "columns", "fires", "flags", "known", "lanes", "open", "program")

    def __init__(self, case: Case, rng: Random, count: int) -> None:
        pack, answers = case.pack, case.profile.answers
        self._pack, self.program = pack, program_of(pack).program
        self.lanes, self.flags = Lanes(count), Flags(count)
        self.known = self.program.standing(answers)
        possible = case.truths.possible
        self.open = open_questions(pack, answers, possible)
        gate = gates(pack)
        guards = [
            gate[name].bit_length() - 1
            for name in answers
            if name in gate and gate[name] & possible
        ]
        chances = self.lanes.chances(rng)
        self.columns = self._drawn(chances)
        self.fires = self._concluded()
        for _ in range(ATTEMPTS):
            wrong = self.flags.all ^ reduce(
                and_, [self.fires.get(each, 0) for each in guards], self.flags.all
            )
            if not wrong:
                break
            for name, again in self._drawn(chances).items():
                self.columns[name] = [
                    column & ~wrong | other & wrong
                    for column, other in zip(self.columns[name], again, strict=True)
                ]
            self.fires = self._concluded()

    def _drawn(self, chances: Iterator[int]) -> dict[str, list[int]]:
        """Draw each open question once: a column of samples per alternative, or per option."""
        return {name: self._draw(name, chances) for name in self.open}

    def _draw(self, name: str, chances: Iterator[int]) -> list[int]:
        rare = self._pack.questions[name].rare
        if self._pack.questions[name].type != "many":
            answers = alternatives(self._pack, name)
            return self._parts([RARE if each in rare else 1.0 for each in answers], next(chances))
        offered = options(self._pack, name)
        usual = sum(option not in rare for option in offered)
        chance = min(0.5, OPTIONS / max(1, usual))
        odds = [RARE if option in rare else chance for option in offered]
        return [self._parts([each, 1 - each], next(chances))[0] for each in odds]

    def _parts(self, odds: Sequence[float], chance: int) -> list[int]:
        """Return, for each of the odds, the column of the samples whose `chance` falls to it."""
        cuts = list(accumulate(odds))
        lanes, whole = self.lanes, cuts.pop()
        cut_at = [lanes.all(round(WHOLE * cut / whole)) for cut in cuts]
        below = [self.flags.of(lanes.above(cut, chance)) for cut in cut_at]
        return [one ^ other for one, other in pairwise([0, *below, self.flags.all])]

    def _concluded(self) -> dict[int, int]:
        held: dict[int, int] = {}
        everywhere = self.flags.all
        for name, columns in self.columns.items():
            many = self._pack.questions[name].type == "many"
            answers = options(self._pack, name) if many else alternatives(self._pack, name)
            truths = dict(zip(answers, columns, strict=True))
            for clause, test in self.program.clauses(name):
                holds = _named(test, truths, everywhere) if many else _answered(test, truths)
                held[clause] = held.get(clause, everywhere) & holds
        return self.program.columns(self.known, held, everywhere)


def _answered(test: Test, columns: Mapping[Answer, int]) -> int:
    """Return the column of the samples in which a single answer passes a test."""
    judge, passing = test.judge()
    found = [column for answer, column in columns.items() if judge(answer) is passing]
    return reduce(or_, found, 0)


def _named(test: Test, columns: Mapping[Answer, int], everywhere: int) -> int:
    """Return the column of the samples in which the options chosen pass a test."""
    if test.word == "none":
        found = everywhere ^ reduce(or_, columns.values(), 0)
    else:
        values = [columns.get(value, 0) for value in test.values]
        found = reduce(or_, values, 0) if test.word == "includes" else reduce(and_, values)
    return everywhere ^ found if test.negated else found
