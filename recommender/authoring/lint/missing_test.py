"""A rule, a constraint, a referral or a library that no test shows at work.

Each needs at least one case in which it fires and one in which it is silent; what always holds
needs only the first. A referral, which sends people elsewhere, needs three of both.
`recommender test --mutate` says whether the cases would notice a mistake.

```yaml
tests:
  - {given: {milk: true}, expect: fires}
  - {given: {milk: false}, expect: silent}
```
"""

from __future__ import annotations

from recommender.authoring.test.cases import missing_states
from recommender.nouns.referral import Referral

from ._context import Context, Finding, Findings, Severity

CODE = "P008"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for states that no case shows."""
    pack = context.pack
    for each in (*context.statements, *pack.referrals.values(), *pack.libraries.values()):
        missing = missing_states(each)
        if missing:
            words = {"fires": "it fires", "silent": "it is silent"}
            shown = " and ".join(words[state] for state in missing)
            what = f"`{each.id}` has no test in which {' or '.join(words[s] for s in missing)}"
            if isinstance(each, Referral):
                what = f"`{each.id}` has fewer than three tests in which {shown}"
            because = "A condition that is never shown at work may hold for others than was meant."
            fix = f"Add to `tests`: {{given: {{…}}, expect: {missing[0]}}}."
            yield Finding(each.place, what, because, fix)
