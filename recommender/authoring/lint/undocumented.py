"""A statement that is graded `documented` and shows no sentence that documents it.

`evidence: documented` says that a page states it. So the statement, or its review, cites an
excerpt: the sentence that says so, to the letter. What nobody wrote down in so many words is
`reported` or `judged`.

```yaml
evidence: documented
source: {source: study-of-tea, excerpt: caught-up}
```
"""

from __future__ import annotations

from recommender.authoring.sources import cited_by

from ._context import Context, Finding, Findings, Severity

CODE = "P019"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for grades that no excerpt bears out; a passage of a document is one."""
    for each in (*context.statements, *context.pack.referrals.values()):
        if each.evidence == "documented" and not any(c.excerpt or c.cite for c in cited_by(each)):
            what = f"`{each.id}` is graded `documented` without an excerpt"
            because = "Nobody can check it against the words that are meant to say so."
            fix = "Cite the sentence as an `excerpt` of its source, or grade it lower."
            yield Finding(context.inside(each.place, "evidence"), what, because, fix)
