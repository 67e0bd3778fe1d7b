"""Referrals and plans of the rows of a table, in short words; rows that answer alike are read once.

A plan is made as for one project, so this takes some milliseconds for each row that differs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from recommender.judging.plan import plan_of
from recommender.judging.referrals import referrals_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recommender.nouns.plan import Step

    from .scoring import TableScorer

PLANS = ("referrals", "plan")


def plan_columns(asked: Any, wrong: Any, scorer: TableScorer) -> list[Any]:
    """Return two columns of text for a table whose columns are questions; none where `wrong`.

    `referrals` has their ids, `plan` its steps (`short`), each parted by `; `.
    """
    told: dict[str, tuple[str, str]] = {}
    rows: list[tuple[str | None, str | None]] = []
    for given, bad in zip(asked.to_pylist(), wrong, strict=True):
        if bad:
            rows.append((None, None))
            continue
        key = repr(given)
        if key not in told:
            told[key] = _told(given, scorer)
        rows.append(told[key])
    return [pa.array([row[place] for row in rows], pa.string()) for place in range(len(PLANS))]


def _told(given: Mapping[str, Any], scorer: TableScorer) -> tuple[str, str]:
    case = scorer.case_of(given)
    referrals = "; ".join(each.id for each in referrals_of(case))
    return referrals, "; ".join(short(step) for step in plan_of(case))


def short(step: Step) -> str:
    """Say a step in a few words, by the pack's ids.

    >>> from recommender.nouns.plan import Step
    >>> short(Step("ship", "pytorch", target="ios", route="by-core-ml", format="coreml"))
    'ship to ios as coreml'
    >>> short(Step("ship", "pytorch", target="fpga"))
    'no way known to fpga'
    >>> short(Step("port", "tensorflow", open=("deployment-tied",)))
    'port tensorflow (open: deployment-tied)'
    >>> short(Step("keep", ""))
    'keep the rest'
    >>> short(Step("build", "pytorch", libraries=("pyg", "timm")))
    'build pytorch with pyg, timm'
    """
    if step.gap:
        return f"no way known to {step.target}"
    if step.act == "ship":
        return f"ship to {step.target}" + (f" as {step.format}" if step.format else "")
    words = f"{step.act} {step.candidate or 'the rest'}"
    words += f" to {step.format}" if step.format else ""
    words += f" with {', '.join(step.libraries)}" if step.libraries else ""
    return f"{words} (open: {', '.join(step.open)})" if step.open else words
