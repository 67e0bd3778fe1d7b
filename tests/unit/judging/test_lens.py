"""The lenses: what a rule weighs as published, as reviewed, and as measured here."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from recommender.judging.lens import applied_review, share_of, view
from recommender.nouns.errors import UsageError
from recommender.nouns.observation import Observation, Observations
from recommender.nouns.pack import Measure, Review
from tests.laws.packs import PLACE


def term(pack, rule, lens="today", as_of=None, seen=None):
    shown = view(pack, lens, as_of, seen)
    found = next(each for each in shown.terms if each.rule == rule)
    return found, dict(zip(shown.candidates, found.favors, strict=True))


@pytest.mark.parametrize(
    ("rule", "lens", "favors", "weight"),
    [
        ("mornings-want-caffeine", "document", {"coffee": 100, "tea": 0}, 5),
        ("mornings-want-caffeine", "today", {"coffee": 100, "tea": 60}, 6),
        ("tea-wakes-too", "document", {"coffee": 0, "tea": 100}, 5),
        ("tea-wakes-too", "today", {"coffee": 0, "tea": 0}, 2),  # overturned: earns nobody anything
        ("trains-want-a-flask", "document", {"coffee": 100, "tea": 0}, 5),  # face value: 0.9 is 1
        ("evenings-want-calm", "today", {"coffee": 10, "tea": 100}, 8),
    ],
)
def test_each_lens_gives_a_rule_its_own_numbers(toy, rule, lens, favors, weight):
    found, shares = term(toy, rule, lens)
    assert (shares, found.weight) == (favors, weight)


def test_only_what_cites_the_document_counts_under_it(toy):
    shown = view(toy, "document")
    active = {each.rule for i, each in enumerate(shown.terms) if shown.active >> i & 1}
    assert active == {name for name, rule in toy.rules.items() if rule.cites}
    assert shown.weights == (1, 1, 1)
    assert set(shown.vetoes) == {()}


@pytest.mark.parametrize(
    ("as_of", "standing", "tea", "expired"),
    [
        (dt.date(2026, 5, 31), "as-written", 0, False),  # not yet reviewed
        (dt.date(2026, 6, 1), "weakened", 60, False),
        (dt.date(2026, 12, 31), "weakened", 60, False),
        (dt.date(2027, 1, 1), "weakened", 60, True),  # flagged, and never changes a score
    ],
)
def test_a_review_counts_from_its_day_and_expires_without_changing_a_score(
    toy, as_of, standing, tea, expired
):
    found, shares = term(toy, "mornings-want-caffeine", as_of=as_of)
    assert (found.standing, shares["tea"], found.expired) == (standing, tea, expired)


def test_the_sentence_shown_is_the_lens_s_own(toy):
    sentences = [
        term(toy, "mornings-want-caffeine", lens)[0].sentence for lens in ("document", "today")
    ]
    assert sentences == ["Coffee wakes you in the morning.", "Strong teas have caught up."]


def test_without_a_day_the_pack_s_own_counts(toy):
    assert view(toy).as_of == toy.dated
    assert view(toy) is view(toy, "today", toy.dated)


def test_a_moment_counts_as_its_day(toy):
    moment = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    assert view(toy, as_of=moment) is view(toy, as_of=moment.date())


@pytest.mark.parametrize(
    ("verdict", "favors", "rates", "earned"),
    [
        ("stands", None, {"cocoa": 30}, {"cocoa": 30, "coffee": 100, "tea": 0}),
        ("overturned", None, {"cocoa": 30}, {"cocoa": 0, "coffee": 0, "tea": 0}),
        ("overturned", {"tea": 50}, {"cocoa": 30}, {"cocoa": 30, "coffee": 0, "tea": 50}),
        ("weakened", {"tea": 50}, {}, {"cocoa": 0, "coffee": 0, "tea": 50}),
    ],
)
def test_a_review_and_a_newcomer_s_rates_go_together(
    toy_with_cocoa, verdict, favors, rates, earned
):
    rule = toy_with_cocoa.rules["mornings-want-caffeine"]
    review = Review(toy_with_cocoa.dated, verdict, "x", PLACE, favors=favors)
    rules = {**toy_with_cocoa.rules, rule.id: replace(rule, review=review, rates=rates)}
    assert term(replace(toy_with_cocoa, rules=rules), rule.id)[1] == earned


def test_a_retired_rule_is_out_under_every_lens(toy):
    retired = replace(toy, retired={"evenings-want-calm": "No longer."})
    index = list(toy.rules).index("evenings-want-calm")
    for lens in ("document", "today", "measured"):
        assert view(toy, lens).active >> index & 1
        assert not view(retired, lens).active >> index & 1


def test_a_refuted_check_takes_a_candidate_s_share_and_a_confirmed_one_adds_nothing(toy):
    seen = Observations.of(
        [Observation("taste", "coffee", "refuted"), Observation("taste", "tea", "confirmed")]
    )
    found, shares = term(toy, "mornings-want-caffeine", "measured", seen=seen)
    assert (shares, found.refuted) == ({"coffee": 0, "tea": 60}, ("coffee",))
    assert term(toy, "mornings-want-caffeine", "today", seen=seen)[1]["coffee"] == 100


LOG = Measure("brew", "speed", none_at=10, full_at=1000, scale="log")
LINEAR = Measure("brew", "speed", none_at=0, full_at=200)
FALLING = Measure("brew", "seconds", none_at=10, full_at=0)


@pytest.mark.parametrize(
    ("measure", "figure", "share"),
    [
        (LINEAR, 0, 0), (LINEAR, 50, 25), (LINEAR, 200, 100), (LINEAR, 1e9, 100), (LINEAR, -5, 0),
        (LOG, 10, 0), (LOG, 100, 50), (LOG, 1000, 100), (LOG, 0, 0), (LOG, -1, 0),
        (FALLING, 10, 0), (FALLING, 5, 50), (FALLING, 0, 100),
        (LINEAR, float("nan"), 0), (LINEAR, float("inf"), 0), (LINEAR, 10**400, 0), (LOG, 10**400, 0),
    ],
)  # fmt: skip
def test_a_figure_becomes_a_share_between_absolute_anchors(measure, figure, share):
    assert share_of(measure, figure) == share


def test_a_measured_share_never_depends_on_another_candidate(toy):
    def shares(coffee):
        seen = [Observation("brew", "tea", "confirmed", figures={"cups_per_hour": 10})]
        if coffee is not None:
            seen.append(
                Observation("brew", "coffee", "confirmed", figures={"cups_per_hour": coffee})
            )
        return term(toy, "fast-brewing-matters", "measured", seen=Observations.of(seen))[1]

    assert {shares(speed)["tea"] for speed in (None, 1, 50, 99999, "fast", True)} == {50}
    assert shares("fast")["coffee"] == shares(True)["coffee"] == 0


def test_a_lens_that_does_not_exist_is_a_usage_error(toy):
    with pytest.raises(UsageError, match="there is no lens `todai`; did you mean `today`"):
        view(toy, "todai")


def test_a_review_of_tomorrow_is_not_in_force(toy):
    rule = toy.rules["mornings-want-caffeine"]
    assert applied_review(rule, rule.review.on) is rule.review
    assert applied_review(rule, rule.review.on - dt.timedelta(days=1)) is None
    assert applied_review(toy.rules["sweet-tooth"], toy.dated) is None


def test_a_day_that_is_no_date_is_refused(toy):
    with pytest.raises(UsageError, match=r"takes a datetime.date, not '2026-11-23'"):
        view(toy, as_of="2026-11-23")
