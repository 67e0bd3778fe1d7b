"""A pack and a project are data: they run nothing, and read and write nothing (docs/security.md)."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from recommender import RecommenderError, load_pack, load_profile
from recommender.loading import cache, load_observations
from recommender.loading.serialization import dump_pack, parse_pack, sealed, unsealed
from recommender.nouns.errors import PackError
from tests.fuzz.floods import pack_folder

from .hostile import TOY, hostile_pack, hostile_project, hostile_report

SECRET = "the-secret-of-the-house"
RULES = str(TOY / "rules")
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX")

CODE = (
    "!!python/object/apply:os.system ['touch owned']",
    "!!python/object/new:subprocess.Popen [[touch, owned]]",
    "!!python/name:os.system",
    "!!python/module:os",
    "!!python/object:recommender.nouns.pack.Pack {}",
    "!<tag:yaml.org,2002:python/object/apply:os.system> ['touch owned']",
    "! {}",
    "!!binary dG91Y2g=",
    "!include /etc/passwd",
    "!env HOME",
    "!!set {a}",
    "&a [*a]",
    "{<<: {a: 1}}",
)
"""Tags that other readers of YAML run, open or look up."""


@pytest.mark.parametrize("code", CODE)
def test_no_tag_is_obeyed(code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pack = load_pack(RULES)
    for text in (
        code,
        f"answers: {code}",
        f"answers: {{hour: {code}}}",
        f"name: {code}\nanswers: {{}}",
    ):
        Path("p.yaml").write_text(text)
        try:
            profile = load_profile("p.yaml", pack)
        except RecommenderError:
            continue
        assert not profile.answers
        assert type(profile.name) is str
    for text in (f"rules: {code}", f"phrases: {code}\nlocale: zh", code):
        with suppress(RecommenderError):
            load_pack(pack_folder(tmp_path / "p", **{"z.yaml": text}))
    assert not Path("owned").exists()


WATCHER = """
import sys, os, json
from recommender import load_pack, load_profile, load_observations, recommend, render, RecommenderError
from recommender.output.formats import names
from recommender.cli import run

def everything(rules, project, report):
    pack = load_pack(rules)
    profile = load_profile(project, pack)
    advice = recommend(profile, pack, observations=load_observations(report, pack), lens="measured", samples=5)
    for name in names():
        for language in ("en", "zh"):
            render(advice, name, language=language)
    try:
        load_pack("no-such-folder")
    except RecommenderError:
        pass

toy, hostile = sys.argv[1:4], sys.argv[4:7]
everything(*toy)  # whatever is imported late is imported now
seen = []
def watch(event, args):
    if event == "open":
        path, mode, flags = args
        if isinstance(path, int):
            return  # opened by name before
        writing = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        seen.append(("write" if writing else "read", os.fsdecode(path) if isinstance(path, (str, bytes)) else str(path)))
    elif event.split(".")[0] in ("exec", "compile", "import", "socket", "subprocess", "os", "shutil", "ctypes", "pty", "urllib", "http", "ftplib", "smtplib", "webbrowser", "pickle", "marshal", "mmap", "tempfile", "signal", "winreg"):
        seen.append((event, str(args)[:200]))
sys.addaudithook(watch)
everything(*hostile)
print(json.dumps(seen))
"""


def test_loading_and_advising_touch_nothing_but_the_files_named(tmp_path):
    """Python's own audit hook sees every file opened, import, process, socket and compiled code."""
    rules = hostile_pack(tmp_path)
    named = [rules, hostile_project(tmp_path), hostile_report(tmp_path)]
    toy = tmp_path / "toy"
    shutil.copytree(TOY, toy)
    plain = hostile_project(toy)
    done = subprocess.run(
        [sys.executable, "-c", WATCHER, str(toy / "rules"), str(plain), str(named[2]), *map(str, named)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    harmless = ("os.listdir", "os.scandir", "os.walk", "os.fwalk")
    for event, what in json.loads(done.stdout):
        if event in harmless:
            assert str(tmp_path) in what or "no-such-folder" in what or "recommender" in what, what
        else:
            assert event == "read", (event, what)
            assert what.startswith(str(tmp_path)), what


@posix
@pytest.mark.parametrize(
    "name", ["z.yaml", "documents", "documents/leaflet.txt", "criteria", "deep/z.yaml"]
)
def test_no_link_leads_out_of_a_pack(name, tmp_path):
    rules = tmp_path / "rules"
    shutil.copytree(TOY / "rules", rules)
    outside = tmp_path / "outside"
    outside.mkdir()
    for each in ("z.yaml", "leaflet.txt"):
        (outside / each).write_text(f"{SECRET}: {SECRET}\n")
    path = rules / name
    path.parent.mkdir(exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(outside if "." not in path.name else outside / path.name)
    with pytest.raises(PackError) as error:
        load_pack(rules)
    assert SECRET not in str(error.value)


@posix
def test_no_link_of_an_example_leads_out(tmp_path):
    shutil.copytree(TOY, tmp_path / "toy")
    secret = tmp_path / "secret.yaml"
    secret.write_text(f"{SECRET}: 1")
    example = tmp_path / "toy" / "examples" / "night-owl.yaml"
    example.unlink()
    example.symlink_to(secret)
    with pytest.raises(PackError, match="there is no example project"):
        load_pack(tmp_path / "toy" / "rules")


@pytest.mark.parametrize(
    "file",
    [
        "../secret.txt",
        "/etc/hostname",
        "..",
        "a/b.txt",
        "..\\\\secret.txt",
        "C:secret.txt",
        "~/secret.txt",
        "$HOME",
        ".hidden",
        "",
    ],
)
def test_a_document_lies_in_its_folder(file, tmp_path):
    head = "pack: {id: p, schema: 1, version: 1.0.0, title: T, dated: 2026-01-01, documents: [{id: d, title: T, file: '%s'}]}\n"
    folder = pack_folder(tmp_path / "p", **{"pack.yaml": head % file})
    (tmp_path / "secret.txt").write_text(SECRET)
    with pytest.raises(PackError, match=r"`file` cannot be written|is empty"):
        load_pack(folder)


@pytest.mark.parametrize(
    "project",
    ["../../secret.yaml", "/etc/passwd.yaml", "a/../../../secret.yaml", "..yaml", "~/x.yaml"],
)
def test_an_example_lies_beside_its_pack(project, tmp_path):
    (tmp_path / "secret.yaml").write_text(SECRET)
    folder = pack_folder(
        tmp_path / "a" / "p",
        **{"z.yaml": f"examples: [{{project: '{project}', expect: {{best: x}}}}]"},
    )
    with pytest.raises(PackError) as error:
        load_pack(folder)
    assert SECRET not in str(error.value)


@posix
@pytest.mark.parametrize(
    "kind", ["pipe", "/dev/zero", "/dev/random", "/dev/null", "loop", "gone", "folder"]
)
def test_what_is_no_plain_file_is_not_waited_for(kind, tmp_path):
    def make(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "loop":
            path.symlink_to(path)
        elif kind == "gone":
            path.symlink_to(tmp_path / "never")
        elif kind == "folder":
            path.mkdir()
        else:
            path.symlink_to(kind)

    begun = time.monotonic()
    pack = load_pack(RULES)
    rules = tmp_path / "rules"
    shutil.copytree(TOY / "rules", rules)
    make(rules / "documents" / "leaflet.txt")
    with pytest.raises(PackError):
        load_pack(rules)
    with pytest.raises(PackError):
        cache.load_cached([str(rules)])
    project = tmp_path / "project.yaml"
    make(project)
    for load in (lambda: load_profile(project, pack), lambda: load_observations(project, pack)):
        with pytest.raises(RecommenderError):
            load()
    shutil.copytree(TOY, tmp_path / "toy")
    other = tmp_path / "toy" / "rules"
    make(other / "z.yaml")
    try:
        load_pack(other)  # a pipe or a folder of that name is no rule file, and passed over
    except PackError:
        assert kind not in ("pipe", "folder")
    assert time.monotonic() - begun < 20


@posix
def test_a_named_pipe_that_somebody_writes_to_is_read(tmp_path):
    """As `recommender score <(make-project)` has it."""
    script = f"'{sys.executable}' -m recommender score <(sleep 0.3; cat tests/toy/examples/night-owl.yaml) --rules {RULES} --samples 0"
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_a_pack_that_changes_while_it_is_read(tmp_path):
    shutil.copytree(TOY, tmp_path / "toy")
    rules = tmp_path / "toy" / "rules"
    original = (
        rules / "questions.yaml" if (rules / "questions.yaml").exists() else rules / "pack.yaml"
    ).read_bytes()
    done = threading.Event()

    def meddle():
        number = 0
        while not done.is_set():
            number += 1
            path = rules / f"extra{number % 3}.yaml"
            path.write_bytes(original[: number % 400])
            (rules / "pack.yaml").write_bytes(original[: -(number % 50) or None])
            path.unlink()
            (rules / "pack.yaml").write_bytes(original)

    thread = threading.Thread(target=meddle)
    thread.start()
    outcomes = set()
    try:
        for _ in range(60):
            try:
                outcomes.add(load_pack(rules).id)
            except RecommenderError as error:
                outcomes.add(type(error))
    finally:
        done.set()
        thread.join()
    assert outcomes <= {"tea-or-coffee", PackError}
    assert load_pack(rules).id == "tea-or-coffee"


def test_a_poisoned_cache_runs_nothing(tmp_path):
    for text in (
        '{"!os.system":["touch owned"]}', '{"!subprocess.Popen":[["touch"]]}', '{"!Pack":[]}',
        '{"!date":["__import__(1)"]}', '{"!map":[[1,2,3]]}', '{"!set":[[]]}', "[]", "", "null", "{" * 100_000, "[" * 100_000,
        '{"!Place":[{"!Place":[]}]}', '{"__class__":"os.system"}', "NaN", '{"!Pack":{"a":1}}', '{"!Pack":7}',
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"."):
            parse_pack(text.encode())
    whole = dump_pack(load_pack(RULES))
    for cut in range(0, len(whole), 997):
        with pytest.raises(ValueError, match=r"."):
            parse_pack(whole[:cut])
    entry = sealed(whole)
    assert unsealed(entry) == whole
    for cut in range(0, len(entry), 997):
        with pytest.raises(ValueError, match=r"."):
            unsealed(entry[:cut])


def test_a_batch_calculates_nothing(tmp_path):
    pytest.importorskip("pyarrow")
    from recommender.cli import run

    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        'name,hour,note\n"=HYPERLINK(1)",morning,-12.5\n@SUM,=1+1,+49 30\n-cmd|x,evening,plain\n'
    )
    assert run(["batch", str(source), str(target), "--rules", RULES]) == 0
    cells = [
        cell.strip('"') for line in target.read_text().splitlines() for cell in line.split(",")
    ]
    assert not [cell for cell in cells if cell[:1] in "=@\t\r" and cell]
    assert "'-cmd|x" in cells
    assert "-12.5" in cells
    assert "+49 30" in cells
