"""`recommender questions` and `recommender new project`: what is asked, and a file to answer in."""

import json

import pytest
import yaml

from recommender import load_pack, load_profile

from .command import TOY, recommender

PACK = load_pack()


def test_every_question_is_listed_with_its_answers():
    ran = recommender("questions", "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    for question in PACK.questions.values():
        assert f"{question.id} ({question.type}): {question.ask}\n" in ran.out
        assert all(words in ran.out for words in question.choices.values())


def test_programs_get_the_same():
    ran = recommender("questions", "--rules", TOY, "--format", "json")
    told = {each["id"]: each for each in json.loads(ran.out)}
    assert told["hour"]["choices"]["morning"] == "In the morning"
    assert told["milk"]["choices"] == {"true": "Yes", "false": "No"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_blank_project_loads_and_answers_nothing(tmp_path, lang):
    path = tmp_path / "project.yaml"
    ran = recommender("new", "project", path, "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    assert not load_profile(path, PACK).answers
    again = recommender("new", "project", path)
    assert again.code != 0
    assert "exists" in again.err


def test_a_question_is_answered_by_taking_its_mark_away(tmp_path):
    path = tmp_path / "project.yaml"
    recommender("new", "project", path, "--lang", "en")
    text = path.read_text("utf-8")
    for question in PACK.questions.values():
        blank = f"  # {question.id}: []\n" if question.type == "many" else f"  # {question.id}:\n"
        assert blank in text
    answered = text.replace("  # goal:\n", "  goal: research\n")
    answered = answered.replace("  # targets: []\n", "  targets: [server]\n")
    assert yaml.safe_load(answered)["answers"] == {"goal": "research", "targets": ["server"]}
    path.write_text(answered, "utf-8")
    assert load_profile(path, PACK).answers == {
        "goal": "research",
        "targets": frozenset(["server"]),
    }
