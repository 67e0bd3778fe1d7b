"""A route whose packages nobody resolved of late, that installs nowhere, or only with old pins.

A route names the Python packages that it needs beside those of its candidate, and the resolver says
where they install together (`recommender resolve`). What was never resolved, or not for
half a year, proves nothing. A route that installs nowhere is none. Where it installs only as a
release of a major version before (4.0 where it is 9.0 elsewhere), a lower bound tells the resolver
that this is no way to go.

```yaml
routes:
  - {candidate: tea, packages: ["kettle>=9"], target: home, steps: [kettle, pot], maturity: beta}
```
"""

from __future__ import annotations

import datetime as dt

from recommender.nouns.pack import Route
from recommender.nouns.resolution import Resolution, name_of

from ._context import Context, Finding, Findings, Severity

CODE = "P028"
SEVERITY: Severity = "warning"

LONG = dt.timedelta(days=180)


def check(context: Context) -> Findings:
    """Look at what was resolved for each route in use."""
    resolved = {each.packages: each for each in context.pack.resolutions}
    refresh = "Run `recommender resolve` on the pack."
    for route in context.pack.routes:
        if not route.packages or route.maturity == "retired":
            continue
        found = resolved.get(route.packages)
        place, names = context.inside(route.place, "packages"), ", ".join(route.packages)
        if found is None:
            what = f"nobody resolved the packages of `{route.id}`: {names}"
            because = "So it is not known whether they can be installed together."
            yield Finding(place, what, because, refresh)
        elif context.as_of - found.on > LONG:
            what = f"the packages of `{route.id}` were resolved on {found.on}"
            yield Finding(place, what, "Newer releases may no longer fit together.", refresh)
        elif not any(each.pins for each in found.found):
            what = f"`{route.id}` installs nowhere: {found.found[-1].because}"
            because = "The resolver finds no versions that fit together, on any platform."
            fix = "Mend its packages, or call the route retired."
            yield Finding(place, what, because, fix)
        else:
            yield from _old(context, route, found)


def _old(context: Context, route: Route, found: Resolution) -> Findings:
    """Yield the packages of a route's own that somewhere are a major version behind."""
    own = [name_of(each) for each in route.packages]
    theirs = set(map(name_of, context.pack.candidates[route.candidate].packages))
    for name in (each for each in own if each not in theirs):
        pins = {each.pins[name]: each.where[0] for each in found.found if name in each.pins}
        oldest, newest = min(pins, key=_major, default=""), max(pins, key=_major, default="")
        if oldest and _major(oldest) < _major(newest):
            what = f"`{route.id}` installs on {pins[oldest]} only as {name} {oldest}"
            because = f"Elsewhere it is {name} {newest}, and the steps speak of that."
            fix = f'Bound it: "{name}>={_major(newest)}".'
            yield Finding(context.inside(route.place, "packages"), what, because, fix)


def _major(version: str) -> int:
    first = version.split(".", maxsplit=1)[0]
    return int(first) if first.isdigit() else 0
