"""The development batch is whole: a sheet for each outcome, enough of each kind, none of the panel."""

import json
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).parent / "development"
LINES = (FOLDER / "outcomes.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in LINES if line]


def test_every_outcome_has_a_sheet_and_every_sheet_an_outcome():
    names = [case["name"] for case in CASES]
    assert sorted(names) == sorted(path.stem for path in (FOLDER / "sheets").glob("*.md"))


def test_there_are_enough_of_each_kind():
    kinds = Counter(case["kind"] for case in CASES)
    assert set(kinds) == {"even", "hybrid", "neither", "decided"}
    assert kinds["even"] + kinds["hybrid"] + kinds["neither"] >= 40
    assert kinds["decided"] >= 20


def test_no_house_has_more_than_two_and_none_is_of_the_panel():
    assert max(Counter(case["cluster"] for case in CASES).values()) <= 2
    panel = {path.stem for path in (FOLDER.parent / "panel").glob("*.yaml")}
    assert not panel & {case["name"] for case in CASES}


def test_every_case_has_a_record_that_was_opened():
    for case in CASES:
        assert case["why"], case["name"]
        assert all(url.startswith("https://") for url in case["sources"]), case["name"]
        sheet = (FOLDER / "sheets" / f"{case['name']}.md").read_text(encoding="utf-8")
        assert sheet.startswith("source: https://"), case["name"]
