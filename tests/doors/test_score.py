"""`recommender score`: every way to hand it a project, right and wrong."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from .command import ROOT, TOY, recommender, shell

OWL = "tests/toy/examples/night-owl.yaml"
BIRD = "tests/toy/examples/early-bird.yaml"


@pytest.fixture
def project(tmp_path):
    """Write a project file and return its path."""

    def write(text: str, name: str = "project.yaml") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def score(*args, **rest):
    return recommender("score", "--rules", TOY, *args, **rest)


def test_one_file_prints_an_object_and_several_a_list():
    one = json.loads(score("--format", "json", OWL).out)
    two = json.loads(score("--format", "json", OWL, BIRD).out)
    assert one["best"] == "tea"
    assert [each["name"] for each in two] == ["night-owl", "early-bird"]
    assert two[0] == one


def test_standard_input_works():
    ran = score("--format", "json", "-", stdin=(ROOT / OWL).read_text("utf-8"))
    told = json.loads(ran.out)
    assert (ran.code, told["best"], told["name"]) == (0, "tea", "night-owl")
    nameless = score("--format", "adr", "-", stdin="answers: {hour: morning}\n").out
    assert "what should this project build on?" in nameless
    assert "stdin" not in nameless


def test_text_names_the_winner_first():
    ran = score(OWL)
    assert ran.code == 0
    assert "Tea" in "\n".join(ran.out.splitlines()[:4])


def test_a_project_may_set_its_own_weights(project):
    path = project("answers: {hour: evening, sugar: 5}\nweights: {comfort: 0}\n")
    advice = json.loads(score("--format", "json", path).out)
    assert advice["lenses"]["today"]["ranking"]["scores"] == {"coffee": 0, "tea": 0}
    assert advice["lenses"]["today"]["ranking"]["weights"]["comfort"] == 0
    assert advice["weights"] == {"comfort": 0}


# -- exit codes -----------------------------------------------------------------------------------


def test_too_little_known_exits_5(project):
    assert score(project("answers: {place: [train]}")).code == 5


def test_no_survivor_exits_4(project, tmp_path):
    (tmp_path / "over").mkdir()
    (tmp_path / "over" / "c.yaml").write_text(
        "constraints:\n"
        "  - {id: nothing-works, when: {hour: evening}, vetoes: [tea, coffee], because: No water.}\n"
    )
    ran = score("--rules", str(tmp_path / "over"), OWL)
    assert ran.code == 4
    assert "No water." in ran.out


@pytest.mark.parametrize("lens", ["today", "document"])
def test_where_nothing_is_answered_code_outcome_and_headline_say_so(project, lens):
    ran = score("--format", "json", "--lens", lens, project("answers: {hour: unknown}"))
    told = json.loads(ran.out)
    assert (ran.code, told["outcome"]) == (5, "too-little-known")
    assert "nothing is answered yet. First answer: " in told["headline"]


def test_the_highest_code_of_several_files_is_returned(project):
    broken = project("answers: {hour: noon}")
    ran = score("--format", "json", OWL, broken, project("answers: {place: [train]}", "bare.yaml"))
    assert ran.code == 5
    kinds = [each["kind"] for each in json.loads(ran.out)]
    assert kinds == ["recommendation", "error", "recommendation"]
    assert "project.yaml:1" in ran.err


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_is_help(option):
    ran = recommender("score", option)
    assert ran.code == 0
    assert "--lens" in ran.out


# -- what goes wrong with a file ------------------------------------------------------------------

WRONG = {
    "empty file": ("", "is empty"),
    "a list": ("- a\n- b\n", "the top level is a list"),
    "a word": ("tea", "the top level is a single value"),
    "several documents": ("answers: {}\n---\nanswers: {}\n", "several documents"),
    "another question's value": ("answers: {hour: office}", "that answers `place`"),
    "duplicates": ("answers:\n  place: [home, home]", "`home` is listed twice"),
    "none beside others": ("answers:\n  place: [none, home]", "`none` beside other answers"),
    "unknown beside others": ("answers:\n  place: [unknown, home]", "`unknown` beside answers"),
    "near miss": ("answers: {huor: morning}", "did you mean `hour`?"),
    "near answer": ("answers: {hour: mornin}", "did you mean `morning`?"),
    "unknown key": ("answer: {hour: morning}\nanswers: {}", "did you mean `answers`?"),
    "own weight too large": ("answers: {}\nweights: {comfort: 11}", "must be from 0 to 10"),
    "own weight not whole": ("answers: {}\nweights: {comfort: 2.5}", "a whole number"),
    "own weight misspelt": ("answers: {}\nweights: {confort: 2}", "did you mean `comfort`?"),
    "all weights zero": (
        "answers: {}\nweights: {comfort: 0, alertness: 0, practice: 0}",
        "all weights are zero",
    ),
    "inapplicable": ("answers: {milk: false, oat-milk: true}", "`oat-milk` does not apply here"),
    "flag in quotes": ('answers: {milk: "true"}', "write it without the quotes"),
    "flag in words": ("answers: {milk: yes}", "did you mean `true`?"),
    "scale out of range": ("answers: {sugar: 6}", "from 0 to 5"),
    "schema of tomorrow": ("schema: 2\nanswers: {}", "write schema: 1"),
    "a rule file": ("rules: []\n", "not a project file"),
    "twice the same key": ("answers: {}\nanswers: {}\n", "written twice"),
    "bad yaml": ("answers: {hour: [}", "is not YAML"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_gets_one_clear_message(case, project):
    text, message = WRONG[case]
    path = project(text)
    ran = score(path)
    assert ran.code == 3
    assert ran.out == ""
    assert message in ran.err
    assert all(line.startswith(f"error: {path}") for line in ran.err.splitlines())


def test_all_faults_of_a_file_come_at_once_with_their_lines(project):
    path = project("answers:\n  huor: morning\n  sugar: nine\n  place: [home, moon]\nwieghts: {}\n")
    lines = score(path).err.splitlines()
    assert [line.split(": ")[1] for line in lines] == [f"{path}:{n}" for n in (2, 3, 4, 5)]


def test_an_alias_hides_no_other_fault(project):
    path = project("answers:\n  hour: &a noon\n  place: *a\n  huor: x\n")
    lines = score(path).err.splitlines()
    assert [line.split(": ")[1] for line in lines] == [f"{path}:{n}" for n in (2, 3, 4)]


def test_both_lines_of_a_contradiction_are_named(project):
    ran = score(project("answers:\n  milk: false\n  oat-milk: true\n"))
    assert "project.yaml:3" in ran.err
    assert "project.yaml:2" in ran.err


def test_saying_no_where_a_question_does_not_apply_contradicts_nothing(project):
    plain = score("--format", "json", project("answers: {milk: false, sugar: 5}"))
    denied = score("--format", "json", project("answers: {milk: false, oat-milk: false, sugar: 5}"))
    assert json.loads(plain.out)["lenses"] == json.loads(denied.out)["lenses"]
    assert denied.code == plain.code


def test_a_folder_is_not_a_project(tmp_path):
    ran = score(str(tmp_path))
    assert (ran.code, "is a folder" in ran.err) == (3, True)


def test_a_missing_file_is_named():
    ran = score("nowhere.yaml")
    assert (ran.code, "there is no such file" in ran.err) == (3, True)


def test_a_pack_file_is_not_a_project():
    ran = score("tests/toy/rules/criteria/comfort.yaml")
    assert ran.code == 3
    assert "is a rule file" in ran.err
    assert "--rules" in ran.err


# -- what goes wrong with a call ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([OWL, OWL], "is given twice"),
        ([OWL, f"./{OWL}"], "is given twice"),
        (["-", "-"], "standard input is given twice"),
        ([OWL, "--lens", "measured"], "--lens measured needs --probe"),
        ([OWL, "--lens", "tomorrow"], "there is no lens `tomorrow`"),
        ([OWL, "--format", "pdf"], "there is no format `pdf`"),
        ([OWL, "--as-of", "next week"], "is not a date; write it as 2026-11-23"),
        ([OWL, "--as-of", "2026-02-30"], "is not a date"),
        ([OWL, "--with", "coccoa"], "did you mean `cocoa`?"),
        ([OWL, "--samples", "-1"], "--samples takes"),
        ([], "name a project file"),
        ([OWL, "--frobnicate"], "No such option"),
    ],
)
def test_a_wrong_call_exits_2(args, message):
    ran = score(*args)
    assert ran.code == 2
    assert message in ran.err


def test_a_language_that_the_pack_does_not_speak_is_refused():
    ran = recommender("score", "examples/ios-app.yaml", "--lang", "fr")
    assert (ran.code, "the pack does not speak `fr`" in ran.err) == (2, True)


def test_a_terminal_as_standard_input_is_refused():
    parent, child = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "recommender", "score", "-"],
            stdin=child, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False,
        )  # fmt: skip
    finally:
        os.close(parent)
        os.close(child)
    assert done.returncode == 2
    assert "standard input is a terminal" in done.stderr


def test_an_unknown_command_suggests_one():
    ran = recommender("scroe")
    assert ran.code == 2
    assert "did you mean `score`?" in ran.err


# -- rule packs -----------------------------------------------------------------------------------


def test_an_empty_rules_folder_is_an_error(tmp_path):
    ran = recommender("score", "--rules", str(tmp_path), OWL)
    assert (ran.code, "holds no rule file" in ran.err) == (3, True)


def test_the_main_pack_again_is_an_error():
    ran = recommender("score", "--rules", "rules", "examples/android-app.yaml")
    assert (ran.code, "is the main pack again" in ran.err) == (3, True)


def test_the_same_overlay_twice_is_an_error(tmp_path):
    (tmp_path / "a.yaml").write_text("reweigh: {comfort: 1}\n")
    ran = score("--rules", str(tmp_path), "--rules", str(tmp_path), OWL)
    assert (ran.code, "is given twice" in ran.err) == (3, True)


def test_a_project_given_as_a_pack_says_so():
    ran = recommender("score", "--rules", "tests/toy/examples", OWL)
    assert (ran.code, "is a project file, not a rule file" in ran.err) == (3, True)


# -- probe reports --------------------------------------------------------------------------------

REPORT = {
    "schema": 1,
    "kind": "probe-report",
    "observations": [
        {"check": "taste", "candidate": "tea", "verdict": "refuted", "because": "stale"}
    ],
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": 2}, "report schema 2"),
        ({"kind": "x"}, "is not a probe report"),
        ({"observations": None}, "no list of `observations`"),
        (
            {"observations": [{"check": "taste", "candidate": "te", "verdict": "refuted"}]},
            "did you mean `tea`?",
        ),
        ({"observations": [{"check": "taste", "candidate": "tea", "verdict": "maybe"}]}, "maybe"),
    ],
)
def test_a_wrong_report_is_told(tmp_path, change, message):
    path = tmp_path / "report.json"
    path.write_text(json.dumps({**REPORT, **change}))
    ran = score(OWL, "--probe", str(path))
    assert (ran.code, message in ran.err) == (3, True)


def test_a_truncated_report_is_told(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(REPORT)[:60])
    ran = score(OWL, "--probe", str(path))
    assert (ran.code, "was it cut off?" in ran.err) == (3, True)


def test_a_report_makes_measured_the_headline(tmp_path, project):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(REPORT))
    here = project("answers: {hour: evening, my-kitchen: true, no-kettle: false}")
    ran = score("--format", "json", here, "--probe", str(path))
    advice = json.loads(ran.out)
    assert advice["lens"] == "measured"
    assert advice["lenses"]["today"]["best"] == "tea"
    assert advice["best"] == "coffee"
    assert advice["exclusions"][0]["constraint"] == "must-be-drinkable-here"


def test_without_a_report_the_measured_line_reads_not_probed():
    assert "Not measured on this machine." in " ".join(score(OWL).out.split())
    assert "not probed" in score(OWL, "--full").out


def test_observations_from_elsewhere_change_no_score(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(REPORT))
    advice = json.loads(score("--format", "json", OWL, "--probe", str(path)).out)
    rankings = [advice["lenses"][lens]["ranking"] for lens in ("measured", "today")]
    assert rankings[0]["scores"] == rankings[1]["scores"]
    assert any("change no score" in warning for warning in advice["warnings"])


def test_a_report_from_another_machine_or_other_versions_says_so(tmp_path):
    path = tmp_path / "report.json"
    foreign = {"machine": {"os": "Plan 9"}, "candidates": {"tea": {"versions": {"click": "0.1"}}}}
    path.write_text(json.dumps({**REPORT, **foreign}))
    told = score(OWL, "--probe", str(path)).err
    assert "from another machine: its os is Plan 9" in told
    assert "the report examined click 0.1 for tea" in told


# -- files written --------------------------------------------------------------------------------


def test_nothing_is_overwritten_without_force(project):
    kept = project("mine", "kept.txt")
    refused = score(OWL, "--format", "json", "--output", kept)
    assert (refused.code, Path(kept).read_text("utf-8")) == (3, "mine")
    assert "add --force" in refused.err
    forced = score(OWL, "--format", "json", "--output", kept, "--force")
    assert (forced.code, json.loads(Path(kept).read_text("utf-8"))["best"]) == (0, "tea")


def test_a_closed_pipe_is_quiet():
    done = subprocess.run(
        f"{sys.executable} -m recommender score --rules {TOY} {OWL} --format json | head -c 1",
        shell=True, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("{", "")


def test_an_ascii_terminal_gets_its_answer():
    ran = shell("score", "--rules", TOY, OWL, PYTHONIOENCODING="ascii")
    assert ran.code == 0
    assert "Tea" in ran.out


def test_an_internal_error_is_one_line_and_a_report(tmp_path):
    broken = (
        "import sys, recommender.engine\n"
        "def recommend(*_, **__): raise ZeroDivisionError('boom')\n"
        "recommender.engine.recommend = recommend\n"
        "from recommender.cli import run\n"
        f"sys.exit(run(['score', {OWL!r}, '--rules', {TOY!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", broken], capture_output=True, text=True, cwd=ROOT, timeout=60,
        check=False, env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 70
    assert len(done.stderr.splitlines()) == 1
    (report,) = tmp_path.glob("recommender-*.txt")
    assert "ZeroDivisionError: boom" in report.read_text()
