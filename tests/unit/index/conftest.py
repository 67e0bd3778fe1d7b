"""A small index of teas, of which every derivation can be worked out by hand."""

import datetime as dt

import pytest

from recommender.index.snapshot import File, Package, Release, Snapshot

LINUX, MAC, WINDOWS = "manylinux_2_28_x86_64", "macosx_11_0_arm64", "win_amd64"


def wheels(day, *pairs):
    """Wheels uploaded on a day, each as `313-LINUX`: a Python and a platform."""
    return tuple(File(day, f"cp{python}-cp{python}-{platform}") for python, platform in pairs)


TEA = Package(
    "tea",
    dt.date(2026, 11, 26),
    (
        Release("0.9", wheels("2023-01-10", ("311", LINUX), ("311", "macosx_10_9_x86_64")), ">=3.9"),
        Release("1.0", wheels("2025-03-01", ("312", LINUX), ("312", WINDOWS)), ">=3.9"),
        Release("1.0.1", wheels("2025-04-01", ("312", LINUX)), ">=3.9"),
        Release(
            "1.1",
            wheels("2025-12-06", ("313", LINUX), ("313", MAC)) + wheels("2026-01-20", ("314", LINUX)),
            ">=3.10,<3.15",
            requires=("cup<3,>=1.2", "milk[oat] ; extra == 'white'", "sugar"),
        ),
        Release("1.2rc1", wheels("2026-05-01", ("314", LINUX)), ">=3.10"),
        Release("1.3", wheels("2026-06-01", ("314", LINUX)), ">=3.10", yanked=True),
    ),
)  # fmt: skip

CUP = Package(
    "cup",
    dt.date(2026, 11, 26),
    tuple(
        Release(version, (File(day, "py3-none-any"),), ">=3.10", requires=())
        for version, day in (("2.9", "2025-06-01"), ("3.0", "2026-02-01"))
    ),
)

LISTED = Package("pot", dt.date(2026, 11, 1), (Release("4.2", (File("2024-09", ""),)),))

UNDATED = Package(
    "spoon", dt.date(2026, 11, 26), (Release("1.0", (File("", f"cp313-cp313-{LINUX}"),), ""),)
)

PYTHONS = {
    "3.11": dt.date(2022, 10, 24), "3.12": dt.date(2023, 10, 2),
    "3.13": dt.date(2024, 10, 7), "3.14": dt.date(2025, 10, 7),
}  # fmt: skip


@pytest.fixture
def snapshot():
    """The index of teas."""
    return Snapshot({each.name: each for each in (TEA, CUP, LISTED, UNDATED)}, PYTHONS)
