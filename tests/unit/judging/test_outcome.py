"""The order of the outcomes, case by case."""

import pytest

from recommender.judging.outcome import NOBODY, first_of, outcome_of
from recommender.nouns.pack import Thresholds

LIMITS = Thresholds(known=600, either=800, decided=200, clear=800)


def told(
    shares,
    *,
    excluded=0,
    hanging=0,
    decided=5000,
    sure=None,
    blank=False,
    users=False,
    reached=True,
    lift=True,
):
    probability = max(shares) if sure is None else sure
    return outcome_of(
        shares, excluded, hanging, decided, probability, blank, users, LIMITS,
        lambda: reached, lambda: lift,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shares", "how", "outcome", "best"),
    [
        ((8000, 2000), {}, "clear", 0),
        ((2000, 8000), {}, "clear", 1),
        ((7999, 2001), {}, "close", 0),
        ((7000, 3000), {"sure": 8000}, "clear", 0),  # the probability counts, where there is one
        ((9000, 1000), {"sure": 7999}, "close", 0),
        ((9000, 1000), {"hanging": 0b01}, "close", 0),
        ((9000, 1000), {"hanging": 0b10}, "clear", 0),
        ((0, 10000), {"excluded": 0b01}, "clear", 1),
        ((0, 0), {"excluded": 0b11}, "no-survivor", NOBODY),
        ((0, 0), {"excluded": 0b01}, "too-little-known", 1),  # every completion excludes it
        ((5999, 4001), {}, "too-little-known", 0),
        ((6000, 4000), {}, "close", 0),
        ((5999, 4001), {"lift": False}, "close", 0),  # no answer would help
        ((7999, 2001), {"decided": 1999}, "either", 0),
        ((5999, 4001), {"decided": 1999}, "either", 0),  # known to be even is not hard to tell
        ((7999, 2001), {"decided": 2000}, "close", 0),
        ((8000, 2000), {"decided": 1999}, "clear", 0),  # all defaults together are clear
        ((7999, 2001), {"decided": 1999, "reached": False}, "close", 0),
        ((7999, 2001), {"decided": 1999, "hanging": 0b01}, "either", 0),
        ((7999, 2001), {"blank": True}, "too-little-known", 0),  # so much holds of any project
        ((7999, 2001), {"blank": True, "decided": 1999, "lift": False}, "too-little-known", 0),
        ((9999, 1), {"blank": True}, "too-little-known", 0),
        ((0, 0), {"blank": True, "excluded": 0b11}, "no-survivor", NOBODY),
        ((9999, 1), {"users": True}, "either", 0),  # whatever the points say, they choose
        ((9999, 1), {"users": True, "reached": False}, "clear", 0),
        ((10000, 0), {"users": True, "excluded": 0b10}, "clear", 0),  # nobody else is left
    ],
)
def test_the_outcomes_in_their_order(shares, how, outcome, best):
    assert told(shares, **how) == (outcome, best)


def test_what_costs_much_is_asked_only_where_it_matters():
    def never():
        raise AssertionError

    outcome = outcome_of((9000, 1000), 0, 0, 1000, 9000, False, False, LIMITS, never, never)
    assert outcome == ("clear", 0)


@pytest.mark.parametrize(
    ("shares", "excluded", "first"),
    [
        ((1, 1, 0), 0b000, 0),  # of equals the earlier
        ((1, 3, 2), 0b000, 1),
        ((1, 3, 2), 0b010, 2),
        ((1, 3, 2), 0b111, NOBODY),
        ((0, 0), 0b01, 1),
        ((), 0, NOBODY),
    ],
)
def test_the_first_is_a_survivor(shares, excluded, first):
    assert first_of(shares, excluded) == first
