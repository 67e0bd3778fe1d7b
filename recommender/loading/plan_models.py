"""Models of what the head of a pack says of plans."""

from __future__ import annotations

from typing import Any

from recommender.nouns.plan import Stay

from .fields import Id, Text, When
from .resolution_models import Platform, Python
from .strict import Strict


class StayingText(Strict):
    """What becomes of code that another candidate than the one advised has in a project."""

    act: Stay
    when: When = None
    because: Text
    format: Text | None = None


class PlanText(Strict):
    """What plans hold beside routes: whether a model is trained, what becomes of old code."""

    trains: When = None
    existing: dict[Id, dict[str, Any]] = {}
    stays: tuple[StayingText, ...] = ()
    portable: StayingText | None = None
    foreign: StayingText | None = None
    platforms: dict[Platform, dict[str, Any]] = {}
    pythons: dict[Python, dict[str, Any]] = {}
