"""How the plans fare against the recorded pipelines of projects that were described blind.

    python -m benchmarks.pipelines

`tests/pack/pipelines.yaml` says what each trains in and which formats it ships. A plan counts as
right in its framework where that is the recorded one (or the project uses both), and right as a
whole where it also ships in a recorded format.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from benchmarks.population import BATCHES, described_blind
from benchmarks.unseen import share
from recommender import load_pack
from recommender.judging.case import Case
from recommender.judging.plan import plan_of

FILE = Path(__file__).parents[1] / "tests" / "pack" / "pipelines.yaml"


def lines() -> list[str]:
    """Word the figures as a table of docs/panel.md."""
    pack = load_pack()
    recorded = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    total = framework = shipped = whole = 0
    for batch in BATCHES:
        for profile, ended in described_blind(batch, pack):
            if ended["name"] not in recorded:
                continue
            case, record = Case.of(profile, pack), recorded[ended["name"]]
            formats = {step.format for step in plan_of(case) if step.act == "ship"}
            right = record["trains"] in (case.decision.best, "both")
            fits = bool(formats & set(record["ships"]))
            total += 1
            framework += right
            shipped += fits
            whole += right and fits
    return [
        "| recorded pipelines | how many |",
        "|---|---|",
        f"| the plan trains in the recorded framework | {share(framework, total)} |",
        f"| it ships in a recorded format | {share(shipped, total)} |",
        f"| both | {share(whole, total)} |",
    ]


if __name__ == "__main__":
    print("\n".join(lines()))
