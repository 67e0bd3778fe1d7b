"""One call from a profile to a recommendation: what it takes, and what it refuses."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from recommender import judge, load_pack, load_profile, recommend, render
from recommender.engine import Recommendation
from recommender.judging.lens import LENSES
from recommender.nouns.errors import UsageError
from recommender.nouns.observation import Observation, Observations

PACK = load_pack("tests/toy/rules")
PROFILE = load_profile({"name": "cup", "answers": {"hour": "evening"}}, PACK)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (({"answers": {}}, PACK), "`profile` must be a Profile; make one with load_profile(…, pack)"),
        ((PROFILE, "tests/toy/rules"), "`pack` must be a Pack; make one with load_pack()"),
    ],
)  # fmt: skip
def test_what_is_no_profile_or_pack_is_refused_with_the_remedy(arguments, says):
    with pytest.raises(UsageError) as told:
        recommend(*arguments)
    assert says in str(told.value)


def test_what_is_no_pack_or_advice_is_refused_by_reading_and_writing_too():
    with pytest.raises(UsageError, match=r"`pack` must be a Pack; make one with load_pack\(\)"):
        load_profile({"answers": {}}, None)
    with pytest.raises(UsageError, match=r"must be a Recommendation; make one with recommend\(\)"):
        render("x", "text")


@pytest.mark.parametrize("samples", [-1, 2.5, True, "200"])
def test_samples_are_a_whole_number(samples):
    with pytest.raises(UsageError, match="whole number from 0"):
        recommend(PROFILE, PACK, samples=samples)


def test_a_moment_counts_as_its_day():
    moment, day = dt.datetime(2027, 6, 1, 12, 30, tzinfo=dt.UTC), dt.date(2027, 6, 1)
    told = recommend(PROFILE, PACK, as_of=moment, samples=0)
    assert isinstance(told, Recommendation)
    assert told == recommend(PROFILE, PACK, as_of=day, samples=0)
    assert told.provenance.as_of == day


BITTER = Observations.of([Observation("taste", "coffee", "refuted")])


@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize("here", [True, False, None])
def test_only_a_project_that_is_not_on_the_probed_machine_is_told_so(lens, here):
    answers = {"hour": "evening"} | ({} if here is None else {"my-kitchen": here})
    profile = load_profile({"answers": answers}, PACK)
    told = recommend(profile, PACK, lens=lens, observations=BITTER, samples=0)
    assert told.on_probed_machine == bool(here)
    assert any("probed machine" in each for each in told.warnings) != bool(here)
    assert ("probed machine" in render(told, "text")) != bool(here)


@pytest.mark.parametrize("lens", LENSES)
def test_without_a_probe_nothing_is_said_of_its_machine(lens):
    seen = BITTER if lens == "measured" else None
    told = recommend(PROFILE, PACK, lens=lens, observations=seen, samples=0)
    assert bool(told.warnings) == (lens == "measured")
    assert not told.on_probed_machine


@pytest.mark.parametrize("lens", LENSES)
def test_what_is_excluded_today_is_told_under_every_lens(lens):
    profile = load_profile({"answers": {"no-kettle": True}}, PACK)
    told = recommend(profile, PACK, lens=lens, observations=BITTER, samples=0)
    assert told.excluded_today == judge(profile, PACK).vetoes
    assert told.excluded_today


def test_weights_that_tip_it_are_told_where_either_will_do():
    assert recommend(PROFILE, PACK, samples=0).tipping_weights == ()
    # All that fires is comfort: where it counts for nothing they are even, and any weight tips it.
    known = {"place": [], "sugar": 0, "cups": 1, "no-kettle": False, "my-kitchen": False}
    answers = {**known, "hour": "evening", "milk": True, "oat-milk": True}
    even = load_profile({"answers": answers, "weights": {"comfort": 0}}, PACK)
    told = recommend(even, PACK, samples=0)
    assert (told.outcome, told.best) == ("either", "coffee")
    (tipping,) = told.tipping_weights
    assert (tipping.criterion, tipping.weight, tipping.winner) == ("comfort", 1, "tea")


def test_where_another_leads_by_points_no_weight_is_said_to_tip_it(turned):
    told = recommend(turned, load_pack(), samples=0)
    assert (told.outcome, told.ranking.leader != told.best) == ("either", True)
    assert told.tipping_weights == ()


def test_the_one_advised_is_compared_with_who_is_likeliest_instead():
    """JAX has more points than TensorFlow by a single answer, and is first in no completion."""
    profile = {"answers": {"goal": "research", "federated": True, "model-kind": ["vision"]}}
    shipped = load_pack()
    with_jax = load_pack(with_=["jax"])
    told = recommend(load_profile(profile, with_jax), with_jax, samples=0)
    assert told.ranking.order == ("pytorch", "jax", "tensorflow")
    assert told.rivals() == recommend(load_profile(profile, shipped), shipped, samples=0).rivals()


def test_who_is_excluded_is_compared_with_last():
    profile = load_profile({"answers": {"no-kettle": True}}, PACK)
    told = recommend(profile, PACK, samples=0)
    assert [told.matrix.vetoes.get(name) is None for name in told.rivals()] == [True, False]


def test_what_was_asked_in_vain_is_asked_first_only_where_nothing_else_is_left():
    first = recommend(load_profile({"answers": {}}, PACK), PACK, samples=0).ask_first.question
    vain = load_profile({"answers": {first: "unknown"}}, PACK)
    assert recommend(vain, PACK, samples=0).ask_first.question != first
    all_ = load_profile({"answers": dict.fromkeys(PACK.questions, "unknown")}, PACK)
    assert recommend(all_, PACK, samples=0).ask_first.question == first


def test_advice_is_one_line_where_it_is_printed():
    told = repr(recommend(PROFILE, PACK, samples=0))
    assert told == "<Recommendation for 'cup': tea, close, lens today>"
    own = recommend(load_profile("examples/ios-app.yaml", load_pack()), load_pack(), samples=0)
    assert re.fullmatch(
        r"<Recommendation for 'field-birds': pytorch, clear, probability 0\.\d\d, lens today>",
        repr(own),
    )
    many = replace(own, profile=replace(own.profile, name="a\nb"))
    assert "\n" not in repr(many)


NOTHING = Observations.of([Observation("taste", "coffee", "unavailable")])


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(
    ("seen", "here", "says"),
    [
        (None, True, "not probed"),
        (Observations.of([]), True, "Nothing could be measured on this machine."),
        (NOTHING, True, "Nothing could be measured on this machine."),
        (BITTER, False, "What was measured on this machine does not count for this project."),
    ],
)
def test_a_lens_that_rests_on_no_measurement_is_not_called_measured(seen, here, says, full):
    profile = load_profile({"answers": {"hour": "evening", "my-kitchen": here}}, PACK)
    told = " ".join(
        render(recommend(profile, PACK, observations=seen, samples=0), full=full).split()
    )
    if full:
        assert says in told
    else:
        assert says.replace("not probed", "Not measured on this machine.") in told
        assert "As measured" not in told
    counts = recommend(
        load_profile({"answers": {"hour": "evening", "my-kitchen": True}}, PACK),
        PACK, observations=BITTER, samples=0,
    )  # fmt: skip
    assert "As measured on this machine" in " ".join(render(counts).split())


def test_answers_that_hardly_go_together_are_told():
    pack = load_pack()
    given = {"existing-code": "tensorflow-2", "rewrite-due": True, "migration-budget": "nothing"}
    both = recommend(load_profile({"answers": given}, pack), pack)
    assert both.warnings == ("the answers to rewrite-due, migration-budget hardly go together",)
    one = recommend(load_profile({"answers": {**given, "rewrite-due": False}}, pack), pack)
    assert one.warnings == ()
