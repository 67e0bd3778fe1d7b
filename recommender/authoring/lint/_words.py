"""Answers and tests in words, much as a pack writes them."""

from __future__ import annotations

from collections.abc import Mapping

from recommender.nouns.condition import Answer, Test
from recommender.nouns.errors import listing


def shown(answers: Mapping[str, Answer]) -> str:
    """Return answers as a project file writes them.

    >>> shown({"targets": frozenset(), "milk": True})
    '{targets: none, milk: true}'
    """
    words = []
    for name, answer in answers.items():
        if isinstance(answer, frozenset):
            text = f"[{', '.join(sorted(answer))}]" if answer else "none"
        else:
            text = str(answer).lower() if isinstance(answer, bool) else str(answer)
        words.append(f"{name}: {text}")
    return f"{{{listing(words, 30)}}}"


def described(test: Test) -> str:
    """Return a test much as a pack writes it.

    >>> from recommender.nouns.condition import Test
    >>> described(Test("targets", "includes", ("ios",), negated=True))
    'targets: not includes ios'
    """
    values = " or ".join(str(v).lower() if isinstance(v, bool) else str(v) for v in test.values)
    word = "" if test.word in ("one_of", "none") else test.word.replace("_", " ") + " "
    shown = "none" if test.word == "none" else f"{word}{values}"
    return f"{test.question}: {'not ' if test.negated else ''}{shown}"
