"""A source that speaks of a version which is more than two feature releases old.

A source may say which `package` its `version` is a version of. Where the snapshot of the package
index (`index/`) has more than two feature releases after it (2.13 where 2.16 is out), the page may
no longer say what is so, and needs to be read again.

```yaml
sources:
  - {id: brewing-notes, package: tea, version: "1.2", …}
```
"""

from __future__ import annotations

from recommender.index.versions import feature_of, key_of

from ._context import Context, Finding, Findings, Severity

CODE = "P026"
SEVERITY: Severity = "warning"

MOST = 2


def check(context: Context) -> Findings:
    """Count the feature releases after the version of each source."""
    for source in context.pack.sources.values():
        package = context.snapshot.packages.get(source.package)
        if package is None or not package.finals or key_of(source.version) is None:
            continue
        own = feature_of(source.version)
        later = sorted({feature_of(each.version) for each in package.finals} - {own})
        later = [each for each in later if each > own]
        if len(later) > MOST:
            newest = package.finals[-1].version
            what = f"`{source.id}` speaks of {source.package} {source.version}; {newest} is out"
            because = f"That is {len(later)} feature releases later."
            fix = "Read what the page says of a newer one, or find another."
            yield Finding(context.inside(source.place, "version"), what, because, fix)
