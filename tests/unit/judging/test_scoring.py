"""Scoring: points, outcomes at their whole-number borders, vetoes and what hangs over them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from recommender import DecisionMatrix, judge, load_profile, rank, score
from recommender.judging.case import Case
from recommender.judging.lens import view
from recommender.judging.scoring import Pending
from recommender.nouns.errors import UsageError
from recommender.nouns.observation import Observation, Observations
from recommender.nouns.pack import Thresholds


def matrix(*rows, weights=None, stakes=None, names="ab", **more):
    """Lay out a matrix by hand: a row of points per criterion."""
    return DecisionMatrix(
        candidates=tuple(names),
        criteria=tuple(f"c{i}" for i in range(len(rows))),
        weights=tuple(weights or (1,) * len(rows)),
        points=tuple(rows),
        stakes=tuple(stakes or (1000,) * len(rows)),
        **more,
    )


def profile(toy, **answers):
    return load_profile({"answers": {k.replace("_", "-"): v for k, v in answers.items()}}, toy)


@pytest.mark.parametrize(
    ("margin", "outcome"),
    [(0, "tie"), (30, "tie"), (31, "close"), (150, "close"), (151, "clear"), (1000, "clear")],
)
def test_the_outcome_changes_at_whole_thousandths_of_the_stake(margin, outcome):
    ranking = rank(matrix((margin, 0)))
    assert (ranking.outcome, ranking.margin, ranking.stake) == (outcome, margin, 1000)
    assert ranking.best == (None if outcome == "tie" else "a")
    assert ranking.leaders == (("a", "b") if outcome == "tie" else ("a",))


@pytest.mark.parametrize(
    ("points", "more", "outcome", "best", "leaders"),
    [
        ((0, 0), {"stakes": (0,)}, "too-little-known", None, ("a", "b")),
        ((0, 0), {"stakes": (0,), "states": {"r": "silent"}}, "too-little-known", None, ("a", "b")),
        ((0, 0), {"stakes": (0,), "states": {"r": "fires"}}, "tie", None, ("a", "b")),
        ((0, 0), {}, "tie", None, ("a", "b")),
        ((900, 0), {"vetoes": {"a": ("k",)}}, "clear", "b", ("b",)),
        ((900, 0), {"vetoes": {"a": ("k",), "b": ("k",)}}, "no-survivor", None, ()),
        ((0, 900), {"vetoes": {"a": ("k",)}, "possible_vetoes": {"b": ("m",)}}, "close", "b", ("b",)),
        ((900, 0), {"possible_vetoes": {"a": ("m",)}}, "close", "a", ("a",)),
        ((900, 0), {"possible_vetoes": {"b": ("m",)}}, "clear", "a", ("a",)),
        ((10, 0), {"possible_vetoes": {"a": ("m",)}}, "tie", None, ("a", "b")),
        ((9, 0), {"thresholds": Thresholds(tie=0, close=0)}, "clear", "a", ("a",)),
        ((900, 0), {"weights": (0,)}, "tie", None, ("a", "b")),
    ],
)  # fmt: skip
def test_vetoes_and_silence_come_before_the_margin(points, more, outcome, best, leaders):
    ranking = rank(matrix(points, **more))
    assert (ranking.outcome, ranking.best, ranking.leaders) == (outcome, best, leaders)


@pytest.mark.parametrize(
    ("pending", "reversible", "outcome"),
    [
        ((0, 1501), True, "too-little-known"),  # could reverse, and outweighs half of all in play
        ((0, 500), False, "clear"),  # would draw level at most, which reverses nothing
        ((0, 501), True, "clear"),  # could reverse, but weighs little
        ((0, 1000), True, "clear"),  # exactly half is not more than half
        ((0, 1001), True, "too-little-known"),
        ((5000, 5000), False, "clear"),  # heavy, but for both alike
        ((5000, 0), False, "clear"),
    ],
)
def test_unknowns_make_too_little_known_only_if_they_could_reverse_and_outweigh(
    pending, reversible, outcome
):
    ranking = rank(matrix((500, 0), pending=(Pending("r", 0, pending),)))
    assert (ranking.outcome, ranking.reversible) == (outcome, reversible)
    assert ranking.unknown_stake == max(pending)
    assert ranking.scores == {"a": 500, "b": 0}


def test_the_vetoed_cannot_reverse_anything():
    ranking = rank(
        matrix(
            (500, 0, 0), names="abc", pending=(Pending("r", 0, (0, 0, 9999)),), vetoes={"c": ("k",)}
        )
    )
    assert not ranking.reversible
    assert ranking.order == ("a", "b", "c")


def test_with_more_than_two_the_margin_is_first_against_second():
    ranking = rank(matrix((900, 880, 0), names="abc"))
    assert (ranking.outcome, ranking.margin, ranking.leaders) == ("tie", 20, ("a", "b"))


def test_weights_replace_only_the_criteria_named():
    base = matrix((500, 0), (0, 400), weights=(1, 1))
    assert rank(base).best == "a"
    assert rank(base, {"c1": 10}).best == "b"
    assert rank(base, {"c1": 10}).weights == {"c0": 1, "c1": 10}
    with pytest.raises(UsageError, match="no criterion `cc0`; did you mean `c0`"):
        rank(base, {"cc0": 1})


def test_judging_adds_up_what_fires(toy):
    seen = judge(profile(toy, hour="morning", place=["train"], sugar=5), toy)
    row = dict(zip(seen.criteria, seen.points, strict=True))
    assert seen.candidates == ("coffee", "tea")
    assert row == {"alertness": (600, 360), "comfort": (210, 150), "practice": (450, 300)}
    assert dict(zip(seen.criteria, seen.stakes, strict=True)) == {
        "alertness": 600, "comfort": 210, "practice": 450,
    }  # fmt: skip
    assert rank(seen).scores == {"coffee": 5190, "tea": 3300}


def test_a_project_s_weights_apply_under_every_lens(toy):
    own = load_profile({"answers": {"hour": "evening"}, "weights": {"comfort": 9}}, toy)
    for lens in ("document", "today", "measured"):
        assert score(own, toy, lens=lens).weights["comfort"] == 9
    assert score(own, toy, lens="document").weights["practice"] == 1
    assert score(own, toy).weights["practice"] == 3


def test_a_veto_holds_under_the_lens_that_knows_it_alone(toy):
    dry = profile(toy, hour="evening", no_kettle=True)
    assert score(dry, toy).best == "coffee"
    assert score(dry, toy, lens="document").best == "tea"
    assert judge(dry, toy).vetoes == {"tea": ("tea-needs-a-kettle",)}


def test_an_unknown_constraint_excludes_nobody_and_caps_at_close(toy):
    ranking = score(profile(toy, hour="evening"), toy)
    assert (ranking.outcome, ranking.best) == ("close", "tea")
    assert ranking.hanging == ("tea-needs-a-kettle",)
    known = score(profile(toy, hour="evening", no_kettle=False), toy)
    assert (known.outcome, known.hanging) == ("clear", ())


BITTER = Observations.of(
    [Observation("taste", "coffee", "refuted"), Observation("taste", "tea", "confirmed")]
)


@pytest.mark.parametrize(
    ("kitchen", "lens", "observed", "vetoed"),
    [
        (True, "measured", True, {"coffee"}),
        (True, "today", False, set()),
        (False, "measured", False, set()),
        (None, "measured", False, set()),
    ],
)
def test_observations_count_on_the_project_s_own_machine_alone(
    toy, kitchen, lens, observed, vetoed
):
    answers = {"hour": "morning"} if kitchen is None else {"hour": "morning", "my_kitchen": kitchen}
    seen = judge(profile(toy, **answers), toy, lens=lens, observations=BITTER)
    assert (seen.observed, set(seen.vetoes)) == (observed, vetoed)
    assert (seen.points[0][0] == 0) == observed
    assert score(profile(toy, **answers), toy, lens=lens, observations=BITTER) == rank(seen)


def test_the_order_of_equals_is_that_of_their_names():
    assert rank(matrix((5, 5, 5), names="cab")).order == ("a", "b", "c")


def test_whether_anything_fired_is_asked_of_states_and_stakes():
    assert not matrix((0, 0), stakes=(0,)).speaks
    assert matrix((0, 0), (0, 0), stakes=(0, 10)).speaks
    assert replace(matrix((0, 0), stakes=(0,)), states={"r": "fires"}).speaks


@pytest.mark.parametrize(("points", "lead"), [((996, 0), 100), ((994, 0), 99), ((4, 0), 0)])
def test_the_lead_is_the_nearest_whole_hundredth_of_the_stake(points, lead):
    assert rank(matrix(points)).lead == lead
    assert rank(matrix((0, 0), stakes=(0,))).lead == 0


def test_unknown_rules_that_favor_the_first_reverse_nothing():
    even = matrix((500, 500), pending=(Pending("r", 0, (300, 0)),))
    assert rank(even).order == ("a", "b")
    assert not rank(even).reversible
    assert rank(replace(even, pending=(Pending("r", 0, (0, 300)),))).reversible


def test_a_matrix_says_by_which_lens_and_day_it_was_made(toy):
    evening, day = profile(toy, hour="evening"), dt.date(2026, 1, 2)
    assert (judge(evening, toy).lens, judge(evening, toy).as_of) == ("today", toy.dated)
    seen = judge(evening, toy, lens="document", as_of=day)
    assert (seen.lens, seen.as_of) == ("document", day)


def test_the_view_of_a_profile_is_that_by_which_it_is_judged(toy):
    here, elsewhere = (profile(toy, my_kitchen=each) for each in (True, False))
    assert Case.of(here, toy).view == view(toy, "today")
    seen = {"lens": "measured", "observations": BITTER}
    assert Case.of(here, toy, **seen).view == view(toy, "measured", None, BITTER)
    assert Case.of(elsewhere, toy, **seen).view == view(toy, "measured")
