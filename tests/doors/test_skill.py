"""What agents are given besides the server: the skill, its registry entry, the list of pages."""

from __future__ import annotations

import json
import re
import shlex
import tomllib

import pytest
import yaml

from recommender.cli.skill import NAME, text
from recommender.version import __version__

from .command import ROOT, recommender


def test_the_skill_is_shown():
    ran = recommender("skill", "show")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == text()


def test_the_skill_has_the_head_that_agents_look_for():
    _, head, body = text().split("---\n", 2)
    told = yaml.safe_load(head)
    assert told["name"] == NAME
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", NAME)
    assert 50 < len(told["description"]) <= 1024
    assert len(body.splitlines()) < 500


def test_the_skill_is_installed_once(tmp_path):
    ran = recommender("skill", "install", cwd=tmp_path)
    place = tmp_path / ".claude" / "skills" / NAME / "SKILL.md"
    assert ran.code == 0
    assert place.read_text("utf-8") == text()
    place.write_text("mine", encoding="utf-8")
    again = recommender("skill", "install", cwd=tmp_path)
    assert again.code == 3
    assert "already exists" in again.err
    assert place.read_text("utf-8") == "mine"
    assert recommender("skill", "install", ".claude/skills", "--force", cwd=tmp_path).code == 0
    assert place.read_text("utf-8") == text()
    assert recommender("skill", "install", "elsewhere", cwd=tmp_path).code == 0
    assert (tmp_path / "elsewhere" / NAME / "SKILL.md").exists()


def test_every_command_of_the_skill_runs(tmp_path):
    project = re.search(r"```yaml\n(.*?)```", text(), re.DOTALL)[1]
    (tmp_path / "project.yaml").write_text(
        re.sub(r"^ {3}", "", project, flags=re.MULTILINE), encoding="utf-8"
    )
    (tmp_path / "requirements.txt").write_text("torch\n", encoding="utf-8")
    (tmp_path / "one.yaml").write_text("answers: {goal: product}", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("answers: {goal: research}", encoding="utf-8")
    record = recommender("score", "project.yaml", "--format", "adr", cwd=tmp_path).out
    (tmp_path / "RECORD").write_text(record, encoding="utf-8")
    commands = re.findall(r"(?:^ *|`)recommender ([^`\n]+)", text(), re.MULTILINE)
    assert len(commands) >= 6
    for line in commands:
        ran = recommender(*shlex.split(line), cwd=tmp_path)
        assert ran.code in (0, 5), (line, ran.err)
        assert ran.out, line


def test_the_registry_entry_is_of_this_version_and_starts_the_server():
    entry = json.loads((ROOT / "server.json").read_text("utf-8"))
    (package,) = entry["packages"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert entry["version"] == package["version"] == __version__
    assert len(entry["description"]) <= 100
    assert package["identifier"] == project["name"]
    assert package["identifier"] in project["scripts"], "uvx runs the script of the package's name"
    (extras,) = (each["value"] for each in package["runtimeArguments"])
    name, _, named = extras.rstrip("]").partition("[")
    assert name == project["name"]
    assert set(named.split(",")) == {"mcp", "scan"} <= set(project["optional-dependencies"])
    assert f"<!-- mcp-name: {entry['name']} -->" in (ROOT / "README.md").read_text("utf-8")
    ran = recommender(*(each["value"] for each in package["packageArguments"]), "--help")
    assert "Serve an interview" in ran.out


def test_the_configurations_of_clients_start_the_server():
    page = (ROOT / "docs" / "agents.md").read_text("utf-8")
    blocks = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    found = [next(iter(json.loads(each).values())) for each in blocks]
    found.append(tomllib.loads(re.search(r"```toml\n(.*?)```", page, re.DOTALL)[1])["mcp_servers"])
    assert len(found) == 3
    for servers in found:
        (server,) = servers.values()
        assert [server["command"], *server["args"]] == ["recommender", "mcp"]


def test_the_tools_that_the_page_names_are_those_there_are(toy):
    from recommender.mcp.tools import tools

    page = (ROOT / "docs" / "agents.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(tools(toy))


def test_the_list_for_models_leads_to_every_page_that_it_names():
    listed = (ROOT / "llms.txt").read_text("utf-8")
    links = re.findall(r"\]\(([^)]+)\)", listed)
    assert len(links) > 10
    for link in links:
        assert (ROOT / link).exists(), link
    assert listed.startswith("# framework-recommender\n\n> ")


@pytest.mark.parametrize("word", ["shwo", "instal"])
def test_a_word_that_is_none_is_told(word):
    assert recommender("skill", word).code == 2
