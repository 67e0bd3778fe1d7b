"""At which weight another draws level, exactly."""

import pytest

from recommender.judging.case import judge
from recommender.judging.scoring import DecisionMatrix, rank
from recommender.nouns.profile import Profile
from recommender.reflecting.robustness import sensitivity
from recommender.reflecting.stability import TippingWeight, stability_intervals, tipping_weights
from tests.unit.reflecting.test_robustness import NOTHING_KNOWN, always, pack_of


def ends(matrix, criterion):
    """Give both ends of a stability interval with who draws level there."""
    interval = stability_intervals(matrix, rank(matrix))[criterion]
    low, high = (interval.low, interval.below), (interval.high, interval.above)
    return tuple(None if end == (None, None) else end for end in (low, high))


def test_a_stability_interval_ends_where_another_draws_level():
    # a leads by 1000 w0 - 300 w1: with w1 = 5 it draws level at w0 = 3/2, with w0 = 5 at 50/3.
    pack = pack_of(always("c0", a=100), always("c1", b=30))
    matrix = judge(NOTHING_KNOWN, pack)
    assert ends(matrix, "c0") == ((3 / 2, "b"), None)
    assert ends(matrix, "c1") == (None, (50 / 3, "b"))
    interval = sensitivity(NOTHING_KNOWN, pack, samples=1).stability_intervals["c0"]
    assert (interval.low, interval.high, interval.weight, interval.below) == (1.5, None, 5, "b")
    interval = sensitivity(NOTHING_KNOWN, pack, samples=1).stability_intervals["c1"]
    assert (interval.low, interval.high, interval.above) == (None, pytest.approx(50 / 3), "b")


def test_an_interval_is_bounded_by_whoever_draws_level_first():
    pack = pack_of(
        always("c0", a=100, b=90, c=10), always("c1", a=0, b=60, c=90), candidates=("a", "b", "c")
    )
    # On c0 a leads b by 10 and c by 90, on c1 it trails them by 60 and 90; with 9 and 1 it is first.
    matrix = judge(Profile({}, weights={"c0": 9, "c1": 1}), pack)
    assert ends(matrix, "c0") == ((6, "b"), None)
    assert ends(matrix, "c1") == (None, (3 / 2, "b"))


def test_weights_are_compared_as_the_fractions_that_they_are():
    # a leads by 40 times 5; on c0 it trails x by 1 and y by 3: they draw level 200 and 200/3 up.
    matrix = DecisionMatrix(
        ("a", "x", "y"), ("c0", "c1"), (1, 5), ((10, 11, 13), (40, 0, 0)), (13, 40)
    )
    assert ends(matrix, "c0") == (None, (200 / 3, "y"))


def test_who_ranks_higher_is_named_where_two_draw_level_at_once():
    names = ("a", "x", "y")
    pack = pack_of(always("c0", a=100, x=50, y=50), always("c1", x=50, y=50), candidates=names)
    matrix = judge(NOTHING_KNOWN, pack)
    assert rank(matrix).order == names
    assert ends(matrix, "c0") == ((5, "x"), None)
    assert ends(matrix, "c1") == (None, (5, "x"))
    pack = pack_of(always("c0", a=90, x=30, y=50), always("c1", a=0, x=60, y=40), candidates=names)
    matrix = judge(Profile({}, weights={"c0": 7, "c1": 5}), pack)  # y ranks before x
    assert rank(matrix).order == ("a", "y", "x")
    assert ends(matrix, "c1") == (None, (7, "y"))


def test_a_lead_of_one_hundredth_is_a_lead():
    matrix = DecisionMatrix(("a", "b"), ("c0",), (5,), ((51, 50),), (51,))
    assert ends(matrix, "c0") == ((0, "b"), None)


def test_a_weight_of_nought_at_which_another_draws_level_bounds_the_interval():
    pack = pack_of(always("c0", a=100), always("c1", a=50, b=50))
    matrix = judge(NOTHING_KNOWN, pack)
    assert ends(matrix, "c0") == ((0, "b"), None)
    interval = sensitivity(NOTHING_KNOWN, pack, samples=1).stability_intervals["c0"]
    assert (interval.low, interval.below) == (0.0, "b")


def test_the_weights_that_make_another_lead_come_nearest_first():
    pack = pack_of(
        always("c0", a=100), always("c1", b=100), always("c0", a=5), candidates=("a", "b")
    )
    matrix = judge(NOTHING_KNOWN, pack)
    assert rank(matrix).leader == "a"
    # One step is enough of either, and the weight that is lowered comes first by its name.
    assert tipping_weights(matrix, "a") == (
        TippingWeight("c0", 4, "b"),
        TippingWeight("c1", 6, "b"),
    )


def test_a_weight_that_tips_nothing_is_left_out():
    pack = pack_of(always("c0", a=100, b=100), candidates=("a", "b"))
    assert tipping_weights(judge(NOTHING_KNOWN, pack), "a") == ()
