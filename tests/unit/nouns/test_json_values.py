"""Nouns as JSON has them: what is written of any of them, by every command."""

import datetime as dt
from types import MappingProxyType

import pytest

from recommender.nouns.errors import Place
from recommender.nouns.json_values import json_value
from recommender.nouns.population import CalibrationPoint
from recommender.nouns.source import Checked


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("tea", "tea"),
        (True, True),
        (None, None),
        (1 / 3, 0.333333),
        (float("nan"), None),
        (frozenset({"b", "a"}), ["a", "b"]),
        ((1, (2,)), [1, [2]]),
        ({3: dt.date(2026, 11, 27)}, {"3": "2026-11-27"}),
        (MappingProxyType({"at": Place("tea.yaml", 3)}), {"at": "tea.yaml:3"}),
        (CalibrationPoint(500, 600), {"support": 500, "probability": 600}),
        (
            [Checked(dt.date(2026, 11, 1), "partly", "Tea is hot.")],
            [{"on": "2026-11-01", "verdict": "partly", "sentence": "Tea is hot.", "second": None}],
        ),
    ],
)
def test_what_is_written(value, written):
    assert json_value(value) == written
