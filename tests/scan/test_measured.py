"""The scan on public repositories, from extracts of facts: what it finds, misses and gets wrong (docs/scan.md)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.scan import (
    QUESTIONS,
    answers_of,
    cannot_apply,
    extracts,
    measured,
    rates,
    table,
    together,
)

FIGURES = [
    ("development", 26, 0.941, 1, 0.594, 0.732),
    ("unseen", 38, 0.92, 0.985, 0.553, 0.679),
    ("third", 37, 0.981, 0.981, 0.53, 0.652),
    ("fourth", 20, 0.916, 0.942, 0.584, 0.717),
    ("fifth", 49, 0.932, 0.866, 0.556, 0.685),
    ("sixth", 77, 0.98, 0.883, 0.531, 0.658),
    ("seventh", 66, 0.984, 0.848, 0.509, 0.63),
    ("eighth", 52, 0.991, 0.976, 0.506, 0.625),
    ("ninth", 54, 0.991, 0.975, 0.533, 0.656),
    ("tenth", 50, 0.991, 0.949, 0.518, 0.64),
    ("eleventh", 50, 1, 0.944, 0.516, 0.638),
    ("twelfth", 50, 1, 0.884, 0.5, 0.617),
    ("thirteenth", 50, 1, 0.99, 0.519, 0.639),
    ("fourteenth", 50, 1, 1, 0.524, 0.647),
    ("fifteenth", 50, 1, 1, 0.51, 0.631),
]
SETS = [name for name, *_ in FIGURES]


@pytest.mark.parametrize(
    ("name", "repositories", "precision", "recall", "answered", "readable"),
    FIGURES,
)
def test_the_figures_are_no_worse_than_the_page_says(
    name, repositories, precision, recall, answered, readable
):
    assert len(answers_of(name)) == repositories
    counts, _, told = measured(name)
    found, seen = rates(sum((counts[question] for question in QUESTIONS), Counter()))
    assert found >= precision - 0.0005
    assert seen >= recall - 0.0005
    assert told["answered"] / told["apply"] >= answered - 0.005
    assert told["answered"] / told["readable"] >= readable - 0.005


def test_a_format_counts_where_any_right_answer_lets_it_be_asked():
    server = {"targets": ["server"], "also": ["end-users"]}
    assert cannot_apply("fixed-formats", server)
    assert cannot_apply("fixed-formats", {"targets": ["none"]})
    assert not cannot_apply("fixed-formats", server | {"also": ["desktop"]})
    assert not cannot_apply("fixed-formats", {})  # where it runs nobody wrote down


def test_leaving_out_what_cannot_apply_moves_no_answer_that_is_right_or_wrong():
    strict = {name: together(measured(name)[0]) for name in SETS}
    left = {name: strict[name] - together(measured(name, True)[0]) for name in SETS}
    assert {name: count for name, count in left.items() if count} == {
        "fifth": Counter(missed=3),
        "sixth": Counter(missed=4),
        "seventh": Counter(missed=3),
    }


def test_what_else_is_answered_is_mostly_right():
    for name, kind, goal, users in (
        ("third", 0.89, 1, 0.95),
        ("fifth", 1, 1, 1),
        ("sixth", 0.94, 1, 0.87),
        ("seventh", 0.945, 0.9, 0.86),
        ("eighth", 0.959, 0.85, 1),
        ("ninth", 0.94, 1, 0.93),
        ("tenth", 0.936, 1, 1),
        ("eleventh", 0.95, 1, 1),
        ("twelfth", 0.93, 1, 0.66),
        ("thirteenth", 0.95, 1, 1),
        ("fourteenth", 0.99, 1, 1),
        ("fifteenth", 1, 1, 1),
    ):
        counts, _, _ = measured(name)
        for question, precision in (("model-kind", kind), ("goal", goal), ("users", users)):
            assert rates(counts[question])[0] >= precision, (name, question)


def test_the_page_has_the_table_by_question():
    page = Path("docs/scan.md").read_text(encoding="utf-8")
    assert table() in page, "python -m benchmarks.scan prints it"


@pytest.mark.parametrize("name", SETS)
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
        "call",
        "phrase",
        "subject",
    }
    assert all(
        len(clue.name) <= 200 and "\n" not in clue.name
        for _, clues, _ in extracts(name)
        for clue in clues
    )


@pytest.mark.parametrize("name", SETS)
def test_no_more_than_two_fifths_are_of_one_framework_alone(name):
    alone = Counter(tuple(truth.get("existing-code", ())) for _, _, truth in extracts(name))
    assert alone["pytorch",] / alone.total() <= 0.4
