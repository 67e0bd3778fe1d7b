"""A question whose answer nothing reads.

Every question costs each user a moment, so each must earn its place: some rule, constraint or
referral reads it, or it decides whether such a question is asked, or which routes are shown.

```yaml
questions:
  - {id: favourite-colour, ask: Which colour do you like?, type: flag}      # and no rule reads it
```
"""

from __future__ import annotations

from recommender.nouns.condition import reads
from recommender.nouns.question import Question

from ._context import Context, Finding, Findings, Severity
from ._reach import closure

CODE = "P012"
SEVERITY: Severity = "error"


def check(context: Context) -> Findings:
    """Look for questions that could be left out."""
    pack = context.pack
    held = [each for holder, _, each in context.conditions() if not isinstance(holder, Question)]
    names = {name for condition in (*held, *pack.conditions()) for name in reads(condition)}
    read = closure(names | context.routed, pack.questions)
    for question in pack.questions.values():
        if question.id not in read:
            what = f"no rule reads the question `{question.id}`"
            because = "Whatever is answered, the advice stays the same."
            yield Finding(question.place, what, because, "Write the rule, or remove the question.")
