"""A part of a condition that contradicts the rest, or that says nothing.

One alternative of an `any`, or one combination of several lists, can never hold although the whole
can; or a test passes whatever is answered. Either the condition means something else, or the part
only makes it harder to read.

```yaml
when: {any: [{goal: research}, {goal: teaching, not: {goal: teaching}}]}
when: {sugar: {at_least: 0}}          # every answer to a scale is at least 0
```
"""

from __future__ import annotations

from recommender.nouns.condition import clauses, tests

from ._context import Context, Finding, Findings, Severity, called
from ._reach import tellable
from ._words import described

CODE = "P003"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for alternatives that never hold, and for tests that always pass."""
    for holder, key, condition in context.conditions():
        here = context.inside(holder.place, key)
        reached = context.alone(condition)
        alive = reached.alive
        if alive and reached.exact:
            for bit, clause in enumerate(clauses(condition)):
                if not alive >> bit & 1:
                    words = " and ".join(described(test) for test in clause)
                    what = f"an alternative of {called(holder)} can never hold: {words}"
                    because = "No complete set of answers meets these tests together."
                    yield Finding(here, what, because, "Remove it, or correct the answer.")
        for test in dict.fromkeys(tests(condition)):
            answers, exact = tellable(context.pack.questions[test.question], [test])
            if exact and all(test.of(answer) for answer in answers):
                what = f"a test of {called(holder)} always passes: {described(test)}"
                because = "Whatever is answered, it holds; it only waits for an answer."
                yield Finding(here, what, because, "Remove the test, or narrow it.")
