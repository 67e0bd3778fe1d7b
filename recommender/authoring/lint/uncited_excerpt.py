"""An excerpt, or a whole source, that nobody cites.

A source is registered for what rests on it. What no rule, constraint, route, fact or review cites
is left over from a change, or is cited under another name.

```yaml
sources:
  - {id: study-of-tea, …, excerpts: {caught-up: {text: Strong teas have caught up.}}}
```
"""

from __future__ import annotations

from recommender.authoring.sources import citations

from ._context import Context, Finding, Findings, Severity

CODE = "P020"
SEVERITY: Severity = "warning"

BECAUSE = "Nothing rests on it, and it will grow old unread."


def check(context: Context) -> Findings:
    """Look for sources and excerpts that no statement points to."""
    cited = {(each.source, each.excerpt) for _, each in citations(context.pack)}
    named = {source for source, _ in cited}
    for source in context.pack.sources.values():
        if source.id not in named:
            fix = "Cite it where it belongs, or remove it."
            yield Finding(source.place, f"nobody cites the source `{source.id}`", BECAUSE, fix)
            continue
        for name in source.excerpts:
            if (source.id, name) not in cited:
                place = context.inside(source.place, "excerpts", name)
                what = f"nobody cites the excerpt `{name}` of `{source.id}`"
                yield Finding(place, what, BECAUSE, "Cite it where it belongs, or remove it.")
