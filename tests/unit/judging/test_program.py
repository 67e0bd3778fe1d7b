"""The program: compiled conditions, gates and memory (its meaning is in laws/test_program_laws)."""

from __future__ import annotations

import pytest

from recommender.judging import question_masks as module
from recommender.judging.program import Program, bits, program_of
from recommender.nouns.condition import ALWAYS, All, AnyOf, Test
from recommender.nouns.question import Question
from tests.laws.packs import PLACE

MILK, OAT = Test("milk", "one_of", (True,)), Test("oat", "one_of", (True,))
NOT_OAT = Test("oat", "one_of", (True,), negated=True)


@pytest.mark.parametrize(
    ("answers", "milk", "oat", "not_oat"),
    [
        ({}, None, None, None),
        ({"milk": True}, True, None, None),
        ({"milk": True, "oat": True}, True, True, False),
        ({"milk": True, "oat": False}, True, False, True),
        ({"milk": False}, False, False, False),
        ({"milk": False, "oat": True}, False, False, False),  # no longer coherent, still no oats
        ({"oat": True}, None, True, False),
    ],
)
def test_a_gate_that_is_shut_silences_every_test_behind_it(answers, milk, oat, not_oat):
    program = Program([MILK, OAT, NOT_OAT], {}, gates={"oat": 0})
    fires, possible, _ = program.run(answers)
    seen = [True if fires >> i & 1 else None if possible >> i & 1 else False for i in range(3)]
    assert seen == [milk, oat, not_oat]


def test_gates_behind_gates_shut_in_their_order():
    brand = Test("brand", "one_of", ("x",))
    program = Program([MILK, OAT, brand, AnyOf((brand, MILK))], {}, {"oat": 0, "brand": 1})
    assert program.run({"milk": False}) == (0, 0, 0)
    assert program.run({"milk": True, "oat": False}) == (0b1001, 0b1001, 0b1001)
    assert program.run({}) == (0, 0b1111, 0b1111)


def test_what_always_or_never_holds_needs_no_answer():
    assert Program([ALWAYS, AnyOf(()), All((MILK, AnyOf(())))], {}).run({}) == (1, 1, 1)
    assert Program([], {}).run({"milk": True}) == (0, 0, 0)


def test_memory_of_answers_is_bounded(monkeypatch):
    monkeypatch.setattr(module, "MEMO_LIMIT", 4)
    many = Question("place", "?", "many", PLACE, {c: c for c in "abcdef"})
    program = Program([Test("place", "includes", ("a",))], {"place": many})
    for letters in ("", "a", "b", "ab", "c", "ac", "abc"):
        fires, *_ = program.run({"place": frozenset(letters)})
        assert bool(fires) == ("a" in letters)


def test_a_pack_is_compiled_once_and_laid_out_by_family(toy):
    program = program_of(toy)
    assert program_of(toy) is program
    truths = program.run({"hour": "morning", "milk": False, "no-kettle": True, "my-kitchen": True})
    rules, constraints = list(toy.rules), list(toy.constraints)
    assert [rules[i] for i in bits(truths.rules[0])] == [
        "fast-brewing-matters", "mornings-want-caffeine", "tea-wakes-too",
    ]  # fmt: skip
    assert [constraints[i] for i in bits(truths.constraints[0])] == [
        "must-be-drinkable-here", "tea-needs-a-kettle",
    ]  # fmt: skip
    assert truths.inapplicable == {"oat-milk"}
    assert truths.this_machine
    assert truths.routes[0] == 0b111


@pytest.mark.parametrize(
    ("mask", "ones"), [(0, []), (1, [0]), (0b1011, [0, 1, 3]), (1 << 400, [400])]
)
def test_the_ones_of_a_mask_are_listed_lowest_first(mask, ones):
    assert bits(mask) == ones
