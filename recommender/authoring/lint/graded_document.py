"""A rule that cites a document and grades what it says.

A rule that encodes a passage says in `favors` what the passage says: 1 for whom it names, 0 for
the others. The document grades nothing; what holds today stands in the rule's `review`.

```yaml
favors: {tensorflow: 1, pytorch: 0}
source: {cite: pytorch-vs-tensorflow, says: …}
review: {on: 2026-11-23, verdict: weakened, favors: {tensorflow: 0.9, pytorch: 0.7}, …}
```
"""

from __future__ import annotations

from ._context import Context, Finding, Findings, Severity

CODE = "P015"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for shares between nothing and all."""
    for rule in context.rules:
        for name, share in rule.favors.items():
            if rule.cites and share not in (0, 100):
                what = f"`{rule.id}` cites a document and gives `{name}` {share / 100:g}"
                because = "The document names a candidate or does not; it gives no shares."
                fix = "Write 1 or 0 here, and today's share in the `review`."
                yield Finding(context.inside(rule.place, "favors", name), what, because, fix)
