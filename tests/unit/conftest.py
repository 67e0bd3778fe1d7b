"""A pack to break: small, whole, and written into a folder with one thing changed at a time."""

from __future__ import annotations

import pytest

from recommender import PackError, load_pack
from tests.conftest import ROOT

WHOLE = {
    "pack.yaml": """\
pack:
  id: small
  schema: 1
  version: 1.0.0
  title: A small pack
  dated: 2026-11-23
  targets: where
  documents: [{id: leaflet, title: A leaflet, file: leaflet.txt}]
""",
    "questions.yaml": """\
questions:
  - {id: hour, ask: When?, type: choice, choices: {early: Early, late: Late}}
  - {id: where, ask: Where?, type: many, choices: {home: At home, work: At work}}
  - {id: cups, ask: How many?, type: number}
  - {id: sweet, ask: How sweet?, type: scale}
  - {id: milk, ask: With milk?, type: flag}
""",
    "criteria.yaml": "criteria: [{id: calm, title: Calm, weight: 5}]\n",
    "tea.yaml": "candidate: {id: tea, title: Tea}\n",
    "coffee.yaml": "candidate: {id: coffee, title: Coffee}\n",
    "rules.yaml": "rules: [{id: a, criterion: calm, favors: {tea: 1}, weight: 3, because: x}]\n",
    "sources.yaml": """\
sources:
  - {id: study, title: A study, url: "https://x.org", publisher: X, interested: true, read: 2026-01-02, excerpts: {
      calm: {text: Tea calms., after: Not all of it does.}}}
""",
    "documents/leaflet.txt": "Tea is calm.\nCoffee is not.\n",
}

HEADS = {
    "complete": WHOLE["pack.yaml"].partition("  documents")[0],
    "overlay": """\
pack:
  id: over
  schema: 1
  version: 1.0.0
  title: An overlay
  dated: 2026-11-23
  extends: small
""",
    "shipped": (ROOT / "rules" / "pack.yaml").read_text("utf-8"),
}


class Folder:
    """Write packs into a folder of their own, and say what loading them complains of."""

    def __init__(self, root):
        self.root = root

    def write(self, files, name="rules"):
        """Write files over the small pack (`None` leaves one out); return the pack's folder."""
        whole = WHOLE if name == "rules" else {}
        for path, text in {**whole, **files}.items():
            if text is not None:
                target = self.root / name / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self.root / name

    def load(self, files=(), **more):
        """Load the small pack with some files changed."""
        return load_pack(self.write(dict(files)), **more)

    def faults(self, files=(), **more):
        """List the faults of the small pack with some files changed, without the folder's name."""
        with pytest.raises(PackError) as caught:
            self.load(files, **more)
        return [str(fault).replace(f"{self.root}/", "") for fault in caught.value.faults]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def rule(changes="", **fields):
    """Write one rule in flow style, with fields replaced, added or (None) left out."""
    known = {"id": "a", "criterion": "calm", "favors": "{tea: 1}", "weight": "3", "because": "x"}
    kept = {key: value for key, value in {**known, **fields}.items() if value is not None}
    written = ", ".join(f"{key}: {value}" for key, value in kept.items())
    return f"rules:\n  - {{{written}{changes}}}\n"
