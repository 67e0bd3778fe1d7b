"""A folder that is handed over unproved is complete, and says that it is unproved."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

pytest.importorskip("copier")

from recommender import load_pack, load_profile, recommend
from recommender.nouns.errors import RecommenderError
from recommender.start import begin, handover, resolver
from recommender.start.proof import UnprovedError
from recommender.start.resolver import Lock, UnresolvableError
from recommender.start.templates import find_templates
from tests.conftest import ROOT

PACK = load_pack()
TEMPLATES = find_templates()
EVERY = [(name, kind) for name, each in TEMPLATES.items() for kind in each.kinds]


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    monkeypatch.setattr(handover, "lock", lambda *_, **__: Lock(("a==1.0",), "pip", "", "as ever"))


def start(into, name="thing", route="", kind="vision", **more):
    answers = {
        "goal": "product",
        "targets": ["desktop"],
        "hardware": ["nvidia"],
        "model-kind": [kind],
    }
    profile = load_profile({"schema": 1, "name": name, "answers": answers}, PACK)
    more = {"proving": False, **more}
    advice = recommend(profile, PACK, samples=0)
    return begin(advice, into, project="p", record="the record", route=route, **more)


@pytest.mark.parametrize(("route", "kind"), EVERY)
def test_every_template_renders_for_every_kind(tmp_path, route, kind):
    made = start(tmp_path / "x", route=route, kind=kind)
    folder = tmp_path / "x"
    assert made.choice.kind == kind
    for name in ("data.py", "train.py", "export.py", "run.py", "tests/test_project.py"):
        compile((folder / name).read_text(), name, "exec")
    readme = (folder / "README.md").read_text()
    (network,) = folder.glob("model.*")  # Python, or JavaScript
    assert f"| `{network.name}` | the network |" in readme
    assert "{{" not in readme
    assert "{%" not in readme
    assert made.choice.template.title in readme
    assert "Nothing was run" in (folder / "proof.md").read_text()
    assert (folder / "decision.md").read_text() == "the record"
    assert "a==1.0" in (folder / "requirements.txt").read_text()
    assert not [path for path in folder.rglob("*") if path.suffix in (".jinja", ".toml")]
    assert not (folder / "copier.yml").exists()
    assert "/tmp" not in (folder / ".copier-answers.yml").read_text()


def test_a_project_s_name_is_text_and_never_a_template(tmp_path):
    start(tmp_path / "x", name="{{ 7 * 7 }} {% raw %}")
    assert "# {{ 7 * 7 }} {% raw %}" in (tmp_path / "x" / "README.md").read_text()


def test_what_does_not_resolve_leaves_nothing_and_names_the_next_best(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise UnresolvableError("no torch for this Python")

    monkeypatch.setattr(handover, "lock", refuse)
    with pytest.raises(UnresolvableError, match=r"no torch for this Python\n.*the next best is"):
        start(tmp_path / "x")
    assert not list(tmp_path.iterdir())


def test_a_step_that_fails_leaves_nothing(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise UnprovedError("the step `run` failed here")

    monkeypatch.setattr(handover, "prove", fail)
    with pytest.raises(UnprovedError, match="failed here"):
        start(tmp_path / "x", proving=True)
    assert not list(tmp_path.iterdir())


def test_an_interpreter_that_is_none_is_told(tmp_path):
    for python in (tmp_path / "nowhere", "/bin/true"):
        with pytest.raises(RecommenderError, match="is no Python that runs"):
            start(tmp_path / "x", python=str(python))


def test_without_copier_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "copier", None)
    with pytest.raises(RecommenderError, match=r"\[start\]"):
        start(tmp_path / "x")


def test_the_readme_has_the_plan_and_where_the_folder_begins(tmp_path):
    start(tmp_path / "x", route="pytorch-onnxruntime", plan=["Train in {{ PyTorch }}.", "Ship it."])
    text = (tmp_path / "x" / "README.md").read_text()
    assert "## The plan\n\n1. Train in {{ PyTorch }}.\n2. Ship it.\n" in text
    place = load_pack().questions["targets"].choices["desktop"]
    assert f"the way to “{place}” (`pytorch-desktop-onnx`)" in text
    assert "outcome" not in text


def test_the_readme_has_the_strongest_reasons_and_what_the_gpu_s_computer_installs(tmp_path):
    start(tmp_path / "x", why=["Hardware: both compute."])
    text = (tmp_path / "x" / "README.md").read_text()
    assert "The strongest reasons:\n\n- Hardware: both compute.\n\nOf this folder:\n\n- " in text
    assert "install\n`requirements-nvidia.txt` in place of `requirements.txt`.\n" in text
    start(tmp_path / "y", route="pytorch-alone", why=["硬件。"], language="zh")
    text = (tmp_path / "y" / "README.md").read_text()
    assert "最有力的理由：\n\n- 硬件。\n\n关于本文件夹：\n\n- " in text


@pytest.mark.parametrize("script", ["export.py", "run.py"])
def test_what_needs_another_script_first_says_so(tmp_path, script):
    start(tmp_path / "x", route="pytorch-onnxruntime")
    (tmp_path / "x" / script).write_text("import compare\n")
    ran = subprocess.run(
        [sys.executable, script], cwd=tmp_path / "x", capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (1, "run train.py first, then export.py, then run.py\n")


def test_the_readme_speaks_chinese_where_it_is_asked_to(tmp_path):
    start(tmp_path / "x", route="keras-litert", plan=["用 TensorFlow 训练。"], language="zh-CN")
    text = (tmp_path / "x" / "README.md").read_text()
    assert "## 计划\n\n1. 用 TensorFlow 训练。\n" in text
    assert "- 要求的是 tensorflow；推荐的是 pytorch" in text
    assert "## Run it" not in text
    assert not list((tmp_path / "x").glob("README.zh*"))


def test_what_was_proved_and_why_a_build_was_taken_are_told_in_chinese_too(tmp_path, monkeypatch):
    because = TEMPLATES["keras-litert"].devices["cpu"].says
    monkeypatch.setattr(handover, "lock", lambda *_, **__: Lock(("a==1.0",), "pip", "", because))
    told = []
    start(tmp_path / "x", route="tensorflow-android", language="zh", tell=told.append)
    readme, proof = ((tmp_path / "x" / f"{name}.md").read_text() for name in ("README", "proof"))
    assert "TensorFlow 与 Keras，由 TFLiteConverter 转换为 LiteRT。" in readme
    assert "- requirements.txt：在 x86-64 Linux 上，TensorFlow 的 CPU 构建有单独的包" in readme
    assert "这里没有做的：手机：这台计算机上由 LiteRT 运行了同一个文件。" in proof
    assert because in (tmp_path / "x" / "requirements.txt").read_text()  # pip may not read Chinese
    assert told == [
        "TensorFlow 与 Keras，由 TFLiteConverter 转换为 LiteRT；模型的类别是 vision",
        "解析依赖 …",
    ]


@pytest.mark.parametrize("uv", ["none", "/bin/uv"])
def test_a_resolver_is_quoted_in_its_own_words_amid_chinese_ones(tmp_path, monkeypatch, uv):
    refused = subprocess.CompletedProcess([], 1, "", "no torch for this Python")
    monkeypatch.setattr(handover, "lock", resolver.lock)
    monkeypatch.setattr(resolver, "_run", lambda *_: refused)
    with pytest.raises(UnresolvableError) as caught:
        start(tmp_path / "x", language="zh", uv=uv)
    name = "uv" if uv != "none" else "pip"
    assert f"所需的包无法一同安装；{name} 的原话：“no torch for this Python”" in str(caught.value)
    assert "用 --route" in str(caught.value)


def test_what_a_kind_of_model_needs_besides_is_asked_for(tmp_path):
    for kind, needs in (("reinforcement-learning", True), ("vision", False)):
        start(tmp_path / kind, route="pytorch-alone", kind=kind)
        assert ("gymnasium" in (tmp_path / kind / "requirements.in").read_text()) == needs
    text = (tmp_path / "reinforcement-learning" / "README.md").read_text()
    assert "learns the game in `data.py` by reward" in text


@pytest.mark.parametrize("constraints", ["", "limits.txt"])
def test_what_does_not_resolve_names_the_newest_pins_that_would(tmp_path, monkeypatch, constraints):
    asked = []

    def refuse(needed, *_, constraints="", **__):
        asked.append((needed, constraints))
        if constraints or (any(">=" in each for each in needed) and len(asked) == 1):
            raise UnresolvableError("no torch for this Python")
        return Lock(("torch==2.9.1 --hash=sha256:ab", "other==1"), "uv", "", "")

    monkeypatch.setattr(handover, "lock", refuse)
    with pytest.raises(UnresolvableError, match=r"newest that would do: torch==2.9.1\n"):
        start(tmp_path / "x", route="", constraints=constraints)
    assert all(">=" not in each for each in asked[1][0]) == (not constraints)
    assert not list(tmp_path.iterdir())


KILLED = """
import sys, time
from pathlib import Path
from recommender import load_pack, load_profile, recommend
from recommender.start import begin, handover
from recommender.start.resolver import Lock
handover.lock = lambda *_, **__: Lock(("a==1.0",), "pip", "", "as ever")
def prove(*_, **__):
    print("proving", flush=True)
    time.sleep(60)
handover.prove = prove
if sys.argv[2:]:
    from recommender.cli import main
    main(["start", sys.argv[2], "--into", sys.argv[1]])
pack = load_pack()
profile = load_profile({"answers": {"targets": ["desktop"], "goal": "product"}}, pack)
begin(recommend(profile, pack, samples=0), sys.argv[1], project="p", record="r")
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_a_start_that_is_killed_while_it_proves_leaves_nothing_that_looks_whole(tmp_path):
    words = [sys.executable, "-c", KILLED, str(tmp_path / "x")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout.readline() == "proving\n"
        process.send_signal(signal.SIGKILL)
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".recommender-start-")
    assert not (left / ".recommender-start.json").exists()
    start(tmp_path / "x")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_a_start_that_is_told_to_end_clears_up(tmp_path):
    project = tmp_path / "p.yaml"
    project.write_text("schema: 1\nanswers:\n  goal: product\n  targets: [desktop]\n")
    words = [sys.executable, "-c", KILLED, str(tmp_path / "x"), str(project)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout.readline() == "proving\n"
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 130
    assert list(tmp_path.iterdir()) == [project]
