"""The scan on public repositories, from extracts of facts: what it finds, misses and gets wrong (docs/scan.md)."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.scan import extracts, measured, rates
from recommender import load_pack


@pytest.mark.parametrize(
    ("name", "repositories", "precision", "recall", "answered"),
    [("development", 26, 0.958, 0.958, 0.2), ("unseen", 38, 0.94, 0.9, 0.2)],
)
def test_the_figures_are_no_worse_than_the_page_says(
    name, repositories, precision, recall, answered
):
    assert len(list(extracts(name))) == repositories
    counts, _, given, applying = measured(name, load_pack())
    found, told = (round(rate, 3) for rate in rates(sum(counts.values(), Counter())))
    assert found >= precision
    assert told >= recall
    assert given / applying >= answered


@pytest.mark.parametrize("name", ["development", "unseen"])
def test_an_extract_holds_no_code(name):
    kinds = Counter(clue.kind for _, clues, _ in extracts(name) for clue in clues)
    assert kinds.keys() <= {
        "package",
        "import",
        "use",
        "file",
        "model",
        "image",
        "setting",
        "python",
        "heading",
    }
    assert all(
        len(clue.name) <= 200 and "\n" not in clue.name
        for _, clues, _ in extracts(name)
        for clue in clues
    )


@pytest.mark.parametrize("name", ["development", "unseen"])
def test_no_more_than_two_fifths_are_of_one_framework_alone(name):
    alone = Counter(tuple(truth.get("existing-code", ())) for _, _, truth in extracts(name))
    assert alone["pytorch",] / alone.total() <= 0.4
