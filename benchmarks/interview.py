"""What the interview saves: questions asked against the whole questionnaire, and what it missed.

    python -m benchmarks.interview [PROFILES]

Each project of the seeded panel, and each example, is interviewed from nothing until no answer
can change the decision. A disagreement would be a project whose decision at the end is another
than that of all its answers. What an example leaves unknown is asked and stays unknown.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Collection
from pathlib import Path

from benchmarks.panel import panel
from recommender import Pack, Profile, load_pack, load_profile, next_question
from recommender.judging.case import Case
from recommender.judging.program import program_of

EXAMPLES = Path(__file__).parents[1] / "examples"


def interview(pack: Pack, truth: Profile, asked: list[str]) -> Profile:
    """Ask until nothing can change the decision, and give what is known then."""
    known = Profile(weights=truth.weights)
    while (inquiry := next_question(known, pack, skipped=asked)) is not None:
        asked.append(inquiry.question)
        if inquiry.question in truth.answers:
            known = known.answering({inquiry.question: truth.answers[inquiry.question]})
    return known


def out_of(pack: Pack, truth: Profile) -> frozenset[str]:
    """Name the questions that do not apply to a project."""
    return program_of(pack).run(truth.answers).inapplicable


def report(title: str, pack: Pack, projects: Collection[Profile]) -> None:
    """Interview every project and print the figures."""
    counts, wholes, disagreements, seconds = [], [], 0, 0.0
    for truth in projects:
        decider = Case.of(truth, pack).decider
        asked: list[str] = []
        before = time.process_time()
        known = interview(pack, truth, asked)
        seconds += time.process_time() - before
        counts.append(len(asked))
        wholes.append(len(pack.questions) - len(out_of(pack, truth)))
        disagreements += decider.answers(known.answers) != decider.answers(truth.answers)
    print(
        f"{title:9} {len(counts):4} {statistics.mean(counts):6.1f} {min(counts):4} {max(counts):4}"
        f" {statistics.mean(wholes):6.1f} {disagreements:14} {seconds / sum(counts) * 1000:12.0f}"
    )


def main(profiles: int = 100) -> None:
    """Print one line for the panel and one for the examples."""
    pack = load_pack()
    print(
        f"{'':9} {'n':>4} {'asked':>6} {'min':>4} {'max':>4} {'of':>6} disagreements  ms/question"
    )
    report("panel", pack, panel(pack, profiles))
    examples = [load_profile(path, pack) for path in sorted(EXAMPLES.glob("*.yaml"))]
    report("examples", pack, examples)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
