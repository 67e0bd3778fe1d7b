"""A claim on the package index that its snapshot refutes, or cannot tell.

`holds:` says in a form that can be computed what a statement takes for granted of a package: which
Pythons it has wheels for, when it was last released, what it pins. The pack's own snapshot
(`index/`) must bear it out. Where it does not, read the statement again: its verdict and its shares
are yours to change.

```yaml
holds: pythons(tea) has 3.14
```
"""

from __future__ import annotations

from recommender.authoring.sources import claiming
from recommender.index.claims import claim_of

from ._context import Context, Finding, Findings, Severity

CODE = "P025"
SEVERITY: Severity = "error"


def check(context: Context) -> Findings:
    """Compare every claim with the snapshot."""
    for each in claiming(context.pack):
        for text in each.holds:
            claim = claim_of(text)
            if claim.holds(context.snapshot):
                continue
            seen = claim.seen(context.snapshot)
            what = f"`{each.id}` says `{claim}`, and the index says: {seen}"
            because = "The snapshot in `index/` does not bear the statement out."
            fix = "Read the statement again, or refresh the snapshot."
            yield Finding(context.inside(each.place, "holds"), what, because, fix)
