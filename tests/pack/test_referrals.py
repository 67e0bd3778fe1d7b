"""Referrals on real projects: hardly any on those that chose, most of those that went elsewhere."""

import pytest

from benchmarks import referrals

FOUND = referrals.told()


def share(batch, kind):
    mine = [each for each in FOUND if (each.batch, each.kind) == (batch, kind)]
    return sum(bool(each.referrals) for each in mine) / len(mine)


def test_few_are_told_to_the_decided_projects_of_the_panel():
    assert share("panel", "decided") <= 0.03


@pytest.mark.parametrize(
    ("batch", "most"), [("development", 0.75), ("unseen", 0.75), ("second-unseen", 0.5)]
)
def test_most_that_went_elsewhere_are_told_one(batch, most):
    assert share(batch, "neither") >= most
    assert share(batch, "decided") <= 0.1


def test_of_all_that_decided_hardly_any_is_told_one():
    """Of the batches with which they were written; docs/panel.md tells how the third unseen fares."""
    decided = [each for each in FOUND if each.kind == "decided" and each.batch != "third-unseen"]
    assert sum(bool(each.referrals) for each in decided) <= 0.03 * len(decided)


def test_there_are_twelve_or_more_and_none_waits_for_a_single_word():
    pack = referrals.load_pack()
    assert len(pack.referrals) >= 12
    for each in pack.referrals.values():
        assert each.sentence.startswith("First ask whether "), each.id
        assert each.sources, each.id
