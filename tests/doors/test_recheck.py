"""`recheck` says whether a recorded decision still holds, and what moved it where it does not."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from recommender.cli import run
from recommender.projects.records import RecordError, read_record

from .command import recommender

TOY = "tests/toy/rules"
OWL = "tests/toy/examples/night-owl.yaml"


@pytest.fixture(params=["adr", "json"])
def record(request, tmp_path):
    path = tmp_path / f"decision.{request.param}"
    code = run(
        [
            "score",
            OWL,
            "--rules",
            TOY,
            "--format",
            request.param,
            "--lang",
            "en",
            "--samples",
            "50",
            "--output",
            str(path),
        ]
    )
    assert code == 0
    return path


def changed_pack(tmp_path, old, new):
    """Copy the toy pack with one thing changed."""
    folder = tmp_path / "changed" / "rules"
    shutil.copytree("tests/toy", folder.parent)
    for path in folder.rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    return str(folder)


def recheck(path, rules=TOY, *more):
    return run(["recheck", str(path), "--rules", rules, "--lang", "en", *more])


def test_a_decision_that_holds(record, capsys):
    assert recheck(record) == 0
    assert "night-owl: still so: Tea, clearly." in capsys.readouterr().out


def test_a_decision_that_a_rule_has_moved(record, tmp_path, capsys):
    rules = changed_pack(tmp_path, "tea: 1, coffee: 0.1", "tea: 0, coffee: 1")
    assert recheck(record, rules) == 1
    said = capsys.readouterr().out
    assert "night-owl: no longer so. Recorded: Tea, clearly; now: Coffee, clearly." in said
    assert "evenings-want-calm: gave Tea +28.8 over Coffee, gives −32 now." in " ".join(
        said.split()
    )


def test_a_decision_that_an_exclusion_has_moved(record, tmp_path, capsys):
    rules = changed_pack(tmp_path, "when: {no-kettle: true}", "when: {no-kettle: false}")
    assert recheck(record, rules) == 1
    assert "Tea is excluded now: tea-needs-a-kettle." in capsys.readouterr().out


def test_an_answer_that_is_no_longer_asked_for_is_told(record, tmp_path, capsys):
    old = "  - {id: sugar, ask: How sweet do you like it?, type: scale}"
    rules = changed_pack(tmp_path, old, old.replace("scale", "flag"))
    rules_text = "at_least: 4"
    for path in (tmp_path / "changed").rglob("comfort.yaml"):
        path.write_text(path.read_text("utf-8").replace("{" + rules_text + "}", "true"), "utf-8")
    assert recheck(record, rules) == 0
    assert "no longer takes" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "holds no decision record"),
        ("[1, 2]", "holds no decision record"),
        ('{"kind": "decision-record", "schema": 99}', "schema 99"),
        ('{"kind": "decision-record", "schema": 1}', "has no `answers`"),
        (
            '```json\n{"kind": "decision-record", "schema": 1, "lens": 3}\n```',
            "`lens` is not a text",
        ),
        ("[" * 100_000, "holds no decision record"),
        ('{"kind": "decision-record", "sch', "was it cut off?"),
        ('[{"kind": "recommendation"},\n', "was it cut off?"),
        ('# Tea\n\n```json\n{"kind": "decision-', "was it cut off?"),
        ("[a link](x) in a text", "holds no decision record"),
    ],
)
def test_what_is_no_record_is_said_plainly(text, says, tmp_path, capsys):
    path = tmp_path / "record.md"
    path.write_text(text, "utf-8")
    assert recheck(path) == 3
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"best": "tea"', '"best": "coffee"'),
        ('"best": "tea"', '"best": null'),
        ('"leaders": ["tea"]', '"leaders": []'),
        ('"leaders": ["tea"]', '"leaders": ["coffee"]'),
    ],
)
def test_a_record_that_contradicts_itself(old, new, record, capsys):
    text = record.read_text("utf-8")
    assert old in text
    record.write_text(text.replace(old, new, 1), "utf-8")
    assert recheck(record) == 3
    assert "does not agree" in capsys.readouterr().err


def test_standard_input_is_a_record_too(record):
    ran = recommender("recheck", "-", "--rules", TOY, stdin=record.read_text("utf-8"))
    assert ran.code == 0
    assert "still so" in ran.out


def test_it_speaks_json(record, tmp_path):
    same = recommender("recheck", record, "--rules", TOY, "--format", "json")
    told = json.loads(same.out)
    assert (same.code, told["kind"], told["same"], told["moved"]) == (0, "recheck", True, [])
    rules = changed_pack(tmp_path, "tea: 1, coffee: 0.1", "tea: 0, coffee: 1")
    other = recommender("recheck", record, "--rules", rules, "--format", "json")
    told = json.loads(other.out)
    assert (other.code, told["same"]) == (1, False)
    assert (told["recorded"]["best"], told["now"]["best"]) == ("tea", "coffee")
    assert told["moved"][0]["rule"] == "evenings-want-calm"


def test_a_list_of_records_is_rechecked_one_by_one(tmp_path):
    early = "tests/toy/examples/early-bird.yaml"
    listed = recommender("score", "--rules", TOY, "--format", "json", early, OWL).out
    ran = recommender("recheck", "-", "--rules", TOY, "--format", "json", stdin=listed)
    assert (ran.code, [each["same"] for each in json.loads(ran.out)]) == (0, [True, True])
    broken = json.dumps([{"kind": "error"}, *json.loads(listed)])
    ran = recommender("recheck", "-", "--rules", TOY, stdin=broken)
    assert (ran.code, ran.out.count("still so")) == (3, 2)
    assert "(entry 1): is no decision record" in ran.err


def test_every_record_of_a_markdown_file_is_rechecked(tmp_path):
    early, path = "tests/toy/examples/early-bird.yaml", tmp_path / "two.md"
    assert (
        recommender("score", "--rules", TOY, "--format", "adr", "--output", path, early, OWL).code
        == 0
    )
    ran = recommender("recheck", path, "--rules", TOY)
    assert (ran.code, ran.out.count("still so")) == (0, 2)
    text = path.read_text("utf-8")
    rules = changed_pack(tmp_path, "tea: 1, coffee: 0.1", "tea: 0, coffee: 1")
    ran = recommender("recheck", path, "--rules", rules)
    assert (ran.code, ran.out.count("no longer so")) == (1, 1)
    for broken, entry in ((text[:-200], 2), (text.replace('"kind"', '"kind', 1), 1)):
        path.write_text(broken, "utf-8")
        ran = recommender("recheck", path, "--rules", TOY)
        assert (ran.code, ran.out.count("still so")) == (3, 1)
        assert f"(entry {entry}): is not whole JSON; was it cut off?" in ran.err


def test_several_records_are_not_read_as_one():
    found = recommender(
        "score", "--rules", TOY, "--format", "adr", "tests/toy/examples/early-bird.yaml", OWL
    )
    with pytest.raises(RecordError, match="holds 2 decision records; give one of them"):
        read_record(found.out, "record")


def test_another_day_is_named(record, capsys):
    assert recheck(record, TOY, "--as-of", "2036-01-01") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "judged at 2026-11-23 when it was recorded, at 2036-01-01 now" in said
    assert "The pack is the one that was used" not in said
    assert "moved it" not in said


def test_one_record_twice_is_refused(record):
    assert recheck(record, TOY, str(record)) == 2


def test_a_missing_record(tmp_path, capsys):
    assert recheck(tmp_path / "none.md") == 3
    assert "cannot be read" in capsys.readouterr().err


def test_a_record_with_a_candidate_of_another_pack(record, tmp_path, capsys):
    text = record.read_text("utf-8").replace('"scores": {', '"scores": {"cocoa": 1, ', 1)
    record.write_text(text, "utf-8")
    assert recheck(record) == 3
    assert "--with cocoa" in capsys.readouterr().err
    assert recheck(record, TOY, "--with", "cocoa") == 0


def test_a_record_that_was_made_with_an_overlay_asks_for_it(tmp_path, capsys):
    record, overlay = tmp_path / "decision.md", tmp_path / "ours"
    overlay.mkdir()
    (overlay / "more.yaml").write_text("reweigh: {comfort: 9}\n", "utf-8")
    score = ["score", OWL, "--rules", TOY, "--rules", str(overlay), "--samples", "0"]
    for how in ("adr", "json"):
        assert run([*score, "--format", how, "--output", str(record), "--force"]) == 0
        assert recheck(record) == 3
        told = capsys.readouterr().err
        assert "was made with the overlay ours, which is not there now; give its folder" in told
        assert recheck(record, TOY, "--rules", str(overlay)) == 0


def test_compare_adds_up(capsys):
    files = ["tests/toy/examples/early-bird.yaml", OWL]
    assert run(["compare", *files, "--rules", TOY, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    one, other = (
        each["scores"][found["first"]] - each["scores"][found["rival"]]
        for each in found["projects"]
    )
    assert sum(each["one"] - each["other"] for each in found["partings"]) == one - other
    assert not found["same"]


@pytest.mark.parametrize(("language", "says"), [("en", "advised differently"), ("zh", "Tea")])
def test_compare_tells_it(language, says, capsys):
    files = ["tests/toy/examples/early-bird.yaml", OWL]
    assert run(["compare", *files, "--rules", TOY, "--lang", language]) == 0
    said = capsys.readouterr().out
    assert says in said
    assert "evenings-want-calm" in said


def test_compare_refuses_what_it_does_not_know(capsys):
    files = ["tests/toy/examples/early-bird.yaml", OWL]
    assert run(["compare", *files, "--rules", TOY, "--lens", "measured"]) == 2
    assert run(["compare", *files, "--rules", TOY, "--format", "html"]) == 2


def test_compare_refuses_the_same_file_twice(capsys):
    assert run(["compare", OWL, f"./{OWL}", "--rules", TOY]) == 2
    assert "given twice" in capsys.readouterr().err


def test_compare_says_which_question_an_answer_rules_in(tmp_path, capsys):
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text("answers: {hour: evening, milk: true}", "utf-8")
    other.write_text("answers: {hour: evening, milk: false}", "utf-8")
    assert run(["compare", str(one), str(other), "--rules", TOY, "--lang", "en"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "This decides whether to ask “Is it oat milk?”." in said
    assert "This moved no rule." not in said


def test_a_record_of_the_old_questions_is_read_and_says_so(record, tmp_path, capsys):
    asked = "{id: hour, ask: When will you drink it?"
    rules = changed_pack(tmp_path, asked, f"{{id: time, formerly: {{ids: [hour]}}, {asked[11:]}")
    for path in (tmp_path / "changed" / "rules").rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("{hour:", "{time:"), "utf-8")
    assert recheck(record, rules) == 0
    told = capsys.readouterr().out
    assert "still so: Tea, clearly." in told
    assert "“hour: evening” is read as “time: evening”." in told
    assert recheck(record, rules, "--format", "json") == 0
    (reading,) = json.loads(capsys.readouterr().out)["readings"]
    assert (reading["key"], reading["question"]) == ("hour", "time")


def told_by(path, rules, capsys):
    code = recheck(path, rules, "--format", "json")
    return code, json.loads(capsys.readouterr().out)


POPULATION = """\
population:
  - {id: late, source: https://example.org/late, answers: {hour: evening, cups: 9, milk: false}}
  - {id: later, source: https://example.org/later, answers: {hour: evening, cups: 8, milk: true}}
calibration:
  - {support: 0.5, probability: 0.5}
  - {support: 1, probability: 0.9}
"""
"""Reference projects that turn no rule of the toy pack, and what support is worth among them."""


def with_population(tmp_path):
    rules = changed_pack(tmp_path, "no such text", "")
    (tmp_path / "changed" / "rules" / "population.yaml").write_text(POPULATION, "utf-8")
    return rules


def test_what_changed_is_told_apart(record, tmp_path, capsys):
    assert told_by(record, TOY, capsys)[1]["changed"] == []
    rules = changed_pack(tmp_path, "tea: 1, coffee: 0.1", "tea: 0, coffee: 1")
    assert told_by(record, rules, capsys)[1]["changed"] == ["rules"]
    assert recheck(record, rules) == 1
    assert "bears on this project: the rules." in " ".join(capsys.readouterr().out.split())


def test_an_edited_record_is_no_change_of_the_rules(record, capsys):
    record.write_text(record.read_text("utf-8").replace('"evening"', '"morning"'), "utf-8")
    recheck(record, TOY)
    told = " ".join(capsys.readouterr().out.split())
    assert "The pack is the one that was used" in told
    assert "By the same rules its answers give other points than it holds: it was edited" in told
    assert "What changed" not in told


def test_a_rule_that_earns_nothing_here_is_no_change(record, tmp_path, capsys):
    rules = changed_pack(tmp_path, "title: Tea or coffee", "title: Coffee or tea")
    assert told_by(record, rules, capsys)[1]["changed"] == []
    recheck(record, rules)
    assert "Nothing that changed bears on this project." in capsys.readouterr().out


def test_another_population_or_calibration_is_named(record, tmp_path, capsys):
    code, told = told_by(record, with_population(tmp_path), capsys)
    assert "population" in told["changed"]
    assert not {"project", "rules"} & {*told["changed"]}
    assert (code, told["same"]) == (0, True)


def without_digests(path):
    text = re.sub(r',\s*"population_digest": "\w*"', "", path.read_text("utf-8"))
    path.write_text(re.sub(r',\s*"thresholds": \{[^}]*\}', "", text), "utf-8")
    assert "population_digest" not in text


def test_an_older_record_tells_a_population_by_its_figures(record, tmp_path, capsys):
    without_digests(record)
    assert told_by(record, TOY, capsys)[1]["changed"] == []
    assert "population" in told_by(record, with_population(tmp_path), capsys)[1]["changed"]


@pytest.mark.parametrize("older", [False, True])
def test_a_new_outcome_rule_never_counts_as_changed_advice(older, tmp_path, capsys):
    project, record = tmp_path / "project.yaml", tmp_path / "decision.json"
    project.write_text("answers: {hour: evening, no-kettle: false}\n", "utf-8")
    run(["score", str(project), "--rules", TOY, "--format", "json", "--output", str(record)])
    if older:
        without_digests(record)
    strict = "thresholds: {known: 0.6, either: 0.8, decided: 0.2, clear: 1}"
    rules = changed_pack(tmp_path, "  targets: place", f"  {strict}\n  targets: place")
    capsys.readouterr()
    code, told = told_by(record, rules, capsys)
    assert (told["recorded"]["outcome"], told["now"]["outcome"]) == ("clear", "close")
    assert (code, told["same"], told["changed"]) == (0, True, ["outcome"])


def test_what_is_known_of_the_project_is_named(record, tmp_path, capsys):
    asked = "{id: hour, ask: When will you drink it?"
    rules = changed_pack(tmp_path, asked, f"{{id: time, formerly: {{ids: [hour]}}, {asked[11:]}")
    for path in (tmp_path / "changed" / "rules").rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("{hour:", "{time:"), "utf-8")
    assert told_by(record, rules, capsys)[1]["changed"] == ["project"]


def test_two_projects_of_one_name_are_called_by_their_files(tmp_path, capsys):
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    for path, hour in ((one, "morning"), (other, "evening")):
        path.write_text(f"name: same\nanswers: {{hour: {hour}}}\n", "utf-8")
    assert run(["compare", str(one), str(other), "--rules", TOY, "--format", "json"]) == 0
    names = [each["name"] for each in json.loads(capsys.readouterr().out)["projects"]]
    assert names == [str(one), str(other)]
