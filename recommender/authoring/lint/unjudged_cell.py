"""A candidate about which a criterion says nothing.

No rule of the criterion names the candidate, so it earns 0 there because nobody has judged it, and
not because somebody found that it deserves 0. A criterion without any rule is reported, too.

```yaml
rules:
  - {id: a, criterion: comfort, favors: {tea: 1}, …}      # what of coffee? say {tea: 1, coffee: 0}
```
"""

from __future__ import annotations

from recommender.authoring.claims import judged

from ._context import Context, Finding, Findings, Severity

CODE = "P006"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for empty cells of the table of candidates and criteria."""
    for criterion in context.pack.criteria.values():
        rules = context.of_criterion(criterion.id)
        if not rules:
            what = f"the criterion `{criterion.id}` has no rule"
            because = "It can give nobody anything."
            yield Finding(criterion.place, what, because, "Write a rule for it, or remove it.")
            continue
        if any(rule.measure for rule in rules):
            continue
        for candidate, card in context.pack.candidates.items():
            # An overlay need not judge what its base offers on request only.
            if card.optional and not context.whole.owns(card.place.file):
                continue
            if not any(candidate in judged(rule) for rule in rules):
                what = f"no rule of `{criterion.id}` says what `{candidate}` earns"
                because = "It earns 0 because nobody has judged it."
                fix = f"Add `{candidate}` to the `favors` (0 is a judgement, too) or to `rates`."
                yield Finding(criterion.place, what, because, fix)
