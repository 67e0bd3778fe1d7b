"""What the public repository needs is well formed; it runs there alone."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

from recommender.version import __version__

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.dependabot", [ROOT / ".github" / "dependabot.yml"]),
        ("vendor.github-actions", [ROOT / "action.yml"]),
        ("vendor.citation-file-format", [ROOT / "CITATION.cff"]),
    ],
)
def test_they_follow_their_schema(schema, files):
    assert files
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_citation_is_of_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (citation["version"], citation["license"]) == (__version__, "MIT")


def test_the_newest_changes_are_those_of_this_version_and_say_what_may_have_to_change():
    newest = (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1]
    assert newest.startswith(f"{__version__} (20")
    assert "### If you used" in newest


@pytest.mark.parametrize(
    ("home", "named"), [("", {}), ("https://example.org/me/it/", {"https://example.org/me/it"})]
)
def test_the_package_names_the_repository_that_publishes_it_and_no_other(home, named, monkeypatch):
    monkeypatch.setenv("RECOMMENDER_REPOSITORY", home)
    urls = ProjectMetadata(str(ROOT), PluginManager()).core.urls
    assert {urls[name] for name in urls if name == "Source"} == set(named)
    assert all(each.startswith(home.rstrip("/")) for each in urls.values())
    for name in ("docs", "CHANGELOG.md"):
        assert (ROOT / name).exists()
    release = (ROOT / ".github/workflows/release.yml").read_text("utf-8")
    assert "RECOMMENDER_REPOSITORY: ${{ github.server_url }}/${{ github.repository }}" in release


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_have_the_least_rights_and_an_end(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 90
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_no_input_of_the_action_stands_in_a_script():
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
