"""The clock of a package, worked out by hand on the index of teas."""

import datetime as dt

import pytest

from recommender.index.clock import Clock, Served, Wait, clock_of


def test_all_that_is_told_of_a_package(snapshot):
    assert clock_of(snapshot, "tea") == Clock(
        "tea",
        dt.date(2026, 11, 26),
        "1.1",
        "2025-12-06",
        {"any": Served("1.1", "2025-12-06", ends=False)},
        {
            "3.12": Wait(516, open=False),
            "3.13": Wait(425, open=False),
            "3.14": Wait(105, open=False),
        },
    )


@pytest.mark.parametrize(
    ("platforms", "pythons", "served"),
    [
        (["windows-x86_64"], [], {"windows-x86_64": Served("1.0", "2025-03-01", ends=True)}),
        (["windows-arm64"], [], {"windows-arm64": None}),
        ([], ["3.12"], {"any": Served("1.0.1", "2025-04-01", ends=True, pythons=("3.12",))}),
        ([], ["3.12", "3.14"], {"any": Served("1.1", "2025-12-06", ends=False, pythons=("3.14",))}),
        (["macos-arm64"], ["3.14"], {"macos-arm64": None}),  # a wheel for 3.13 alone
        (
            ["linux-x86_64", "macos-x86_64"],
            ["3.11", "3.13"],
            {
                "linux-x86_64": Served("1.1", "2025-12-06", ends=False, pythons=("3.13",)),
                "macos-x86_64": Served("0.9", "2023-01-10", ends=True, pythons=("3.11",)),
            },
        ),
    ],
)
def test_where_a_project_is_served(snapshot, platforms, pythons, served):
    assert clock_of(snapshot, "tea", platforms, pythons).served == served


def test_a_package_that_suits_any_platform_has_none(snapshot):
    assert clock_of(snapshot, "cup", ["windows-arm64"], ["3.14"]) is None


def test_a_python_that_waits(snapshot):
    earlier = snapshot.until(dt.date(2026, 1, 5))
    assert clock_of(earlier, "tea").waits["3.14"] == Wait(90, open=True)


@pytest.mark.parametrize("package", ["coffee", "pot", "spoon"])
def test_what_the_index_cannot_tell(snapshot, package):
    assert clock_of(snapshot, package) is None
