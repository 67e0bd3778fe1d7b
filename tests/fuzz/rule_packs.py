"""Generated rule packs, as YAML that the loader takes: of any size within its limits."""

from __future__ import annotations

import json
from dataclasses import dataclass

HEAD = {
    "id": "generated",
    "schema": 1,
    "version": "1.0.0",
    "title": "Generated",
    "dated": "2026-11-23",
}
ENTRIES = 1000
"""Entries of a kind that go into one file."""


@dataclass(frozen=True)
class Shape:
    """How large a generated pack is, and of what."""

    kinds: tuple[str, ...] = ("choice", "many", "scale", "number", "flag")
    questions: int = 8
    options: int = 4
    rules: int = 20
    constraints: int = 2
    candidates: int = 3
    criteria: int = 3
    tests: int = 2
    alternatives: int = 1
    gated: float = 0.2
    """The share of the questions that are only asked after an answer to another."""


def pack_of(shape, chance):
    """Give the families of a pack."""
    asked = []
    for number in range(shape.questions):
        kind = chance.choice(shape.kinds)
        question = {"id": f"q{number}", "ask": f"Question {number}?", "type": kind}
        if kind in ("choice", "many"):
            question["choices"] = {f"o{i}": f"O {i}" for i in range(shape.options)}
        if asked and chance.random() < shape.gated:
            before = asked[-1] if shape.gated == 1 else chance.choice(asked)
            question["when"] = _test(before, chance)
        asked.append(question)
    names = [f"c{number}" for number in range(shape.candidates)]
    criteria = [f"k{number}" for number in range(shape.criteria)]
    rules = [
        {
            "id": f"r{number}", "criterion": chance.choice(criteria), "when": _condition(asked, shape, chance),
            "favors": {name: chance.randint(1, 100) / 100 for name in chance.sample(names, chance.randint(1, len(names)))},
            "weight": chance.randint(1, 10), "because": "x",
        }
        for number in range(shape.rules)
    ]  # fmt: skip
    constraints = [
        {
            "id": f"x{number}", "when": _condition(asked, shape, chance), "because": "x",
            "vetoes": chance.sample(names, chance.randint(1, max(1, len(names) - 1))),
        }
        for number in range(shape.constraints)
    ]  # fmt: skip
    return {
        "pack": HEAD,
        "candidates": [{"id": name, "title": name} for name in names],
        "criteria": [{"id": name, "title": name, "weight": chance.randint(1, 10)} for name in criteria],
        "questions": asked,
        "constraints": constraints,
        "rules": rules,
    }  # fmt: skip


def _condition(asked, shape, chance):
    def part():
        found = {}
        for question in chance.sample(asked, min(len(asked), chance.randint(1, shape.tests))):
            found |= _test(question, chance)
        return found

    count = chance.randint(1, shape.alternatives)
    return part() if count == 1 else {"any": [part() for _ in range(count)]}


def _test(question, chance):
    kind = question["type"]
    negated = chance.random() < 0.2
    if kind == "flag":
        return {question["id"]: chance.random() < 0.7}
    if kind in ("scale", "number"):
        bound = chance.randint(0, 5) if kind == "scale" else chance.randint(1, 1000)
        return {question["id"]: {chance.choice(("at_least", "at_most")): bound}}
    options = list(question["choices"])
    if kind == "choice":
        named = chance.sample(options, chance.randint(1, min(3, len(options))))
        return {question["id"]: {"not": named} if negated else named}
    word = chance.choice(("includes", "includes_all"))
    return {question["id"]: {word: chance.sample(options, chance.randint(1, min(4, len(options))))}}


def write(folder, families):
    """Write a pack into a folder, a thousand entries of a kind to a file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(json.dumps({"pack": families["pack"]}))
    for each in families["candidates"]:
        (folder / f"candidate-{each['id']}.yaml").write_text(json.dumps({"candidate": each}))
    for number, name in enumerate(("criteria", "questions", "constraints", "rules"), start=1):
        entries = families[name]
        for start in range(0, len(entries), ENTRIES):
            text = json.dumps({name: entries[start : start + ENTRIES]})
            (folder / f"{number}-{name}-{start:06}.yaml").write_text(text)
    return folder
