"""Generated packs through every command: each ends in good time, or says what it has not proved."""

import os
import random
import time

import pytest

from recommender import PackError, load_pack
from recommender.authoring.lint import lint
from tests.conftest import slowness
from tests.doors.command import recommender
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
    "a chain of questions": Shape(kinds=("flag",), questions=500, gated=1, rules=50, tests=1),
    "many questions": Shape(questions=300, options=6, rules=600, candidates=4),
}


@pytest.fixture(scope="module", params=LARGE)
def large(request, tmp_path_factory):
    families = pack_of(LARGE[request.param], random.Random(1))
    return write(tmp_path_factory.mktemp("packs") / "pack", families)


def seconds(call):
    """Run something, and give the seconds that it takes a processor as it should be, and the result."""
    begun = time.process_time()
    found = call()
    return (time.process_time() - begun) / slowness(time.process_time), found


def test_lint_of_a_large_pack_ends_and_says_what_is_not_proved(large):
    spent, found = seconds(lambda: lint(large))
    assert spent < SECONDS * SLOWER
    assert "P000" not in {each.code for each in found}
    assert "P018" in {each.code for each in found}


def commands(place):
    """Give the lines that a pack goes through, with a project that answers nothing and one that does."""
    (place / "empty.yaml").write_text("schema: 1\nanswers: {}\n")
    (place / "none.yaml").write_text("schema: 1\nname: none\nanswers: {q0: unknown}\n")
    empty, none, pack = place / "empty.yaml", place / "none.yaml", place / "pack"
    rules = ("--rules", pack)
    return (
        ("score", empty, *rules),
        ("score", empty, *rules, "--format", "json", "--output", place / "out.json", "--force"),
        ("next", empty, *rules),
        ("compare", empty, none, *rules),
        ("diff", pack, pack),
        ("test", pack, "--mutate"),
        ("schema", "project", *rules),
        ("lint", pack),
    )


@pytest.mark.parametrize("name", ["many candidates", "two thousand rules", "a chain of questions", "many questions"])  # fmt: skip
def test_every_command_over_a_large_pack_ends_in_time(name, tmp_path, monkeypatch):
    monkeypatch.setenv("RECOMMENDER_CACHE", "off")
    write(tmp_path / "pack", pack_of(LARGE[name], random.Random(2)))
    for line in commands(tmp_path):
        spent, ran = seconds(lambda line=line: recommender(*line))
        assert spent < SECONDS * SLOWER, line
        assert ran.code in (0, 1, 4, 5), (line, ran.err)


@pytest.mark.parametrize("name", ["many candidates", "two thousand rules", "a chain of questions", "many questions"])  # fmt: skip
@pytest.mark.parametrize("lines", ["\n", "1\nyes\n"], ids=["passed over", "answered"])
def test_an_interview_about_a_large_pack_is_over_in_time(name, lines, tmp_path, monkeypatch):
    """Up to five hundred questions, each of them passed over, or answered where the line fits."""
    monkeypatch.setenv("RECOMMENDER_CACHE", "off")
    write(tmp_path / "pack", pack_of(LARGE[name], random.Random(2)))
    stdin = lines * LARGE[name].questions
    spent, ran = seconds(lambda: recommender("ask", "--rules", tmp_path / "pack", stdin=stdin))
    assert spent < SECONDS * SLOWER
    assert ran.code in (0, 4, 5), ran.err
    assert "1 of at most" in ran.err


def test_random_packs_go_through_every_command(tmp_path, monkeypatch):
    monkeypatch.setenv("RECOMMENDER_CACHE", "off")
    for seed in range(int(os.environ.get("FUZZ_ROUNDS", "3"))):
        chance = random.Random(seed)
        shape = Shape(
            questions=chance.randint(1, 40), options=chance.randint(1, 20), rules=chance.randint(1, 200),
            constraints=chance.randint(0, 20), candidates=chance.randint(1, 12), criteria=chance.randint(1, 8),
            tests=chance.randint(1, 4), alternatives=chance.randint(1, 4), gated=chance.random(),
        )  # fmt: skip
        place = tmp_path / str(seed)
        write(place / "pack", pack_of(shape, chance))
        for line in commands(place):
            spent, ran = seconds(lambda line=line: recommender(*line))
            assert spent < SECONDS * SLOWER, (seed, line)
            assert ran.code in (0, 1, 4, 5), (seed, line, ran.err)


@pytest.mark.parametrize(("more", "says"), [
    ({"questions": 501, "kinds": ("flag",)}, "a pack has at most 500 questions"),
    ({"candidates": 101}, "a pack has at most 100 candidates"),
    ({"rules": 2001, "tests": 1}, "a pack has at most 2,000 rules"),
])  # fmt: skip
def test_a_pack_of_too_many_entries_is_refused_with_the_place(more, says, tmp_path):
    folder = write(tmp_path / "pack", pack_of(Shape(**more), random.Random(1)))
    with pytest.raises(PackError, match=says) as refused:
        load_pack(folder)
    assert refused.value.faults[0].place.line == 1
