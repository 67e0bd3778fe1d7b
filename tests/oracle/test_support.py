"""Support agrees with a naive engine that scores every completion by itself, in floats."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.judging.case import Case
from recommender.judging.outcome import WHOLE
from tests.laws.packs import packs, profiles
from tests.oracle import naive


@settings(max_examples=60)
@given(st.data(), st.sampled_from(["document", "today"]))
def test_support_is_the_naive_share_of_completions(data, lens):
    pack = data.draw(packs(population=True))
    profile = data.draw(profiles(pack))
    found = Case.of(profile, pack, lens=lens).support
    filled = found.completions
    ways = [
        (weight, {**profile.answers, **{name: each[i] for name, each in filled.answers.items()}})
        for i, weight in enumerate(filled.weights)
    ]
    shares, decided = naive.support(pack, profile, lens, ways)
    for name, share in shares.items():
        assert found.of(name) / WHOLE == pytest.approx(share, abs=0.005)
    assert found.decided / WHOLE == pytest.approx(decided, abs=0.0001)
