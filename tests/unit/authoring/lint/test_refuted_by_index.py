"""A claim on the index is compared with the pack's own snapshot."""

import pytest

from recommender.index.snapshot import Snapshot, path_of, text_of
from tests.unit.authoring.conftest import rule
from tests.unit.index.conftest import TEA

HOLDS = "    holds: {}\n"


@pytest.fixture
def index(tmp_path):
    """Put the index of teas into the pack that is examined."""
    path = path_of(tmp_path / "rules")
    path.parent.mkdir(parents=True)
    path.write_text(text_of(Snapshot({"tea": TEA}, {})))
    (tmp_path / "rules/index/pythons.json").write_text(
        '{"3.13": "2024-10-07", "3.12": "2023-10-02"}'
    )


@pytest.mark.parametrize(
    ("claims", "found"),
    [
        ("newest(tea) == 1.1", []),
        ("[newest(tea) == 1.1, pythons(tea) has 3.13]", []),
        ("newest(tea) == 1.2", [("P025", 10)]),
        ("[newest(tea) == 1.2, pythons(tea) has 3.12]", [("P025", 10)] * 2),
        ("newest(coffee) == 1.2", [("P025", 10)]),
    ],
)
def test_what_the_index_does_not_bear_out(examine, index, claims, found):
    assert examine(rule("a") + HOLDS.format(claims)) == found


def test_both_values_are_told(examine, index):
    (finding,) = [
        f for f in examine(rule("a") + HOLDS.format("newest(tea) == 1.2"), raw=True) if f.code == "P025"
    ]  # fmt: skip
    assert finding.what == "`a` says `newest(tea) == 1.2`, and the index says: 1.1"


def test_what_is_no_claim_does_not_load(examine):
    (finding,) = examine(rule("a") + HOLDS.format("newst(tea) == 1.2"), raw=True)
    assert (finding.code, finding.place.line) == ("P000", 10)
    assert finding.what == "no derivation `newst`"


def test_a_claim_of_a_route(examine, index):
    route = "routes:\n  - {candidate: soup, target: home, steps: [pot], maturity: retired, holds: newest(tea) == 2}\n"
    assert ("P025", 2) in examine("", route)
