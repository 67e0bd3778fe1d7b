"""Other names of choices: one is read as the choice it belongs to; of a shared one the user is asked."""

from __future__ import annotations

import pytest

from recommender import ProfileError
from recommender.authoring.schema import project_schema
from recommender.loading import read_profile
from tests.unit.conftest import rule

QUESTIONS = """\
questions:
  - id: hour
    ask: When?
    type: choice
    choices: {early: Early, late: Late}
    also: {early: [Day-break, "6.5"], late: [night, "9.10"]}
  - id: where
    ask: Where?
    type: many
    choices: {home: At home, work: At work, train: On a train}
    also: {home: [flat, desk, c++], work: [office, desk], train: ["c#"]}
"""
RULE = rule(when="{hour: early}")


@pytest.fixture
def pack(folder):
    return folder.load({"questions.yaml": QUESTIONS, "rules.yaml": RULE})


@pytest.mark.parametrize(
    ("written", "answer", "read"),
    [
        ("{hour: night}", {"hour": "late"}, "hour: late"),
        ("{hour: day break}", {"hour": "early"}, "hour: early"),
        ("{hour: Late}", {"hour": "late"}, "hour: late"),
        ("{where: [HOME, Work]}", {"where": {"work", "home"}}, "where: [home, work]"),
        ("{where: None}", {"where": set()}, "where: none"),
        ("{hour: [DAYBREAK]}", {"hour": "early"}, "hour: early"),
        ("{hour: 6.5}", {"hour": "early"}, "hour: early"),
        ("{where: office}", {"where": {"work"}}, "where: [work]"),
        ("{where: [office, flat]}", {"where": {"work", "home"}}, "where: [home, work]"),
        ("{where: [flat, home]}", {"where": {"home"}}, "where: [home]"),
        ("{where: c#}", {"where": {"train"}}, "where: [train]"),
    ],
)
def test_another_name_of_one_choice_is_read_as_that_and_told(pack, written, answer, read):
    profile = read_profile(f"answers: {written}", "p.yaml", pack)
    assert dict(profile.answers) == answer
    assert [each.read for each in profile.readings] == [read]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("{where: desk}", "`where` has no answer `desk`; did you mean `home` or `work`?"),
        ("{where: [home, desk]}", "`where` has no answer `desk`; did you mean `home` or `work`?"),
        ("{where: zzz}", "`where` has no answer `zzz`; one of: home, work, train, none, unknown"),
        ("{where: [None, home]}", "`none` beside other answers to `where`; leave `none` out, or leave the others out"),
        ("{where: Home;Office}", "`where` has no answer `Home;Office`; write [Home, Office], in CSV Home;Office"),
        ("{where: my office2}", "`where` has no answer `my office2`; did you mean `work`?"),
        ("{where: desks}", "`where` has no answer `desks`; did you mean `home` or `work`?"),
        ("{hour: zzz}", "`hour` has no answer `zzz`; one of: early, late, unknown"),
        ("{hour: 9.10}", '`hour` has no answer `9.1`; write "9.10" in quotes if it is meant; without them it is the number 9.1'),
        ("{hour: 9.2}", "`hour` has no answer `9.2`; one of: early, late, unknown"),
    ],
)  # fmt: skip
def test_a_name_of_several_choices_is_asked_about_and_of_none_all_answers_are_told(
    pack, written, says
):
    with pytest.raises(ProfileError) as caught:
        read_profile(f"answers: {written}", "p.yaml", pack)
    assert [str(each) for each in caught.value.faults] == [f"p.yaml:1: {says}"]


def test_the_schema_for_editors_knows_the_names_of_one_choice(pack):
    several = project_schema(pack)["properties"]["answers"]["properties"]["where"]["anyOf"][0]
    assert several["items"]["enum"] == ["home", "work", "train", "c++", "flat", "office", "c#"]


def test_the_schema_takes_a_version_as_yaml_reads_it(pack):
    hour = project_schema(pack)["properties"]["answers"]["properties"]["hour"]["anyOf"][0]
    assert {"6.5", 6.5, "9.10"} < {*hour["enum"]}
    assert 9.1 not in hour["enum"]


@pytest.mark.parametrize(
    ("also", "says"),
    [
        ("{early: late}", "`late` is an answer of `hour` itself; leave it out of `also`"),
        ("{early: unknown}", "`unknown` is an answer of `hour` itself; leave it out of `also`"),
        ("{erly: night}", "no choice `erly`; did you mean `early`?"),
    ],
)
def test_names_that_are_answers_or_of_no_choice_are_refused(folder, also, says):
    questions = QUESTIONS.replace('{early: [Day-break, "6.5"], late: [night, "9.10"]}', also)
    found = folder.faults({"questions.yaml": questions, "rules.yaml": RULE})
    assert [each.partition(": ")[2] for each in found] == [says]


def test_a_condition_of_the_pack_takes_the_choice_alone(folder):
    files = {"questions.yaml": QUESTIONS, "rules.yaml": rule(when="{hour: night}")}
    told = [each.partition(": ")[2] for each in folder.faults(files)]
    assert told == ["`hour` has no answer `night`; did you mean `late`?"]
