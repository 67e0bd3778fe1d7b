"""Observations: what a probe saw, found by check and candidate."""

from __future__ import annotations

import pytest

from recommender.nouns.observation import VERDICTS, Observation, Observations


@pytest.mark.parametrize("verdict", VERDICTS)
def test_only_a_refuted_check_refutes(verdict):
    seen = Observations.of([Observation("taste", "tea", verdict)])
    assert seen.refutes("taste", "tea") == (verdict == "refuted")
    assert seen.get("taste", "tea").verdict == verdict


def test_what_was_not_seen_refutes_nothing():
    seen = Observations.of([Observation("taste", "tea", "refuted")])
    assert not seen.refutes("taste", "coffee")
    assert not seen.refutes("brew", "tea")
    assert seen.get("brew", "tea") is None


def test_a_later_observation_replaces_an_earlier_one():
    seen = Observations.of([Observation("taste", "tea", v) for v in ("refuted", "confirmed")])
    assert not seen.refutes("taste", "tea")


def test_observations_cannot_be_changed():
    seen = Observations.of([])
    with pytest.raises(TypeError):
        seen.by_key["taste", "tea"] = None
