"""What advice costs in full: score, explanation, 2,000 SMAA samples and counterfactuals.

    python -m benchmarks.recommend [PROFILES] [ROUNDS]

Every profile of the seeded profiles is advised as a whole, and with ten answers left unknown. The
median is over profiles of each profile's best round; the ratio is to scoring alone. Processor
time, so that a busy machine tells the same.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from random import Random

from benchmarks.random_profiles import forget, random_profiles
from recommender import (
    Pack,
    Profile,
    counterfactuals,
    explain,
    load_pack,
    score,
    sensitivity,
    settled,
)

UNKNOWN = 10
PARTS: dict[str, Callable[[Profile, Pack], object]] = {
    "score": score,
    "explain": explain,
    "sensitivity": sensitivity,
    "counterfactuals": counterfactuals,
    "settled": settled,
}


def milliseconds(call: Callable[[Profile, Pack], object], profile: Profile, pack: Pack) -> float:
    """Time one call."""
    before = time.process_time()
    call(profile, pack)
    return (time.process_time() - before) * 1000


def main(profiles: int = 20, rounds: int = 3) -> None:
    """Print the medians of each part and of the whole."""
    pack = load_pack()
    whole = random_profiles(pack, profiles)
    rng = Random(2)
    partial = [forget(profile, UNKNOWN, rng) for profile in whole]
    print(f"{len(pack.rules)} rules, {len(pack.questions)} questions, {profiles} profiles")
    print(f"{'milliseconds':16} {'whole':>8} {'10 unknown':>11}")
    gc.disable()
    total = [0.0, 0.0]
    alone = [0.0, 0.0]
    for name, call in PARTS.items():
        medians = [
            statistics.median(
                min(milliseconds(call, profile, pack) for _ in range(rounds)) for profile in each
            )
            for each in (whole, partial)
        ]
        print(f"{name:16} {medians[0]:8.2f} {medians[1]:11.2f}")
        if name == "score":
            alone = medians
        if name != "settled":
            total = [sum(pair) for pair in zip(total, medians, strict=True)]
    print(f"{'in full':16} {total[0]:8.2f} {total[1]:11.2f}  (without the interview's proof)")
    print(f"{'times scoring':16} {total[0] / alone[0]:8.0f} {total[1] / alone[1]:11.0f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
