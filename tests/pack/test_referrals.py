"""Referrals on real projects: hardly any on those that chose, most of those that went elsewhere."""

import pytest

from benchmarks import referrals
from recommender import load_profile
from recommender.judging.case import Case
from recommender.judging.referrals import referrals_of

FOUND = referrals.told()


def share(batch, kind):
    mine = [each for each in FOUND if (each.batch, each.kind) == (batch, kind)]
    return sum(bool(each.referrals) for each in mine) / len(mine)


def test_few_are_told_to_the_decided_projects_of_the_panel():
    """But for those told that what they run is all they need, as one that runs ExecuTorch alone."""
    decided = [each for each in FOUND if (each.batch, each.kind) == ("panel", "decided")]
    assert sum(bool(each.referrals and not each.named) for each in decided) <= 0.03 * len(decided)


@pytest.mark.parametrize(
    ("batch", "most"), [("development", 0.75), ("unseen", 0.75), ("second-unseen", 0.5)]
)
def test_most_that_went_elsewhere_are_told_one(batch, most):
    assert share(batch, "neither") >= most
    assert share(batch, "decided") <= 0.1


def test_of_all_that_decided_hardly_any_is_told_one():
    """Of the batches with which they were written; docs/panel.md tells how the third unseen fares."""
    decided = [each for each in FOUND if each.kind == "decided" and each.batch != "third-unseen"]
    assert sum(bool(each.referrals) for each in decided) <= 0.05 * len(decided)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"model-kind": ["tabular"], "targets": ["server"], "goal": "product"}, "trees-for-tables"),
        ({"model-kind": ["tabular"], "hardware": ["nvidia"]}, "trees-for-tables"),
        (
            {"model-kind": ["time-series"], "training-scale": "laptop", "goal": "product"},
            "statistics-for-forecasts",
        ),
        ({"model-kind": ["recommender"], "goal": "product"}, "factors-for-recommendation"),
        (
            {"model-source": ["hub"], "training-scale": "nothing", "targets": ["browser"]},
            "runtime-on-the-device",
        ),
    ],
)
def test_one_is_told_to_who_names_the_subject_and_says_nothing_against_it(answers, told):
    pack = referrals.load_pack()
    case = Case.of(load_profile({"answers": answers}, pack), pack)
    assert told in [each.id for each in referrals_of(case)]


def test_there_are_twelve_or_more_and_none_waits_for_a_single_word():
    pack = referrals.load_pack()
    assert len(pack.referrals) >= 12
    for each in pack.referrals.values():
        assert each.sentence.startswith("First ask whether "), each.id
        assert each.sources, each.id
