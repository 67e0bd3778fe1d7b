"""The page docs/lint.md, made from the docstrings of the kinds of findings."""

from __future__ import annotations

from . import members, name_of

HEAD = """# What lint finds

`recommender lint [PACK]` examines a rule pack: the shipped one, a complete pack, or an
organisation's overlay (over the shipped pack; only the overlay's own files are reported). It exits
with 1 if it finds anything but notes. `--format json`, `sarif` and `github` serve programs, code
hosts and workflows; `--fix` mends what is mechanical and touches nothing else; `--as-of` judges
expiry at another day.

A line may allow a finding, with the reason, on the line itself or just above it:

```yaml
routes:
  # lint: allow P010 needs the vendor's compiler
  - {candidate: tea, target: office, steps: [samovar], maturity: production}
```

This page is made from the files of `recommender/authoring/lint/`, one for each kind of finding.

| code | name | severity | what it finds |
|---|---|---|---|
"""


def page() -> str:
    """Return the page: a table of all kinds, and a section for each.

    >>> "## P001 never-fires" in page()
    True
    """
    rows, sections = [], []
    for member in members():
        title, _, rest = (member.__doc__ or "").strip().partition("\n")
        name = name_of(member)
        link = f"[{member.CODE}](#{member.CODE.lower()}-{name})"
        rows.append(f"| {link} | {name} | {member.SEVERITY} | {title} |\n")
        sections.append(f"\n## {member.CODE} {name}\n\n{title}\n\n{rest.strip()}\n")
    return HEAD + "".join(rows) + "".join(sections)
