"""The tool `scan` of `recommender mcp`: a folder that the client declared as a root, and no other."""

from __future__ import annotations

import json

import pytest

from .agent import MODES, ask, talk


@pytest.fixture
def repository(tmp_path):
    """Give a folder with a repository in it, a secret beside, and a link from one to the other."""
    pytest.importorskip("pathspec", reason="the extra `scan` is not installed")
    root = tmp_path / "my projects"
    (root / "app").mkdir(parents=True)
    (root / "app" / "requirements.txt").write_text("torch==2.6\n", encoding="utf-8")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "requirements.txt").write_text("tensorflow\n", encoding="utf-8")
    (root / "link").symlink_to(tmp_path / "secret")
    return root


@pytest.mark.parametrize("mode", MODES)
def test_a_declared_root_is_scanned_and_its_answers_go_on_to_advice(mode, repository):
    async def conversation(client):
        whole = await ask(client, "scan")
        part = await ask(client, "scan", path="app", language="zh")
        absolute = await ask(client, "scan", path=str(repository / "app"))
        return whole, part, absolute, await ask(client, "recommend", answers=part["answers"])

    whole, part, absolute, advice = talk(conversation, mode=mode, roots=[repository.as_uri()])
    assert whole["answers"]["existing-code"] == ["pytorch"]
    assert whole["inferences"][0]["read"][0]["at"] == "app/requirements.txt:1"
    assert part == absolute
    assert part["folder"] == str((repository / "app").resolve())
    assert advice["best"] == "pytorch"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", ["..", "../secret", "link", "/", "app/../../secret", "x\0", "~"])
def test_what_is_outside_of_the_roots_is_not_scanned(mode, path, repository):
    async def conversation(client):
        return await client.call_tool("scan", {"path": path})

    result = talk(conversation, mode=mode, roots=[repository.as_uri()])
    assert result.is_error
    (fault,) = json.loads(result.content[0].text)["faults"]
    assert "tensorflow" not in fault
    assert "in none of the declared roots" in fault or "does not exist" in fault


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("roots", [None, [], ["file://elsewhere/home"]])
def test_nothing_is_scanned_where_no_root_is_declared(mode, roots, repository):
    async def conversation(client):
        return await client.call_tool("scan", {"path": str(repository)})

    result = talk(conversation, mode=mode, roots=roots)
    assert result.is_error
    assert "no root is declared" in json.loads(result.content[0].text)["faults"][0]


def test_whoever_starts_the_server_may_name_the_roots(repository):
    async def conversation(client):
        return await ask(client, "scan"), await client.call_tool("scan", {"path": "/"})

    told, refused = talk(conversation, "--root", str(repository), roots=["file:///"])
    assert told["answers"]["existing-code"] == ["pytorch"]
    assert refused.is_error


def test_a_client_that_declares_roots_and_tells_none_is_refused():
    async def conversation(client):
        return await client.call_tool("scan", {})

    result = talk(conversation, mode="legacy", roots=["https://no.folder/"])
    assert "no root is declared" in result.content[0].text


def test_of_several_roots_one_is_named(tmp_path, repository):
    other = tmp_path / "secret"

    async def conversation(client):
        return await client.call_tool("scan", {}), await ask(client, "scan", path=str(other))

    refused, told = talk(conversation, roots=[repository.as_uri(), other.as_uri()])
    assert "there are several roots" in refused.content[0].text
    assert told["answers"]["existing-code"] == ["tensorflow"]
