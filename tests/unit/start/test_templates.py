"""Templates are data that hold together: every route is the pack's, every file is Python."""

from __future__ import annotations

import pytest

from recommender import load_pack
from recommender.nouns.errors import RecommenderError
from recommender.start.templates import TEMPLATES, find_templates, read_choices

FOUND = find_templates()
PACK = load_pack()


@pytest.mark.parametrize("template", FOUND.values(), ids=list(FOUND))
def test_a_template_walks_routes_of_the_pack_and_of_its_candidate(template):
    routes = {route.id: route for route in PACK.routes}
    assert template.candidate in PACK.candidates
    for route in template.routes:
        assert routes[route].candidate == template.candidate
        assert routes[route].maturity != "retired"


@pytest.mark.parametrize("template", FOUND.values(), ids=list(FOUND))
def test_a_template_has_a_device_to_fall_back_on_and_every_kind(template):
    choices = read_choices()
    assert choices["device"]["otherwise"] in template.devices
    every = {choices["kind"]["otherwise"], *choices["kind"]["stands-in"].values()}
    # A language model is of one kind, whatever the project's.
    assert every <= set(template.kinds) or template.kinds == ("language",)


def test_every_route_that_is_not_retired_has_a_template():
    walked = {route for template in FOUND.values() for route in template.routes}
    assert walked >= {route.id for route in PACK.routes if route.maturity != "retired"}


def test_what_the_choices_name_is_the_pack_s():
    choices = read_choices()
    for part, answers in (("kind", "stands-in"), ("device", "answers")):
        question = PACK.questions[choices[part]["question"]]
        assert set(choices[part][answers]) <= set(question.choices)
    kinds = set(FOUND["pytorch-alone"].kinds)
    assert kinds <= set(PACK.questions["model-kind"].choices)


def test_each_candidate_with_templates_has_one_that_stands_alone():
    alone = [each.candidate for each in FOUND.values() if each.alone]
    assert sorted(alone) == sorted({each.candidate for each in FOUND.values()})


def test_every_python_file_is_python_before_it_is_filled_in():
    files = sorted(TEMPLATES.rglob("*.py.jinja"))
    assert len(files) > 20
    for path in files:
        compile(path.read_text("utf-8"), str(path), "exec")


@pytest.mark.parametrize(("head", "says"), [
    ("routes = {}", "lacks"),
    ("not toml", "cannot be read"),
    ('takes = ["nobody"]\nroutes = {}', "which is not there"),
    ('takes = ["mine"]\nroutes = {}', "which is itself"),
])  # fmt: skip
def test_a_faulty_head_is_told(tmp_path, head, says):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "template.toml").write_text(head)
    with pytest.raises(RecommenderError, match=says):
        find_templates(tmp_path)


def test_a_folder_is_all_that_a_new_template_takes(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "template.toml").write_text(
        'title = "Mine"\ncandidate = "pytorch"\nalone = true\nrequirements = ["a"]\n'
        '[devices.cpu]\nrequirements = ["b"]\nsays = "c"\n'
    )
    assert find_templates(tmp_path)["mine"].requirements == ("a",)
