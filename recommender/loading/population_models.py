"""Models of a pack's population, and of the calibration of its probabilities."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any

from pydantic import AfterValidator, StringConstraints

from .fields import Id, Several, Threshold
from .strict import Strict


class ReferenceProjectText(Strict):
    """One project of the population: what is known of it, and where; never how it ended."""

    id: Id
    source: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    cluster: Id | None = None
    answers: dict[str, Any]


class CalibrationPointText(Strict):
    """The probability that advice with this much support is right."""

    support: Threshold
    probability: Threshold


def _rising(points: tuple[CalibrationPointText, ...]) -> tuple[CalibrationPointText, ...]:
    for one, other in pairwise(points):
        if one.support >= other.support or one.probability > other.probability:
            raise ValueError("the points of a calibration must rise")
    return points


def _ordered(asked: tuple[int, int] | None) -> tuple[int, int] | None:
    if asked is not None and not 1 <= asked[0] <= asked[1]:
        raise ValueError("asked takes two whole numbers from 1, the smaller first")
    return asked


Asked = Annotated[tuple[int, int] | None, AfterValidator(_ordered)]
Calibration = Annotated[Several[CalibrationPointText], AfterValidator(_rising)]
