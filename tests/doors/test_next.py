"""`recommender next`: the question to answer next, for people and for programs."""

from __future__ import annotations

import json

import pytest

from .command import TOY, recommender

OWL = "tests/toy/examples/night-owl.yaml"


@pytest.fixture
def started(tmp_path):
    path = tmp_path / "started.yaml"
    path.write_text("answers: {sugar: 5}\n", encoding="utf-8")
    return str(path)


def test_the_question_is_shown_with_its_answers(started):
    ran = recommender("next", started, "--rules", TOY, "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("hour: When will you drink it?\n  morning  In the morning\n")
    assert ran.out.endswith("7 questions are open; this one makes the advice surest.\n")


def test_a_settled_project_is_told_so():
    ran = recommender("next", OWL, "--rules", TOY, "--lang", "en")
    assert ran.code == 0
    assert ran.out == (
        "Settled: Tea, clearly. No answers to the other 4 questions can change this.\n"
    )


def test_programs_get_the_same(started):
    ran = recommender("next", started, "--rules", TOY, "--format", "json")
    told = json.loads(ran.out)
    assert (told["settled"], told["question"]["id"]) == (False, "hour")
    assert told["question"]["choices"]["morning"] == "In the morning"
    assert "hour" in told["open"]
    done = json.loads(recommender("next", OWL, "--rules", TOY, "--format", "json").out)
    assert (done["settled"], done["question"], done["best"]) == (True, None, "tea")


def test_one_open_question_is_told_as_one():
    start = "answers: {place: none, sugar: 1, cups: 2, milk: false, no-kettle: "
    text = f"{start}false, my-kitchen: false}}"
    ran = recommender("next", "-", "--rules", TOY, "--lang", "en", stdin=text)
    assert ran.out.startswith("hour: ")
    assert ran.out.endswith("\nNo other question is open.\n")
    ran = recommender(
        "next", "-", "--rules", TOY, "--lang", "en",
        stdin=f"{start}true, hour: evening}}",
    )  # fmt: skip
    assert ran.out.endswith("No answer to the other question can change this.\n")


def test_nothing_is_open_once_all_is_answered():
    text = (
        "answers: {hour: evening, place: none, sugar: 1, cups: 2, milk: false,"
        " no-kettle: true, my-kitchen: false}"
    )
    ran = recommender("next", "-", "--rules", TOY, "--lang", "en", stdin=text)
    assert ran.out == "Settled: Coffee, clearly. No question is open.\n"


def test_a_wrong_format_and_a_wrong_file_are_told(started):
    assert recommender("next", started, "--rules", TOY, "--format", "yaml").code == 2
    missing = recommender("next", "nowhere.yaml", "--rules", TOY)
    assert missing.code == 3
    assert "nowhere.yaml" in missing.err


@pytest.mark.parametrize("written", ["unknown", "[unknown]"])
def test_what_is_answered_with_unknown_is_not_asked_again(tmp_path, written):
    path = tmp_path / "unsure.yaml"
    path.write_text(f"answers: {{hour: {written}, sugar: 5}}\n", encoding="utf-8")
    told = json.loads(recommender("next", path, "--rules", TOY, "--format", "json").out)
    assert told["question"]["id"] != "hour"
    assert "hour" in told["open"]


def test_a_project_that_knows_nothing_is_asked_nothing(tmp_path, toy):
    path = tmp_path / "unsure.yaml"
    lines = "".join(f"  {name}: unknown\n" for name in toy.questions)
    path.write_text(f"answers:\n{lines}", encoding="utf-8")
    ran = recommender("next", path, "--rules", TOY, "--lang", "en")
    assert (ran.code, ran.out) == (
        0,
        "No other answer is expected to change this: too little is known, most likely Tea.\n",
    )


def test_programs_get_the_words_of_the_language_asked_for(started):
    ran = recommender("next", "-", "--format", "json", "--lang", "zh", stdin="answers: {}")
    assert any("\u4e00" <= each <= "\u9fff" for each in json.loads(ran.out)["question"]["ask"])
