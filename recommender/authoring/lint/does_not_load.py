"""The pack cannot be loaded.

A file is not YAML, has an unknown key, names a question that does not exist, quotes what the
document does not say, and so on. Nothing else can be examined until this is mended, and every
such fault of every file is listed at once.

```yaml
rules:
  - {id: tea-first, critreion: comfort, favors: {tea: 1}, weight: 3, because: Tea calms.}
#                   ^ unknown key `critreion`; did you mean `criterion`?
```
"""

from __future__ import annotations

from recommender.nouns.errors import Fault, Place

from ._context import Context, Finding, Findings, Severity

CODE = "P000"
SEVERITY: Severity = "error"


def check(context: Context) -> Findings:
    """Return nothing: a pack with a context has loaded."""
    del context
    return ()


def finding_of(fault: Fault) -> Finding:
    """Return a fault of loading as a finding."""
    because = "A pack that does not load gives no advice."
    fix = fault.remedy or "Correct the line."
    return Finding(fault.place or Place("pack"), fault.what, because, fix)
