"""A tiny pack that lints clean; each test adds to it and says what is found, and where."""

import shutil
from pathlib import Path

import pytest

from recommender.authoring.lint import lint

PACK = """\
pack: {id: soup, schema: 1, version: 1.0.0, title: Soup, dated: 2026-11-23, targets: place}
questions:
  - {id: cold, ask: "Is it cold?", type: flag}
  - {id: wind, ask: "Is there wind?", type: flag, when: {cold: true}}
  - {id: hunger, ask: "How hungry?", type: scale}
  - {id: guests, ask: "How many guests?", type: number}
  - {id: place, ask: "Where?", type: many, choices: {home: Home, park: Park, train: Train}}
  - {id: season, ask: "Which season?", type: choice, changeable: true, choices: {summer: S, winter: W}}
criteria: [{id: warmth, title: Warmth, weight: 5}]
sources:
  - {id: page, title: A page, url: "https://example.org", publisher: P, interested: false, read: 2026-01-01}
"""

RULE = """\
  - id: {id}
    criterion: warmth
    when: {when}
    favors: {favors}
    weight: {weight}
    because: {because}
    source: {{source: page}}
    tests: [{{given: {{}}, expect: fires}}, {{given: {{}}, expect: silent}}]
"""

ALL_READ = "{cold: true, wind: true, hunger: 1, guests: 1, place: {includes: home}, season: summer}"


def rule(id_, when="{cold: true}", favors="{soup: 1, salad: 0}", weight=1, because=None):
    """One rule of the criterion, in YAML: eight lines, the condition on the third."""
    because = because or f"The rule {id_} says so."
    return RULE.format(id=id_, when=when, favors=favors, weight=weight, because=because)


SAID = ", excerpts: {warm: {text: Soup is warm.}}"


def pages(*entries):
    """Sources in YAML, each on a line of its own."""
    rows = [
        f"  - {{id: {id_}, title: {id_}, url: 'https://example.org', publisher: P, "
        f"interested: false, read: 2026-11-01{more}}}\n"
        for id_, more in entries
    ]
    return "sources:\n" + "".join(rows)


@pytest.fixture
def examine(tmp_path):
    """Lint a pack of these rules (and more YAML); give `(code, line)` pairs of rules.yaml."""

    def run(rules="", more="", head=PACK, raw=False, **options):
        folder = tmp_path / "rules"
        folder.mkdir(exist_ok=True)
        (folder / "pack.yaml").write_text(head)
        for name in ("soup", "salad"):
            card = f"candidate: {{id: {name}, title: {name.title()}}}\n"
            (folder / f"{name}.yaml").write_text(card)
        base = rule("everything", ALL_READ) + rule("always", "{}", weight=2).replace(
            "    when: {}\n", ""
        )
        (folder / "base.yaml").write_text("rules:\n" + base)
        text = ("rules:\n" + rules if rules else "") + more
        if text:
            (folder / "rules.yaml").write_text(text)
        found = lint(folder, **options)
        if raw:
            return found
        return [(f.code, f.place.line) for f in found if f.place.file.endswith("rules.yaml")]

    return run


@pytest.fixture
def edited(tmp_path):
    """Copy the toy pack with one text replaced in one file."""
    shutil.copytree(Path("tests/toy"), tmp_path / "toy")

    def edit(file, old, new):
        path = tmp_path / "toy/rules" / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        return tmp_path / "toy/rules"

    return edit
