"""Conditions of a pack: what is written is read, and every mistake is told with the remedy."""

from __future__ import annotations

import pytest

from recommender.nouns.condition import All, AnyOf, Test
from tests.unit.conftest import rule


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("{hour: early}", Test("hour", "one_of", ("early",))),
        ("{hour: [early, late]}", Test("hour", "one_of", ("early", "late"))),
        ("{hour: {not: early}}", Test("hour", "one_of", ("early",), negated=True)),
        ("{hour: {not: [early, late]}}", Test("hour", "one_of", ("early", "late"), negated=True)),
        ("{where: {includes: home}}", Test("where", "includes", ("home",))),
        ("{where: {includes_all: [home, work]}}", Test("where", "includes_all", ("home", "work"))),
        ("{where: none}", Test("where", "none")),
        ("{where: []}", Test("where", "none")),
        ("{where: {not: none}}", Test("where", "none", negated=True)),
        ("{cups: {at_least: 2.5}}", Test("cups", "at_least", (2.5,))),
        ("{sweet: {at_most: 3}}", Test("sweet", "at_most", (3,))),
        ("{sweet: 3}", Test("sweet", "one_of", (3,))),
        ("{milk: true}", Test("milk", "one_of", (True,))),
        ("{}", All(())),
        ("{milk: true, sweet: 1}", All((Test("milk", "one_of", (True,)), Test("sweet", "one_of", (1,))))),
        ("{sweet: {at_least: 1, at_most: 3}}", All((Test("sweet", "at_least", (1,)), Test("sweet", "at_most", (3,))))),
        ("{any: [{milk: true}, {sweet: 1}]}", AnyOf((Test("milk", "one_of", (True,)), Test("sweet", "one_of", (1,))))),
        ("{not: {milk: true, sweet: 1}}", AnyOf((Test("milk", "one_of", (True,), negated=True), Test("sweet", "one_of", (1,), negated=True)))),
        ("{not: {}}", AnyOf(())),
    ],
)  # fmt: skip
def test_a_condition_is_read(folder, when, read):
    assert folder.load({"rules.yaml": rule(when=when)}).rules["a"].when == read


@pytest.mark.parametrize(
    ("when", "says"),
    [
        ("", "`when` takes a mapping, not `null`"),
        ("[hour]", "`when` takes a mapping, not [hour]"),
        ("early", "`when` takes a mapping, not `early`"),
        ("{huor: early}", "no question `huor`; did you mean `hour`?"),
        ("{hour: erly}", "`hour` has no answer `erly`; did you mean `early`?"),
        ("{hour: Late}", "`hour` has no answer `Late`; did you mean `late`?"),
        ("{hour: unknown}", "`hour` has no answer `unknown`; one of: early, late"),
        ("{hour: }", "`hour` has no answer `null`; one of: early, late"),
        ("{hour: []}", "the test of `hour` names no answer"),
        ("{hour: {}}", "the test of `hour` is empty"),
        ("{hour: {includes: early}}", "`includes` is for questions of several answers; `hour` takes one; write hour: `early`"),
        ("{hour: {at_least: 1}}", "`at_least` is for questions of type scale or number; `hour` is a choice"),
        ("{hour: {is: early}}", "unknown word `is`; one of: includes, includes_all, at_least, at_most, not"),
        ("{where: home}", "`where` allows several answers; write {includes: `home`}, or `none` for the empty answer"),
        ("{where: [home]}", "`where` allows several answers; write {includes: [home]}, or `none` for the empty answer"),
        ("{where: {includes: []}}", "`includes` names no answer"),
        ("{where: {includes: none}}", "`where` has no answer `none`; one of: home, work"),
        ("{where: {include: home}}", "unknown word `include`; did you mean `includes`?"),
        ("{cups: {at_least: many}}", "`at_least` takes a number, not `many`"),
        ("{cups: {at_least: true}}", "`at_least` takes a number, not `true`"),
        ("{cups: {at_least: .inf}}", "`at_least` takes a number, not `.inf`"),
        ("{sweet: 7}", "`sweet` takes a whole number from 0 to 5, not `7`"),
        ("{milk: yes}", "`milk` takes true or false, not `yes`; did you mean `true`?"),
        ("{any: {milk: true}}", "`any` takes a list of conditions"),
        ("{any: []}", "`any` takes a list of conditions"),
        ("{all: [milk]}", "a condition is a mapping from question to answer; as {goal: research}"),
        ("{not: milk}", "a condition is a mapping from question to answer; as {goal: research}"),
        ("{all: [" + "{any: [{sweet: 1}, {cups: 1}]}, " * 10 + "]}", "`when` is a condition of more than 512 alternatives; split the rule"),
    ],
)  # fmt: skip
def test_a_condition_that_is_none_is_told_with_the_remedy(folder, when, says):
    assert folder.faults({"rules.yaml": rule(when=when)}) == [f"rules/rules.yaml:2: {says}"]
