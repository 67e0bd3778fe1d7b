"""The order of the outcomes, case by case."""

import pytest

from recommender.judging.outcome import NOBODY, outcome_of, podium
from recommender.nouns.pack import Thresholds

LIMITS = Thresholds(tie=30, close=150, unknown=500)


def decided(scores, *, excluded=0, hanging=0, stake=1000, unknown=0, speaks=True, gains=(0, 0)):
    return outcome_of(scores, excluded, hanging, stake, unknown, speaks, lambda _: gains, LIMITS)


@pytest.mark.parametrize(
    ("scores", "how", "outcome", "best"),
    [
        ((500, 300), {}, "clear", 0),
        ((300, 500), {}, "clear", 1),
        ((450, 300), {}, "close", 0),  # 150 of 1000: the limit itself is close
        ((451, 300), {}, "clear", 0),
        ((330, 300), {}, "tie", NOBODY),
        ((331, 300), {}, "close", 0),
        ((500, 300), {"hanging": 0b01}, "close", 0),
        ((500, 300), {"hanging": 0b10}, "clear", 0),
        ((500, 300), {"excluded": 0b01}, "clear", 1),
        ((500, 300), {"excluded": 0b01, "hanging": 0b10}, "close", 1),
        ((500, 300), {"excluded": 0b11}, "no-survivor", NOBODY),
        ((500, 300), {"excluded": 0b11, "speaks": False}, "no-survivor", NOBODY),
        ((0, 0), {"stake": 0, "speaks": False}, "too-little-known", NOBODY),
        ((0, 0), {"stake": 0}, "tie", NOBODY),
        ((500, 300), {"unknown": 1001, "gains": (0, 201)}, "too-little-known", NOBODY),
        ((500, 300), {"unknown": 1000, "gains": (0, 201)}, "clear", 0),  # not heavy enough
        ((500, 300), {"unknown": 1001, "gains": (0, 200)}, "clear", 0),  # not enough to pass
        ((500, 300), {"unknown": 1001, "gains": (0, 201), "excluded": 0b10}, "clear", 0),
    ],
)
def test_the_outcomes_in_their_order(scores, how, outcome, best):
    assert decided(scores, **how) == (outcome, best)


def test_what_could_be_gained_is_asked_for_only_where_it_matters():
    def never(first):
        raise AssertionError(first)

    told = outcome_of((500, 300), 0, 0, 1000, 1000, True, never, LIMITS)
    assert told == ("clear", 0)


@pytest.mark.parametrize(
    ("scores", "excluded", "told"),
    [
        ((1, 1, 0), 0b000, (0, 0, True)),  # of equals the earlier is ahead
        ((1, 3, 2), 0b000, (1, 1, True)),
        ((1, 3, 2), 0b010, (2, 1, True)),
        ((1, 3, 2), 0b110, (0, 0, False)),
        ((1, 3, 2), 0b111, (NOBODY, 0, False)),
        ((-5, -7), 0b00, (0, 2, True)),
        ((), 0, (NOBODY, 0, False)),
    ],
)
def test_the_podium(scores, excluded, told):
    assert podium(scores, excluded) == told
