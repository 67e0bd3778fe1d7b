"""Which sets of changes are found, and what a bound leaves out; the laws have the rest."""

import pytest

from recommender import load_pack, load_profile
from recommender.judging.case import Case
from recommender.reflecting.change_search import Search


@pytest.fixture(scope="module")
def pack():
    return load_pack("tests/toy/rules")


def found(pack, bound=100_000, most=1, **answers):
    case = Case.of(load_profile({"answers": answers}, pack), pack)
    return Search(case, bound).all_hits(most)


def test_a_single_change_that_does_it_comes_first(pack):
    first = found(pack, hour="evening", place=["home"])[0]
    assert [(step.question, step.after) for step in first.steps] == [("hour", "morning")]
    assert first.winner == "coffee"


def test_no_set_is_listed_of_which_a_part_is_enough(pack):
    hits = found(pack, most=2, hour="evening", place=["home"])
    single = {hit.changes for hit in hits if len(hit.steps) == 1}
    assert single
    assert not any(hit.changes & part for hit in hits if len(hit.steps) == 2 for part in single)


def test_a_bound_ends_the_search(pack):
    assert found(pack, bound=0, hour="evening") == []
