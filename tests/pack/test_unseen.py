"""The unseen batch is as it was frozen; the page tells how the batches fare."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import panel
from benchmarks.population import BATCHES

FOLDER = Path(__file__).parent / "unseen"
PAGE = (Path(__file__).parents[2] / "docs" / "panel.md").read_text(encoding="utf-8")
CASES = [json.loads(line) for line in (FOLDER / "outcomes.jsonl").read_text("utf-8").splitlines()]
FROZEN = "89f8a6223d38741b1498aa9a9dbd5077831f27dbe6487c544e2a5ff6f51ec9bc"


def test_it_is_as_it_was_frozen():
    files = [
        FOLDER / "answers.yaml",
        FOLDER / "outcomes.jsonl",
        *sorted(FOLDER.glob("sheets/*.md")),
    ]
    found = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    assert found == FROZEN


def test_every_outcome_has_a_sheet_and_enough_are_of_each_kind():
    names = [case["name"] for case in CASES]
    assert sorted(names) == sorted(path.stem for path in (FOLDER / "sheets").glob("*.md"))
    kinds = Counter(case["kind"] for case in CASES)
    assert sum(kinds.values()) >= 60
    assert kinds["even"] + kinds["hybrid"] + kinds["neither"] >= 20


def test_no_house_is_there_twice_or_in_another_batch():
    houses = [case["cluster"].lower() for case in CASES]
    assert len(houses) == len(set(houses))
    lines = (FOLDER.parent / "development" / "outcomes.jsonl").read_text("utf-8").splitlines()
    assert not {json.loads(line)["cluster"].lower() for line in lines} & set(houses)


@pytest.mark.parametrize("name", ["calibration", *BATCHES, "plans", "referrals"])
def test_the_page_tells_how_the_advice_fares_today(name):
    told = panel.figures(PAGE)[name]
    assert told == "\n".join(panel.lines(name)), "python -m benchmarks.panel writes it anew"
