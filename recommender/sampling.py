"""Sampling: answers to the open questions of a project, drawn uniformly among the admissible.

A choice, a scale and a flag are drawn uniformly; each option of a `many` question is in or out
with equal chance, unless an expected number of options is given; what the pack calls rare is drawn
about once in a hundred times; a number is in each range that
the pack tells apart with equal chance. What would rule out a given answer is drawn again.
"""

from __future__ import annotations

from operator import and_
from typing import TYPE_CHECKING

from .answering import alternatives, gates, open_questions, options
from .program import program_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from .pack import Pack
    from .profile import Profile

OPTIONS = 2
"""How many options of a `many` question a project is expected to name, at most half of them."""

RARE = 0.01
"""How likely an answer is that the pack calls rare, beside 1 for any other."""

ATTEMPTS = 16
"""How often a contradiction with a given answer is drawn again before it is let pass."""


class Completions:
    """Draw what the open questions of one project may be answered with.

    Every answer of a question is as likely as any other, but a `many` answer names about
    `OPTIONS`: uniform over all subsets it would name half of what is offered, seven deployment
    targets at once, as no project does.

    >>> from random import Random
    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> Completions(load_profile({"answers": {"hour": "evening"}}, pack), pack).open[:3]
    ('place', 'sugar', 'cups')
    """

    __slots__ = ("_draws", "_guards", "known", "open", "program")

    def __init__(self, profile: Profile, pack: Pack) -> None:
        layout = program_of(pack)
        self.program = layout.program
        answers = profile.answers
        self.known = self.program.start
        for name, answer in answers.items():
            self.known &= self.program.entry(name, answer)
        _, possible = self.program.run(answers)
        self.open = open_questions(pack, answers, possible)
        self._draws = {name: self._draw(pack, name) for name in self.open}
        gate = gates(pack)
        self._guards = sum(gate[name] & possible for name in answers if name in gate)

    def _draw(self, pack: Pack, name: str) -> Callable[[Random, int], list[int]]:
        """Build the function that draws a column of entries for one question."""
        program, rare = self.program, pack.questions[name].rare
        if pack.questions[name].type != "many":
            answers = alternatives(pack, name)
            entries = [program.entry(name, answer) for answer in answers]
            odds = [RARE if answer in rare else 1.0 for answer in answers] if rare else None
            return lambda rng, count: rng.choices(entries, odds, k=count)
        offered = [(1 << i, option) for i, option in enumerate(options(pack, name))]
        memo: dict[int, int] = {}

        def entry(chosen: int) -> int:
            found = memo.get(chosen)
            if found is None:
                answer = frozenset([option for bit, option in offered if chosen & bit])
                found = memo[chosen] = program.entry(name, answer)
            return found

        usual = sum(option not in rare for _, option in offered)
        chance = min(0.5, OPTIONS / max(1, usual))
        chances = [(bit, RARE if option in rare else chance) for bit, option in offered]

        def draw(rng: Random, count: int) -> list[int]:
            random = rng.random
            return [
                entry(sum([bit for bit, chance in chances if random() < chance]))
                for _ in range(count)
            ]

        return draw

    def draw(self, rng: Random, count: int) -> tuple[dict[str, list[int]], list[int]]:
        """Draw `count` joint answers: for each open question its entries, and what then holds.

        The second is a mask of conditions for each joint answer, as `Program.run` gives it.
        """
        columns = {name: draw(rng, count) for name, draw in self._draws.items()}
        states = self._joined(columns, count)
        found = list(map(self.program.conclude, states))
        for _ in range(ATTEMPTS if self._guards else 0):
            wrong = [i for i, (_, possible) in enumerate(found) if self._guards & ~possible]
            if not wrong:
                break
            again = {name: draw(rng, len(wrong)) for name, draw in self._draws.items()}
            for index, state in zip(wrong, self._joined(again, len(wrong)), strict=True):
                found[index] = self.program.conclude(state)
            for name, column in again.items():
                for index, entry in zip(wrong, column, strict=True):
                    columns[name][index] = entry
        return columns, [fires for fires, _ in found]

    def _joined(self, columns: dict[str, list[int]], count: int) -> list[int]:
        """Give the state that each joint answer leads to."""
        states = [self.known] * count
        for column in columns.values():
            states = list(map(and_, states, column))
        return states
