"""Counterfactuals on the toy pack: what they say, what they assume, what they drop."""

import pytest

from recommender import load_pack, load_profile
from recommender.counterfactual import counterfactuals, sentence
from recommender.language import Language


@pytest.fixture(scope="module")
def pack():
    return load_pack("tests/toy/rules")


def found(pack, most_changes=2, weights=None, **answers):
    profile = load_profile({"answers": answers, "weights": weights or {}}, pack)
    return counterfactuals(profile, pack, most_changes=most_changes)


def test_a_choice_answered_otherwise(pack):
    (first, *_) = found(pack, hour="evening", place=["home"], sugar=0)
    assert first.changes == {"hour": "morning"}
    assert (first.winner, first.outcome, first.instead_of) == ("coffee", "clear", "tea")
    assert first.sentence == (
        "If “When will you drink it?” were answered “In the morning” rather than “In the evening”: "
        "Coffee, clearly."
    )
    assert first.assumed == ()


def test_an_option_added_to_many(pack):
    weights = {"alertness": 0, "comfort": 0}
    (added, *_) = found(pack, 1, weights, place=["home"])
    assert added.changes == {"place": frozenset({"home", "train"})}
    assert added.steps[0].added == "train"
    assert (
        added.sentence
        == "If “Where will you drink it?” also included “On the train”: Coffee, clearly."
    )


def test_an_option_removed_and_what_was_unknown(pack):
    weights = {"alertness": 0, "comfort": 1}
    removed, assumed = found(pack, 1, weights, place=["home", "train"], sugar=0, milk=False)
    assert removed.changes == {"place": frozenset({"home"})}
    assert (
        removed.sentence
        == "If “Where will you drink it?” did not include “On the train”: Tea, narrowly."
    )
    assert (removed.assumed, assumed.assumed) == ((), ("hour",))
    assert assumed.sentence == (
        "If “When will you drink it?” were answered “In the evening”: Tea, narrowly."
    )


def test_an_excluded_candidate_and_an_answer_that_is_dropped(pack):
    told = found(pack, hour="evening", milk=True, **{"oat-milk": True, "no-kettle": True})
    (kettle,) = [each for each in told if set(each.changes) == {"no-kettle"}]
    assert (kettle.winner, kettle.instead_of) == ("tea", "coffee")
    profile = load_profile({"answers": {"hour": "evening", "milk": True, "oat-milk": True}}, pack)
    for each in counterfactuals(profile, pack):
        assert ("oat-milk" in each.dropped) == (each.changes.get("milk") is False)
        load_profile(
            {
                "answers": {
                    k: list(v) if isinstance(v, frozenset) else v
                    for k, v in each.applied_to(profile).answers.items()
                }
            },
            pack,
        )


def test_no_set_contains_a_smaller_one(pack):
    told = found(pack, hour="evening", place=["home"], sugar=0, milk=False)
    alone = [set(each.changes.items()) for each in told if len(each.steps) == 1]
    pairs = [set(each.changes.items()) for each in told if len(each.steps) == 2]
    assert alone
    assert not [pair for pair in pairs if any(one <= pair for one in alone)]


def test_what_was_not_tried_is_said(pack):
    profile = load_profile({"answers": {"hour": "evening", "place": ["home"]}}, pack)
    assert all(each.complete for each in counterfactuals(profile, pack))
    few = counterfactuals(profile, pack, bound=1)
    assert few
    assert not any(each.complete for each in few)
    assert counterfactuals(profile, pack, most_changes=0) == ()


def test_a_sentence_can_be_said_in_another_language(pack):
    class Shouting(Language):
        def phrase(self, key, **values):
            return super().phrase(key, **values).upper()

    (first, *_) = found(pack, hour="evening", place=["home"], sugar=0)
    said = sentence(first.steps, first.winner, first.outcome, Shouting(pack))
    assert said == first.sentence.upper()
