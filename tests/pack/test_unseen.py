"""The unseen batch is as it was collected; the page tells how the scored batches fare."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from benchmarks import unseen
from recommender import load_pack, load_profile

FOLDER = Path(__file__).parent / "unseen"
PAGE = (Path(__file__).parents[2] / "docs" / "panel.md").read_text(encoding="utf-8")
CASES = [json.loads(line) for line in (FOLDER / "outcomes.jsonl").read_text("utf-8").splitlines()]
COLLECTED = "2dcf3a008086b6b444a9265456de1b0822ad5db9988e329f427f09b3ebbd533d"


def test_it_is_as_it_was_collected():
    files = [
        FOLDER / "outcomes.jsonl",
        *sorted(FOLDER.glob("sheets/*.md")),
    ]
    found = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    assert found == COLLECTED


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


def test_what_is_described_so_far_can_be_read():
    pack, answers = load_pack(), yaml.safe_load((FOLDER / "answers.yaml").read_text("utf-8"))
    assert set(answers) < {case["name"] for case in CASES}
    for each in answers.values():
        assert load_profile(each, pack).answers


@pytest.mark.parametrize("batch", unseen.BATCHES)
def test_the_page_tells_how_the_advice_fares_today(batch):
    section = PAGE[PAGE.index(f"### The {batch} batch") :]
    for name, told in unseen.rows(unseen.scored(batch)):
        assert f"| {name} | {told} |" in section
