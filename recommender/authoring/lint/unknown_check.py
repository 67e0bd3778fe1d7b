"""A check id that the probe does not have.

A rule, constraint, route or fact names a check that is not among those of this version's probe, so
nothing on any machine will ever confirm or refute it.

```yaml
checks: [export-mobil]        # did you mean `export-mobile`?
```
"""

from __future__ import annotations

from collections.abc import Iterator

from recommender.nouns.errors import Place, did_you_mean

from ._context import Context, Finding, Findings, Severity

CODE = "P011"
SEVERITY: Severity = "error"


def check(context: Context) -> Findings:
    """Look for checks that do not exist."""
    known = context.checks
    if known is None:
        return
    for id_, place, name in _named(context):
        if name not in known:
            what = f"`{id_}` names the check `{name}`, which the probe does not have"
            because = "Nothing on any machine will ever confirm or refute it."
            fix = did_you_mean(name, sorted(known)).capitalize()
            yield Finding(place, what, because, fix)


def _named(context: Context) -> Iterator[tuple[str, Place, str]]:
    for each in (*context.statements, *context.pack.facts.values()):
        for index, name in enumerate(each.checks):
            yield each.id, context.inside(each.place, "checks", index), name
    for rule in context.rules:
        if rule.measure is not None:
            yield rule.id, context.inside(rule.place, "measure", "check"), rule.measure.check
    for constraint in context.pack.constraints.values():
        if constraint.refuted:
            yield constraint.id, context.inside(constraint.place, "refuted"), constraint.refuted
    for route in context.pack.routes:
        if route.check:
            yield route.id, context.inside(route.place, "check"), route.check
