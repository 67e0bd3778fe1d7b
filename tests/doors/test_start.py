"""`recommender start` as a user gives it, up to where packages would be fetched."""

from __future__ import annotations

import pytest

from recommender.cli import run
from recommender.start import handover
from recommender.start.resolver import Lock

pytest.importorskip("copier")

PROJECT = (
    "schema: 1\nname: thing\nanswers: {goal: product, targets: [android], model-kind: [vision]}\n"
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(handover, "lock", lambda *_, **__: Lock(("a==1.0",), "pip", "", "as ever"))
    path = tmp_path / "project.yaml"
    path.write_text(PROJECT)
    return path


def test_it_hands_over_a_folder_and_says_what_was_not_done(project, tmp_path, capsys):
    code = run(
        [
            "start",
            str(project),
            "--into",
            str(tmp_path / "it"),
            "--no-prove",
            "--route",
            "keras-litert",
        ]
    )
    told = capsys.readouterr().out
    assert code == 0
    assert "not proved: --no-prove" in told
    assert "not done here: the phone" in told
    assert (tmp_path / "it" / "project.yaml").read_text() == PROJECT


def test_the_record_that_it_hands_over_can_be_judged_again(project, tmp_path, capsys):
    run(
        [
            "start",
            str(project),
            "--into",
            str(tmp_path / "it"),
            "--no-prove",
            "--route",
            "pytorch-alone",
        ]
    )
    assert run(["recheck", str(tmp_path / "it" / "decision.md")]) == 0


def test_a_folder_with_something_in_it_is_refused(project, tmp_path, capsys):
    (tmp_path / "it").mkdir()
    (tmp_path / "it" / "mine").touch()
    code = run(
        [
            "start",
            str(project),
            "--into",
            str(tmp_path / "it"),
            "--no-prove",
            "--route",
            "keras-alone",
        ]
    )
    assert code == 3
    assert "is not empty, and not made by `start`" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "it").iterdir()] == ["mine"]


def test_where_too_little_is_known_the_question_is_named_and_nothing_made(
    project, tmp_path, capsys
):
    project.write_text("schema: 1\nname: open\nanswers: {}\n")
    code = run(["start", str(project), "--into", str(tmp_path / "it"), "--no-prove"])
    told = capsys.readouterr()
    assert (code == 5) == ("or name a --route" in told.err)
    assert (code == 0) == (tmp_path / "it").exists()


@pytest.mark.parametrize(("words", "says"), [
    (["--route", "keras-alon"], "did you mean `keras-alone`?"),
    (["--constraints", "nowhere.txt"], "there is no file `nowhere.txt`"),
])  # fmt: skip
def test_a_mistake_in_the_line_is_told(project, tmp_path, capsys, words, says):
    assert run(["start", str(project), "--into", str(tmp_path / "it"), *words]) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "it").exists()
