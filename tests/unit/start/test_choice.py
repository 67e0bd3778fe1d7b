"""The template, the kind of model and the device follow from the recommendation."""

from __future__ import annotations

import dataclasses

import pytest

from recommender import load_pack, load_profile, recommend
from recommender.nouns.errors import UsageError
from recommender.start import choice
from recommender.start.choice import choose
from recommender.start.templates import find_templates, read_choices

PACK = load_pack()
TEMPLATES, CHOICES = find_templates(), read_choices()


@pytest.fixture(autouse=True)
def no_accelerator(monkeypatch):
    monkeypatch.setattr(choice.shutil, "which", lambda _: None)


def advice(**answers):
    told = {key.replace("_", "-"): value for key, value in answers.items()}
    return recommend(
        load_profile({"schema": 1, "name": "x", "answers": told}, PACK), PACK, samples=0
    )


def test_the_route_is_the_advised_candidate_s():
    found = advice(targets=["android"], hardware=["cpu"], model_kind=["vision"])
    chosen = choose(found, TEMPLATES, CHOICES)
    assert chosen.template.candidate == found.best
    assert chosen.target == "android"
    assert "phone" in chosen.cut
    assert chosen.kind == "vision"


def test_where_the_model_goes_nowhere_the_framework_stands_alone():
    found = advice(
        goal="research", targets=[], model_kind=["language"], team_experience=["pytorch"]
    )
    chosen = choose(found, TEMPLATES, CHOICES)
    assert (chosen.template.id, chosen.route, chosen.cut) == ("pytorch-alone", "", "")


def test_a_route_without_template_is_said_to_be_left_out():
    found = advice(targets=["audio-plugin"], model_kind=["audio"], team_experience=["pytorch"])
    templates = {name: each for name, each in TEMPLATES.items() if each.alone}
    chosen = choose(found, templates, CHOICES)
    assert chosen.template.alone
    assert any("no template walks" in remark for remark in chosen.remarks)


def test_more_targets_than_one_are_named():
    found = advice(targets=["desktop", "android"], model_kind=["vision"])
    chosen = choose(found, TEMPLATES, CHOICES)
    assert any("the project also names" in remark for remark in chosen.remarks)


def test_a_kind_without_a_model_of_its_own_has_a_stand_in_and_says_so():
    chosen = choose(advice(model_kind=["graph"], targets=["server"]), TEMPLATES, CHOICES)
    assert chosen.kind == "tabular"
    assert any("stands in" in remark for remark in chosen.remarks)


@pytest.mark.parametrize(("stands_in", "kind", "other"), [
    ({"graph": "tabular", "generative": "vision"}, "generative", "vision"),
    ({"graph": "tabular"}, "graph", "tabular"),
    ({}, "generative", "tabular"),
])  # fmt: skip
def test_of_several_kinds_without_a_model_the_one_that_has_the_stand_in_is_named(
    stands_in, kind, other
):
    choices = {**CHOICES, "kind": {**CHOICES["kind"], "stands-in": stands_in}}
    found = advice(model_kind=["graph", "generative"], targets=["server"])
    chosen = choose(found, TEMPLATES, choices)
    assert chosen.kind == other
    assert f"there is no small model of the kind {kind} yet; {other} stands in" in chosen.remarks


def test_a_kind_that_one_template_lacks_has_a_stand_in_there():
    found = advice(model_kind=["reinforcement-learning"], targets=["browser"])
    chosen = choose(found, TEMPLATES, CHOICES, wanted="tfjs-training")
    assert (chosen.kind, chosen.route) == ("tabular", "tensorflow-browser-training")
    assert any("kind reinforcement-learning yet" in remark for remark in chosen.remarks)


def test_an_accelerator_that_is_not_here_is_locked_only(monkeypatch):
    found = advice(hardware=["nvidia"], targets=["server"])
    chosen = choose(found, TEMPLATES, CHOICES)
    assert (chosen.device, chosen.locked_only) == ("cpu", "nvidia")
    monkeypatch.setattr(choice.shutil, "which", lambda name: f"/usr/bin/{name}")
    chosen = choose(found, TEMPLATES, CHOICES)
    assert (chosen.device, chosen.locked_only) == ("nvidia", "")


def test_an_accelerator_that_no_template_knows_is_told():
    chosen = choose(advice(hardware=["amd"], targets=["server"]), TEMPLATES, CHOICES)
    assert chosen.device == "cpu"
    assert any("amd" in remark for remark in chosen.remarks)


@pytest.mark.parametrize("name", ["keras-litert", "tensorflow-desktop-litert"])
def test_another_template_or_route_can_be_asked_for(name):
    found = advice(targets=["desktop"], team_experience=["pytorch"], model_source=["llm"])
    chosen = choose(found, TEMPLATES, CHOICES, wanted=name)
    assert chosen.template.id == "keras-litert"
    assert any("asked for" in remark for remark in chosen.remarks) == (found.best == "pytorch")


def test_an_unknown_route_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="did you mean `pytorch-alone`"):
        choose(advice(), TEMPLATES, CHOICES, wanted="pytorch-alon")


def test_a_candidate_without_templates_is_refused():
    found = advice(targets=["server"])
    others = {
        name: dataclasses.replace(each, candidate="abacus") for name, each in TEMPLATES.items()
    }
    with pytest.raises(UsageError, match="no template for"):
        choose(found, others, CHOICES)


def test_the_plan_s_route_is_started_and_the_next_best_named():
    found = advice(
        targets=["android", "desktop"], model_kind=["vision"], team_experience=["pytorch"]
    )
    planned = {step.target: step.route for step in found.plan if step.act == "ship"}
    chosen = choose(found, TEMPLATES, CHOICES)
    assert chosen.route == planned[chosen.target]
    assert chosen.next_best


def test_where_no_template_walks_the_plan_s_route_the_next_way_is_taken_and_told():
    found = advice(targets=["desktop"], model_kind=["vision"], team_experience=["pytorch"])
    (planned,) = [step.route for step in found.plan if step.act == "ship"]
    left = {
        name: dataclasses.replace(
            each, routes={key: cut for key, cut in each.routes.items() if key != planned}
        )
        for name, each in TEMPLATES.items()
    }
    chosen = choose(found, left, CHOICES)
    assert chosen.route not in ("", planned)
    assert any(f"by {planned}, which no template walks yet" in each for each in chosen.remarks)
