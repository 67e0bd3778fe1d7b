"""A complete set of answers about which no rule speaks.

Somebody who answers every question this way is told only that too little is known. The finding
shows such answers. It is exact: unless it says otherwise, every combination has been considered.

```yaml
rules:
  - {id: mornings, criterion: comfort, when: {hour: morning}, …}     # and nothing for the evening
```
"""

from __future__ import annotations

from ._context import Context, Finding, Findings, Severity
from ._words import shown

CODE = "P005"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for answers that make every rule silent."""
    answers, _ = context.silence
    if answers is not None:
        what = f"no rule speaks about {shown(answers)}"
        because = "A project with these answers gets no advice, however much it tells."
        fix = "Write a rule for it, or one that always fires, even if it says that either will do."
        yield Finding(context.head(), what, because, fix)
