"""One decision: this engine and five others on the same rules, results checked to be equal.

    pip install zen-engine datalogic-py rule-engine json-logic-qubit common-expression-language
    python -m benchmarks.decision [ROUNDS] [--json]

Every profile answers all questions, so that engines without a third truth value agree. Each of
the others evaluates one compiled expression: a list with the state of every rule and constraint
(with contributions: what it earns both candidates, as two lanes of one number), so that no
condition is evaluated twice; their scores are then summed up as fast as Python can, and outcome
and winner are given to them for nothing. The collector is off, as `timeit` has it.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable
from itertools import compress
from typing import Any

import cel
import datalogic_py
import json_logic
import rule_engine
import zen

from benchmarks.scores import Scorer
from benchmarks.synthetic import answers_of, pack_of
from recommender.judging.case import Case
from recommender.judging.decision import Decider
from recommender.nouns.condition import All, Condition, Test
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile

LANE = 24
VETO = (2 * LANE, 2 * LANE + 2)
Answers = dict[str, str]


def infix(condition: Condition, words: dict[str, str]) -> str:
    """Write a condition as an expression with the words of one language."""
    if isinstance(condition, Test):
        values = ", ".join(f'"{value}"' for value in condition.values)
        test = f"{condition.question} in [{values}]"
        if len(condition.values) == 1:
            test = f"{condition.question} == {values}"
        return f"{words['not']}({test})" if condition.negated else f"({test})"
    joint = words["and"] if isinstance(condition, All) else words["or"]
    return "(" + joint.join(infix(part, words) for part in condition.parts) + ")"


def logic(condition: Condition) -> dict[str, Any]:
    """Write a condition as JsonLogic."""
    if isinstance(condition, Test):
        question = {"var": condition.question}
        test = {"in": [question, list(condition.values)]}
        if len(condition.values) == 1:
            test = {"==": [question, condition.values[0]]}
        return {"!": [test]} if condition.negated else test
    joint = "and" if isinstance(condition, All) else "or"
    return {joint: [logic(part) for part in condition.parts]}


def numbers(pack: Pack, decider: Decider) -> list[tuple[Condition, int]]:
    """Pair every condition with its number: both scores of a rule, or the veto of a constraint."""
    worth = decider.plain.worth
    found = [(rule.when, a | b << LANE) for rule, (a, b) in zip(pack.rules.values(), worth)]
    names = sorted(pack.candidates)
    return found + [
        (constraint.when, 1 << VETO[names.index(constraint.vetoes[0])])
        for constraint in pack.constraints.values()
    ]


def unpacked(total: float) -> tuple[tuple[int, int], tuple[bool, bool]]:
    """Take the scores and the vetoes out of a sum."""
    whole, low = int(total), (1 << LANE) - 1
    vetoes = (bool(whole >> VETO[0] & 3), bool(whole >> VETO[1] & 3))
    return (whole & low, whole >> LANE & low), vetoes


def evaluators(
    pack: Pack, decider: Decider, *, contributions: bool
) -> dict[str, Callable[[Answers], Any]]:
    """Compile the pack for every engine; a call gives the list and its sum."""
    pairs = numbers(pack, decider)
    c_like = {"and": " && ", "or": " || ", "not": "!"}
    words = {"and": " and ", "or": " or ", "not": "not"}

    def expression(language: dict[str, str]) -> str:
        parts = [infix(when, language) for when, _ in pairs]
        if contributions:
            parts = [f"({part} ? {worth} : 0)" for part, (_, worth) in zip(parts, pairs)]
        return "[" + ", ".join(parts) + "]"

    terms = [logic(when) for when, _ in pairs]
    if contributions:
        terms = [{"if": [term, worth, 0]} for term, (_, worth) in zip(terms, pairs)]
    evaluated: dict[str, Callable[[Answers], list[Any]]] = {
        "zen-engine": zen.compile_expression(expression(words)).evaluate,
        "datalogic-py": datalogic_py.Engine().compile(json.dumps(terms)).evaluate,
        "rule-engine": rule_engine.Rule(expression(words)).evaluate,
        "json-logic": lambda answers: [json_logic.jsonLogic(term, answers) for term in terms],
        "common-expression-language": cel.compile(expression(c_like)).execute,
    }
    worths = [worth for _, worth in pairs]

    def summed(evaluate: Callable[[Answers], list[Any]]) -> Callable[[Answers], Any]:
        if contributions:
            return lambda answers: (found := evaluate(answers), sum(found))
        return lambda answers: (found := evaluate(answers), sum(compress(worths, found)))

    return {name: summed(evaluate) for name, evaluate in evaluated.items()}


def check(pack: Pack, decider: Decider, profiles: list[Answers]) -> None:
    """Stop unless every engine gives our scores, rule states and vetoes for every profile."""
    size, scorer = len(pack.rules), Scorer(decider)
    for contributions in (False, True):
        for name, call in evaluators(pack, decider, contributions=contributions).items():
            for answers in profiles:
                ours = scorer.scored(answers)
                held = decider.program.run(answers)[0] >> size & (1 << len(pack.constraints)) - 1
                vetoed = decider.plain.vetoed(held)
                found, total = call(answers)
                expected = (ours.scores, (bool(vetoed & 1), bool(vetoed & 2)))
                assert unpacked(total) == expected, name
                if not contributions:
                    states = sum(1 << i for i, each in enumerate(found[:size]) if each)
                    assert states == ours.fires, name


def timed(call: Callable[[Answers], Any], profiles: list[Answers]) -> float:
    """Give the microseconds of processor time that one call takes, over all profiles."""
    gc.collect()
    gc.disable()
    begun = time.process_time()
    for answers in profiles:
        call(answers)
    gc.enable()
    return (time.process_time() - begun) / len(profiles) * 1e6


def compare(rules: int, rounds: int, count: int) -> dict[str, dict[str, float]]:
    """Interleave all engines on one pack and give the medians, and the ratios to ours."""
    pack = pack_of(rules=rules)
    profiles = answers_of(pack, count, unknown=0)
    decider = Case.of(Profile(), pack).decider
    check(pack, decider, profiles[:50])
    found, scorer = {}, Scorer(decider)
    for contributions, ours in ((False, scorer.scored), (True, scorer.contributions)):
        others = evaluators(pack, decider, contributions=contributions)
        calls = {"framework-recommender": ours, **others}
        seconds: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(rounds):
            for name, call in calls.items():
                slow = name in ("rule-engine", "json-logic", "common-expression-language")
                seconds[name].append(timed(call, profiles[: count // 20] if slow else profiles))
        median = {name: statistics.median(each) for name, each in seconds.items()}
        fastest = median["framework-recommender"]
        found["with contributions" if contributions else "without contributions"] = {
            name: {"microseconds": round(taken, 2), "ratio": round(taken / fastest, 2)}
            for name, taken in median.items()
        }
    return found


def main() -> None:
    """Print a table, or JSON."""
    given = [int(word) for word in sys.argv[1:] if word.isdigit()]
    rounds = given[0] if given else 15
    found = {"40 rules": compare(40, rounds, 1000), "1,000 rules": compare(1000, rounds, 600)}
    if "--json" in sys.argv:
        print(json.dumps(found, indent=2))
        return
    for size, tables in found.items():
        for what, table in tables.items():
            print(f"{size}, {what}")
            for name, row in table.items():
                print(f"  {name:28} {row['microseconds']:10.2f} µs {row['ratio']:8.2f} x")


if __name__ == "__main__":
    main()
