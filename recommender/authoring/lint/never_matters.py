"""A rule or a criterion that can never change an outcome.

The rule may fire, but it gives nobody anything under any lens; or it fires only where constraints
have left a single candidate, so that nothing remains to be decided; or its criterion weighs 0.
Exact: the rule is tried together with every constraint, for every set of answers.

```yaml
review: {on: 2026-05-01, verdict: overturned, because: Nobody uses it.}   # and no document cited
```
"""

from __future__ import annotations

from ._context import Context, Finding, Findings, Severity
from ._idleness import idle

CODE = "P002"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for rules without consequence, and for criteria that weigh nothing."""
    for criterion in context.pack.criteria.values():
        if criterion.weight == 0:
            what = f"the criterion `{criterion.id}` weighs 0"
            because = "Its rules count only for a project that gives it a weight of its own."
            yield Finding(criterion.place, what, because, "Give it a weight, or remove it.")
    for rule in context.rules:
        reason = idle(rule, context)
        if reason:
            what = f"the rule `{rule.id}` can never change an outcome"
            fix = "Remove it, or say in `favors` whom it helps today."
            yield Finding(rule.place, what, reason, fix)
