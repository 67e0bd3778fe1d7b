"""A route whose steps name a package that its `packages` do not.

Only what `packages` list is resolved. A step that names a package, written as other routes or the
package index write it (`onnx`, not ONNX), most likely needs it. Steps with a choice (`this or
that`) are left to their author.

```yaml
routes:
  - {candidate: tea, target: home, steps: [kettle-converter, pot], packages: [kettle-converter], …}
```
"""

from __future__ import annotations

import re

from recommender.nouns.resolution import name_of

from ._context import Context, Finding, Findings, Severity

CODE = "P029"
SEVERITY: Severity = "warning"


def check(context: Context) -> Findings:
    """Look for packages in the steps of routes in use."""
    pack = context.pack
    known = {name_of(each) for route in pack.routes for each in route.packages}
    known |= context.snapshot.packages.keys()
    known -= pack.candidates.keys()  # a framework's name in a step is no package that is missing
    for route in pack.routes:
        if route.maturity == "retired":
            continue
        words = {
            word
            for step in route.steps
            if " or " not in step
            for word in re.findall(r"[A-Za-z0-9][\w.-]*", step)
        }
        for name in sorted(words & known - {name_of(each) for each in route.packages}):
            what = f"the steps of `{route.id}` name `{name}`, and its packages do not"
            because = "So the resolver does not see whether it can be installed."
            fix = f"Add `packages: [{name}]`, or allow it with the reason."
            yield Finding(context.inside(route.place, "steps"), what, because, fix)
