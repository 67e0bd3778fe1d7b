"""Two rules of one criterion that always fire together.

Their conditions may be written differently, but they hold for exactly the same answers, so the
project is told the same thing twice and the topic counts double. Two passages of a document may
well say the same, or contradict each other: rules that both cite a document are left alone, and so
are rules that give points to different candidates.

```yaml
- {id: a, criterion: comfort, when: {milk: true}, …}
- {id: b, criterion: comfort, when: {milk: {not: false}}, …}
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._context import Context, Finding, Findings, Severity

if TYPE_CHECKING:
    from recommender.judging.lens import Term
    from recommender.nouns.pack import Rule

CODE = "P004"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for rules that fire in exactly the same situations."""
    terms = context.terms("today")
    for criterion, reached in context.reaches.items():
        if not reached.exact:
            continue
        rules = context.of_criterion(criterion)
        masks = [mask for mask, _ in reached.firing()]
        groups: dict[tuple[bool, ...], list[Rule]] = {}
        for index, rule in enumerate(rules):
            column = tuple(bool(mask >> index & 1) for mask in masks)
            if any(column):
                groups.setdefault(column, []).append(rule)
        for group in groups.values():
            # What a candidate's own file says comes last: it is the one that adds.
            first, *others = sorted(group, key=lambda rule: (_is_own(rule, context), rule.place))
            for other in others:
                both_cite = first.cites is not None and other.cites is not None
                if not both_cite and _share_a_candidate(terms[first.id], terms[other.id]):
                    what = f"the rule `{other.id}` always fires together with `{first.id}`"
                    because = "One reason counts twice: their conditions hold for the same answers."
                    fix = "Unite the two, or say in `when` what sets them apart."
                    here = context.inside(other.place, "when")
                    yield Finding(here, what, because, fix, (context.inside(first.place, "when"),))


def _share_a_candidate(first: Term, other: Term) -> bool:
    """Return whether some candidate earns points from both, so that a reason counts twice."""
    return any(a and b for a, b in zip(first.favors, other.favors, strict=True))


def _is_own(rule: Rule, context: Context) -> bool:
    return "candidate" in context.file(rule.place.file).data
