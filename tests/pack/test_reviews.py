"""What is told alone of a rule that was weakened, where there is no room for more, fits its side."""

from __future__ import annotations

import re

import pytest

from recommender import load_pack

PACK = load_pack()

NAMES = {
    "tensorflow": r"^\W*(TensorFlow|LiteRT|Keras|TensorBoard)",
    "pytorch": r"PyTorch|[Bb]ut Keras|Keras\W? \W?fit",
}
"""How a reader sees for whom it is told: what TensorFlow has comes first, before what takes of it;
for PyTorch it names PyTorch, or what Keras compiles by default."""


def _sides():
    """List each weakened rule that still favours the candidate for which it was written."""
    found = []
    for rule in PACK.rules.values():
        favors = rule.review.favors if rule.review and rule.review.verdict == "weakened" else None
        most = max(favors, key=favors.__getitem__) if favors else ""
        if favors and rule.favors[most] == max(rule.favors.values()) > min(favors.values()):
            found += [(rule.id, most)] if len({*favors.values()}) > 1 else []
    return found


@pytest.mark.parametrize(("rule", "most"), _sides())
def test_a_review_told_alone_says_what_is_left_of_the_reason(rule, most):
    told = PACK.rules[rule].review.because
    assert re.search(NAMES[most], told.replace("`", ""))
    assert not re.match(r"(So|It|They|That)\b|.*\bsuch a\b", told)  # of what? it is not there


def test_there_are_such_rules_of_both():
    assert {most for _, most in _sides()} == {"pytorch", "tensorflow"}
