"""Counterfactuals: the smallest sets of other answers with which another candidate is advised.

One change gives a question another answer, adds or removes one option of a `many` question, or
answers a question that was left unknown (a `many` question with none or one option). A number
stands for its whole range between two bounds of the pack. Within that, every set of up to
`most_changes` is tried, and no set is listed of which a part alone is enough.

The search follows the expected score: what fires counts whole, and what is open as often as it
fires in the completions of the project as it is. What is told has been decided anew, with
completions of its own; what does not hold there is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from recommender.judging.case import Case
from recommender.judging.lens import Lens
from recommender.judging.outcome import Outcome
from recommender.language import Language
from recommender.nouns.condition import Answer
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile

from .change import Change, joined, said, worded
from .change_search import Hit, Search

BOUND = 100_000
"""How many sets of changes are tried unless the caller says otherwise."""

TOLD = 12
"""How many of the sets found are decided anew, and told where they hold."""


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """A smallest set of changes with which another candidate is advised.

    `changes` gives the whole new answer of each question; `assumed` names those of them that
    were unknown, `dropped` the answers that no longer apply. `instead_of` is who is best now,
    if anyone. `complete` tells whether every set of `most_changes` or fewer has been tried, and
    every one that was found is told.
    """

    changes: Mapping[str, Answer]
    steps: tuple[Change, ...]
    winner: str
    outcome: Outcome
    instead_of: str | None
    sentence: str
    assumed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    complete: bool = True

    def applied_to(self, profile: Profile) -> Profile:
        """Return a profile with these changes made, without the answers that no longer apply."""
        return profile.answering({**self.changes, **dict.fromkeys(self.dropped)})


def counterfactuals(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
    most_changes: int = 2,
    bound: int = BOUND,
) -> tuple[Counterfactual, ...]:
    """Find what would have to be answered otherwise for another candidate to be advised.

    The fewest changes come first, and of those the ones that assume the fewest unknown answers.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> profile = load_profile("tests/toy/examples/night-owl.yaml", pack)
    >>> first = counterfactuals(profile, pack)[0]
    >>> first.changes, first.winner
    ({'hour': 'morning'}, 'coffee')
    """
    case = Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations)
    return counterfactuals_of(case, most_changes=most_changes, bound=bound)


def counterfactuals_of(
    case: Case, *, most_changes: int = 2, bound: int = BOUND
) -> tuple[Counterfactual, ...]:
    """Find the smallest sets of changed answers of a case, as `counterfactuals` does."""
    search = Search(case, bound)
    return tuple(_told(case, search, search.all_hits(most_changes), Language(case.pack)))


def _told(
    case: Case, search: Search, hits: list[Hit], language: Language
) -> Iterator[Counterfactual]:
    """Decide the case anew with each of the first sets, and tell those that hold."""
    answered, now = case.profile.answers, case.decision.best
    gated = [(name, gate) for name, gate in search.gates.items() if name in answered]
    told = cache(lambda step: worded(step, language))
    advice = cache(lambda outcome, winner: language.advice(outcome, (winner,)))
    for hit in hits[:TOLD]:
        changes = {step.question: step.after for step in hit.steps}
        dropped = tuple([name for name, gate in gated if not gate & hit.possible])
        after = case.answering({**changes, **dict.fromkeys(dropped)}).decision
        if after.best == now or after.best != hit.winner:
            continue
        yield Counterfactual(
            changes=changes,
            steps=hit.steps,
            winner=hit.winner,
            outcome=after.outcome,
            instead_of=now,
            sentence=said(
                map(told, joined(hit.steps)), advice(after.outcome, hit.winner), language
            ),
            assumed=tuple([name for name in changes if name not in answered]),
            dropped=dropped,
            complete=search.left >= 0 and len(hits) <= TOLD,
        )
