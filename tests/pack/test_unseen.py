"""The unseen batch is as it was frozen; the page tells how the batches fare."""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import panel
from benchmarks.population import BATCHES

HERE = Path(__file__).parent
PAGE = (Path(__file__).parents[2] / "docs" / "panel.md").read_text(encoding="utf-8")
FROZEN = {
    "unseen": "89f8a6223d38741b1498aa9a9dbd5077831f27dbe6487c544e2a5ff6f51ec9bc",
    "second-unseen": "a053c05882595c8a7478a565bb1134d9fe968486d2cfc8b4a68fd03ac5be98dd",
    "third-unseen": "2cfed3c861c6e2faca34fb614db1a0b33263994c9190d0b97497b2a0876ba569",
}


def cases(batch):
    lines = (HERE / batch / "outcomes.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("batch", FROZEN)
def test_it_is_as_it_was_frozen(batch):
    folder = HERE / batch
    files = [
        folder / "answers.yaml",
        folder / "outcomes.jsonl",
        *sorted(folder.glob("sheets/*.md")),
    ]
    found = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    assert found == FROZEN[batch]


@pytest.mark.parametrize("batch", FROZEN)
def test_every_outcome_has_a_sheet_and_enough_are_of_each_kind(batch):
    names = [case["name"] for case in cases(batch)]
    assert sorted(names) == sorted(path.stem for path in (HERE / batch / "sheets").glob("*.md"))
    kinds = Counter(case["kind"] for case in cases(batch))
    assert sum(kinds.values()) >= 60
    assert kinds["even"] + kinds["hybrid"] + kinds["neither"] >= 20


@pytest.mark.parametrize(
    ("batch", "earlier"),
    [
        ("unseen", ["development"]),
        ("second-unseen", ["development", "unseen"]),
        ("third-unseen", ["development", "unseen", "second-unseen"]),
    ],
)
def test_no_house_is_there_twice_or_in_an_earlier_batch(batch, earlier):
    houses = [case["cluster"].lower() for case in cases(batch)]
    assert len(houses) == len(set(houses))
    for each in earlier:
        assert not {case["cluster"].lower() for case in cases(each)} & set(houses)


@pytest.mark.parametrize("name", ["calibration", *BATCHES, "plans", "referrals"])
def test_the_page_tells_how_the_advice_fares_today(name):
    told = panel.figures(PAGE)[name]
    assert told == "\n".join(panel.lines(name)), "python -m benchmarks.panel writes it anew"
