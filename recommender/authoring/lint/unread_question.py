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

from ._context import Context, Finding, Findings, Severity

CODE = "P012"
SEVERITY: Severity = "error"


def check(context: Context) -> Findings:
    """Look for questions that could be left out."""
    pack = context.pack
    read = {name for each in context.statements for name in reads(each.when)}
    read |= {name for route in pack.routes if route.when for name in reads(route.when)}
    read |= {
        name
        for each in pack.referrals.values()
        for when in (each.when, each.unless)
        if when is not None
        for name in reads(when)
    }
    read |= {name for route in pack.routes if route.prefer for name in reads(route.prefer)}
    for condition in pack.conditions():
        read |= set(reads(condition))
    if pack.routes:
        read.add(pack.targets)
    if any(route.delivers for route in pack.routes):
        read.add(pack.formats)
    for question in reversed(list(pack.questions.values())):
        if question.id in read and question.when is not None:
            read |= set(reads(question.when))
    for question in pack.questions.values():
        if question.id not in read:
            what = f"no rule reads the question `{question.id}`"
            because = "Whatever is answered, the advice stays the same."
            yield Finding(question.place, what, because, "Write the rule, or remove the question.")
