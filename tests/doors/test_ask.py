"""`recommender ask`: a conversation in a pipe, and one with arrow keys on a real terminal."""

from __future__ import annotations

import os
import re
import sys

import pytest

from recommender import load_pack, load_profile

from .command import ROOT, TOY, ask, recommender


def test_answers_in_a_pipe_are_saved_as_a_project_that_reads_well(tmp_path, toy):
    saved = tmp_path / "nap.yaml"
    lines = ["evening", "home", "0", "2", "no", "no", "no"]
    ran = ask("--all", "--save", str(saved), stdin="\n".join(lines) + "\n")
    assert ran.code == 0
    text = saved.read_text()
    assert "  # When will you drink it?\n  hour: evening  # In the evening\n" in text
    profile = load_profile(saved, toy)
    assert profile.name == "nap"
    assert profile.answers["place"] == frozenset({"home"})
    assert profile.answers["milk"] is False
    assert recommender("score", "--rules", TOY, str(saved)).code == 0


def test_a_question_that_cannot_matter_is_not_asked():
    ran = ask("--all", stdin="evening\nhome\n0\n2\nno\nno\nno\n")
    assert "Is it oat milk?" not in ran.err
    assert "Is it oat milk?" in ask("--all", stdin="evening\nhome\n0\n2\nyes\nno\nno\nno\n").err


def test_i_dont_know_answers_every_question(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    ran = ask("--all", "--save", str(saved), stdin="\n" * 8)
    assert ran.code == 5
    assert "so much holds of any project" in ran.out
    assert "First answer" not in ran.out
    assert load_profile(saved, toy).answers == {}
    assert saved.read_text().count(": unknown") == 8


def test_one_can_go_back_and_answer_anew(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    lines = ["morning", "back", "evening", "none", "", "", "", "", "", ""]
    ask("--all", "--save", str(saved), stdin="\n".join(lines) + "\n")
    answers = load_profile(saved, toy).answers
    assert (answers["hour"], answers["place"]) == ("evening", frozenset())


@pytest.mark.parametrize("backs", [1, 2])
def test_the_end_of_input_after_going_back_loses_nothing(backs, tmp_path, toy):
    saved = tmp_path / "p.yaml"
    ran = ask("--all", "--save", str(saved), stdin="evening\nhome\n" + "back\n" * backs)
    assert ran.code == 5
    assert "after 2 answers" in ran.err
    assert set(load_profile(saved, toy).answers) == {"hour", "place"}


def test_an_answer_given_anew_replaces_the_one_taken_back(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    ask("--all", "--save", str(saved), stdin="evening\nhome\nback\nback\nmorning\n")
    answers = load_profile(saved, toy).answers
    assert (answers["hour"], answers["place"]) == ("morning", frozenset({"home"}))


def test_a_taken_back_answer_that_no_longer_applies_is_dropped(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    lines = ["", "", "", "", "yes", "yes", "back", "back", "no"]
    ask("--all", "--save", str(saved), stdin="\n".join(lines) + "\n")
    answers = load_profile(saved, toy).answers
    assert answers["milk"] is False
    assert "oat-milk" not in answers


def test_a_question_that_comes_again_says_what_was_answered():
    ran = ask("--all", stdin="evening\nback\n")
    assert "When will you drink it? (you said: In the evening)" in ran.err
    assert "When will you drink it? (you said: I don't know)" in ask("--all", stdin="\nback\n").err


def test_what_can_be_typed_is_said_once_with_the_first_question():
    ran = ask("--all", stdin="evening\nhome\n")
    assert ran.err.count("empty for I don't know, `back`") == 1
    assert ran.err.index("`back`") < ran.err.index("Where will you")


def test_back_at_the_first_question_stays_there():
    ran = ask("--all", stdin="back\nevening\n")
    assert ran.err.count("] When will you drink it?") == 2
    assert ran.err.count("This is the first question.") == 1


def test_numbers_stand_for_choices(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    ask("--all", "--save", str(saved), stdin="2\n1, 3\n4\n2.5\n1\n2\n\n\n")
    answers = load_profile(saved, toy).answers
    assert answers["hour"] == "evening"
    assert answers["place"] == frozenset({"home", "train"})
    assert (answers["sugar"], answers["cups"]) == (4, 2.5)
    assert (answers["milk"], answers["oat-milk"]) == (True, False)


@pytest.mark.parametrize("typed", ["1, 3", "1 3", "1;3", "Home;TRAIN", "home、train"])
def test_several_answers_are_told_apart_however_they_are_parted(typed, tmp_path, toy):
    saved = tmp_path / "p.yaml"
    ask("--all", "--save", str(saved), stdin=f"EVENING\n{typed}\n")
    answers = load_profile(saved, toy).answers
    assert answers == {"hour": "evening", "place": frozenset({"home", "train"})}


def test_what_cannot_be_understood_is_said_and_asked_again():
    ran = ask("--all", stdin="noon\nevning\nevening\n")
    assert "“noon” is none of the answers.\n" in ran.err
    assert "“evning” is none of the answers. Did you mean “In the evening”?" in ran.err


def test_progress_says_how_many_questions_are_to_be_expected():
    assert "[1 of at most 8]" in ask("--all", stdin="").err
    least, most = load_pack().asked
    told = recommender("ask", stdin="\n" * (most + 1)).err
    asked = re.findall(rf"\[(\d+) of usually {least} to {most}\]", told)
    assert [int(each) for each in asked] == [*range(1, len(asked) + 1)]
    assert len(asked) >= least


def test_the_end_of_input_saves_and_exits_5(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    ran = ask("--all", "--save", str(saved), stdin="evening\nhome\n")
    assert ran.code == 5
    assert "the input ended after 2 answers" in ran.err
    assert "--resume" in ran.err
    assert set(load_profile(saved, toy).answers) == {"hour", "place"}


def test_the_end_of_input_without_a_file_prints_what_was_answered():
    ran = ask("--all", stdin="evening\n")
    assert ran.code == 5
    assert "hour: evening" in ran.err


def test_resume_goes_on_where_it_stopped(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    ask("--all", "--save", str(saved), stdin="evening\nhome\n")
    ran = ask("--all", "--resume", str(saved), "--save", str(saved), stdin="0\n2\nno\nno\nno\n")
    assert "] When will you drink it?" not in ran.err
    assert ran.code == 0
    assert len(load_profile(saved, toy).answers) == 7


def test_an_existing_file_is_refused_before_the_first_question(tmp_path):
    saved = tmp_path / "p.yaml"
    saved.write_text("mine")
    ran = ask("--save", str(saved), stdin="evening\n")
    assert (ran.code, saved.read_text()) == (3, "mine")
    assert "When will you" not in ran.err


def test_a_scale_is_not_numbered():
    ran = ask("--all", stdin="evening\nhome\n9\n0\n")
    assert "How sweet do you like it?\n  0 to 5\n" in ran.err
    assert "1. 0" not in ran.err


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("", "is a folder; name a file in it"),
        ("nowhere/p.yaml", "cannot be written: its folder does not exist; make the folder first"),
    ],
)
def test_where_nothing_can_be_kept_is_told_before_the_first_question(file, says, tmp_path):
    ran = ask("--save", str(tmp_path / file), stdin="evening\n")
    assert ran.code == 3
    assert says in ran.err
    assert "When will you" not in ran.err


def test_what_was_resumed_is_counted_too(tmp_path):
    saved = tmp_path / "my answers.yaml"
    ask("--all", "--save", str(saved), stdin="evening\nhome\n")
    ran = ask("--all", "--resume", str(saved), "--save", str(saved), stdin="3\n")
    assert "the input ended after 3 answers" in ran.err
    assert f"\n  recommender ask --resume '{saved}' --save '{saved}'\n" in ran.err


def test_several_answers_and_none_are_saved_in_words(tmp_path):
    saved = tmp_path / "p.yaml"
    ask("--all", "--save", str(saved), stdin="\nhome, train\n")
    assert "  place: [home, train]  # At home; On the train\n" in saved.read_text()
    ask("--all", "--save", str(saved), "--force", stdin="\nnone\n")
    assert "  place: none  # Nowhere yet\n" in saved.read_text()


# -- a real terminal ------------------------------------------------------------------------------

DOWN, ENTER, SPACE = "\x1b[B", "\r", " "


@pytest.fixture
def terminal():
    pexpect = pytest.importorskip("pexpect")

    def start(*args):
        return pexpect.spawn(
            sys.executable, ["-m", "recommender", "ask", "--rules", TOY, *args],
            cwd=str(ROOT), encoding="utf-8", timeout=30, dimensions=(40, 100),
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"},
        )  # fmt: skip

    return start


def test_arrow_keys_choose_and_space_ticks(terminal, tmp_path, toy):
    saved = tmp_path / "p.yaml"
    child = terminal("--all", "--save", str(saved))
    child.expect("When will you drink it")
    child.send(DOWN + ENTER)
    child.expect("Where will you drink it")
    child.send(SPACE + DOWN + DOWN + SPACE + ENTER)
    child.expect("How sweet")
    child.send(DOWN * 6 + ENTER)  # I don't know
    child.expect("How many cups")
    child.send("3" + ENTER)
    child.expect("Is there milk")
    child.send(DOWN + ENTER)
    child.expect("no kettle")
    child.send(DOWN + ENTER)
    child.expect("in this kitchen")
    child.send(DOWN + ENTER)
    child.expect("Your answers so far")
    child.send(ENTER)
    child.expect("answers are kept in")
    child.wait()
    assert child.exitstatus == 0
    answers = load_profile(saved, toy).answers
    assert answers["hour"] == "evening"
    assert answers["place"] == frozenset({"home", "train"})
    assert "sugar" not in answers
    assert (answers["cups"], answers["milk"]) == (3.0, False)


def test_enter_without_a_tick_is_no_answer(terminal, tmp_path, toy):
    saved = tmp_path / "p.yaml"
    child = terminal("--all", "--save", str(saved))
    child.expect("When will you drink it")
    child.send(ENTER)
    child.expect("Where will you drink it")
    child.send(DOWN + ENTER)
    child.expect("Nothing is ticked: the space bar ticks")
    child.expect("Where will you drink it")
    child.send(DOWN + SPACE + ENTER)
    child.expect("At the office")
    child.expect("How sweet")
    child.sendcontrol("c")
    child.wait()
    assert load_profile(saved, toy).answers["place"] == frozenset({"office"})


@pytest.mark.parametrize("keys", [SPACE + DOWN * 4 + SPACE, "ai" + DOWN * 4])
def test_i_dont_know_is_chosen_alone(keys, terminal, tmp_path):
    saved = tmp_path / "p.yaml"
    child = terminal("--all", "--save", str(saved))
    child.expect("When will you drink it")
    child.send(ENTER)
    child.expect("Where will you drink it")
    child.send(keys + ENTER)
    child.expect("I don't know")
    child.expect("How sweet")
    child.sendcontrol("c")
    child.wait()
    assert "place: unknown" in saved.read_text()


def test_ctrl_c_loses_nothing(terminal, tmp_path, toy):
    saved = tmp_path / "p.yaml"
    child = terminal("--all", "--save", str(saved))
    child.expect("When will you drink it")
    child.send(DOWN + ENTER)
    child.expect("Where will you drink it")
    child.sendcontrol("c")
    child.expect("stopped after 1 answer")
    child.wait()
    assert child.exitstatus == 130
    assert load_profile(saved, toy).answers == {"hour": "evening"}


def test_ctrl_d_at_a_number_loses_nothing(terminal, tmp_path, toy):
    saved = tmp_path / "p.yaml"
    child = terminal("--all", "--save", str(saved))
    child.expect("When will you drink it")
    child.send(DOWN + ENTER)
    child.expect("Where will you drink it")
    child.send(SPACE + ENTER)
    child.expect("How sweet")
    child.send(ENTER)
    child.expect("How many cups")
    child.sendcontrol("d")
    child.expect("the input ended after 3 answers")
    child.wait()
    assert child.exitstatus == 5
    assert set(load_profile(saved, toy).answers) == {"hour", "place", "sugar"}


@pytest.mark.parametrize("at", ["When will you drink it", "Where will you drink it"])
def test_ctrl_d_at_a_list_loses_nothing(at, terminal, tmp_path, toy):
    saved = tmp_path / "p.yaml"
    child = terminal("--all", "--save", str(saved))
    child.expect("When will you drink it")
    if at.startswith("Where"):
        child.send(DOWN + ENTER)
        child.expect(at)
    child.sendcontrol("d")
    child.expect("the input ended after")
    child.wait()
    assert child.exitstatus == 5
    assert len(load_profile(saved, toy).answers) == at.startswith("Where")


def test_a_dumb_terminal_gets_plain_lines(tmp_path):
    pexpect = pytest.importorskip("pexpect")
    child = pexpect.spawn(
        sys.executable, ["-m", "recommender", "ask", "--rules", TOY], cwd=str(ROOT),
        encoding="utf-8", timeout=30, env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"},
    )  # fmt: skip
    child.expect("1. In the morning")
    child.sendeof()
    child.expect("the input ended")
    child.wait()
    assert child.exitstatus == 5


# -- asking only what matters ---------------------------------------------------------------------


def test_it_stops_when_no_answer_can_change_the_result(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    lines = {
        "When will you drink it?": "evening",
        "Where will you drink it?": "home",
        "How sweet do you like it?": "0",
        "How many cups a day?": "1",
        "Is there milk?": "no",
        "Is there no kettle?": "no",
        "Will you make it in this kitchen?": "no",
    }
    given: list[str] = []
    while True:
        ran = ask("--save", str(saved), "--force", stdin="".join(f"{each}\n" for each in given))
        asked = [line for line in ran.err.splitlines() if line.startswith("[")]
        if "cannot change this" in ran.err or "hardly change this" in ran.err:
            break
        given.append(lines[asked[-1].split("] ", 1)[1]])
    assert len(given) < len(lines)
    assert "choose Tea" in ran.out
    everything = load_profile({"answers": {**load_profile(saved, toy).answers}}, toy)
    assert everything.answers["hour"] == "evening"


def test_the_questionnaire_speaks_chinese():
    ran = recommender("ask", "--lang", "zh", stdin="")
    assert "[第 1 个，通常 {} 到 {} 个]".format(*load_pack().asked) in ran.err
    assert "可多选，用逗号分隔" in recommender("ask", "--all", "--lang", "zh", stdin="1\n").err


def test_the_ends_of_a_scale_are_named():
    answers = "unknown\n" * 60
    ran = recommender("ask", "--all", "--lang", "en", stdin=answers)
    assert "  0 to 5\n  0: A number printed now and then is enough\n" in ran.err
    assert "  5: People step through the model daily\n" in ran.err
    ran = recommender("ask", "--all", "--lang", "zh", stdin=answers)
    assert "  5：每天都要单步跟踪模型\n" in ran.err


# -- the page of all answers, and stopping, line by line ------------------------------------------
