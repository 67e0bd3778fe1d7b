"""The page of all answers at the end of `ask`, and what can be typed there and before it."""

from __future__ import annotations

import pytest

from recommender import load_profile

from .command import ask


def test_all_answers_are_shown_before_the_advice_and_one_is_changed_by_its_number(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    given = "evening\nhome\n0\n2\nyes\nyes\nno\nno\n"
    ran = ask("--all", "--save", saved, stdin=given + "5\nno\n\n")
    assert ran.code == 0
    first, _, second = ran.err.rpartition("Your answers so far")
    assert "   1. When will you drink it?\n      In the evening\n" in first
    assert "   6. Is it oat milk?\n      Yes\n" in first
    assert "(you said: Yes)" in first
    assert "   5. Is there milk?\n      No\n" in second
    assert "oat milk" not in second
    assert "oat-milk" not in load_profile(saved, toy).answers


def test_answers_that_another_one_rules_out_are_told(tmp_path):
    saved = tmp_path / "p.yaml"
    saved.write_text("answers: {hour: evening, milk: true, oat-milk: true, no-kettle: unknown}\n")
    ran = ask("--resume", saved, "--save", saved, stdin="done\n2\nno\n\n")
    told = ran.err.split("rules it out:")
    assert told[0].endswith("Set aside, since the answer to “Is there milk?” ")
    assert told[1].startswith("\n  Is it oat milk? Yes\n")
    assert "oat-milk" not in saved.read_text()
    ran = ask("--resume", saved, "--save", saved, stdin="done\n2\nyes\nno\n\n")
    assert "Set aside" not in ran.err


def test_comments_of_a_resumed_file_stay_with_the_answers_that_do(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    saved.write_text(COMMENTED, "utf-8")
    ran = ask("--resume", saved, "--save", saved, stdin="1\nmorning\ndone\n\n")
    assert f"Comments of {saved} that stand beside no answer are not kept." in ran.err
    assert saved.read_text("utf-8") == KEPT
    ran = ask("--resume", saved, "--save", saved, stdin="done\n\n")
    assert "are not kept" not in ran.err
    assert saved.read_text("utf-8") == KEPT


def test_no_comment_that_is_kept_commands_a_terminal(tmp_path):
    saved = tmp_path / "p.yaml"
    saved.write_text("# \u202eours\nanswers:\n  # \u202etheirs\n  hour: evening\n", "utf-8")
    ran = ask("--all", "--resume", saved, stdin="")
    assert "# \ufffdours\n" in ran.err
    assert "  # \ufffdtheirs\n" in ran.err


COMMENTED = """\
# Of our kitchen
schema: 1
name: p  # for now
answers:
  # README.md:3
  hour: evening  # late
  # README.md:7, kettle
  # certain
  no-kettle: false  # we looked

  # Only possible: yes
  milk: unknown
"""
KEPT = """\
# Of our kitchen
schema: 1
name: p

answers:
  # When will you drink it?
  hour: morning  # In the morning

  # Is there milk?
  # Only possible: yes
  milk: unknown

  # Is there no kettle?
  # README.md:7, kettle
  # certain
  # we looked
  no-kettle: false
"""


def test_an_answer_set_aside_comes_back_where_it_applies_again(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    given = "evening\nhome\n0\n2\nyes\nyes\nno\nno\n"
    ran = ask("--all", "--save", saved, stdin=given + "5\nno\n5\nyes\n\n\n")
    assert "Is it oat milk? (you said: Yes)" in ran.err
    assert load_profile(saved, toy).answers["oat-milk"] is True


def test_done_leads_to_the_advice_and_more_asks_on(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    ran = ask("--save", saved, stdin="evening\ndone\nmore\noffice\ndone\n")
    assert ran.code == 0
    assert "What is still open may change the advice.\n" in ran.err
    assert "`more` for the other 7 questions" in ran.err
    assert ran.out.startswith("p: Tea")
    assert load_profile(saved, toy).answers == {"hour": "evening", "place": frozenset({"office"})}


def test_back_at_the_page_of_all_answers_asks_the_last_again():
    ran = ask("--all", stdin="evening\ndone\nback\n\n\n")
    assert "When will you drink it? (you said: In the evening)" in ran.err


def test_an_empty_line_keeps_what_was_said_and_u_takes_it_back(tmp_path, toy):
    saved = tmp_path / "p.yaml"
    ask("--all", "--save", saved, stdin="evening\nback\n\n")
    assert load_profile(saved, toy).answers == {"hour": "evening"}
    ask("--all", "--save", saved, "--force", stdin="evening\nback\nu\n")
    assert load_profile(saved, toy).answers == {}


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("u", "Where will you drink it?"),
        ("evening\nhome, unknown", "“I don't know” stands alone: leave it out, or leave the others"),
        ("evening\nnone, home", "“Nowhere yet” stands alone: leave it out, or leave the others"),
        ("evening\nhome, home", "Each answer counts once"),
        ("evening\nAt the Office", "How sweet do you like it?"),
        ("evening\nhome\n9", "Write a whole number from 0 to 5."),
        ("evening\nhome\n3\nmany", "Write a number from 0 up, such as 3."),
        ("evening\nhome\n3\n2\nmaybe", "“maybe” is none of the answers.\n"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_words_of_the_answers(typed, says):
    ran = ask("--all", stdin=f"{typed}\n")
    assert says in ran.err
    assert "`hour`" not in ran.err
    assert "[home]" not in ran.err.partition("Save them")[0]
