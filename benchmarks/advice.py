"""Different projects a second in a table, with outcome and probability.

    python -m benchmarks.advice [ROWS] [ROUNDS]

A row has the answers of one reference project of the shipped pack, some of them left out, and some
of another's added: four to a dozen answers, as people give. No two rows are alike.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from random import Random

import pyarrow as pa

from recommender import load_pack
from recommender.batch import score_table
from recommender.nouns.condition import Answer
from recommender.nouns.pack import Pack


def mixed(pack: Pack, rows: int, seed: int = 3) -> pa.Table:
    """Mix the answers of reference projects; rows that do not validate are left out."""
    rng = Random(seed)
    projects = [dict(each.answers) for each in pack.population]
    found: dict[tuple[tuple[str, str], ...], None] = {}
    for _ in range(rows):
        answers, other = dict(rng.choice(projects)), rng.choice(projects)
        for name in rng.sample(sorted(answers), min(len(answers) - 1, rng.randint(0, 3))):
            del answers[name]
        for name in rng.sample(sorted(other), min(len(other), rng.randint(0, 3))):
            answers[name] = other[name]
        found[tuple(sorted((name, _text(each)) for name, each in answers.items()))] = None
    schema = pa.schema([(name, pa.string()) for name in pack.questions])
    table = pa.Table.from_pylist([dict(each) for each in found], schema)
    return table.filter(score_table(table, pack, scores_only=True)["error"].is_null())


def _text(answer: Answer) -> str:
    if isinstance(answer, frozenset):
        return ";".join(sorted(answer)) or "none"
    return str(answer).lower() if isinstance(answer, bool) else str(answer)


def main() -> None:
    """Print how many rows a second are advised, and how many processors worked on them."""
    given = [int(word) for word in sys.argv[1:]]
    pack = load_pack()
    table = mixed(pack, given[0] if given else 40_000)
    clock, processors = [], []
    for _ in range(given[1] if len(given) > 1 else 5):
        begun = time.perf_counter(), time.process_time()
        score_table(table, pack)
        clock.append(time.perf_counter() - begun[0])
        processors.append(time.process_time() - begun[1])
    seconds = statistics.median(clock)
    told = {
        "different rows": len(table),
        "rows a second": round(len(table) / seconds),
        "processors on average": round(statistics.median(processors) / seconds, 1),
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
