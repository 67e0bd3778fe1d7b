"""A picture of both training runs, drawn by Matplotlib if it is installed."""

from __future__ import annotations

import importlib
import io
from collections.abc import Mapping
from typing import Any

from recommender.nouns.errors import UsageError

CHECK = "training-picture"
COLOURS = ("#ee4c2c", "#ff9800", "#3f6fb5")


def draw(report: Mapping[str, Any], titles: Mapping[str, str], form: str = "png") -> bytes:
    """Return a picture of a report's loss curves side by side, as bytes.

    Raises `UsageError` where the report holds no curve.
    """
    curves = {
        row["candidate"]: row["figures"]["losses"]
        for row in report["observations"]
        if row["check"] == CHECK and row["figures"].get("losses")
    }
    if not curves:
        raise UsageError(f"there is no training run to draw: the check {CHECK} did not pass")
    figure_class = importlib.import_module("matplotlib.figure").Figure
    figure = figure_class(figsize=(9, 3.6), layout="constrained")
    axes = figure.subplots(1, len(curves), sharex=True, sharey=True, squeeze=False)[0]
    for place, (candidate, losses) in enumerate(curves.items()):
        versions = report["candidates"].get(candidate, {}).get("versions", {})
        version = next(iter(versions.values()), "")
        axes[place].plot(losses, color=COLOURS[place % len(COLOURS)], linewidth=2)
        axes[place].set_title(f"{titles.get(candidate, candidate)} {version}")
        axes[place].set_xlabel("step")
        axes[place].grid(visible=True, alpha=0.3)
    axes[0].set_ylabel("loss")
    figure.suptitle("The same model from the same weights")
    stream = io.BytesIO()
    figure.savefig(stream, format=form, dpi=120)
    return stream.getvalue()
