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


@pytest.mark.parametrize("margin", [0, 1, 1000])
def test_who_leads_and_by_how_much(margin):
    ranking = rank(matrix((margin, 0)))
    assert (ranking.margin, ranking.stake) == (margin, 1000)
    assert ranking.leader == ("a" if margin else None)
    assert ranking.leaders == (("a",) if margin else ("a", "b"))


@pytest.mark.parametrize(
    ("points", "more", "leader", "leaders"),
    [
        ((0, 0), {"stakes": (0,)}, None, ("a", "b")),
        ((900, 0), {"vetoes": {"a": ("k",)}}, "b", ("b",)),
        ((900, 0), {"vetoes": {"a": ("k",), "b": ("k",)}}, None, ()),
        ((900, 0), {"possible_vetoes": {"a": ("m",)}}, "a", ("a",)),
        ((900, 0), {"weights": (0,)}, None, ("a", "b")),
    ],
)
def test_vetoes_come_before_the_margin(points, more, leader, leaders):
    ranking = rank(matrix(points, **more))
    assert (ranking.leader, ranking.leaders) == (leader, leaders)


@pytest.mark.parametrize(
    ("pending", "reversible"),
    [
        ((0, 501), True),
        ((0, 500), False),  # would draw level at most, which reverses nothing
        ((5000, 5000), False),  # heavy, but for both alike
        ((5000, 0), False),
    ],
)
def test_unknown_rules_may_reverse_the_order(pending, reversible):
    ranking = rank(matrix((500, 0), pending=(Pending("r", 0, pending),)))
    assert ranking.reversible == reversible
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
    assert (ranking.margin, ranking.leaders) == (20, ("a",))


def test_weights_replace_only_the_criteria_named():
    base = matrix((500, 0), (0, 400), weights=(1, 1))
    assert rank(base).leader == "a"
    assert rank(base, {"c1": 10}).leader == "b"
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
    assert score(dry, toy).leader == "coffee"
    assert score(dry, toy, lens="document").leader == "tea"
    assert judge(dry, toy).vetoes == {"tea": ("tea-needs-a-kettle",)}


def test_an_unknown_constraint_excludes_nobody_and_caps_at_close(toy):
    case = Case.of(profile(toy, hour="evening"), toy)
    assert (case.decision.outcome, case.decision.best) == ("close", "tea")
    assert case.decision.hanging == ("tea-needs-a-kettle",)
    known = Case.of(profile(toy, hour="evening", no_kettle=False), toy).decision
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
