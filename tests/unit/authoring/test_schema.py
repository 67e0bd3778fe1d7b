"""The schemas accept what the loader accepts, refuse what it refuses, and are valid themselves."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from recommender.authoring.schema import pack_schema, project_schema, report_schema
from recommender.cli import run
from recommender.loading import load_pack, load_profile
from recommender.loading.yaml_text import read_text
from recommender.nouns.errors import RecommenderError
from recommender.probe.report import compose
from recommender.probe.verdict import VERDICTS

jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(__file__).parents[3]
PACK_FILES = [
    *sorted(ROOT.glob("rules/**/*.yaml")),
    *sorted(ROOT.glob("tests/toy/rules/**/*.yaml")),
]


def plain(text):
    return json.loads(json.dumps(read_text(text, "x", [])))


@pytest.fixture(scope="module")
def pack():
    return jsonschema.Draft202012Validator(pack_schema())


@pytest.fixture(scope="module")
def project():
    return jsonschema.Draft202012Validator(project_schema(load_pack()))


def test_the_schemas_are_schemas(toy):
    for schema in (pack_schema(), project_schema(toy), report_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("path", PACK_FILES, ids=lambda p: "/".join(p.parts[-3:]))
def test_every_file_of_a_pack_that_loads_is_valid(path, pack):
    assert [e.message for e in pack.iter_errors(plain(path.read_bytes()))] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/*.yaml")), ids=lambda p: p.name)
def test_every_example_project_is_valid(path, project):
    assert [e.message for e in project.iter_errors(plain(path.read_bytes()))] == []


RULE = "rules: [{{id: a, criterion: b, weight: 1, because: C., {}}}]"


@pytest.mark.parametrize(
    "text",
    [
        "rule: []",
        RULE.format("wen: {a: b}"),
        RULE.format("when: [a]"),
        RULE.format("when: {a: {at_most: many}}"),
        RULE.format("when: {a: {include: b}}"),
        RULE.format("when: {any: {a: b}}"),
        RULE.format("when: {a: {not: {}}}"),
        RULE.format("favors: {A: 1}"),
        RULE.format("favors: {a: 2}"),
        RULE.format("source: {title: T}"),
        RULE.format("tests: [{given: {}, expect: maybe}]"),
        "rules: [{id: a, criterion: b, weight: 0, because: C.}]",
        "{}",
    ],
)
def test_what_a_pack_may_not_say_is_refused(text, pack):
    assert not pack.is_valid(plain(text))


@pytest.mark.parametrize(
    "when",
    [
        "{a: b}", "{a: [b, 1]}", "{a: true}", "{a: none}", "{a: {includes: b}}",
        "{a: {not: {includes_all: [b, c]}}}", "{any: [{a: b}, {not: {c: {at_least: 2.5}}}]}",
        "{all: [{any: [{a: b}]}], d: 1}",
    ],
)  # fmt: skip
def test_what_a_condition_may_say_is_accepted(when, pack):
    assert pack.is_valid(plain(RULE.format(f"when: {when}")))


PROJECTS = [
    "answers: {}",
    "answers: {goal: research}",
    "answers: {goal: [research]}",
    "answers: {goal: [research, product]}",
    "answers: {goal: unknown, targets: none, debugging: 5}",
    "answers: {targets: [android, ios], hardware: nvidia, visualisation: true}",
    "answers: {targets: []}",
    "answers: {targets: [none]}",
    "answers: {targets: [unknown]}",
    "answers: {targets: null, debugging: unknown}",
    "answers: {targets: [none, ios]}",
    "answers: {targets: [ios, ios]}",
    "answers: {gaol: research}",
    "answers: {goal: profit}",
    "answers: {debugging: 6}",
    "answers: {debugging: 2.5}",
    "answers: {visualisation: 1}",
    "answers: {maintenance-years: 2.5}",
    "answers: {maintenance-years: long}",
    "answers: {maintenance-years: 0}",
    "answers: {maintenance-years: -3}",
    "schema: 2\nanswers: {}",
    "schema: 1\nname: x\nnotes: y\nx-ticket: 3\nanswers: {}\nweights: {research: 10}",
    "answers: {}\nweights: {research: 11}",
    "answers: {}\nweights: {reserch: 1}",
    "answers: {}\nticket: 3",
    "name: x",
    "answers: [goal]",
]


@pytest.mark.parametrize("text", PROJECTS)
def test_schema_and_loader_agree_on_projects(text, project):
    data = plain(text)
    try:
        load_profile(data, load_pack())
        loads = True
    except RecommenderError:
        loads = False
    assert project.is_valid(data) is loads


def test_questions_explain_themselves(toy):
    place = project_schema(toy)["properties"]["answers"]["properties"]["place"]
    assert place["title"] == "Where will you drink it?"
    assert "train: On the train" in place["description"]
    assert "none: Nowhere yet" in place["description"]


def test_a_report_is_described():
    validator = jsonschema.Draft202012Validator(report_schema())
    seen = {"check": "import", "candidate": "tea", "verdict": "confirmed", "status": "pass"}
    report = {"schema": 1, "kind": "probe-report", "observations": [seen]}
    assert validator.is_valid(report)
    assert not validator.is_valid({**report, "schema": 2})
    assert not validator.is_valid({**report, "observations": [{**seen, "verdict": "maybe"}]})


def test_what_the_probe_writes_is_valid():
    report = json.loads(json.dumps(compose("quick", {"os": "Linux"}, {}, {}, [])))
    assert [
        e.message for e in jsonschema.Draft202012Validator(report_schema()).iter_errors(report)
    ] == []


def test_every_status_of_the_probe_is_known():
    row = report_schema()["properties"]["observations"]["items"]["properties"]
    assert set(row["status"]["enum"]) == set(VERDICTS)


@pytest.mark.parametrize("what", ["pack", "project", "report"])
def test_the_schemas_as_they_are_published(what, capsys, golden):
    assert run(["schema", what, "--rules", "tests/toy/rules"]) == 0
    golden(f"schema/{what}.json", capsys.readouterr().out)


def test_a_file_is_written_once(tmp_path):
    path = tmp_path / "pack.schema.json"
    assert run(["schema", "pack", "--output", str(path)]) == 0
    assert json.loads(path.read_text())["$schema"].endswith("2020-12/schema")
    assert run(["schema", "pack", "--output", str(path)]) == 3
    assert run(["schema", "pack", "--output", str(path), "--force"]) == 0


@pytest.mark.parametrize(
    ("what", "files"), [("pack", PACK_FILES), ("project", sorted(ROOT.glob("examples/*.yaml")))]
)
def test_check_jsonschema_accepts_them(what, files, tmp_path):
    program = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.skip("check-jsonschema is not installed")
    schema = tmp_path / "schema.json"
    assert run(["schema", what, "--output", str(schema)]) == 0
    ran = subprocess.run(
        [program, "--schemafile", schema, *files], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_what_was_written_for_the_old_questions_is_valid():
    schema = project_schema(load_pack(overlays=["examples/my-org-rules"]))
    project = jsonschema.Draft202012Validator(schema)
    for answer in ("{harbour-night: supplier}", "{harbour-on-call: vendor}"):
        assert project.is_valid(plain(f"answers: {answer}"))
    assert schema["properties"]["answers"]["properties"]["harbour-night"]["deprecated"]
