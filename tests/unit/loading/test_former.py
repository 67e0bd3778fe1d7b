"""Questions and choices that changed: what was written for them is read as what they are now."""

from __future__ import annotations

import pytest

from recommender import ProfileError, load_profile
from recommender.loading import read_profile
from tests.unit.conftest import rule

QUESTIONS = """\
questions:
  - id: hour
    ask: When?
    type: choice
    choices: {early: Early, late: Late}
    formerly: {ids: [time, o-clock], choices: {dawn: early, "true": late}}
  - id: where
    ask: Where?
    type: many
    choices: {home: At home, work: At work}
    formerly: {ids: [place], choices: {both: [home, work], nowhere: none}}
  - {id: sweet, ask: How sweet?, type: scale, when: {where: {includes: home}}, formerly: {ids: [sugar]}}
"""
RULE = rule(when="{hour: early}")


@pytest.fixture
def pack(folder):
    return folder.load({"questions.yaml": QUESTIONS, "rules.yaml": RULE})


def lines(profile):
    return [(each.question, each.written, each.read) for each in profile.readings]


@pytest.mark.parametrize(
    ("written", "answer", "line"),
    [
        ("{time: early}", {"hour": "early"}, ("hour", "time: early", "hour: early")),
        ("{o-clock: dawn}", {"hour": "early"}, ("hour", "o-clock: dawn", "hour: early")),
        ("{hour: dawn}", {"hour": "early"}, ("hour", "hour: dawn", "hour: early")),
        ("{hour: Dawn}", {"hour": "early"}, ("hour", "hour: Dawn", "hour: early")),
        ("{hour: [dawn]}", {"hour": "early"}, ("hour", "hour: [dawn]", "hour: early")),
        ("{hour: true}", {"hour": "late"}, ("hour", "hour: true", "hour: late")),
        ("{where: home}", {"where": {"home"}}, ("where", "where: home", "where: [home]")),
        ("{where: both}", {"where": {"home", "work"}}, ("where", "where: both", "where: [home, work]")),
        ("{where: [work, both]}", {"where": {"home", "work"}}, ("where", "where: [work, both]", "where: [home, work]")),
        ("{where: nowhere}", {"where": set()}, ("where", "where: nowhere", "where: none")),
        ("{place: none}", {"where": set()}, ("where", "place: none", "where: none")),
        # A list that somebody left empty for later is an answer all the same, which they are told.
        ("{where: []}", {"where": set()}, ("where", "where: []", "where: none")),
    ],
)  # fmt: skip
def test_what_was_written_for_the_old_questions_is_read_and_told(pack, written, answer, line):
    profile = read_profile(f"answers: {written}", "p.yaml", pack)
    assert dict(profile.answers) == answer
    assert lines(profile) == [line]


@pytest.mark.parametrize(
    "written",
    ["{hour: early}", "{hour: [early]}", "{where: [home]}", "{where: none}",
     "{time: unknown}", "{place: }", "{}"],
)  # fmt: skip
def test_nothing_is_told_of_what_is_read_as_it_stands(pack, written):
    assert read_profile(f"answers: {written}", "p.yaml", pack).readings == ()


def test_the_place_of_an_answer_is_that_of_its_old_key(pack):
    profile = read_profile("answers:\n  time: early\n  where: home\n", "p.yaml", pack)
    assert (profile.places["hour"].line, profile.places["where"].line) == (2, 3)


def test_another_answer_keeps_the_readings(pack):
    profile = load_profile({"answers": {"time": "early"}}, pack)
    assert profile.answering({"where": None}).readings == profile.readings


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{time: early, hour: late}", "`time` and `hour` are one question now; answer `hour` alone"),
        ("{time: early, o-clock: early}", "`time` and `o-clock` are one question now; answer `hour` alone"),
        ("{time: noon}", "`hour` has no answer `noon`; one of: early, late, unknown"),
        ("{place: nowhere, sugar: 2}", "`sugar` does not apply here, because of `place` (p.yaml:1); remove it, or change the answer that rules it out"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_the_words_that_were_written(pack, written, says):
    with pytest.raises(ProfileError) as caught:
        read_profile(f"answers: {written}", "p.yaml", pack)
    assert [str(each) for each in caught.value.faults] == [f"p.yaml:1: {says}"]


@pytest.mark.parametrize(
    ("formerly", "says"),
    [
        ("{choices: {early: late}}", "`early` is an answer of `hour` still; leave it out of `formerly`"),
        ("{choices: {unknown: late}}", "`unknown` is an answer of `hour` still; leave it out of `formerly`"),
        ("{choices: {dawn: noon}}", "`hour` has no answer `noon`; one of: early, late, unknown"),
        ("{choices: {dawn: [early, late]}}", "`hour` takes one answer; choose the one that fits best, or write unknown"),
        ("{ids: [milk]}", "`milk` cannot be a former id of `hour`; it belongs to the question at rules/more.yaml:2"),
        ("{ids: [hour]}", "`hour` cannot be a former id of `hour`; it belongs to the question at rules/questions.yaml:2"),
        ("{ids: [lactose]}", "`lactose` cannot be a former id of `hour`; it belongs to the question at rules/more.yaml:2"),
    ],
)  # fmt: skip
def test_a_clash_is_refused(folder, formerly, says):
    questions = (
        "questions:\n  - {id: hour, ask: When?, type: choice, choices: {early: Early, late: Late}, "
    )
    more = "questions:\n  - {id: milk, ask: Milk?, type: flag, formerly: {ids: [lactose]}}\n"
    files = {"questions.yaml": f"{questions}formerly: {formerly}}}\n", "rules.yaml": RULE,
             "more.yaml": more,
             "pack.yaml": "pack: {id: small, schema: 1, version: 1.0.0, title: S, dated: 2026-11-23}\n"}  # fmt: skip
    assert [each.partition(": ")[2] for each in folder.faults(files)] == [says]


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("{time: early}", "no question `time`; it is `hour` now"),
        ("{hour: dawn}", "`hour` has no answer `dawn`; it is `early` now"),
        ("{where: {includes: both}}", "`where` has no answer `both`; it is `home`, `work` now"),
        ("{where: {includes: nowhere}}", "`where` has no answer `nowhere`; it is `none` now"),
    ],
)
def test_a_condition_on_what_was_is_refused_with_what_it_is_now(folder, when, says):
    files = {"questions.yaml": QUESTIONS, "rules.yaml": rule(when=when)}
    assert [each.partition(": ")[2] for each in folder.faults(files)] == [says]
