"""The pages in docs/: those made from the code are current, the index has all, the links lead on."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location

import pytest

from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))


def reference():
    spec = spec_from_file_location("reference", DOCS / "reference.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["audit.md", "commands.md", "python-api.md", "pack-format.md"])
def test_a_page_made_from_the_code_is_current(name):
    made = reference().PAGES[name]()
    assert (DOCS / name).read_text("utf-8") == made, "run `python docs/reference.py`"


def test_every_public_name_and_every_command_has_an_entry():
    import recommender
    from recommender.cli._commands import recommender as commands

    api = (DOCS / "python-api.md").read_text("utf-8")
    assert all(f"\n### {name}\n" in api for name in recommender.__all__)
    helped = (DOCS / "commands.md").read_text("utf-8")
    assert all(f"\n## recommender {name}\n" in helped for name in commands.list_commands(None))


def test_the_index_names_every_page():
    index = (DOCS / "README.md").read_text("utf-8")
    listed = set(re.findall(r"\]\(([^)#]+)\)", index))
    chinese = {path.relative_to(DOCS).as_posix() for path in (DOCS / "zh").glob("*.md")}
    there = {*PAGES, *chinese, "planning.ipynb", "ci-example.yml"} - {"README.md"}
    assert listed == there


def test_the_navigation_of_the_site_names_every_page():
    config = (DOCS / "site" / "zensical.toml").read_text("utf-8")
    named = set(re.findall(r'= "([\w-]+\.md)"', config))
    assert {*PAGES} - {"README.md"} <= named


@pytest.mark.parametrize("name", PAGES)
def test_a_link_to_a_file_of_ours_leads_somewhere(name):
    text = re.sub(r"```.*?```", "", (DOCS / name).read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(<?([^)>]+)>?\)", text):
        if "://" not in target:
            path, _, heading = target.partition("#")
            there = DOCS / path if path else DOCS / name
            assert there.exists(), target
            if heading:
                heads = re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE)
                slugs = {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
                assert heading in slugs, target
