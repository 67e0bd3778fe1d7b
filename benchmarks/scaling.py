"""How time grows with rules, candidates and profiles.

    python -m benchmarks.scaling [PLOT.svg]

One decision, and a table of 200,000 rows, for 10 to 1,000 rules and for 2 to 10 candidates; tables
of 1,000 to a million rows (ten million with --large). Times are processor time; growth is the
slope between the ends on logarithmic axes, so that 1 is linear.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.scores import Scorer
from benchmarks.synthetic import answers_of, pack_of, table_of
from recommender.batch import score_table
from recommender.judging.case import Case
from recommender.nouns.profile import Profile

RULES = (10, 30, 100, 300, 1000)
CANDIDATES = (2, 3, 5, 7, 10)
ROWS = (1000, 10_000, 100_000, 1_000_000)
TABLE = 200_000
REPEATS = 5


def timed(call: Callable[[], Any]) -> float:
    """Give the median processor time of a call, in seconds."""
    taken = []
    for _ in range(REPEATS):
        begun = time.process_time()
        call()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


def decision(**size: int) -> float:
    """Time one decision on a pack of the given size, in microseconds."""
    pack = pack_of(**size)
    rows = answers_of(pack, 200)
    scorer = Scorer(Case.of(Profile(), pack).decider)
    return timed(lambda: [scorer.scored(row) for row in rows]) / len(rows) * 1e6


def table(rows: int, **size: int) -> float:
    """Time a table on a pack of the given size, in milliseconds."""
    pack = pack_of(**size)
    drawn = table_of(pack, rows)
    score_table(drawn.slice(0, 100), pack)
    return timed(lambda: score_table(drawn, pack)) * 1e3


def slope(points: dict[int, float]) -> float:
    """Give the exponent of growth between the ends."""
    (low, first), *_, (high, last) = points.items()
    return round(math.log(last / first) / math.log(high / low), 2)


def main() -> None:
    """Print the times and the growth, and draw them where a file is named."""
    rows = (*ROWS, 10_000_000) if "--large" in sys.argv else ROWS
    found = {
        "rules (µs a decision)": {n: round(decision(rules=n), 1) for n in RULES},
        "candidates (µs a decision)": {n: round(decision(candidates=n), 1) for n in CANDIDATES},
        "rules (ms a table)": {n: round(table(TABLE, rules=n), 1) for n in RULES},
        "candidates (ms a table)": {n: round(table(TABLE, candidates=n), 1) for n in CANDIDATES},
        "rows (ms a table)": {n: round(table(n), 1) for n in rows},
    }
    growth = {name: slope(points) for name, points in found.items()}
    print(json.dumps({"times": found, "growth": growth}, indent=2, ensure_ascii=False))
    for path in [word for word in sys.argv[1:] if not word.startswith("-")]:
        draw(found, growth, path)


def draw(found: dict[str, dict[int, float]], growth: dict[str, float], path: str) -> None:
    """Draw the curves, each beside a linear one."""
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, len(found), figsize=(16, 3.4), layout="constrained")
    for axis, (name, points) in zip(axes, found.items()):
        sizes, times = list(points), list(points.values())
        axis.loglog(sizes, times, "o-", label=f"measured (growth {growth[name]})")
        linear = [times[0] * size / sizes[0] for size in sizes]
        axis.loglog(sizes, linear, ":", color="grey", label="linear")
        axis.set_xlabel(name.split(" (")[0])
        axis.set_ylabel(name.split("(")[1].rstrip(")"))
        axis.legend(fontsize=8)
    figure.savefig(path)


if __name__ == "__main__":
    main()
