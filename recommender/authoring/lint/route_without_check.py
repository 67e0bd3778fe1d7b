"""A route that no probe check can confirm.

A route tells a project how its model gets from the candidate to the place where it runs. Those in
use name the check that walks the route on the user's machine. A retired route needs none, since
nobody is sent there. Where no machine of ours can walk it (a vendor's chip, say), allow it in the
file, with the reason: `# lint: allow P010 needs the vendor's compiler`.

```yaml
routes:
  - {candidate: tea, target: home, steps: [kettle, pot], maturity: production, check: taste}
```
"""

from __future__ import annotations

from ._context import Context, Finding, Findings, Severity

CODE = "P010"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for routes in use that nothing can confirm."""
    for route in context.pack.routes:
        if not route.check and route.maturity != "retired":
            what = f"the route `{route.id}` names no check"
            because = "Nobody can see on a machine whether it still works."
            fix = "Add `check: id`, or allow it with the reason."
            yield Finding(route.place, what, because, fix)
