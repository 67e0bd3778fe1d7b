"""Whether a route installs where the project installs it: on its platforms, under its Pythons."""

import datetime as dt

from recommender import load_pack, load_profile
from recommender.judging.case import Case
from recommender.judging.installing import installing, resolution_of
from recommender.judging.plan import plan_of
from recommender.nouns.errors import Place
from recommender.nouns.resolution import Installing, Resolution, Resolved

PACK = load_pack()
DAY = dt.date(2026, 11, 26)
# On Linux it works, on Windows under an old Python alone, on a Mac never.
FOUND = Resolution(
    ("tea", "cup"),
    DAY,
    "uv 0.9",
    (
        Resolved(("linux-x86_64 3.9", "linux-x86_64 3.14", "windows-x86_64 3.9"), {"tea": "1"}),
        Resolved(("windows-x86_64 3.14",), {}, "no cup for 3.14"),
        Resolved(("macos-arm64 3.9", "macos-arm64 3.14"), {}, "no tea for a Mac"),
    ),
    Place(""),
)


def test_pythons_come_in_order():
    assert FOUND.pythons("linux-x86_64") == ("3.9", "3.14")


def test_on_a_platform_named_one_python_is_enough():
    for platform, fails in (
        ("linux-x86_64", ()),
        ("windows-x86_64", ()),
        ("macos-arm64", ("macos-arm64",)),
    ):
        found = Installing(FOUND, (platform,))
        assert (found.fails, found.stands) == (fails, not fails)
    assert Installing(FOUND, ("macos-arm64",)).because == "no tea for a Mac"


def test_only_the_pythons_named_count():
    found = Installing(FOUND, ("windows-x86_64",), ("3.14",))
    assert (found.works("windows-x86_64"), found.fails) == ((), ("windows-x86_64",))
    assert found.because == "no cup for 3.14"
    assert not found.anywhere
    assert Installing(FOUND, ("windows-x86_64", "linux-x86_64"), ("3.14",)).anywhere
    assert not Installing(FOUND, (), ("3.8",)).anywhere


def test_a_python_named_may_be_without_where_another_has_it():
    assert Installing(FOUND, ("windows-x86_64",), ("3.9", "3.14")).without == ("3.14",)
    assert Installing(FOUND, (), ("3.9", "3.14")).without == ()
    assert Installing(FOUND, ("windows-x86_64",), ("3.14",)).without == ()  # it fails altogether
    assert Installing(FOUND, ("windows-x86_64",)).without == ()


def test_every_platform_named_must_work():
    found = Installing(FOUND, ("linux-x86_64", "macos-arm64"))
    assert (found.fails, found.stands) == (("macos-arm64",), False)


def test_where_no_platform_is_named_it_fails_only_if_it_works_nowhere():
    assert Installing(FOUND).stands
    nowhere = Resolution(
        ("tea",), DAY, "uv", (Resolved(("linux-x86_64 3.14",), {}, "x"),), Place("")
    )
    assert Installing(nowhere).fails == ("linux-x86_64",)


def test_where_nobody_looked_nothing_is_said():
    for found in (
        Installing(FOUND, ("linux-aarch64",)),
        Installing(FOUND, ("linux-x86_64",), ("3.8",)),
    ):
        assert (found.fails, found.stands, found.because) == ((), False, "")


def case(**answers):
    return Case.of(load_profile({"answers": answers}, PACK), PACK)


def test_answers_say_where_it_is_installed():
    route = next(each for each in PACK.routes if each.id == "pytorch-ios-coreml")
    found = installing(case(hardware=["windows", "apple"], **{"python-version": "newest"}), route)
    assert (found.platforms, found.pythons) == (("macos-arm64", "windows-x86_64"), ("3.14", "3.15"))
    found = installing(case(hardware=["cpu"]), route)
    assert (found.platforms, found.pythons) == ((), ())


def test_a_retired_way_and_one_without_packages_are_not_looked_at():
    by_id = {each.id: each for each in PACK.routes}
    assert installing(case(), by_id["pytorch-ios-mobile"]) is None
    assert resolution_of(PACK, by_id["tensorflow-browser-training"].packages) is None


def test_a_step_has_the_day_as_of_which_it_resolves():
    known = {"targets": ["ios"], "model-source": ["hub"], "source-framework": "pytorch"}
    shipped = {
        name: next(step for step in plan_of(case(**known, hardware=[name])) if step.act == "ship")
        for name in ("apple", "windows")
    }
    route = next(each for each in PACK.routes if each.id == shipped["apple"].route)
    assert shipped["apple"].resolved == resolution_of(PACK, route.packages).on
    assert shipped["windows"].resolved is None
