"""Generated packs through every command: each ends in good time, or says what it has not proved."""

import os
import random
import time

import pytest

from recommender.authoring.lint import lint
from tests.fuzz.rule_packs import Shape, pack_of, write

SECONDS = 5.0
SLOWER = float(os.environ.get("FUZZ_SLOWER", "2"))
"""How much slower than the machine of the promise this one may be."""

LARGE = {
    "many options": Shape(kinds=("many",), questions=3, options=16, gated=0, criteria=1),
    "many rules of many options": Shape(
        kinds=("many",), questions=40, options=20, rules=200, gated=0, criteria=1, constraints=5
    ),
    "many rules": Shape(questions=20, options=8, rules=500, tests=3),
    "many candidates": Shape(questions=20, options=10, rules=300, candidates=20, tests=3),
    "two thousand rules": Shape(questions=60, options=10, rules=2000, tests=3, constraints=100),
    "a chain of questions": Shape(kinds=("flag",), questions=1000, gated=1, rules=50, tests=1),
    "many questions": Shape(questions=300, options=6, rules=600, candidates=4),
}


@pytest.fixture(scope="module", params=LARGE)
def large(request, tmp_path_factory):
    families = pack_of(LARGE[request.param], random.Random(1))
    return write(tmp_path_factory.mktemp("packs") / "pack", families)


def seconds(call):
    """Run something, and give the seconds of this process that it took, and what it gave."""
    begun = time.process_time()
    found = call()
    return time.process_time() - begun, found


def test_lint_of_a_large_pack_ends_and_says_what_is_not_proved(large):
    spent, found = seconds(lambda: lint(large))
    assert spent < SECONDS * SLOWER
    assert "P000" not in {each.code for each in found}
    assert "P018" in {each.code for each in found}
