"""How the advice fares on projects that nobody who wrote the rules had described.

    python -m benchmarks.unseen

`tests/pack/development` and `tests/pack/unseen` hold projects described blind, by whoever saw
neither rules nor outcome, and how each ended. Of the decided ones, only who is named outright and
rightly counts as right; a default that is told with "either will do" is counted apart. Intervals
(95 %) are Wilson's. The last table shows what other bounds for `either` would tell.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt

import numpy as np

from benchmarks import calibration
from benchmarks.population import BATCHES, described_blind
from recommender import load_pack
from recommender.judging.case import Case
from recommender.judging.outcome import WHOLE
from recommender.judging.plan import plan_of

BOUNDS = ((0.15, 0.95), (0.25, 0.95), (0.25, 0.98), (0.25, 1.0), (0.35, 0.98), (0.35, 1.0))
"""Other bounds: below which share of deciding completions, and of support, either will do."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One project of a batch: how it ended, and what it is advised."""

    kind: str
    recorded: str
    outcome: str
    best: str
    support: float
    decided: float
    probability: float
    one_line: str
    converted: bool

    @property
    def pytorch(self) -> float:
        """How probable PyTorch is said to be."""
        return self.probability if self.best == "pytorch" else 1 - self.probability


def scored(batch: str) -> list[Scored]:
    """Score the projects of a batch, in the order of their outcomes."""
    pack = load_pack()
    found = []
    for profile, ended in described_blind(batch, pack):
        case = Case.of(profile, pack)
        told = case.decision
        found.append(
            Scored(
                ended["kind"],
                ended["recorded"],
                told.outcome,
                told.best or "",
                told.support / WHOLE,
                case.support.decided / WHOLE,
                (told.probability or 0) / WHOLE,
                "tensorflow" if profile.named("targets") & calibration.SMALL else "pytorch",
                any(step.act == "convert" for step in plan_of(case)),
            )
        )
    return found


def share(part: int, whole: int) -> str:
    """Word a share with its interval (E. B. Wilson, Probable inference, the law of succession, and
    statistical inference, 1927).

    >>> share(9, 10)
    '9 of 10 (60 to 98 %)'
    """
    if not whole:
        return "0 of 0"
    z, p = 1.96, part / whole
    middle, reach = p + z * z / 2 / whole, z * sqrt(p * (1 - p) / whole + (z / 2 / whole) ** 2)
    low, high = (max(0.0, (middle + s * reach) / (1 + z * z / whole)) for s in (-1, 1))
    return f"{part} of {whole} ({100 * low:.0f} to {100 * high:.0f} %)"


def rows(found: list[Scored]) -> list[tuple[str, str]]:
    """Name what is counted of a batch, with the counts."""
    decided = [each for each in found if each.kind == "decided"]
    either = [each for each in decided if each.outcome == "either"]
    named = [each for each in decided if each.outcome in ("clear", "close")]
    total, counted = len(decided), Counter(each.kind for each in found)
    return [
        ("decided: named and right", share(sum(e.best == e.recorded for e in named), total)),
        ("decided: named and wrong", share(sum(e.best != e.recorded for e in named), total)),
        ("decided: either will do", share(len(either), total)),
        (
            "of these, the default right",
            share(sum(e.best == e.recorded for e in either), len(either)),
        ),
        ("decided: too little known", share(total - len(named) - len(either), total)),
        ("decided: first named right", share(sum(e.best == e.recorded for e in decided), total)),
        ("the rule of one line", share(sum(e.one_line == e.recorded for e in decided), total)),
        *(
            (f"{kind}: either will do", share(*_told(found, kind)))
            for kind in ("even", "hybrid", "neither")
        ),
        *(
            (
                f"{kind}: the plan ships in another form",
                share(sum(e.converted for e in found if e.kind == kind), counted[kind]),
            )
            for kind in ("hybrid", "decided")
        ),
    ]


def losses(found: list[Scored]) -> list[tuple[str, str, str]]:
    """Return Brier score and log loss of the decided projects, beside those of simple rules.

    What a simple rule knows of probabilities are the shares of the panel.
    """
    decided = [each for each in found if each.kind == "decided"]
    y = np.array([float(each.recorded == "pytorch") for each in decided])
    data = calibration.measured()
    panel = data["batches"] == "panel"
    small, chose = data["small"][panel], data["pytorch"][panel]
    rates = {
        flag: (chose[small == flag].sum() + 1) / ((small == flag).sum() + 2) for flag in (0, 1)
    }
    sides = {
        "probability": np.array([each.pytorch for each in decided]),
        "the rule of one line": np.array([rates[e.one_line == "tensorflow"] for e in decided]),
        "always PyTorch": np.full(len(y), (chose.sum() + 1) / (len(chose) + 2)),
    }
    alone = np.arange(len(y))
    return [
        (
            name,
            calibration.interval(calibration.brier, p, y, alone),
            calibration.interval(calibration.log_loss, p, y, alone),
        )
        for name, p in sides.items()
    ]


def _told(found: list[Scored], kind: str) -> tuple[int, int]:
    mine = [each for each in found if each.kind == kind]
    return sum(each.outcome == "either" for each in mine), len(mine)


def trade(found: list[Scored]) -> list[tuple[str, int, int]]:
    """Count for other bounds how many even, and how many decided projects, would be told either."""
    return [
        (
            f"{decides:.2f}, {support:.2f}",
            *(
                sum(e.decided < decides and e.support < support for e in found if e.kind == kind)
                for kind in ("even", "decided")
            ),
        )
        for decides, support in BOUNDS
    ]


def lines(batch: str) -> list[str]:
    """Word the figures of a batch as the tables of docs/panel.md."""
    found = scored(batch)
    told = ["| what | how many |", "|---|---|"]
    told += [f"| {name} | {each} |" for name, each in rows(found)]
    told += ["", "| on the decided | Brier score | log loss |", "|---|---|---|"]
    told += ["| " + " | ".join(each) + " |" for each in losses(found)]
    told += ["", "| bounds (decided, support) | even told | decided told |", "|---|---|---|"]
    told += [f"| {bounds} | {even} | {decided} |" for bounds, even, decided in trade(found)]
    return told


def main() -> None:
    """Print the tables of docs/panel.md."""
    for batch in BATCHES:
        print(batch, *lines(batch), sep="\n")


if __name__ == "__main__":
    main()
