"""What the interview saves: questions asked against the whole questionnaire, and what it missed.

    python -m benchmarks.interview [PROFILES]

Each seeded profile, each example, and each project described blind is interviewed from nothing
until the interview ends. Counted are those that are advised another candidate, another outcome or
another plan than by all their answers. What a project leaves unknown is asked and stays so.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Collection
from pathlib import Path

from benchmarks.population import BATCHES, described_blind
from benchmarks.random_profiles import random_profiles
from recommender import Pack, Profile, load_pack, load_profile, next_question
from recommender.judging.case import Case
from recommender.judging.plan import plan_of
from recommender.judging.program import program_of

EXAMPLES = Path(__file__).parents[1] / "examples"


def interview(pack: Pack, truth: Profile, asked: list[str]) -> Profile:
    """Ask until the interview ends, and return what is known then."""
    known = Profile(weights=truth.weights)
    while (inquiry := next_question(known, pack, skipped=asked)) is not None:
        asked.append(inquiry.question)
        if inquiry.question in truth.answers:
            known = known.answering({inquiry.question: truth.answers[inquiry.question]})
    return known


def out_of(pack: Pack, truth: Profile) -> frozenset[str]:
    """Name the questions that do not apply to a project."""
    return program_of(pack).run(truth.answers).inapplicable


def steps(case: Case) -> list[tuple[str, ...]]:
    """Return what a plan does where by which route; which libraries it names is left aside."""
    return [step.way for step in plan_of(case)]


def report(title: str, pack: Pack, projects: Collection[Profile]) -> None:
    """Interview every project and print the figures."""
    counts, wholes, others, outcomes, plans, seconds = [], [], 0, 0, 0, 0.0
    for truth in projects:
        asked: list[str] = []
        start = time.process_time()
        known = interview(pack, truth, asked)
        seconds += time.process_time() - start
        counts.append(len(asked))
        wholes.append(len(pack.questions) - len(out_of(pack, truth)))
        ends = [Case.of(each, pack) for each in (known, truth)]
        before, after = (case.decision for case in ends)
        others += before.best != after.best
        outcomes += before.outcome != after.outcome
        plans += steps(ends[0]) != steps(ends[1])
    print(
        f"{title:11} {len(counts):4} {statistics.median(counts):6.1f} {min(counts):4}"
        f" {max(counts):4}"
        f" {statistics.mean(wholes):6.1f} {others:6} {outcomes:8} {plans:6}"
        f" {seconds / sum(counts) * 1000:12.0f}"
    )


def main(profiles: int = 100) -> None:
    """Print a line for the panel, the examples, and each batch."""
    pack = load_pack()
    print(
        f"{'':11} {'n':>4} {'asked':>6} {'min':>4} {'max':>4} {'of':>6}  other outcomes  plans"
        "  ms/question"
    )
    report("random", pack, random_profiles(pack, profiles))
    examples = [load_profile(path, pack) for path in sorted(EXAMPLES.glob("*.yaml"))]
    report("examples", pack, examples)
    for batch in BATCHES:
        report(batch, pack, [profile for profile, _ in described_blind(batch, pack)])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
