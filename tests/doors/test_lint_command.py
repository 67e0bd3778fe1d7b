"""The command `lint`: what people, editors and pipelines read, and that nothing crashes it."""

import json
import random
import shutil
from pathlib import Path

import pytest

from recommender.authoring.lint import lint
from recommender.authoring.lint._formats import FORMATS
from recommender.authoring.lint._page import page
from recommender.cli import run
from recommender.loading.yaml_text import read_text

ROOT = Path(__file__).parents[2]
TOY = ROOT / "tests/toy"


def copied(folder):
    shutil.copytree(TOY / "rules", folder / "rules")
    shutil.copytree(TOY / "examples", folder / "examples")
    return folder / "rules"


@pytest.fixture
def here(tmp_path, monkeypatch):
    copied(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("recommender.cli.lint.known_checks", lambda: frozenset({"taste"}))
    return tmp_path


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_findings_as_they_are_read(form, here, capsys, golden):
    assert run(["lint", "rules", "--format", form]) == 1
    golden(f"lint/toy.{form}", capsys.readouterr().out)


def test_sarif_names_every_rule_and_place(here, capsys):
    assert run(["lint", "rules", "--format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    (only,) = log["runs"]
    assert log["version"] == "2.1.0"
    ids = {rule["id"] for rule in only["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in only["results"]} <= ids
    location = only["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "rules/candidates/cocoa.yaml"
    assert location["region"]["startLine"] > 0


def test_a_pack_that_does_not_load_is_told_like_any_finding(here, capsys, golden):
    Path("rules/broken.yaml").write_text("rules:\n  - {id: Tea First, critreion: comfort}\n")
    assert run(["lint", "rules"]) == 1
    golden("lint/broken.text", capsys.readouterr().out)


def test_fix_mends_and_looks_again(here, capsys):
    path = Path("rules/criteria/comfort.yaml")
    path.write_text(path.read_text().replace("hour: evening", "hour: [evening]"))
    before = path.read_text()
    run(["lint", "rules", "--fix"])
    assert "mended rules/criteria/comfort.yaml" in capsys.readouterr().err
    assert path.read_text() == before.replace("hour: [evening]", "hour: evening")


def test_the_page_is_what_the_members_say(request):
    path = ROOT / "docs/lint.md"
    if request.config.getoption("--update-golden"):
        path.write_text(page(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page(), "run pytest --update-golden"


JUNK = [
    None, True, 0, -1, 11, 1e308, 0.333, 10**20, float("nan"), "", "unknown", "none", "any", "not",
    "tea", "hour", "milk", "2026-11-23", "x" * 3000, "é", "no", "12:30", [], {}, [[]], [None],
    {"includes": []}, {"includes": "home"}, {"at_least": 3}, {"at_least": "x"},
    {"not": {"not": {"not": "x"}}}, {"any": []}, {"any": [{}]}, {"all": {}}, ["a", "b"], {"a": 1},
    {"": ""}, [1, [2, {"x": []}]], "*", "&a", "..", "\u0000", "\u2028",
]  # fmt: skip


def spread(value, path=()):
    yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from spread(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from spread(each, (*path, index))


def put(value, path, new):
    if not path:
        return new
    inner = value
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = new
    return value


def spoil(rules, rng):
    """Change some values of a pack at random, and sometimes some bytes."""
    for _ in range(rng.choice([1, 1, 2, 5])):
        path = rng.choice(sorted(rules.rglob("*.yaml")))
        data = json.loads(json.dumps(read_text(path.read_bytes(), "x", [])))
        paths = list(spread(data))
        text = json.dumps(
            put(data, rng.choice(paths), rng.choice(JUNK)), ensure_ascii=rng.random() < 0.5
        )
        raw = bytearray(text.encode())
        for _ in range(rng.choice([0, 0, 0, 4])):
            at = rng.randrange(len(raw) or 1)
            raw[at : at + rng.randint(0, 9)] = bytes([rng.randrange(256)])
        path.write_bytes(bytes(raw))


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 20))]
)
def test_whatever_is_in_the_files_there_is_a_diagnosis(seed, tmp_path):
    rng = random.Random(seed)
    for number in range(50):
        rules = copied(tmp_path / str(number))
        spoil(rules, rng)
        findings = lint(rules, checks={"taste", "brew"})
        for form in FORMATS.values():
            assert isinstance(form(findings), str)
        shutil.rmtree(rules.parent)


@pytest.mark.parametrize(
    "text",
    ["", "{", "- a\n- b", "pack: 1", "pack: {}", "a: &x [*x]", "!!python/object:os.system {}", "\t", "%YAML 9.9\n---\n",
     "pack: {id: x", "? [a]\n: b", "rules: rules", "criteria: [[[[", "---\na: 1\n---\nb: 2", "\x00", "nav:\n  - index.md"],
)  # fmt: skip
def test_foreign_files_get_a_diagnosis(text, tmp_path):
    (tmp_path / "foreign.yaml").write_text(text)
    findings = lint(tmp_path)
    assert findings
    assert {finding.code for finding in findings} == {"P000"}


def test_bytes_that_are_no_text_get_a_diagnosis(tmp_path):
    (tmp_path / "picture.yaml").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    assert [finding.code for finding in lint(tmp_path)] == ["P000"]
