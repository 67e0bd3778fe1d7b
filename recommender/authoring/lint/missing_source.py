"""A statement without a source.

Every rule, constraint, route, referral, library, fact and counterpart of an API says where it comes
from (an opinion of the document that decides nothing needs none), and a review that changes what a
rule says has a source of its own.
Only what is marked `evidence: judged` in an organisation's overlay may speak for itself: there the
organisation is the source.

```yaml
source: {source: study-of-tea, excerpt: caught-up}
```
"""

from __future__ import annotations

from pathlib import Path

from recommender.nouns.library import Library
from recommender.nouns.pack import Fact, Route

from ._context import Context, Finding, Findings, Severity

CODE = "P007"
SEVERITY: Severity = "warning"

BECAUSE = "Advice without a source cannot be checked, and nobody can tell when it has grown old."
FIX = "Register the page under `sources:` and cite it, or cite a document of the pack."


def check(context: Context) -> Findings:
    """Look for statements that nothing backs."""
    overlay = context.whole.folder.resolve() != Path(context.pack.folders[0]).resolve()
    for each in (*context.statements, *context.pack.referrals.values()):
        judged = overlay and each.evidence == "judged"
        if not each.sources and not judged and not getattr(each, "measure", None):
            yield Finding(each.place, f"`{each.id}` has no source", BECAUSE, FIX)
    for rule in context.rules:
        review = rule.review
        if review is not None and review.verdict != "stands" and not review.sources:
            what = f"the review of `{rule.id}` says `{review.verdict}` without a source"
            yield Finding(review.place, what, BECAUSE, "Add `sources:` to the review.")
    facts = [fact for fact in context.pack.facts.values() if fact.verdict != "opinion"]
    others: list[Route | Fact | Library]
    others = [*context.pack.routes, *facts, *context.pack.libraries.values()]
    for entry in others:
        if not entry.sources and not overlay:
            yield Finding(entry.place, f"`{entry.id}` has no source", BECAUSE, FIX)
    for api in context.pack.moving.apis.values():
        for name, counterpart in api.counterparts.items():
            if not counterpart.sources and not overlay:
                what = f"the counterpart of `{api.id}` in `{name}` has no source"
                yield Finding(api.place, what, BECAUSE, FIX)
