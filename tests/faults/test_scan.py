"""A repository that is hostile, broken or huge: no traceback, a line for each fault, nothing run."""

from __future__ import annotations

import json
import os
import pickle
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from recommender import load_pack
from recommender.scan import bounds, scan
from recommender.scan.folder import ScanError

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX")


@pytest.fixture(scope="module")
def pack():
    return load_pack()


@pytest.fixture
def repo(tmp_path):
    root = tmp_path / "repo"
    root.mkdir()
    (root / "net.py").write_text("import torch\n")
    return root


def sound(repo, pack, **how):
    """Scan a repository whose one sound file must be read, whatever else is in it."""
    found = scan(str(repo), pack, **how)
    assert found.answers["existing-code"] == {"pytorch"}
    return found


class Bomb:
    def __reduce__(self):
        return (os.system, ("touch exploded",))


def test_a_pickle_is_never_unpickled(repo, pack, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (repo / "bomb.pt").write_bytes(pickle.dumps(Bomb()))
    with zipfile.ZipFile(repo / "zipped.pth", "w") as archive:
        archive.writestr("a/data.pkl", pickle.dumps(Bomb()))
    found = sound(repo, pack)
    assert [each.name for each in found.clues if each.kind == "model"] == ["torch"]
    assert not (tmp_path / "exploded").exists()


def test_a_zip_bomb_is_not_unpacked(repo, pack):
    with zipfile.ZipFile(repo / "bomb.keras", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", b"0" * 50_000_000)
        archive.writestr("metadata.json", "{}")
    before = time.monotonic()
    assert "keras" in [each.name for each in sound(repo, pack).clues]
    assert time.monotonic() - before < 5


def test_a_zip_of_endless_parts_is_told(repo, pack):
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, 4_000_000, 0, 0)
    (repo / "many.keras").write_bytes(b"PK\x03\x04" + b"\0" * 5_000_000 + end)
    assert (
        "many.keras: is a zip file of 65,535 parts, which no model needs"
        in sound(repo, pack).remarks
    )


@pytest.mark.parametrize(
    "raw", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 50 + b"PK\x05\x06" + b"\xff" * 18]
)
def test_a_broken_zip_is_told(repo, pack, raw):
    (repo / "a.keras").write_bytes(raw)
    assert any(each.startswith("a.keras: is ") for each in sound(repo, pack).remarks)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"cells": 1}',
        "[" * 200_000,
        '{"cells": [1, {"cell_type": "code", "source": {"a": 1}}]}',
    ],
)
def test_a_notebook_that_is_none_does_no_harm(repo, pack, text):
    (repo / "a.ipynb").write_text(text)
    found = sound(repo, pack)
    assert any(
        each.startswith("a.ipynb: is no notebook") for each in found.remarks
    ) != text.startswith('{"cells": [')


def test_requirements_of_50_megabytes_are_read_in_part(repo, pack):
    with (repo / "requirements.txt").open("w") as stream:
        stream.write("timm\n")
        for number in range(100):
            stream.write(f"package-{number}\n" * 35_000)
    before = time.monotonic()
    found = sound(repo, pack)
    assert "pypi:timm" in [each.name for each in found.clues]
    assert "there was more to see than is kept" in found.remarks
    assert time.monotonic() - before < 20


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("pyproject.toml", b"[project\n", "is no TOML"),
        ("pyproject.toml", b"a = " + b"[" * 100_000, ""),
        ("package.json", b"{", "is no JSON"),
        ("package.json", b"[" * 100_000, ""),
        ("setup.cfg", b"no section\n", "is no setup.cfg"),
        ("requirements.txt", b"\xff\xfe\0\0", ""),
        ("requirements.txt", b"caf\xe9\ntimm @ https://x\n\x1b[31m\n" + b"x" * 100_000, ""),
        ("a.safetensors", b"\xff" * 8 + b"{", "none by its header"),
        ("a.safetensors", (9).to_bytes(8, "little") + b"{xxxxxxxx", "its header is broken"),
        ("a.py", b"import torch\0\n", ""),
        ("a.py", b"(" * 100_000 + b"torch", ""),
        ("a.py", b"x = " + b"-" * 50_000 + b"torch", ""),
        (".gitignore", b"\0\xff[\n**/**/**\n", ""),
    ],
)
def test_a_broken_file_is_told_and_the_rest_is_read(repo, pack, name, raw, told):
    (repo / name).write_bytes(raw)
    found = sound(repo, pack)
    assert not told or any(each.startswith(name) and told in each for each in found.remarks)


@posix
def test_links_pipes_and_closed_doors_are_told(repo, pack):
    (repo / "again").symlink_to(repo)
    (repo / "requirements.txt").symlink_to("/etc/passwd")
    os.mkfifo(repo / "pipe.py")
    (repo / os.fsdecode(b"caf\xe9.py")).write_text("import torch\n")
    found = sound(repo, pack)
    assert "2 links are not followed" in found.remarks
    json.dumps([str(each.place) for each in found.clues]).encode()


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_are_told(repo, pack):
    (repo / "requirements.txt").write_text("timm\n")
    (repo / "requirements.txt").chmod(0)
    assert any("Permission denied" in each for each in sound(repo, pack).remarks)


def test_an_unreadable_file_is_told(repo, pack, monkeypatch):
    (repo / "requirements.txt").write_text("timm\n")
    opened = os.open

    def refused(path, *rest):
        if str(path).endswith("requirements.txt"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest)

    monkeypatch.setattr(os, "open", refused)
    assert "requirements.txt: cannot be read: Permission denied" in sound(repo, pack).remarks


@pytest.mark.slow
def test_a_hundred_thousand_files_take_seconds_and_little_memory(repo, pack):
    for folder in range(100):
        (repo / f"data{folder}").mkdir()
        for number in range(970):
            (repo / f"data{folder}" / f"{number}.txt").touch()
    (repo / "src").mkdir()
    for number in range(3000):
        (repo / "src" / f"net{number}.py").write_text(
            "import torch\nx = torch.nn.Linear(1, 2)\n" * 50
        )
    before = time.process_time()
    found = sound(repo, pack)
    assert found.seen > 100_000
    assert time.process_time() - before < 20  # 5 on a machine with nothing else to do


def test_too_much_code_is_left_out_and_told(repo, pack, monkeypatch):
    from recommender.scan import folder

    monkeypatch.setattr(folder, "MOST_CODE", 10)
    (repo / "second.py").write_text("import torch\n")
    (repo / "third.py").write_text("import torch\n")
    assert "2 files are left out, as enough was read" in sound(repo, pack).remarks
    assert bounds.MOST_CODE > 10


def test_what_only_cannot_be_read_is_no_clean_answer(repo, pack):
    (repo / "net.py").unlink()
    (repo / "package.json").write_text("{")
    with pytest.raises(ScanError, match=r"nothing in it could be read \(package.json: is no JSON"):
        scan(str(repo), pack)


WATCHED = """
import sys
from recommender.cli import run

repo, save = sys.argv[1:]
run(["scan", repo, "--format", "json"])  # whatever is loaded late is loaded now
seen = []

def hook(event, args):
    if event == "open":
        path, mode, flags = args
        writes = (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & 0o3
        if writes:
            seen.append((event, str(path)))
    elif event.split(".")[0] in ("socket", "subprocess", "ctypes", "ftplib", "urllib") or event in (
        "exec", "os.exec", "os.system", "os.fork", "os.forkpty", "os.posix_spawn", "pickle.find_class", "import",
        "os.remove", "os.rename", "os.mkdir", "os.link", "os.symlink", "os.chmod", "shutil.rmtree",
    ):
        seen.append((event, str(args[0])[:80]))

sys.addaudithook(hook)
run(["scan", repo, "--format", "json"])
inert, seen[:] = list(seen), []
run(["scan", repo, "--save", save])
print("\\nSEEN", inert, [each for each in seen if each[0] == "open"], file=sys.stderr)
"""


def test_an_audit_hook_sees_no_writing_no_socket_and_no_code_of_theirs(repo, tmp_path):
    (repo / "setup.py").write_text(
        "open('owned', 'w')\nfrom setuptools import setup\nsetup(install_requires=['torch'])\n"
    )
    (repo / "conftest.py").write_text("import os; os.system('touch owned')\nimport torch\n")
    (repo / "a.pt").write_bytes(pickle.dumps(Bomb()))
    (repo / "a.ipynb").write_text(
        json.dumps({"cells": [{"cell_type": "code", "source": "import torch\n!touch owned"}]})
    )
    (repo / "Dockerfile").write_text("FROM nvidia/cuda:12.0\nRUN touch owned\n")
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED, str(repo), str(tmp_path / "p.yaml")],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    told = ran.stderr.rpartition("SEEN ")[2].strip()
    inert, _, saving = told.partition("] [")
    assert inert == "[", told
    opened = [part for part in saving.split("'") if "/" in part]
    assert opened
    assert all(Path(path).parent == tmp_path for path in opened), told
    assert not (tmp_path / "owned").exists()
    assert sorted({each.name for each in tmp_path.iterdir()} - {"cache"}) == ["p.yaml", "repo"]
