"""Claims on the index: how they are written, and what they are compared as."""

import datetime as dt
from dataclasses import replace

import pytest

from recommender.index.claims import claim_of
from recommender.index.snapshot import read_snapshot
from recommender.loading.full_pack import load_whole
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("newest(tea) == 1.1", True),
        ("newest(tea) == 1.1.0", True),  # versions, not texts
        ("newest(tea) > 0.10", True),
        ("newest(tea) != 1.1", False),
        ("newest(tea) has 1.1", True),
        ("last-release(tea) <= 2025-12", True),
        ("last-release(tea) < 2025-12", False),
        ("idle-months(tea) >= 9", True),
        ("idle-months(tea) > 11", False),
        ("pythons(tea) has 3.14", True),
        ("pythons(tea) lacks 3.14", False),
        ("pythons(tea) lacks 3.12", True),
        ("pythons(tea) == 3.14, 3.13", True),
        ("pythons(tea) != 3.14, 3.13", False),
        ("pythons(tea) > 3.12", False),  # a set is before or after nothing
        ("newest-for(tea, windows-arm64) == none", True),
        ("newest-for(tea, windows-arm64) < 2", False),
        ("newest-for(tea, windows-arm64) != 2", True),
        ("newest(tea) == none", False),
        ("requires(tea, cup) has <3", True),
        ("requires(tea, cup) lacks <4", True),
        ("newest(coffee) == 1", None),
        ("newest(cup) > newest(tea)", True),  # both sides are derived, and compared as versions
        ("idle-months(tea) < idle-months(cup)", False),
        ("longest-wait(tea) < longest-wait(cup)", True),
        ("pythons(tea) == pythons(cup)", False),
        ("pythons(tea) == pythons(tea)", True),
        ("newest-for(tea, windows-arm64) == newest-for(tea, linux-aarch64)", True),  # none is none
        ("newest(tea) > newest(coffee)", None),
        ("days-waiting(tea, newest) <= 365", True),
        ("feature-releases(tea) == two", False),
    ],
)
def test_what_the_snapshot_bears_out(snapshot, text, holds):
    assert claim_of(text).holds(snapshot) is holds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("newest(tea)", "is no claim; write"),
        ("newest tea == 1", "is no claim; write"),
        ("newest(tea) == newst(cup)", "no derivation `newst`; did you mean `newest`"),
        ("newest(tea) == newest(cup, pot)", "`newest` takes package"),
        ("newst(tea) == 1", "no derivation `newst`; did you mean `newest`"),
        ("newest() == 1", "`newest` takes package; give it that"),
        ("newest-for(tea) == 1", "`newest-for` takes package, platform"),
        ("newest(tea, pot) == 1", "`newest` takes package"),
    ],
)
def test_what_is_no_claim(text, said):
    with pytest.raises(ValueError) as caught:
        claim_of(text)
    assert said in str(caught.value)


def test_a_claim_is_written_as_it_was_and_names_its_packages():
    claim = claim_of("requires( tea,cup )  has  <3")
    assert str(claim) == "requires(tea, cup) has <3"
    assert claim.subject.packages == ("tea", "cup")
    assert claim_of("newest-for(tea, windows-arm64) == 1").subject.packages == ("tea",)
    assert str(claim_of("newest( tea ) <newest( cup )")) == "newest(tea) < newest(cup)"


def test_what_is_seen_of_a_claim_with_two_sides_tells_both(snapshot):
    claim = claim_of("idle-months(tea) < idle-months(cup)")
    assert claim.seen(snapshot) == "11; idle-months(cup) is 9"
    assert claim_of("idle-months(tea) < 2").seen(snapshot) == "11"


def test_the_newest_python_is_the_last_that_is_out(snapshot):
    claim = claim_of("days-waiting(tea, newest) == 0")
    late = replace(snapshot, pythons={"3.15": dt.date(2026, 10, 9), **snapshot.pythons})
    assert claim.holds(snapshot)
    assert claim.seen(late) == "48"  # from 9 October to 26 November
    assert claim.holds(replace(snapshot, pythons={})) is None


def test_the_index_bears_out_what_the_shipped_pack_claims():
    from recommender.authoring.sources import claiming

    snapshot = read_snapshot([ROOT / "rules"])
    claimed = [
        (each.id, text) for each in claiming(load_whole(ROOT / "rules").full) for text in each.holds
    ]  # fmt: skip
    assert claimed
    assert [each for each in claimed if not claim_of(each[1]).holds(snapshot)] == []
