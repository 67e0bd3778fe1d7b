"""What an answer can decide, through questions that it opens: however long the chain of them."""

import dataclasses

from recommender.judging.open_answers import gates, reach
from recommender.nouns.condition import Test
from recommender.nouns.errors import Place
from recommender.nouns.question import Question

LINKS = 1500


def chained(pack, links):
    """Give a pack in which each of so many questions opens the next, and the last a rule."""
    asked = {}
    for number in range(links):
        when = Test(f"q{number - 1}", "one_of", (True,)) if number else None
        asked[f"q{number}"] = Question(f"q{number}", "?", "flag", Place("q.yaml"), when=when)
    last = Test(f"q{links - 1}", "one_of", (True,))
    rule = dataclasses.replace(next(iter(pack.rules.values())), when=last)
    return dataclasses.replace(
        pack, questions=asked, rules={rule.id: rule}, constraints={}, routes=(), examples=(), this_machine=None,
        population=(), targets="", formats="",
    )  # fmt: skip


def test_a_chain_of_questions_is_followed_to_its_end(toy):
    pack = chained(toy, LINKS)
    rule, every = 1, sum(gates(pack).values())
    assert reach(pack, "q0") == every | rule
    assert reach(pack, f"q{LINKS - 1}") == rule
