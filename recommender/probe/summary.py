"""A report as text for people: one mark and one sentence for each check."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from recommender.nouns.errors import clean

from .report import counts
from .verdict import OUT_OF_TIME

MARKS = {
    "pass": "✓",
    "fail": "✗",
    "unsupported": "✗",
    "crashed": "✗",
    "timeout": "!",
    "killed": "!",
    "garbled": "!",
    "skip": "–",
    "not-run": "–",
}
LINE_START, NARROW_START, WIDE = 29, 6, 80
"""Where a sentence goes on: under its first word, or under the check's name on a narrow screen."""
LIKE = {"present": "✓", "broken": "✗", "absent": "–", "not-examined": "–"}


def lines(
    report: Mapping[str, Any],
    titles: Mapping[str, str],
    recipes: Mapping[str, str],
    verbose: int = 0,
) -> Iterator[str]:
    """Yield the lines of a report; `recipes` are the commands to install what is absent."""
    yield machine_line(report["machine"])
    for candidate, card in report["candidates"].items():
        versions = card["versions"]
        named = ", ".join(clean(f"{name} {version}") for name, version in versions.items())
        # Of what is absent, the packages beside it may be there: the first is not its version.
        own = "" if card["status"] == "absent" else clean(next(iter(versions.values()), ""))
        shown = (named if verbose else own) or card["status"]
        yield ""
        yield f"{titles.get(candidate, candidate)}  {shown}"
        rows = [row for row in report["observations"] if row["candidate"] == candidate]
        if card["status"] != "present" and card["because"] not in {r["because"] for r in rows}:
            yield f"  [{LIKE.get(card['status'], '!')}] {clean(card['because'] or card['status'])}"
        if card["status"] == "absent":
            yield f"      to install it: {recipes.get(candidate, '')}"
        for row in rows:
            yield from row_lines(row, verbose)
    yield ""
    yield closing_line(report)


def row_lines(row: Mapping[str, Any], verbose: int = 0) -> Iterator[str]:
    """Yield the line of one check, and with `verbose` its claim and figures.

    >>> row = {"check": "numerics", "status": "pass", "because": "right"}
    >>> print(*row_lines(row))
      [✓] numerics               right
    """
    yield f"  [{MARKS.get(row['status'], '!')}] {row['check']:<22} {clean(row['because'])}"
    if verbose:
        seconds = f", {row['seconds']} s" if row.get("seconds") is not None else ""
        yield f"      {row.get('claim', '')} {row['verdict']} ({row['status']}{seconds})"
        if row.get("figures"):
            yield f"      {json.dumps(row['figures'], ensure_ascii=False)[: 200 * verbose]}"


def wrapped(line: str, width: int) -> list[str]:
    """Return a line wrapped for a terminal, continued below its own text.

    >>> wrapped("  [✓] numerics               right to the last digit", 40)
    ['  [✓] numerics               right to', '      the last digit']
    """
    if not line.strip():
        return [""]
    deep = LINE_START if width >= WIDE else NARROW_START
    under = " " * (deep if line.startswith("  [") else len(line) - len(line.lstrip()))
    return textwrap.wrap(
        line, width, subsequent_indent=under, break_long_words=False, break_on_hyphens=False
    )


def machine_line(machine: Mapping[str, Any]) -> str:
    """Return the machine in one line.

    >>> machine_line({"os": "Linux", "arch": "x86_64", "cpu": "Sloe", "cores": 2, "avx": False})
    'Linux x86_64, Sloe, 2 cores, no AVX, no GPU in sight'
    """
    memory = machine.get("memory_mb")
    parts = [
        f"{machine.get('os')} {machine.get('arch')}",
        machine.get("cpu"),
        f"{machine.get('cores')} cores",
        f"{memory / 1000:.0f} GB" if memory else None,
        "no AVX" if machine.get("avx") is False and machine.get("arch") == "x86_64" else None,
        ", ".join(gpu["name"] for gpu in machine.get("gpus") or ()) or "no GPU in sight",
    ]
    return ", ".join(str(part) for part in parts if part)


def closing_line(report: Mapping[str, Any]) -> str:
    """Return the counts of verdicts, and the back-ends that our tests never covered."""
    seen = ", ".join(f"{count} {verdict}" for verdict, count in counts(report).items())
    untested = ", ".join(report.get("not_exercised") or ())
    note = " Interrupted: what was finished is kept." if report.get("interrupted") else ""
    late = sum(OUT_OF_TIME in row["because"] for row in report["observations"])
    note += f" Time ran out before {late} of the checks; --budget gives more." if late else ""
    return f"{seen}. Back-ends not exercised by our tests: {untested}.{note}"
