"""Packs over packs: what an overlay may change, and what it is told when it may not."""

from __future__ import annotations

import pytest

from recommender import PackError, load_pack
from recommender.loading.packs import load_with
from recommender.loading.serialization import dump_pack, parse_pack
from recommender.nouns.errors import UsageError
from tests.conftest import TOY
from tests.unit.conftest import HEADS, WHOLE, rule

HEAD = HEADS["overlay"]


@pytest.fixture
def over(folder):
    """Lay overlays, each a dict of files, over the small pack."""

    def lay(*overlays):
        main = folder.write({})
        laid = [folder.write(files, f"over{i}") for i, files in enumerate(overlays)]
        return load_pack(main, overlays=laid)

    return lay


@pytest.fixture
def told(over, folder):
    def lay(*overlays):
        with pytest.raises(PackError) as caught:
            over(*overlays)
        return [str(fault).replace(f"{folder.root}/", "") for fault in caught.value.faults]

    return lay


def test_an_overlay_adds_reweighs_and_retires(over):
    pack = over(
        {
            "pack.yaml": HEAD,
            "own.yaml": "criteria: [{id: own, title: Own, weight: 2}]\nreweigh: {calm: 9}\n"
            "retire: {a: We know better.}\n" + rule(id="b", when="{new: true}", favors="{mate: 1}"),
            "mate.yaml": "candidate: {id: mate, title: Mate}\nrates: {a: 0.5}\n",
            "q.yaml": "questions: [{id: new, ask: New?, type: flag, when: {milk: true}}]\n",
        }
    )
    assert list(pack.candidates) == ["coffee", "mate", "tea"]
    assert pack.criteria["calm"].weight == 9
    assert pack.retired == {"a": "We know better."}
    assert list(pack.questions)[-1] == "new"
    assert pack.rules["a"].rates == {"mate": 50}
    assert (pack.id, len(pack.folders)) == ("small", 2)


def test_a_pack_says_what_each_overlay_changed(over):
    own = "reweigh: {calm: 9}\nretire: {a: We know better.}\n" + rule(id="b")
    pack = over({"pack.yaml": HEAD, "own.yaml": own}, {"c.yaml": rule(id="c")})
    named, bare = pack.overlays
    assert (named.name, named.version) == ("over", "1.0.0")
    assert (named.added, named.retired) == ({"rules": 1}, ("a",))
    (calm,) = named.reweighed
    assert (calm.criterion, calm.before != 9, calm.after) == ("calm", True, 9)
    assert (bare.name, bare.version, bare.added) == ("over1", "", {"rules": 1})
    assert parse_pack(dump_pack(pack)) == pack


def test_an_overlay_needs_no_head(over):
    assert "b" in over({"own.yaml": rule(id="b")}).rules


def test_overlays_that_agree_may_say_the_same(over):
    pack = over({"a.yaml": "reweigh: {calm: 9}"}, {"b.yaml": "reweigh: {calm: 9}"})
    assert pack.criteria["calm"].weight == 9


@pytest.mark.parametrize(
    ("overlays", "says"),
    [
        (
            [{"a.yaml": "reweigh: {calm: 9}"}, {"b.yaml": "reweigh: {calm: 8}"}],
            "over1/b.yaml:1: `calm` is weighed 8 here and 9 at over0/a.yaml:1; let the packs agree",
        ),
        (
            [{"a.yaml": "reweigh: {clam: 9}"}],
            "over0/a.yaml:1: no criterion `clam`; did you mean `calm`?",
        ),
        (
            [{"a.yaml": "reweigh: {calm: 11}"}],
            "over0/a.yaml:1: `calm` must be at most 10, not `11`",
        ),
        ([{"a.yaml": "retire: {b: x}"}], "over0/a.yaml:1: no rule `b`; one of: a"),
        ([{"a.yaml": "retire: {a: ''}"}], "over0/a.yaml:1: `a` is empty"),
        ([{"a.yaml": "retire: [a]"}], "over0/a.yaml:1: `retire` takes a mapping, not [a]"),
        (
            [{"a.yaml": rule()}],
            "over0/a.yaml:2: `a` is already defined at rules/rules.yaml:1; give one of them another id",
        ),
        (
            [{"a.yaml": rule(id="b")}, {"a.yaml": rule(id="b")}],
            "over1/a.yaml:2: `b` is already defined at over0/a.yaml:2; give one of them another id",
        ),
        (
            [{"pack.yaml": HEAD.replace("small", "other")}],
            "over0/pack.yaml:7: extends `other`, but lies over small; name the pack it was made for",
        ),
        (
            [{"pack.yaml": HEADS["complete"].replace("id: small", "id: other")}],
            "over0/pack.yaml:1: is a complete pack, not an overlay; say `extends:` to lay it over another, or load it alone",
        ),
        (
            [{"pack.yaml": HEAD + "  thresholds: {known: 0}\n"}],
            "over0/pack.yaml:8: `thresholds` comes from the first pack; leave it out of the overlay",
        ),
        (
            [{"pack.yaml": HEAD + "  this-machine: {milk: true}\n"}],
            "over0/pack.yaml:8: `this-machine` comes from the first pack; leave it out of the overlay",
        ),
        (
            [{"pack.yaml": HEAD}, {"pack.yaml": HEAD}],
            "over1/pack.yaml:1: a second head; first over0/pack.yaml:1; a pack has one head, and each pack is given once",
        ),
        (
            [{"mate.yaml": "candidate: {id: mate, title: Mate}\nreweigh: {calm: 3}\n"}],
            "over0/mate.yaml:2: a candidate's file cannot hold `reweigh`; move it to a file of its own",
        ),
    ],
)
def test_what_an_overlay_may_not_do_is_told_with_the_remedy(told, overlays, says):
    assert told(*overlays) == [says]


def test_the_same_folder_twice_is_refused_however_it_is_written(folder):
    main = folder.write({})
    over = folder.write({"a.yaml": rule(id="b")}, "over")
    for twice in ([over, over], [over, f"{over}/../over"], [main]):
        with pytest.raises(PackError, match="is given twice; name each pack once"):
            load_pack(main, overlays=twice)


def test_one_overlay_or_candidate_needs_no_list(folder):
    over = folder.write({"a.yaml": rule(id="b")}, "over")
    assert set(load_pack(folder.write({}), overlays=str(over)).rules) == {"a", "b"}
    assert set(load_pack(folder.write({}), overlays=over).rules) == {"a", "b"}
    assert "cocoa" in load_pack(TOY, with_="cocoa").candidates


@pytest.mark.parametrize("given", [{"path": 3}, {"overlays": [None]}])
def test_what_is_no_folder_is_told(given):
    with pytest.raises(UsageError, match=r"a rule pack cannot be .*; give its folder's path"):
        load_pack(**given)


def test_a_complete_pack_takes_the_place_of_the_shipped_one(folder):
    over = folder.write({"a.yaml": rule(id="b")}, "over")
    pack = load_with([str(over), str(folder.write({}))])
    assert (pack.id, set(pack.rules)) == ("small", {"a", "b"})


def test_two_complete_packs_are_one_too_many(folder):
    with pytest.raises(PackError, match="is a complete pack, and so is "):
        load_with([str(folder.write({})), str(TOY)])


def test_a_copy_of_the_shipped_pack_is_the_main_pack_again(folder):
    copy = folder.write({**dict.fromkeys(WHOLE), "pack.yaml": HEADS["shipped"]})
    with pytest.raises(PackError, match="is the main pack again; leave it out"):
        load_with([str(copy)])
