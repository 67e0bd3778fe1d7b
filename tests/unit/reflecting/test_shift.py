"""Why a second lens advises otherwise: the rules that moved it, and what alone hangs over it."""

from __future__ import annotations

import pytest

from recommender import load_profile
from recommender.judging.case import Case
from recommender.judging.explanation import explanation_of
from recommender.judging.lens import LENSES
from recommender.reflecting.shift import Shift, shifts_between


@pytest.fixture
def shifts(toy):
    def told(**answers):
        case = Case.of(load_profile({"answers": answers}, toy), toy)
        cases = {lens: case.through(lens) for lens in ("document", "today")}
        return shifts_between(cases, {each: explanation_of(of) for each, of in cases.items()})

    return told


def test_the_rule_that_fell_is_what_moved_the_advice(shifts):
    assert shifts(hour="morning") == (
        Shift("document", "today", ("tea-wakes-too",), (), unmoved=True),
    )


def test_an_exclusion_that_counts_today_alone_is_named(shifts):
    (shift,) = shifts(hour="evening", **{"no-kettle": True})
    assert shift.constraints == ("tea-needs-a-kettle",)
    assert shift.unmoved


def test_what_may_exclude_alone_hangs_over_it(shifts):
    (shift,) = shifts(hour="evening", milk=False, sugar=0, cups=2)
    assert (shift.hanging, shift.unmoved) == (("tea-needs-a-kettle",), True)


def test_lenses_that_agree_show_no_shift(toy):
    case = Case.of(load_profile({"answers": {"hour": "morning"}}, toy), toy)
    cases = dict.fromkeys(LENSES[:2], case.through("today"))
    assert shifts_between(cases, {}) == ()
