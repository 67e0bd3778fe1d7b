"""Every derivation, on an index small enough to work it out by hand."""

import datetime as dt

import pytest

from recommender.index.claims import claim_of
from recommender.index.derivations import DERIVATIONS
from tests.conftest import ROOT

CASES = [
    ("newest(tea)", "1.1"),  # 1.2rc1 is no final release, and 1.3 is yanked
    ("newest(pot)", "4.2"),
    ("newest(coffee)", None),
    ("last-release(tea)", "2025-12"),
    ("last-release(pot)", "2024-09"),
    ("last-release(spoon)", None),
    ("idle-months(tea)", 11),
    ("idle-months(pot)", 26),
    ("idle-months(spoon)", None),
    ("feature-releases(tea)", 2),  # 1.0 and 1.1; 0.9 is older, 1.0.1 is a patch
    ("feature-releases(pot)", None),  # of a month, nobody knows the day
    ("pythons(tea)", {"3.13", "3.14"}),
    ("pythons(cup)", {"3.11", "3.12", "3.13", "3.14"}),
    ("pythons(pot)", None),
    ("platforms(tea)", {"linux-x86_64", "macos-arm64"}),
    ("platforms(cup)", {"any"}),
    ("newest-for(tea, windows-x86_64)", "1.0"),
    ("newest-for(tea, macos-x86_64)", "0.9"),
    ("newest-for(tea, windows-arm64)", "none"),
    ("newest-for(cup, windows-arm64)", "3.0"),
    ("newest-for(pot, windows-arm64)", None),
    ("first-for(tea, 3.12)", "1.0"),
    ("first-for(spoon, 3.13)", "1.0"),
    ("first-for(spoon, 3.14)", "none"),
    ("days-until(tea, 3.11)", 78),
    ("days-until(tea, 3.12)", 516),
    ("days-until(tea, 3.14)", 105),  # a wheel that came six weeks after its release
    ("days-until(cup, 3.14)", 0),
    ("days-until(tea, 3.15)", None),
    ("days-until(spoon, 3.13)", None),
    ("days-waiting(tea, 3.14)", 0),
    ("days-waiting(pot, 3.14)", None),
    ("days-waiting(tea, newest)", 0),
    ("longest-wait(tea)", 516),
    ("longest-wait(cup)", 608),
    ("longest-wait(pot)", None),
    ("longest-wait(coffee)", None),
    ("requires-python(tea)", {">=3.10", "<3.15"}),
    ("requires(tea, cup)", {"<3", ">=1.2"}),
    ("requires(tea, sugar)", set()),
    ("requires(tea, milk)", "none"),  # only an extra needs it
    ("requires(pot, cup)", None),
    ("admits-feature(tea, cup)", "no"),
    ("admits-feature(tea, pot)", "yes"),
    ("admits-feature(cup, pot)", "yes"),
    ("admits-feature(pot, cup)", None),
]


@pytest.mark.parametrize(("subject", "value"), CASES)
def test_a_derivation(snapshot, subject, value):
    expected = frozenset(value) if isinstance(value, set) else value
    assert claim_of(f"{subject} == x").subject.found(snapshot) == expected


def test_every_derivation_is_tried_here_and_documented():
    assert {subject.partition("(")[0] for subject, _ in CASES} == set(DERIVATIONS)
    page = (ROOT / "docs" / "indexes.md").read_text("utf-8")
    for name in DERIVATIONS:
        assert f"| `{name}(" in page


def test_a_python_that_a_package_has_no_wheel_for(snapshot):
    earlier = snapshot.until(dt.date(2026, 1, 5))
    assert claim_of("days-until(tea, 3.14) == none").holds(earlier) is True
    assert claim_of("days-waiting(tea, 3.14) == 90").holds(earlier) is True


@pytest.mark.parametrize(
    ("wanted", "admitted"),
    [(">=3", "yes"), ("~=2.9", "no"), ("~=3.0", "yes"), ("==3.*", "yes"), ("!=3.0", "no"),
     ("<=2.9", "no"), (">2.9,<4", "yes"), ("==2.9", "no"), ("===odd", "yes")],
)  # fmt: skip
def test_what_a_pin_admits(snapshot, wanted, admitted):
    from dataclasses import replace

    tea = snapshot.packages["tea"]
    releases = [replace(each, requires=(f"cup{wanted}",)) for each in tea.releases]
    changed = replace(tea, releases=tuple(releases))
    pinned = replace(snapshot, packages={**snapshot.packages, "tea": changed})
    assert claim_of("admits-feature(tea, cup) == yes").subject.found(pinned) == admitted
