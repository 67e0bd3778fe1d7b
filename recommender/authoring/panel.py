"""The panel: random projects that two versions of a pack are compared on."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

from recommender.nouns.condition import Answer, holds, tests
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.nouns.question import SCALE, Question, question_under


def random_profiles(old: Pack, new: Pack, count: int, seed: int) -> list[Profile]:
    """Return random valid profiles over the questions of both packs, more or less complete.

    >>> from recommender import load_pack
    >>> pack = load_pack("tests/toy/rules")
    >>> random_profiles(pack, pack, 3, 7) == random_profiles(pack, pack, 3, 7)
    True
    """
    rng = random.Random(seed)
    questions = _united(old, new)
    numbers = _numbers((old, new))
    found = []
    for number in range(1, count + 1):
        answers: dict[str, Answer] = {}
        out: set[str] = set()
        fullness = rng.uniform(0.4, 1)
        for question in questions:
            asked = question.when is None or holds(question.when, answers, out)
            if asked is False:
                out.add(question.id)
            elif asked and rng.random() < fullness:
                answers[question.id] = _draw(question, numbers.get(question.id, ()), rng)
        found.append(Profile(answers, name=f"panel {number}"))
    return found


def _united(old: Pack, new: Pack) -> list[Question]:
    """Return the questions of both packs, the new one's first, each with the choices of both."""
    found = []
    for question in new.questions.values():
        before = old.questions.get(question.id)
        same = before is not None and before.type == question.type
        choices = {**(before.choices if before and same else {}), **question.choices}
        found.append(replace(question, choices=choices))
    return found + [
        q for name, q in old.questions.items() if question_under(name, new.questions) is None
    ]


def _numbers(packs: Iterable[Pack]) -> dict[str, tuple[float, ...]]:
    """Return, by question, the numbers that conditions name and those next to them."""
    found: dict[str, set[float]] = {}
    for pack in packs:
        conditions = [rule.when for rule in pack.rules.values()]
        conditions += [constraint.when for constraint in pack.constraints.values()]
        for condition in conditions:
            for test in tests(condition):
                for value in test.values:
                    if isinstance(value, int | float) and not isinstance(value, bool):
                        found.setdefault(test.question, set()).update((value - 1, value, value + 1))
    return {name: tuple(sorted({max(0, v) for v in values})) for name, values in found.items()}


def _draw(question: Question, numbers: tuple[float, ...], rng: random.Random) -> Answer:
    if question.type == "flag":
        return rng.random() < 0.5  # noqa: PLR2004
    if question.type == "scale":
        return rng.choice(SCALE)
    if question.type == "number":
        return rng.choice(numbers or (0,))
    options = sorted(question.choices)
    if question.type == "choice":
        return rng.choice(options)
    return frozenset(rng.sample(options, min(len(options), rng.choice((0, 1, 1, 1, 2, 3)))))
