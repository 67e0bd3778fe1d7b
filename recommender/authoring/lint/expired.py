"""A review, a route, a constraint, a referral or a library that was to be read again by now.

What frameworks can do changes. `expires` says until when a statement may be trusted unread; past
it the advice still counts, and reports show it as expired. Judged at `--as-of`, or at the pack's
own date. A review dated later than that does not count yet, and is reported as well.

```yaml
review: {on: 2026-06-01, verdict: stands, because: Still so., expires: 2026-08-01}
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from recommender.nouns.errors import Place
from recommender.nouns.library import Library
from recommender.nouns.pack import Constraint, Route
from recommender.nouns.referral import Referral

from ._context import Context, Finding, Findings, Severity, called

CODE = "P009"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for what is past its date."""
    for name, place, expires in _dated(context):
        if expires is not None and expires < context.as_of:
            days = (context.as_of - expires).days
            what = f"{name} expired on {expires}, {days} day{'s'[: days != 1]} ago"
            because = "What it says may no longer be so."
            fix = "Read its sources again, and set `read`, `on` and `expires` anew."
            yield Finding(place, what, because, fix)
    for rule in context.rules:
        if rule.review is not None and rule.review.on > context.as_of:
            place = context.inside(rule.place, "review", "on")
            what = f"the review of `{rule.id}` is dated {rule.review.on}, after {context.as_of}"
            because = "A review does not count before its day."
            yield Finding(place, what, because, "Correct the day, or the pack's `dated`.")


def _dated(context: Context) -> Iterator[tuple[str, Place, dt.date | None]]:
    for rule in context.rules:
        if rule.review is not None:
            place = context.inside(rule.place, "review", "expires")
            yield f"the review of `{rule.id}`", place, rule.review.expires
    pack = context.pack
    kept: tuple[Route | Constraint | Referral | Library, ...] = (
        *pack.routes, *pack.constraints.values(), *pack.referrals.values(),
        *pack.libraries.values(),
    )  # fmt: skip
    for each in kept:
        yield called(each), context.inside(each.place, "expires"), each.expires
