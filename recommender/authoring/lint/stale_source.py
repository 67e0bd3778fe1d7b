"""A volatile statement that rests on a page of long ago.

What is marked `volatile: true` changes within a year or two: which runtimes a vendor supports, what
is maintained. A page written more than 18 months before the review (or before the day at which the
pack is judged, where there is none) can no longer carry it alone. Pages that do not say when they
were written, and statements that a younger page carries too, are left alone.

```yaml
- id: tea-sells-better
  volatile: true
  source: {source: survey-of-2019}
```
"""

from __future__ import annotations

import datetime as dt

from recommender.authoring.sources import cited_by
from recommender.nouns.library import Library
from recommender.nouns.pack import Constraint, Route, Rule
from recommender.nouns.referral import Referral

from ._context import Context, Finding, Findings, Severity

CODE = "P021"
SEVERITY: Severity = "warning"

LONGEST = dt.timedelta(days=548)
"""Eighteen months."""


def check(context: Context) -> Findings:
    """Look for volatile statements of which every page is old."""
    pack = context.pack
    statements: list[Rule | Constraint | Route | Referral | Library] = [
        *context.statements, *pack.routes, *pack.referrals.values(),
        *pack.libraries.values(),
    ]  # fmt: skip
    for each in statements:
        review = each.review if isinstance(each, Rule) else None
        day = review.on if review else getattr(each, "reviewed", context.as_of)
        pages = [pack.sources[cited.source] for cited in cited_by(each) if cited.source]
        days = [page.published for page in pages if page.published is not None]
        if not each.volatile or len(days) < len(pages) or not days or day - max(days) <= LONGEST:
            continue
        what = f"`{each.id}` is volatile, and its youngest page is of {max(days)}"
        because = f"That is more than 18 months before {day}."
        fix = "Find a page of this year, or say that it is not volatile."
        yield Finding(context.inside(each.place, "volatile"), what, because, fix)
