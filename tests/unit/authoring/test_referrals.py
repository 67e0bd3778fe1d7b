"""The list of referrals: each with its sentence, its grade, its dates and its pages."""

import json

import pytest

from recommender.cli import run

TOY = "tests/toy/rules"


def test_the_list_has_what_each_rests_on(capsys):
    assert run(["claims", TOY, "--referrals", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    (found,) = data["referrals"]
    assert (data["kind"], data["pack"]) == ("referrals", "tea-or-coffee")
    assert (found["id"], found["instead"], found["reviewed"]) == (
        "sleep-first",
        ["sleep"],
        "2026-06-01",
    )
    assert found["sources"][0]["says"] == "Coffee wakes you in the morning."
    assert found["place"].endswith("referrals.yaml:2")


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_it_can_be_read(capsys, form):
    assert run(["claims", TOY, "--referrals", "--format", form]) == 0
    told = capsys.readouterr().out
    assert "sleep-first" in told
    assert "First ask whether" in told


@pytest.mark.parametrize("more", [["--sources"], ["--stats"], ["--as-of", "2026-01-01"]])
def test_it_goes_with_a_format_alone(capsys, more):
    assert run(["claims", TOY, "--referrals", *more]) == 2
