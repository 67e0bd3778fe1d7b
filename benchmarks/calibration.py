"""How well support and probability keep their word, each cluster left out in turn.

    python -m benchmarks.calibration

The decided projects of the panel and of the batches that were described blind are scored. Open
answers of each are completed from the panel without its own cluster; the curve from support to
probability is fitted without it too. Intervals are of 2,000 bootstrap samples of
clusters. The last lines are the points of `rules/population/calibration.yaml`, fitted on all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from recommender import load_pack, load_profile
from recommender.judging.case import Case
from recommender.judging.support import WHOLE, support_of

from .population import BATCHES, PANEL, cluster_of, described_blind

if TYPE_CHECKING:
    from collections.abc import Callable

POINTS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
CEILING = 0.98
"""No more is claimed than can be shown: of the panel's 104 with most support, 102 were right."""

SAMPLES = 2000
SMALL = {"android", "ios", "cross-platform-app", "browser", "microcontroller", "edge-tpu"}
"""The targets of the rule of one line: one of these, TensorFlow; else PyTorch."""


def measured() -> dict[str, Any]:
    """Score the decided projects of all batches, each without its own cluster."""
    pack = load_pack()
    decided = []
    for path in sorted(PANEL.glob("*.yaml")):
        said = re.search(r"^x-recorded: (\S+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        if said is not None and said[1] != "tie":
            profile = load_profile(str(path), pack)
            decided.append(("panel", profile, said[1], cluster_of(path.stem)))
    for batch in BATCHES:
        for profile, ended in described_blind(batch, pack):
            if ended["kind"] == "decided":
                decided.append((batch, profile, ended["recorded"], ended["cluster"]))
    rows = []
    for batch, profile, recorded, cluster in decided:
        decider = Case.of(profile, pack).decider
        found = support_of(pack, profile.answers, decider, without=cluster)
        small = bool(profile.named("targets") & SMALL)
        rows.append((found.of("pytorch") / WHOLE, recorded == "pytorch", cluster, small, batch))
    support, pytorch, clusters, small, batches = map(np.array, zip(*rows, strict=True))
    return {
        "support": support,
        "pytorch": pytorch,
        "clusters": clusters,
        "small": small,
        "batches": batches,
    }


def fitted(support: Any, right: Any) -> float:
    """Fit the slope of a logistic curve to the logit of support; the prior changes nothing.

    There is no intercept: where support is even, neither candidate can be the more probable one.
    """
    x, prior, strength, found = _logit(support), 1.0, 4.0, 1.0
    for _ in range(50):
        p = 1 / (1 + np.exp(-found * x))
        slope = x @ (right - p) - strength * (found - prior)
        found += slope / ((x * x) @ (p * (1 - p)) + strength)
    return float(found)


def curve(found: float, support: Any) -> Any:
    """Read probabilities off a fitted curve, up to the ceiling."""
    return np.minimum(CEILING, 1 / (1 + np.exp(-found * _logit(support))))


def _logit(support: Any) -> Any:
    return np.log((support + 0.001) / (1 - support + 0.001))


def brier(p: Any, y: Any) -> float:
    """Return the mean squared error of probabilities."""
    return float(np.mean((p - y) ** 2))


def log_loss(p: Any, y: Any) -> float:
    """Return the mean logarithmic loss, in nats."""
    p = np.clip(p, 0.001, 0.999)
    return float(-np.mean(np.where(y, np.log(p), np.log(1 - p))))


def expected_error(p: Any, y: Any) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    bins = np.minimum((p * 10).astype(int), 9)
    return sum(abs(p[bins == b].sum() - y[bins == b].sum()) for b in set(bins.tolist())) / len(p)


def interval(measure: Callable[[Any, Any], float], p: Any, y: Any, clusters: Any) -> str:
    """Word a measure with its 95 % interval, whole clusters drawn together."""
    rng, names = np.random.default_rng(0), np.unique(clusters)
    members = {name: np.flatnonzero(clusters == name) for name in names}
    drawn = []
    for _ in range(SAMPLES):
        rows = np.concatenate([members[name] for name in rng.choice(names, len(names))])
        drawn.append(measure(p[rows], y[rows]))
    low, high = np.quantile(drawn, [0.025, 0.975])
    return f"{measure(p, y):.3f} ({low:.3f} to {high:.3f})"


def cross_validated(flag: Any, pytorch: Any, clusters: Any) -> Any:
    """Give a yes-or-no feature the probabilities that all other clusters give it."""
    found = np.empty(len(flag))
    for i in range(len(flag)):
        others = (clusters != clusters[i]) & (flag == flag[i])
        found[i] = (pytorch[others].sum() + 1) / (others.sum() + 2)
    return found


def held_out(first: Any, right: Any, clusters: Any) -> Any:
    """Return the probability of each project from a curve fitted without its cluster."""
    p = np.empty(len(first))
    for name in np.unique(clusters):
        held = clusters == name
        p[held] = curve(fitted(first[~held], right[~held]), first[held])
    return p


def lines(data: dict[str, Any]) -> list[str]:
    """Word the figures as the tables of docs/panel.md."""
    support, y, clusters = data["support"], data["pytorch"].astype(float), data["clusters"]
    first, right = np.maximum(support, 1 - support), ((support > 0.5) == (y == 1)).astype(float)
    p = held_out(first, right, clusters)
    found = ["| probability told | projects | told on average | right |", "|---|---|---|---|"]
    for low, high in ((50, 60), (60, 70), (70, 80), (80, 90), (90, 98)):
        rows = (100 * p >= low) & ((100 * p < high) | (high == 98))
        if rows.any():
            found.append(
                f"| {low} to {high} % | {rows.sum()} | {100 * p[rows].mean():.0f} % |"
                f" {100 * right[rows].mean():.0f} % |"
            )
    found += ["", "| batch | named first | told on average | expected calibration error |"]
    found.append("|---|---|---|---|")
    for batch in ("panel", *BATCHES, "all"):
        mine = np.full(len(p), True) if batch == "all" else data["batches"] == batch
        found.append(
            f"| {batch} | {right[mine].sum():.0f} of {mine.sum()} | {100 * p[mine].mean():.0f} % |"
            f" {interval(expected_error, p[mine], right[mine], clusters[mine])} |"
        )
    found += ["", "| of all | Brier score | log loss |", "|---|---|---|"]
    sides = {
        "probability": np.where(support > 0.5, p, 1 - p),
        "the rule of one line": cross_validated(data["small"], y, clusters),
        "always PyTorch": cross_validated(np.zeros(len(y)), y, clusters),
    }
    for name, side in sides.items():
        found.append(
            f"| {name} | {interval(brier, side, y, clusters)} |"
            f" {interval(log_loss, side, y, clusters)} |"
        )
    return found


def main() -> None:
    """Print the figures of docs/panel.md, and the points of the curve."""
    data = measured()
    print("\n".join(lines(data)))
    support, y = data["support"], data["pytorch"].astype(float)
    first, right = np.maximum(support, 1 - support), ((support > 0.5) == (y == 1)).astype(float)
    whole = fitted(first, right)
    print("slope on all", round(whole, 2))
    for point in POINTS:
        told = float(curve(whole, np.array(point)))
        print(f"  - {{support: {point}, probability: {told:.3f}}}")


if __name__ == "__main__":
    main()
