"""A criterion in which one candidate can collect more than ten points.

Each criterion is one topic, and the weights of criteria say how much the topics matter. Where many
rules of one topic can fire together, it outvotes the others unseen. The finding shows answers that
bring it about. Exact: every set of answers is considered, each rule with its share of today.

```yaml
- {id: a, criterion: comfort, when: {milk: true},   favors: {tea: 1}, weight: 8, …}
- {id: b, criterion: comfort, when: {hour: evening}, favors: {tea: 1}, weight: 8, …}
```
"""

from __future__ import annotations

from recommender.judging.program import bits

from ._context import Context, Finding, Findings, Severity
from ._words import shown

CODE = "P014"
SEVERITY: Severity = "warning"

MOST = 10


def check(context: Context) -> Findings:
    """Look for the heaviest situation of every criterion."""
    terms = context.terms("today")
    candidates = sorted(context.pack.candidates)
    for name, reached in context.reaches.items():
        columns = [terms[rule.id] for rule in context.of_criterion(name)]
        heaviest, who, answers, fired = 0, "", {}, []
        for mask, witness in reached.firing():
            for column, candidate in enumerate(candidates):
                points = sum(columns[i].weight * columns[i].favors[column] for i in bits(mask))
                if points > heaviest:
                    heaviest, who, answers = points, candidate, dict(witness)
                    fired = [columns[i].rule for i in bits(mask)]
        if heaviest > 100 * MOST:
            criterion = context.pack.criteria[name]
            what = f"`{who}` can collect {heaviest / 100:g} points on `{name}`"
            because = f"With {shown(answers)} these fire together: {', '.join(fired)}."
            fix = f"Lower their weights so that they stay within {MOST}, or unite some of them."
            yield Finding(criterion.place, what, because, fix)
