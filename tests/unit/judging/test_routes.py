"""Which targets a candidate has no usable way to."""

from dataclasses import replace

import pytest

from recommender import load_pack, load_profile
from recommender.judging.case import Case

TOY = load_pack("tests/toy/rules")


def unreached(pack=TOY, **answers):
    return Case.of(load_profile({"answers": answers}, pack), pack).unreached


def test_a_target_that_is_not_named_is_not_missed():
    assert unreached() == {}
    assert "tea" not in unreached(place=["home"])


def test_who_has_no_way_to_a_target_is_told():
    assert unreached(place=["train"]) == {"tea": ("train",)}


@pytest.mark.parametrize("maturity", ["retired", "beta"])
def test_a_retired_way_is_none(maturity):
    routes = tuple(replace(route, maturity=maturity) for route in TOY.routes)
    found = unreached(replace(TOY, routes=routes), place=["train"])
    assert ("coffee" in found) == (maturity == "retired")


def test_a_way_that_ends_in_no_accepted_format_is_none():
    pack = replace(TOY, formats="milk", routes=tuple(
        replace(route, delivers=("cup",)) for route in TOY.routes
    ))  # fmt: skip
    assert unreached(pack, place=["train"]) == {"tea": ("train",)}  # nothing is asked for
