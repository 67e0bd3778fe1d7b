"""A lock says what the resolver found, and a failure says why, in the resolver's words."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from recommender.start import resolver
from recommender.start.resolver import UnresolvableError, lock
from recommender.start.templates import Device

PYTHON = Path(sys.executable)
CPU = Device(("a",), "CPU builds", index="https://packages.example.org/cpu", backend="cpu")


def ran(code=0, err="", out=""):
    return subprocess.CompletedProcess([], code, out, err)


def pip(monkeypatch, url, calls):
    def run(words, _):
        calls.append(words)
        hashes = {"archive_info": {"hashes": {"sha256": "ab"}}, "url": url}
        found = [{"metadata": {"name": "a", "version": "1.0"}, "download_info": hashes}]
        Path(words[words.index("--report") + 1]).write_text(json.dumps({"install": found}))
        return ran()

    monkeypatch.setattr(resolver, "_run", run)


def test_pip_s_report_becomes_hashed_pins_with_the_index_that_was_used(monkeypatch):
    calls = []
    pip(monkeypatch, "https://files.example.org/a.whl", calls)
    found = lock(["a"], CPU, PYTHON, constraints="c.txt", uv="none")
    assert found.lines == ("a==1.0 --hash=sha256:ab",)
    assert f"--extra-index-url {CPU.index}" in found.text("requirements", "3.12", "Linux")
    assert calls[0][calls[0].index("-c") + 1] == "c.txt"


def test_an_index_that_gave_nothing_is_left_out_and_that_is_said(monkeypatch):
    pip(monkeypatch, "https://elsewhere.org/a.whl", [])
    found = lock(["a"], CPU, PYTHON, uv="none")
    text = found.text("requirements", "3.12", "Linux")
    assert "--extra-index-url" not in text
    assert "could not be reached" in text


@pytest.mark.parametrize("uv", ["none", "/bin/uv"])
def test_the_resolver_s_reason_is_told_without_its_warnings(monkeypatch, uv):
    monkeypatch.setattr(
        resolver, "_run", lambda *_: ran(1, "WARNING: x\nERROR: no match for a>9\n")
    )
    with pytest.raises(UnresolvableError, match="says: “ERROR: no match for a>9”"):
        lock(["a>9"], CPU, PYTHON, uv=uv)


def test_pip_s_conflict_is_told_with_what_is_in_conflict(monkeypatch):
    err = (
        "ERROR: Cannot install a>9\nERROR: ResolutionImpossible: for help visit https://a.example\n"
    )
    out = "\nThe conflict is caused by:\n    you asked for a>9\n    (constraint) a==1\n\nTo fix this\n"
    monkeypatch.setattr(resolver, "_run", lambda *_: ran(1, err, out))
    told = "Cannot install a>9 The conflict is caused by: you asked for a>9 .constraint. a==1”"
    with pytest.raises(UnresolvableError, match=told):
        lock(["a>9"], CPU, PYTHON, uv="none")


def test_an_index_that_pip_cannot_reach_is_told_and_not_only_that_there_is_no_version(monkeypatch):
    err = (
        "WARNING: Retrying after connection broken by 'New('<object at 0x7f>: Connection refused')'\n"
        "ERROR: no match for a>9 (from versions: none)\n"
    )
    monkeypatch.setattr(resolver, "_run", lambda *_: ran(1, err))
    with pytest.raises(
        UnresolvableError, match=r"none\) connection broken by 'New\('Connection ref"
    ):
        lock(["a>9"], CPU, PYTHON, uv="none")


def test_uv_goes_without_an_index_that_it_cannot_reach(monkeypatch):
    calls = []

    def run(words, _):
        calls.append(words)
        if "--torch-backend" in words:
            return ran(2, "error sending request for url (https://packages.example.org/cpu/a/)")
        text = f"a==1.0 --hash=sha256:ab\n    # via -r {words[3]}\n"
        Path(words[words.index("--output-file") + 1]).write_text(text)
        return ran()

    monkeypatch.setattr(resolver, "_run", run)
    found = lock(["a"], CPU, PYTHON, uv="/bin/uv")
    assert (len(calls), found.index, found.resolver) == (2, "", "uv")
    assert "could not be reached" in found.says
    assert found.lines[-1] == "    # via -r requirements.in"


def test_resolving_ends_in_time(monkeypatch):
    monkeypatch.setattr(resolver, "LIMIT", 0.2)
    with pytest.raises(UnresolvableError, match="took more than"):
        resolver._run([sys.executable, "-c", "import time; time.sleep(30)"])
