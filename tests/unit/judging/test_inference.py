"""From clues to answers, on a small pack: sureness, contradictions, and what is replaced."""

from __future__ import annotations

import pytest

from recommender.judging.inference import infer
from recommender.nouns.errors import Place
from recommender.nouns.sign import Clue

SIGNS = """\
signs:
  - {id: early, names: {import: early}, says: {hour: early}, sure: likely, because: x}
  - {id: late, names: {import: late}, says: {hour: late}, sure: likely, because: x}
  - {id: surely-late, names: {package: "late*"}, within: ["2*"], says: {hour: late, milk: true}, sure: certain, because: x}
  - {id: home, names: {file: home}, under: "a/*", says: {where: home}, sure: likely, because: x}
  - {id: work, names: {file: work}, says: {where: work}, instead-of: home, sure: likely, because: x}
  - {id: nowhere, names: {file: nowhere}, says: {where: none}, sure: likely, because: x}
  - {id: alone, names: {use: cup}, beside: {use: tea}, without: {package: "milk*"}, says: {milk: false}, sure: likely, because: x}
  - {id: else-home, names: {file: bed}, says: {where: home, milk: true}, sure: likely, if-open: true, because: x}
  - {id: perhaps, names: {heading: cups}, says: {cups: 3}, sure: possible, because: x}
"""


@pytest.fixture
def inferred(folder):
    pack = folder.load({"signs.yaml": SIGNS})

    def answers(*clues):
        return infer([each if isinstance(each, Clue) else clue(*each) for each in clues], pack)

    return answers


def clue(kind, name, file="x", versions=(), files=1, aside=False):
    return Clue(kind, name, Place(file, 1), versions, files, aside)


def test_one_answer_is_as_sure_as_its_surest_clue(inferred):
    found = inferred(("import", "late.a"), ("package", "late-x", "y", ("2.1",)))
    assert (found["hour"].answer, found["hour"].sure) == ("late", "certain")
    assert found["hour"].indications[0].sign == "surely-late"
    assert found["milk"].answer is True


def test_two_that_disagree_leave_it_open(inferred):
    found = inferred(("import", "late"), ("import", "early"))["hour"]
    assert (found.answer, found.contradictory) == (None, True)
    assert [each.answer for each in found.indications] == ["early", "late"]


def test_what_is_certain_stands_against_what_is_likely(inferred):
    assert inferred(("import", "early"), ("package", "late", "y", ("2",)))["hour"].answer == "late"


def test_several_answers_stand_together_but_not_with_none(inferred):
    assert inferred(("file", "home", "a/home"), ("file", "nowhere"))["where"].contradictory
    assert inferred(("file", "nowhere"))["where"].answer == frozenset()


def test_what_stands_aside_replaces_only_what_stands_aside(inferred):
    def places(beside):
        clues = [clue("file", "home", "a/home", aside=beside), clue("file", "work", aside=True)]
        return inferred(*clues)["where"].answer

    assert places(True) == frozenset({"work"})
    assert places(False) == frozenset({"home"})


def test_a_sign_that_is_if_open_counts_only_where_no_other_answers(inferred):
    assert inferred(("file", "bed"))["where"].answer == frozenset({"home"})
    found = inferred(("file", "bed"), ("file", "work"))
    assert found["where"].answer == frozenset({"work"})
    assert found["milk"].answer is True
    aside = inferred(("file", "bed"), ("file", "work", "x", (), 1, True))
    assert aside["where"].answer == frozenset({"home"})  # what only tests do closes nothing
    assert inferred(clue("file", "bed", aside=True)) == {}  # nor does a file in examples open it


def test_an_answer_is_replaced_where_a_sign_says_so(inferred):
    assert inferred(("file", "home", "a/home"), ("file", "work"))["where"].answer == {"work"}
    aside = inferred(("file", "home", "a/home"), ("file", "work", "x", (), 1, True))["where"]
    assert aside.answer == {"home"}


def test_a_sign_can_ask_for_a_folder_or_a_version(inferred):
    assert inferred(("file", "home", "b/home")) == {}
    assert inferred(("package", "late", "x", ("1", "2"))) == {}
    assert inferred(("package", "late")) == {}


def test_what_is_only_possible_answers_nothing(inferred):
    found = inferred(("heading", "cups"))["cups"]
    assert (found.answer, found.sure, found.contradictory) == (None, "possible", False)


def test_what_few_files_show_is_only_possible(inferred):
    found = inferred(("import", "late", "x", (), 100), ("import", "early", "x", (), 9))["hour"]
    assert found.answer == "late"
    assert inferred(("import", "late", "x", (), 100), ("import", "early", "x", (), 10))[
        "hour"
    ].contradictory


def test_a_sign_can_ask_for_what_is_there_too_and_for_what_is_not(inferred):
    assert inferred(("use", "cup")) == {}
    assert inferred(("use", "cup"), ("use", "tea"), ("package", "milk-jug")) == {}
    found = inferred(("use", "cup"), ("use", "cup.big"), ("use", "tea.green"))["milk"]
    assert found.answer is False
    assert [each.clue.name for each in found.indications] == ["cup"]  # one place is enough
