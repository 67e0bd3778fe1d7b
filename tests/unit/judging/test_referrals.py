"""Referrals: told for what is surely so, and held back only by what is surely against."""

from __future__ import annotations

from dataclasses import replace

import pytest

from recommender import recommend
from recommender.judging.case import Case
from recommender.judging.program import program_of
from recommender.judging.referrals import referral_state, referrals_of
from recommender.nouns.condition import Test
from recommender.nouns.profile import Profile


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, "unknown"),
        ({"cups": 8}, "fires"),
        ({"cups": 8, "milk": True}, "fires"),
        ({"cups": 8, "milk": False}, "silent"),
        ({"milk": False}, "silent"),
        ({"cups": 7}, "silent"),
    ],
)
def test_an_open_objection_does_not_hold_it_back(toy, answers, state):
    assert referral_state(toy.referrals["sleep-first"], answers) == state


def test_a_question_that_does_not_apply_neither_fires_it_nor_holds_it_back(toy):
    oat, cups = Test("oat-milk", "one_of", (False,)), Test("cups", "at_least", (8,))
    known = {"cups": 9, "milk": False}
    out = program_of(toy).run(known).inapplicable
    fired = replace(toy.referrals["sleep-first"], when=oat, unless=None)
    held = replace(toy.referrals["sleep-first"], when=cups, unless=oat)
    assert referral_state(fired, known, out) == "silent"
    assert referral_state(held, known, out) == "fires"


def test_it_is_told_and_moves_nothing(toy):
    profile = Profile({"cups": 9, "hour": "evening"})
    with_it, without = recommend(profile, toy), recommend(profile, replace(toy, referrals={}))
    assert [each.id for each in with_it.referrals] == ["sleep-first"]
    assert without.referrals == ()
    assert with_it.decision == without.decision
    assert with_it.ranking == without.ranking
    assert with_it.support == without.support


def test_they_come_in_the_order_of_the_pack(toy):
    one = toy.referrals["sleep-first"]
    pack = replace(toy, referrals={"b": replace(one, id="b"), "a": replace(one, id="a")})
    assert [each.id for each in referrals_of(Case.of(Profile({"cups": 9}), pack))] == ["b", "a"]
