"""A source that more than five rules cite.

A page seldom says so much. Where many rules lean on one, some of them usually lean on its title
only: find the page that says what each of them says. Where it is really about all of them, the
source's line may allow the finding, with the reason.

```yaml
sources:
  # lint: allow P022 one table, a row for each of these rules
  - {id: table-of-teas, …}
```
"""

from __future__ import annotations

from recommender.authoring.sources import citations
from recommender.nouns.errors import listing
from recommender.nouns.pack import Rule

from ._context import Context, Finding, Findings, Severity

CODE = "P022"
SEVERITY: Severity = "warning"

MOST = 5


def check(context: Context) -> Findings:
    """Count the rules that cite each source, in themselves or in their reviews."""
    citing: dict[str, dict[str, None]] = {}
    for statement, cited in citations(context.pack):
        if isinstance(statement, Rule):
            citing.setdefault(cited.source, {})[statement.id] = None
    for name, rules in citing.items():
        if len(rules) > MOST:
            what = f"{len(rules)} rules cite the source `{name}`: {listing(list(rules), 6)}"
            because = "It is seldom really about all of them."
            fix = "Find what says each, or allow it here with the reason."
            yield Finding(context.pack.sources[name].place, what, because, fix)
