"""Asking npm: what its answers mean, and what goes wrong. A program in npm's place answers, or a registry."""

import datetime as dt
import json
import os
import shutil
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from recommender.index.asking import asked_anew
from recommender.index.claims import claim_of
from recommender.index.npm import asked_of_npm
from recommender.index.snapshot import File, Release, Snapshot
from recommender.nouns.errors import RecommenderError

DAY = dt.date(2026, 11, 27)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """Let a program answer in npm's place."""

    def answers(said, code=0):
        (tmp_path / "said").write_text(said if isinstance(said, str) else json.dumps(said))
        script = tmp_path / "npm"
        script.write_text(
            f'#!/bin/sh\necho "$@" > {tmp_path}/call\ncat {tmp_path}/said\nexit {code}\n'
        )
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return tmp_path / "call"

    return answers


TIMES = {
    "created": "2025-01-01T00:00:00Z",
    "1.0.0": "2025-01-02T10:00:00Z",
    "1.10.0": "2026-01-02T10:00:00Z",
}


def test_versions_with_their_days(npm):
    call = npm({"time": TIMES, "versions": ["1.10.0", "1.0.0", "1.1.0-rc.1"]})
    found = asked_of_npm("npm:@tea/pot", DAY)
    assert call.read_text() == "view @tea/pot time versions --json\n"
    assert (found.name, found.taken) == ("npm:@tea/pot", DAY)
    assert found.releases == (
        Release("1.0.0", (File("2025-01-02", ""),)),
        Release("1.10.0", (File("2026-01-02", ""),)),
    )


def test_times_of_a_mirror_are_no_days(npm):
    npm({"time": {"1.0.0": "2026-01-02T10:00:00Z"}, "versions": "1.0.0"})
    assert asked_of_npm("npm:pot", DAY).releases == (Release("1.0.0", (File("", ""),)),)


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ({"error": {"code": "E404", "summary": "Not Found"}}, 1, "`npm:pot`: Not Found"),
        ("", 0, "npm gave no answer"),
        ({}, 0, "npm does not have it"),
    ],
)
def test_what_npm_does_not_tell(npm, said, code, told):
    npm(said, code)
    with pytest.raises(RecommenderError) as caught:
        asked_anew(["npm:pot"], {}, DAY)
    assert told in str(caught.value)
    assert "npm view pot versions" in str(caught.value)


@pytest.mark.parametrize("name", ["npm:--registry=x", "npm:", "npm:a b"])
def test_what_is_no_name(npm, name):
    call = npm({"time": {}, "versions": []})
    with pytest.raises(RecommenderError, match="no name of an npm package"):
        asked_of_npm(name, DAY)
    assert not call.exists()


class _Registry(BaseHTTPRequestHandler):
    """Publishes one package, with or without the time at which it was made."""

    def do_GET(self):
        versions = {v: {"name": "@tea/pot", "version": v} for v in TIMES if v != "created"}
        page = {"name": "@tea/pot", "dist-tags": {"latest": "1.10.0"}, "versions": versions}
        said = json.dumps(page | {"time": self.server.times}).encode()
        self.send_response(200 if self.path == "/@tea%2fpot" else 404)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass


@pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm")
@pytest.mark.parametrize("made", [True, False])
def test_npm_itself_is_asked_through_its_own_configuration(tmp_path, monkeypatch, made):
    with ThreadingHTTPServer(("127.0.0.1", 0), _Registry) as server:
        server.times = {each: at for each, at in TIMES.items() if made or each != "created"}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        (tmp_path / "npmrc").write_text(f"registry=http://127.0.0.1:{server.server_port}/\n")
        monkeypatch.setenv("npm_config_userconfig", str(tmp_path / "npmrc"))
        monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
        found = asked_of_npm("npm:@tea/pot", DAY)
        server.shutdown()
    snapshot = Snapshot({found.name: found}, {})
    assert claim_of("newest(npm:@tea/pot) == 1.10.0").holds(snapshot)
    assert claim_of("last-release(npm:@tea/pot) == 2026-01").holds(snapshot) is (made or None)


def test_without_npm(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RecommenderError, match="there is no npm"):
        asked_of_npm("npm:pot", DAY)
