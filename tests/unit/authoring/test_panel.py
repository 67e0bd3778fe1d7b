"""Random projects to compare two versions of a pack on."""

from __future__ import annotations

import pytest

from recommender import load_pack
from recommender.authoring.panel import random_profiles
from recommender.judging.program import program_of
from recommender.loading.answers import read_answers


def test_no_number_below_0_is_drawn(edited):
    new = load_pack(edited("criteria/practice.yaml", "at_least: 4", "at_least: 0"))
    drawn = {each.answers.get("cups") for each in random_profiles(new, new, 50, 0)}
    assert drawn == {None, 0, 1}


@pytest.mark.parametrize("seed", range(5))
def test_the_panel_is_valid(seed):
    pack = load_pack()
    for profile in random_profiles(pack, pack, 100, seed):
        faults = []
        raw = {
            name: (sorted(answer) or "none") if isinstance(answer, frozenset) else answer
            for name, answer in profile.answers.items()
        }
        assert read_answers(raw, pack.questions, "panel", faults) == profile.answers
        assert faults == []


def test_the_panel_reaches_most_rules():
    pack = load_pack()
    seen = 0
    for profile in random_profiles(pack, pack, 500, 0):
        seen |= program_of(pack).run(profile.answers).rules[0]
    assert seen.bit_count() > 0.9 * len(pack.rules)
