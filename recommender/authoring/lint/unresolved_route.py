"""A route or a library that nobody resolved of late, that installs nowhere, or only with old pins.

Both name the Python packages that they need beside those of their candidate, and the resolver says
where they install together (`recommender resolve`). What was never resolved, or not for half a
year, proves nothing. What installs nowhere is none. Where it installs only as a release of a major
version before (4.0 where it is 9.0 elsewhere), a lower bound tells the resolver that this is not
what is meant.

```yaml
routes:
  - {candidate: tea, packages: ["kettle>=9"], target: home, steps: [kettle, pot], maturity: beta}
```
"""

from __future__ import annotations

import datetime as dt

from recommender.authoring.resolving import needing
from recommender.nouns.library import Library
from recommender.nouns.pack import Route
from recommender.nouns.resolution import Resolution, name_of

from ._context import Context, Finding, Findings, Severity

CODE = "P028"
SEVERITY: Severity = "warning"

LONG = dt.timedelta(days=180)


def check(context: Context) -> Findings:
    """Look at what was resolved for each library and each route in use."""
    resolved = {each.packages: each for each in context.pack.resolutions}
    refresh = "Run `recommender resolve` on the pack."
    for each in needing(context.pack):
        found = resolved.get(each.packages)
        place, names = context.inside(each.place, "packages"), ", ".join(each.packages)
        if found is None:
            what = f"nobody resolved the packages of `{each.id}`: {names}"
            because = "So it is not known whether they can be installed together."
            yield Finding(place, what, because, refresh)
        elif context.as_of - found.on > LONG:
            what = f"the packages of `{each.id}` were resolved on {found.on}"
            yield Finding(place, what, "Newer releases may no longer fit together.", refresh)
        elif not any(end.pins for end in found.found):
            what = f"`{each.id}` installs nowhere: {found.found[-1].because}"
            because = "The resolver finds no versions that fit together, on any platform."
            fix = "Mend its packages, or call the route retired and drop the library."
            yield Finding(place, what, because, fix)
        else:
            yield from _old(context, each, found)


def _old(context: Context, entry: Route | Library, found: Resolution) -> Findings:
    """Yield the packages of an entry's own that somewhere are a major version behind."""
    own = [name_of(each) for each in entry.packages]
    theirs = set(map(name_of, context.pack.candidates[entry.candidate].packages))
    for name in (each for each in own if each not in theirs):
        pins = {each.pins[name]: each.where[0] for each in found.found if name in each.pins}
        oldest, newest = min(pins, key=_major, default=""), max(pins, key=_major, default="")
        if oldest and _major(oldest) < _major(newest):
            what = f"`{entry.id}` installs on {pins[oldest]} only as {name} {oldest}"
            because = f"Elsewhere it is {name} {newest}, and that is what is meant."
            fix = f'Bound it: "{name}>={_major(newest)}".'
            yield Finding(context.inside(entry.place, "packages"), what, because, fix)


def _major(version: str) -> int:
    first = version.split(".", maxsplit=1)[0]
    return int(first) if first.isdigit() else 0
