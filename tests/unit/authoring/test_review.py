"""A review tells what a newer index no longer bears out, and how much hangs on it."""

import datetime as dt
from dataclasses import replace

import pytest

from recommender import load_pack
from recommender.authoring.review import as_data, packages_of, review
from recommender.index.snapshot import Snapshot
from tests.conftest import ROOT
from tests.unit.index.conftest import CUP, LISTED, PYTHONS, TEA

DAY = dt.date(2026, 11, 27)
OLD = Snapshot(
    {"tea": TEA.until(dt.date(2025, 5, 1)), "pot": LISTED},
    PYTHONS,
    {"newest(tea) == 1.0.1": dt.date(2025, 5, 1)},
)
NEW = Snapshot({"tea": TEA, "cup": CUP, "pot": LISTED}, PYTHONS)


@pytest.fixture(scope="module")
def shipped():
    """The shipped pack without a claim, to which each test adds its own."""
    pack = load_pack(ROOT / "rules")
    return replace(
        pack,
        rules={name: replace(each, holds=()) for name, each in pack.rules.items()},
        constraints={name: replace(each, holds=()) for name, each in pack.constraints.items()},
        routes=tuple(replace(each, holds=()) for each in pack.routes),
        facts={name: replace(each, holds=()) for name, each in pack.facts.items()},
        libraries={name: replace(each, holds=()) for name, each in pack.libraries.items()},
    )


def claiming(pack, family, id_, *holds):
    """Let an entry of a pack claim something."""
    entries = getattr(pack, family)
    if family == "routes":
        changed = tuple(replace(e, holds=holds) if e.id == id_ else e for e in entries)
    else:
        changed = {**entries, id_: replace(entries[id_], holds=holds)}
    return replace(pack, **{family: changed})


def test_what_holds_is_confirmed_and_what_does_not_is_told_with_both_values(shipped):
    pack = claiming(
        shipped, "rules", "long-maintenance", "newest(tea) == 1.0.1", "newest(pot) == 4.2"
    )
    found = review(pack, OLD, NEW, DAY)
    assert found.holding == ("newest(pot) == 4.2",)
    (item,) = found.items
    assert (item.id, item.kind, item.claim) == (
        "long-maintenance", "rule", "newest(tea) == 1.0.1"
    )  # fmt: skip
    assert (item.before, item.now, item.held) == ("1.0.1", "1.1", dt.date(2025, 5, 1))
    assert found.confirmed == {
        "newest(tea) == 1.0.1": dt.date(2025, 5, 1),
        "newest(pot) == 4.2": DAY,
    }
    assert found.newer == {"tea": ("1.0.1", "1.1"), "cup": ("none", "3.0")}


def test_what_cannot_be_told_does_not_hold(shipped):
    pack = claiming(shipped, "rules", "long-maintenance", "pythons(pot) has 3.14")
    (item,) = review(pack, OLD, NEW, DAY).items
    assert (item.before, item.now, item.held) == ("cannot be told", "cannot be told", None)
    assert review(pack, OLD, NEW, DAY).confirmed == {}


def test_what_moves_most_projects_comes_first(shipped):
    fallen = "newest(tea) == 9"
    pack = claiming(shipped, "rules", "commands-start-sooner-with-pytorch", fallen)
    pack = claiming(pack, "constraints", next(iter(pack.constraints)), fallen)
    for each in pack.routes[:6]:
        pack = claiming(pack, "routes", each.id, fallen)
    pack = claiming(pack, "facts", next(i for i, f in pack.facts.items() if f.rules), fallen)
    items = review(pack, OLD, NEW, DAY).items
    counts = [item.projects for item in items]
    assert {item.kind for item in items} == {"rule", "constraint", "route", "fact"}
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0


def test_only_what_is_asked_about(shipped):
    pack = claiming(
        shipped, "rules", "long-maintenance", "newest(tea) == 9", "admits-feature(tea, cup) == no"
    )
    assert review(pack, OLD, NEW, DAY, mine=lambda each: each.id != "long-maintenance").items == ()
    pack = claiming(pack, "routes", pack.routes[0].id, "requires(pot, milk) == none")
    assert packages_of(pack) == ({"tea", "cup", "pot"}, {"tea", "pot"})


def test_the_pack_is_not_changed(shipped):
    pack = claiming(shipped, "rules", "long-maintenance", "newest(tea) == 9")
    before = dict(pack.rules), dict(pack.constraints), pack.routes, dict(pack.facts)
    review(pack, OLD, NEW, DAY)
    assert before == (dict(pack.rules), dict(pack.constraints), pack.routes, dict(pack.facts))


def test_as_plain_values(shipped):
    pack = claiming(shipped, "rules", "long-maintenance", "newest(tea) == 9")
    data = as_data(review(pack, OLD, NEW, DAY), pack, written=False)
    assert (data["schema"], data["kind"], data["written"], data["day"]) == (
        1,
        "refresh",
        False,
        "2026-11-27",
    )
    assert data["items"][0]["place"].startswith(str(ROOT / "rules"))
