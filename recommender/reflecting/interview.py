"""The interview: which question to ask next, until more answers would hardly change the advice.

Next comes the question that is expected to raise the greatest support most, by what its answer
would and how likely it can be answered: that is to lower the probability of error of the decision,
the value of information under 0-1 loss (H. Raiffa and R. Schlaifer, Applied Statistical Decision
Theory, 1961). It ends where the best is first in nearly all completions, where no question is
expected to raise support noticeably, or where it is proved that no answer changes who leads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from recommender.judging.case import Case
from recommender.judging.completion import answer_tables
from recommender.judging.lens import Lens
from recommender.judging.open_answers import gates, open_questions, reach
from recommender.judging.program import bits
from recommender.nouns.condition import reads
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile

from .proof import proof_of

ENOUGH = 9_700
"""In what share of the completions the best is first where nothing more is asked, of 10,000."""

NOTICEABLE = 50
"""By how much a question is expected to raise support, of 10,000, to be asked."""

CODE = 100
"""What asking for the code that is there counts at least: alone it moves little, but what is asked
about it then does, and no plan begins without it."""

PROVABLE = 100
"""With more open questions no proof is tried: it would keep the user waiting and hardly succeed."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """The question to ask next, and why it.

    `support` is the greatest support now and `gain` by how much asking is expected to raise it,
    both in ten-thousandths. `open` lists all questions that are still open, this one included.
    """

    question: str
    gain: int
    support: int
    open: tuple[str, ...]


def next_question(
    profile: Profile,
    pack: Pack,
    *,
    lens: Lens = "today",
    as_of: dt.date | None = None,
    observations: Observations | None = None,
    skipped: Collection[str] = (),
) -> Inquiry | None:
    """Choose the open question to ask next; `None` where the interview is at its end.

    `skipped` names questions that are not to be asked (the user does not know). A question waits
    until its own condition holds; one that no rule still hangs on is never asked.

    >>> from recommender import load_pack, load_profile
    >>> pack = load_pack("tests/toy/rules")
    >>> next_question(load_profile({"answers": {}}, pack), pack).question
    'hour'
    """
    case = Case.of(profile, pack, lens=lens, as_of=as_of, observations=observations)
    return next_of(case, skipped)


def next_of(case: Case, skipped: Collection[str] = ()) -> Inquiry | None:
    """Choose the question to ask next about a case, as `next_question` does."""
    open_ = open_questions(case.pack, case.profile.answers, case.truths.possible)
    ask = [name for name in _worth_asking(case, open_) if name not in skipped]
    if not ask or enough(case) or (len(open_) <= PROVABLE and _proved(case)):
        return None
    code = {name for when in case.pack.planning.existing.values() for name in reads(when)}
    gains = {name: max(_gain(case, name), CODE * (name in code)) for name in ask}
    # Equal gains fall to the question on which most points hang, then to the pack's order.
    best = max(ask, key=lambda name: (gains[name], _stake(case, name)))
    if gains[best] < NOTICEABLE and not _hanging(case):
        return None
    return Inquiry(best, gains[best], max(case.support.shares), open_)


def enough(case: Case) -> bool:
    """Tell whether the best is first in so many completions that it will hardly change.

    It may where an unknown constraint could still exclude it, and where too little is known.
    """
    best = case.decision.best
    return best is None or (not _hanging(case) and case.support.staying(best) >= ENOUGH)


def _hanging(case: Case) -> bool:
    return bool(case.decision.hanging) or case.decision.outcome == "too-little-known"


def _proved(case: Case) -> bool:
    """Tell whether it is proved who leads; where completions disagree, no proof is tried."""
    first = {max(range(len(each)), key=each.__getitem__) for each in case.support.first}
    return len(first) == 1 and proof_of(case).settled


def _worth_asking(case: Case, open_: tuple[str, ...]) -> list[str]:
    """List the open questions that apply and that the decision still hangs on."""
    gate, decider, fires = gates(case.pack), case.decider, case.truths.fires
    figures, unknown = decider.figures(fires), case.truths.possible & ~fires
    earning = sum(1 << i for i in bits(unknown & figures.active) if any(figures.worth[i]))
    hanging = earning | unknown & decider.turning
    return [
        name
        for name in open_
        if reach(case.pack, name) & hanging and not gate.get(name, 0) & ~fires
    ]


def _gain(case: Case, name: str) -> int:
    """Estimate by how much the question raises the greatest support, as not everybody answers."""
    after = case.support.by_answer(name).values()
    total = sum(weight for weight, _ in after)
    best = sum(weight * max(shares) for weight, shares in after) // total
    answerable = answer_tables(case.pack)[name].answerable
    return (best - max(case.support.shares)) * answerable // 1000


def _stake(case: Case, name: str) -> int:
    """Add up what the unknown rules that a question can decide could give at most."""
    figures = case.decider.figures(case.truths.fires)
    unknown = case.truths.possible & ~case.truths.fires & figures.active
    mine = unknown & reach(case.pack, name)
    return sum(max(figures.worth[i], default=0) for i in bits(mine))
