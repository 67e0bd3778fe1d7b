"""The interview: which question to ask next, until no answer can change the decision.

Next comes the question whose answer is expected to reduce the entropy of the decision most (C. E.
Shannon, A mathematical theory of communication, 1948; D. V. Lindley, On a measure of the
information provided by an experiment, Annals of Mathematical Statistics 27, 1956), the open
answers being drawn as `sampling` draws them. It ends when the decision is proved settled.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log2
from random import Random
from typing import TYPE_CHECKING

from recommender.judging.case import Case
from recommender.judging.open_answers import alternatives, gates, reach
from recommender.judging.program import bits
from recommender.nouns.condition import reads

from .proof import proof_of
from .sampling import Samples

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from recommender.judging.decision import Decision
    from recommender.judging.lens import Lens
    from recommender.nouns.observation import Observations
    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile

DRAWS = 48
"""How many joint completions the entropy is estimated from."""

SETS = 8
"""How many answers to a `many` question are tried."""

WORK = 4_000_000
"""How many conditions are judged for one question to ask, in all draws together."""


GRAIN = 0.2
"""Gains that differ by less, in bits, are taken as equal: the estimate is no finer."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Hold the question to ask next, and why it.

    `entropy` is the uncertainty of the decision in bits, `gain` how much of it an answer is
    expected to take away. `open` lists all questions that are still open, this one included.
    """

    question: str
    gain: float
    entropy: float
    open: tuple[str, ...]


def next_question(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
    skipped: Collection[str] = (),
    seed: int = 0,
) -> Inquiry | None:
    """Choose the open question to ask next; `None` where nothing left can change the decision.

    `skipped` names questions that are not to be asked (the user does not know). A question waits
    until its own condition holds, or nobody knows whether it does; one that no rule still hangs on
    is never asked.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> next_question(load_profile({"answers": {}}, pack), pack).question
    'hour'
    """
    case = Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations)
    survey = _Survey(case, Random(seed))  # noqa: S311  (an estimate)
    ask = [name for name in survey.worth_asking(skipped) if name not in skipped]
    if not ask:
        return None
    if survey.certain and proof_of(case).settled:
        return None
    gains = {name: survey.gain(name) for name in survey.worth_estimating(ask)}
    # Equal gains fall to the question on which most points hang, then to the pack's order.
    best = max(gains, key=lambda name: (round(gains[name] / GRAIN), survey.stake(name)))
    return Inquiry(best, gains[best], survey.entropy, survey.open)


class _Survey:
    """Look at one profile's open questions through random completions."""

    def __init__(self, case: Case, rng: Random) -> None:
        self.pack, self.decider, self.program = case.pack, case.decider, case.decider.program
        drawn = Samples(case, rng, DRAWS)
        self.open, self._known = drawn.open, drawn.known
        self._columns = {name: drawn.entries(name) for name in drawn.open}
        ends = [self._end(state) for state in self._states("")]
        self.entropy = _entropy(ends)
        self._fires, possible = case.truths.fires, case.truths.possible
        now = self.decider.decide(self._fires, case.truths.usual)
        self.certain = all(end == now for end in ends)
        self._figures = self.decider.figures(self._fires)
        self._unknown = possible & ~self._fires
        self._active = self._unknown & self._figures.active

    def _states(self, without: str) -> list[int]:
        """Give the state of each completion, as far as it does not depend on one question."""
        states = [self._known] * DRAWS
        for name, column in self._columns.items():
            if name != without:
                states = [state & entry for state, entry in zip(states, column, strict=True)]
        return states

    def _end(self, state: int) -> Decision:
        fires, *_ = self.program.conclude(state)
        return self.decider.decide(fires, fires)

    def worth_asking(self, skipped: Collection[str]) -> list[str]:
        """List the open questions that apply and that the decision still hangs on.

        Where all that would tell whether a question applies is `skipped`, it is taken to apply.
        """
        gate = gates(self.pack)
        turning = self._unknown & self.decider.turning
        earning = sum(1 << i for i in bits(self._active) if any(self._figures.worth[i]))
        if not self._fires & self._figures.active:
            earning = self._active  # whether any rule speaks at all is open too
        return [
            name
            for name in self.open
            if reach(self.pack, name) & (earning | turning)
            and (not gate.get(name, 0) & ~self._fires or self._never_told(name, skipped))
        ]

    def _never_told(self, name: str, skipped: Collection[str]) -> bool:
        when = self.pack.questions[name].when
        return when is not None and all(
            each in skipped for each in reads(when) if each in self.open
        )

    def worth_estimating(self, ask: list[str]) -> list[str]:
        """Return the questions whose gain is estimated: those with most at stake, within `WORK`."""
        conditions = len(self.pack.rules) + len(self.pack.constraints)
        left = WORK // (DRAWS * max(1, conditions))
        if sum(len(self._entries(name)) for name in ask) <= left:
            return ask
        chosen = set()
        for name in sorted(ask, key=self.stake, reverse=True):
            chosen.add(name)
            left -= len(self._entries(name))
            if left < 0:
                break
        return [name for name in ask if name in chosen]

    def _entries(self, name: str) -> Sequence[int]:
        if self.pack.questions[name].type == "many":
            return self._columns[name][:SETS]
        return [self.program.entry(name, each) for each in alternatives(self.pack, name)]

    def gain(self, name: str) -> float:
        """Estimate by how many bits an answer to a question reduces the entropy."""
        entries, others = self._entries(name), self._states(name)
        after = [_entropy([self._end(state & entry) for state in others]) for entry in entries]
        return self.entropy - sum(after) / len(after)

    def stake(self, name: str) -> int:
        """Add up what the unknown rules that a question can decide could give at most."""
        mine = self._active & reach(self.pack, name)
        return sum(max(self._figures.worth[i], default=0) for i in bits(mine))


def _entropy(decisions: list[Decision]) -> float:
    total = len(decisions)
    return -sum(n / total * log2(n / total) for n in Counter(decisions).values())
