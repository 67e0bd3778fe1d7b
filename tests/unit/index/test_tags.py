"""Tags of wheels: Pythons and platforms."""

import pytest

from recommender.index.tags import admits, is_for, platforms_of


@pytest.mark.parametrize(
    ("tag", "python", "requires", "right"),
    [
        ("cp311-cp311-win_amd64", "3.11", "", True),
        ("cp311-cp311-win_amd64", "3.12", "", False),
        ("cp311-none-win_amd64", "3.11", "", True),
        ("cp314-cp314t-win_amd64", "3.14", "", False),
        ("cp310-abi3-win_amd64", "3.9", "", False),
        ("cp310-abi3-win_amd64", "3.14", "", True),
        ("py2.py3-none-any", "3.13", ">=3.8", True),
        ("py2-none-any", "3.13", "", False),
        ("py3-none-any", "3.13", "<3.13", False),
        ("sdist", "3.13", "", False),
        ("", "3.13", "", False),
    ],
)
def test_which_pythons_a_wheel_is_for(tag, python, requires, right):
    assert is_for(tag, python, requires) is right


@pytest.mark.parametrize(
    ("requires", "python", "right"),
    [
        ("", "3.9", True),
        (">=3.10", "3.9", False),
        (">=3.9, <3.13", "3.12", True),
        ("<3.14,>=3.10", "3.14", False),
        ("<=3.13", "3.14", False),
        (">3.9", "3.10", True),
        ("<3.13.1", "3.13", True),
        ("!=3.10.*", "3.10", False),
        ("!=3.10.1", "3.10", True),
        ("~=3.9", "3.12", True),
        ("==3.11", "3.12", False),
        ("nonsense", "3.12", True),
    ],
)
def test_which_pythons_are_admitted(requires, python, right):
    assert admits(requires, python) is right


@pytest.mark.parametrize(
    ("tag", "platforms"),
    [
        ("cp313-cp313-manylinux_2_28_aarch64", ["linux-aarch64"]),
        ("cp313-cp313-macosx_10_9_intel", ["macos-x86_64"]),
        ("cp313-cp313-win_arm64", ["windows-arm64"]),
        ("cp313-cp313-win32", []),
        ("py3-none-any", ["any"]),
        ("sdist", []),
    ],
)
def test_which_platforms_a_wheel_is_for(tag, platforms):
    assert list(platforms_of(tag)) == platforms
