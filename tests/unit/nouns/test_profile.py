"""The profile: answers that are known, and copies with other ones."""

from __future__ import annotations

import dataclasses

import pytest

from recommender import load_profile
from recommender.nouns.profile import Profile


def test_a_copy_answers_otherwise_and_keeps_the_rest(toy):
    data = {
        "name": "n",
        "answers": {"hour": "morning", "milk": "unknown"},
        "weights": {"comfort": 2},
        "x-a": 1,
    }
    first = load_profile(data, toy)
    second = first.answering({"hour": None, "sugar": 3, "place": frozenset()})
    assert dict(second.answers) == {"sugar": 3, "place": frozenset()}
    assert dict(first.answers) == {"hour": "morning"}
    assert first.unknown == {"milk"}
    for field in dataclasses.fields(Profile):
        if field.name != "answers":
            assert getattr(first, field.name) == getattr(second, field.name), field.name


def test_a_copy_forgets_that_what_it_answers_was_not_known(toy):
    first = load_profile({"answers": {"milk": "unknown", "sugar": ["unknown"], "hour": None}}, toy)
    assert first.unknown == {"milk", "sugar"}
    assert first.answering({"milk": True}).unknown == {"sugar"}


def test_a_profile_cannot_be_changed(toy):
    profile = load_profile({"answers": {"hour": "morning"}}, toy)
    with pytest.raises(TypeError):
        profile.answers["hour"] = "evening"
    with pytest.raises(dataclasses.FrozenInstanceError):
        profile.name = "x"
