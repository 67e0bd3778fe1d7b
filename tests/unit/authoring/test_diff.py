"""Two versions of a pack: what they would advise differently, and the rule that moved it."""

import json
import re
from dataclasses import replace
from pathlib import Path

from recommender import load_pack
from recommender.authoring.diff import compare
from recommender.authoring.panel import random_profiles
from recommender.cli import run
from recommender.nouns.errors import Place
from recommender.nouns.population import ReferenceProject

TOY = Path("tests/toy")


def test_a_pack_does_not_differ_from_itself(toy):
    found = compare(toy, toy)
    assert found.changes == ()
    assert found.statements == type(found.statements)((), (), ())
    assert found.examples == 2
    assert found.parts == ()


def test_a_changed_weight_names_its_rule(toy, edited):
    new = load_pack(edited("criteria/comfort.yaml", "weight: 8", "weight: 1"))
    found = compare(toy, new)
    assert found.statements.changed == ("evenings-want-calm",)
    assert found.count("winner") > 0
    assert {rule for change in found.changes for rule in change.rules} == {"evenings-want-calm"}
    assert found.responsible[0] == ("evenings-want-calm", len(found.changes))


def test_a_moved_rule_has_not_changed(toy, edited):
    new = load_pack(edited("criteria/comfort.yaml", "rules:", "# a comment\n\nrules:"))
    assert compare(toy, new).statements.changed == ()


def test_a_constraint_is_named(toy, edited):
    new = load_pack(edited("criteria/practice.yaml", "{no-kettle: true}\n", "{no-kettle: false}\n"))
    found = compare(toy, new)
    assert "tea-needs-a-kettle" in dict(found.responsible)
    assert [c.name for c in found.changes if c.name == "night-owl.yaml"]


def test_a_threshold_moves_no_rule(toy, edited):
    found = compare(
        toy, load_pack(edited("pack.yaml", "title: Tea", "thresholds: {clear: 1}\n  title: Tea"))
    )
    assert found.count("outcome") > 0
    assert found.responsible == []
    assert found.parts == ("thresholds",)


def test_reference_projects_are_judged_too_and_move_advice_without_a_rule(toy):
    def reference(name, answers):
        return ReferenceProject(name, name, answers, "https://example.org", Place("x"))

    silent = reference("silent", {"milk": True})
    evening = [reference(f"evening{i}", {"hour": "evening", "milk": True}) for i in range(9)]
    morning = [reference(f"morning{i}", {"hour": "morning", "milk": True}) for i in range(9)]
    old = replace(toy, population=(silent, *evening))
    found = compare(old, replace(toy, population=(silent, *morning)), panel=0)
    assert found.reference == 19
    assert found.parts == ("population",)
    assert found.responsible == []
    change = next(each for each in found.changes if each.name == "reference silent")
    assert (change.before[1][0], change.after[1][0]) == ("tea", "coffee")


def test_a_route_that_is_gone_changes_the_plan_alone():
    pack = load_pack()
    gone = next(each for each in pack.routes if each.id == "tensorflow-microcontroller")
    found = compare(pack, replace(pack, routes=tuple(r for r in pack.routes if r != gone)), panel=0)
    assert found.parts == ("routes",)
    assert found.count("plan") > 0
    change = next(each for each in found.changes if each.kind == "plan")
    assert change.before == change.after
    was, now = ({step.route for step in plan} for plan in change.plans)
    assert gone.id in was - now


def test_a_library_that_is_gone_changes_what_is_built_with():
    pack = load_pack()
    less = {name: each for name, each in pack.libraries.items() if name != "pyg"}
    found = compare(pack, replace(pack, libraries=less), panel=0)
    assert found.parts == ("libraries",)
    assert {change.kind for change in found.changes} == {"plan"}
    for change in found.changes:
        was, now = (next(s.libraries for s in p if s.act == "build") for p in change.plans)
        assert [name for name in was if name != "pyg"] == list(now)


def test_other_points_for_the_same_advice_are_no_change(edited):
    calm = "favors: {tea: 1, coffee: 0.1}"
    old = load_pack(edited("pack.yaml", "title: Tea", "title: Tea"))
    new = load_pack(edited("criteria/comfort.yaml", calm, "favors: {tea: 0.99, coffee: 0.1}"))
    found = compare(old, new)
    assert found.statements.changed == ("evenings-want-calm",)
    assert found.count("winner") == 0


def test_answers_that_one_version_does_not_know_are_unknown_to_it(toy, edited):
    edited("examples/examples.yaml", "night-owl", "early-bird")  # asks for tea: judged, not checked
    new = load_pack(edited("pack.yaml", "train: On the train}", "train: On the train, moon: Moon}"))
    assert compare(toy, new, panel=100).examples == 2
    assert compare(new, toy, panel=100).changes is not None


def test_the_command_tells_and_exits(edited, capsys, golden):
    new = edited("criteria/comfort.yaml", "weight: 8", "weight: 1")
    assert run(["diff", str(TOY / "rules"), str(TOY / "rules")]) == 0
    capsys.readouterr()
    assert run(["diff", str(TOY / "rules"), str(new), "--panel", "30"]) == 1
    golden("diff/toy.text", capsys.readouterr().out)
    assert run(["diff", str(TOY / "rules"), str(new), "--panel", "30", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["winners_changed"] + data["outcomes_changed"] == len(data["changes"])
    assert data["parts"] == ["rules"]


def test_a_changed_example_is_told_in_json(edited, capsys):
    new = edited("criteria/practice.yaml", "{no-kettle: true}\n", "{no-kettle: false}\n")
    call = ["diff", str(TOY / "rules"), str(new), "--panel", "0", "--format", "json"]
    assert run(call) == 1
    changes = {change["name"]: change for change in json.loads(capsys.readouterr().out)["changes"]}
    assert changes["night-owl.yaml"]["answers"]["place"] == ["home"]


def test_a_question_that_was_renamed_and_takes_several_now_is_the_same(toy, edited):
    choices = "type: choice, changeable: true, choices: {morning: In the morning, evening: In the evening}"
    asked = "{id: hour, ask: When will you drink it?, "
    new = edited(
        "pack.yaml",
        asked + choices,
        asked.replace("hour", "hours")
        + "formerly: {ids: [hour]}, "
        + choices.replace("type: choice", "type: many"),
    )
    for path in new.rglob("*.yaml"):
        text = re.sub(r"when: {hour: (\w+)", r"when: {hours: {includes: \1}", path.read_text())
        path.write_text(re.sub(r"given: {hour: (\w+)", r"given: {hours: [\1]", text))
    pack = load_pack(new)
    for profile in random_profiles(toy, pack, 50, 1):
        assert "hour" not in profile.answers
    # Only who drinks at both hours, or at none, is told something else than before.
    # So may who has not said: an open answer is completed with several hours too.
    moved = {change.name: change.answers.get("hours") for change in compare(toy, pack).changes}
    assert moved
    assert all(hours is None or len(hours) != 1 for hours in moved.values())
