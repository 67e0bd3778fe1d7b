"""A rule or a criterion that can never change an outcome.

The rule may fire, but it gives nobody anything under any lens; or it fires only where constraints
have left a single candidate, so that nothing remains to be decided; or its criterion weighs 0.
Exact: the rule is tried together with every constraint, for every set of answers.

```yaml
review: {on: 2026-05-01, verdict: overturned, because: Nobody uses it.}   # and no document cited
```
"""

from __future__ import annotations

from recommender.nouns.pack import Rule

from ._context import Context, Finding, Findings, Severity

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


def idle(rule: Rule, context: Context) -> str:
    """Return why a rule that can fire decides nothing, or empty text if it may."""
    if rule.measure is not None or not context.can_hold(rule.when):
        return ""
    lenses = [context.terms("today")[rule.id]]
    if rule.cites:
        lenses.append(context.terms("document")[rule.id])
    if not any(any(term.favors) for term in lenses):
        return "It gives no candidate anything, under any lens."
    return "" if rule.cites else _decided(rule, context)


def _decided(rule: Rule, context: Context) -> str:
    """Return why constraints have always decided where a rule fires, or empty text."""
    pack = context.pack
    vetoes = [each for each in pack.constraints.values() if not each.refuted]
    if not {name for each in vetoes for name in each.vetoes}:
        return ""
    found = context.reach([rule.when, *(each.when for each in vetoes)])
    for mask, _ in found.firing():
        gone = {name for i, each in enumerate(vetoes, 1) if mask >> i & 1 for name in each.vetoes}
        if mask & 1 and len(set(pack.candidates) - gone) > 1:
            return ""
    return "It fires only where constraints have left a single candidate." if found.exact else ""
