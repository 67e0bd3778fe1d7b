"""A condition that no set of answers can meet.

A rule, constraint or route whose `when` never holds says nothing to anybody, and a question that
is never asked cannot be answered. Usually two tests exclude each other, or a test needs an answer
to a question that is only asked when another test has already failed.

This is exact: every combination of answers that the tests can tell apart is tried, including when
each question is asked.

```yaml
when: {goal: research, not: {goal: [research, teaching]}}
```
"""

from __future__ import annotations

from recommender.nouns.question import Question

from ._context import Context, Finding, Findings, Severity, called

CODE = "P001"
SEVERITY: Severity = "error"


def check(context: Context) -> Findings:
    """Look for conditions that never hold."""
    for holder, key, condition in context.conditions():
        if context.can_hold(condition) is False:
            asked = isinstance(holder, Question)
            what = f"{called(holder)} can never {'be asked' if asked else 'apply'}"
            because = "No complete set of answers meets its `when`."
            fix = "Relax the tests that exclude each other, or remove it."
            yield Finding(context.inside(holder.place, key), what, because, fix)
