"""Questions for programs: each whole, and the one to ask next (docs/json.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from recommender.judging.outcome import WHOLE
from recommender.nouns.condition import All, Condition, Test

if TYPE_CHECKING:
    from recommender.judging.case import Case
    from recommender.language import Language
    from recommender.reflecting.interview import Inquiry
    from recommender.reflecting.proof import Proof

SCHEMA = 2
"""The version of the JSON that the next question is written as."""


def asked(name: str, language: Language) -> dict[str, Any]:
    """Return one question in a reader's language: words, possible answers, help, when it applies.

    >>> from recommender import load_pack
    >>> from recommender.language import Language
    >>> oats = asked("oat-milk", Language(load_pack("tests/toy/rules")))
    >>> oats["ask"], oats["when"]
    ('Is it oat milk?', {'milk': [True]})
    """
    question = language.pack.questions[name]
    several = question.type == "many"
    return {
        "id": name,
        "ask": language.ask(name),
        "type": question.type,
        "choices": {choice: language.choice(name, choice) for choice in question.choices},
        "also": question.names,
        "none": language.none(name) if several else "",
        "ends": list(language.ends(name)) if question.type == "scale" else [],
        "help": language.help(name),
        "when": None if question.when is None else written(question.when),
    }


def next_asked(
    inquiry: Inquiry | None, proof: Proof, case: Case, language: Language
) -> dict[str, Any]:
    """Return the question to ask next, and whether any answer can still change the advice."""
    question, told = None, case.decision
    if inquiry is not None:
        question = {**asked(inquiry.question, language), "gain": inquiry.gain / WHOLE}
    return {
        "schema": SCHEMA,
        "kind": "next-question",
        "settled": proof.settled,
        "outcome": told.outcome,
        "best": told.best,
        "support": told.support / WHOLE,
        "open": list(proof.open),
        "question": question,
    }


def written(condition: Condition) -> Mapping[str, Any]:
    """Return a condition as a pack writes it (docs/writing-rules.md).

    >>> from recommender.nouns.condition import AnyOf
    >>> written(AnyOf((Test("milk", "one_of", (True,)), Test("cups", "at_least", (3,), True))))
    {'any': [{'milk': [True]}, {'cups': {'not': {'at_least': 3}}}]}
    """
    if not isinstance(condition, Test):
        if not condition.parts:  # which a pack writes without a list: all that is true, and not
            return {} if isinstance(condition, All) else {"not": {}}
        word = "all" if isinstance(condition, All) else "any"
        return {word: [written(part) for part in condition.parts]}
    test: Any = list(condition.values)
    if condition.word == "none":
        test = "none"
    elif condition.word in ("at_least", "at_most"):
        test = {condition.word: condition.values[0]}
    elif condition.word != "one_of":
        test = {condition.word: test}
    return {condition.question: {"not": test} if condition.negated else test}
