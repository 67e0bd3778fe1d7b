"""Changes of the last two years are found in the month they happened, with little else."""

import pytest

from benchmarks import replay
from recommender import load_pack
from recommender.index.claims import claim_of
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def list_():
    return replay.listed()


@pytest.fixture(scope="module")
def found(list_):
    return list(replay.items(*list_, replay.claimed()))


def test_the_list_is_of_at_least_thirty_changes_in_two_years(list_):
    months, changes = list_
    assert (len(months), months[0], months[-1]) == (24, "2024-12", "2026-11")
    assert len(changes) >= 30
    assert len({each.claim for each in changes}) == len(changes)
    assert {month for each in changes for month in each.months} <= set(months)


def test_each_change_is_found_in_its_month_and_in_no_other(list_, found):
    for change in list_[1]:
        assert [item.month for item in found if item.claim == change.claim] == list(change.months)


def test_less_than_two_false_items_a_month(list_, found):
    months, changes = list_
    false = replay.false_items(found, changes)
    assert max(sum(item.month == month for item in false) for month in months) < 2


def test_an_item_in_another_month_is_false(list_):
    months, changes = list_
    item = replay.Item(months[0], changes[0].claim)
    assert replay.false_items([item], changes) == [item]
    assert replay.false_items([replay.Item(changes[0].months[0], changes[0].claim)], changes) == []


def test_what_is_said_to_be_so_is_taken_as_it_was(list_):
    months, _ = list_
    claims = [claim_of("newest(torch) == 0.1")]
    fell = [item.claim.value for item in replay.items(months, [], claims)]
    assert fell[:3] == ["2.5.1", "2.6.0", "2.7.0"]


def test_the_pages_are_sources_of_the_pack(list_):
    assert {each.page for each in list_[1]} - {""} <= set(load_pack(ROOT / "rules").sources)


def test_the_page_has_the_figures():
    text = replay.PAGE.read_text("utf-8")
    written = replay.FIGURES.search(text)[0].split("\n")[1:-1]
    assert written == replay.lines(), "write them anew: python -m benchmarks.replay"
