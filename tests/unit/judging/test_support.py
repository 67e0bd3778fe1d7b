"""Support is the share of completions in which a candidate is first, and no more than that."""

import datetime as dt
from dataclasses import replace
from math import erf, sqrt

import pytest

from recommender import decide, load_pack, load_profile, recommend, score
from recommender.judging.case import Case
from recommender.judging.support import NORMAL, ONE, WHOLE

PACK = load_pack()
DAY = dt.timedelta(1)


def of(answers, pack=PACK):
    profile = load_profile({"answers": answers}, pack)
    return Case.of(profile, pack).support


def test_the_table_is_the_normal_distribution():
    assert list(NORMAL) == [round(ONE * (1 + erf(i / 16 / sqrt(2))) / 2) for i in range(81)]


@pytest.mark.parametrize("answers", [{}, {"goal": "research"}, {"targets": ["android"]}])
def test_shares_add_up(answers):
    assert sum(of(answers).shares) == pytest.approx(WHOLE, abs=2)


def test_a_telling_answer_raises_support():
    less, more = of({"goal": "research"}), of({"goal": "research", "model-source": ["llm"]})
    assert WHOLE / 2 < less.of("pytorch") < more.of("pytorch")


def test_support_after_each_answer_averages_to_support_now():
    found = of({"goal": "product"})
    groups = found.by_answer("training-scale").values()
    weight = sum(each for each, _ in groups)
    assert weight == found.total
    mean = sum(each * shares[0] for each, shares in groups) / weight
    # The little of all others that is counted with each answer pulls towards the mean alone.
    assert mean == pytest.approx(found.shares[0], rel=0.05)


def test_expected_firing_is_certain_for_what_fires():
    profile = load_profile({"answers": {"goal": "research"}}, PACK)
    found = Case.of(profile, PACK).support
    rules = list(PACK.rules)
    assert found.fired[rules.index("research-belongs-to-pytorch")] == found.total
    assert 0 < found.fired[rules.index("large-language-models-live-in-pytorch")] < found.total


def test_an_excluded_candidate_has_no_support():
    pack = load_pack("tests/toy/rules")
    answers = {"hour": "evening", "no-kettle": True}
    ranking = score(load_profile({"answers": answers}, pack), pack)
    out = [name for name in ranking.order if name not in ranking.leaders]
    found = of(answers, pack)
    assert [found.of(name) for name in out] == [0]


def test_probability_is_told_under_todays_lens_and_for_the_packs_own_candidates_alone():
    profile = load_profile({"answers": {"goal": "research"}}, PACK)
    assert recommend(profile, PACK, samples=0).probability is not None
    assert recommend(profile, PACK, lens="document", samples=0).probability is None
    more = load_pack(with_=["jax"])
    assert recommend(profile, more, samples=0).probability is None


@pytest.mark.parametrize("before", [1, 0, -999])
def test_before_a_rule_was_reviewed_no_probability_is_told(before):
    """The calibration was made of the rules with their reviews."""
    profile = load_profile({"answers": {"goal": "research"}}, PACK)
    last = max(rule.review.on for rule in PACK.rules.values() if rule.review)
    told = decide(profile, PACK, as_of=last - before * DAY)
    assert (told.probability is None) == (before > 0)


def test_a_review_of_a_day_after_the_packs_own_takes_no_probability():
    """An overlay may bring one."""
    rule = next(each for each in PACK.rules.values() if each.review)
    later = replace(rule, review=replace(rule.review, on=PACK.dated + DAY))
    pack = replace(PACK, rules={**PACK.rules, rule.id: later})
    assert decide(load_profile({"answers": {"goal": "research"}}, pack), pack).probability


def test_probability_rises_with_support():
    points = PACK.calibration
    assert [p.support for p in points] == sorted({p.support for p in points})
    assert [p.probability for p in points] == sorted(p.probability for p in points)


def test_what_is_taken_is_what_two_thirds_of_the_completions_have():
    known = {"goal": "research", "model-kind": frozenset({"language"})}
    found = Case.of(load_profile({"answers": known}, PACK), PACK).support
    for name, answers in found.completions.answers.items():
        weight = sum(
            weight
            for answer, weight in zip(answers, found.completions.weights, strict=True)
            if answer == found.mostly(name)
        )
        assert found.agreed(name) is (3 * weight >= 2 * found.total), name
