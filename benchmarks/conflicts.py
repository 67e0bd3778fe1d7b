"""Conflicts that people reported in public threads: does the resolver say the same, as of that day?

    python -m benchmarks.conflicts

It needs the extra `resolver`, and an index that gives upload times. conflicts.yaml has, of each
thread, what was asked for, where and when; the resolver must say no, and name what the thread
names. Where the thread tells of something that works, it must say yes to that. The table is the
one in docs/resolve.md.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import yaml

from recommender.index.resolver import resolve

REPORTS = Path(__file__).with_name("conflicts.yaml")


def ask(asked, where, day):
    """Return what the resolver makes of packages in a place, as of a day."""
    return resolve(asked, *where, dt.date.fromisoformat(day))


def agrees(report, said, works):
    """Tell whether the resolver says no for the reason that the thread names, and yes where due."""
    if said.pins or (works is not None and not works.pins):
        return False
    return all(part in said.because for part in report["because"])


def row(report, said, works):
    """Write one line of the table."""
    repository, _, number = report["thread"].partition("#")
    thread = f"[{report['thread']}](https://github.com/{repository}/issues/{number})"
    platform, python = report["where"]
    told = "installs" if said.pins else f"no: {said.because.replace('`', '')}"
    cells = [thread, coded(report["asked"]), f"{platform}, Python {python}", report["day"], told]
    if works is None:
        cells.append("")
    else:
        instead, answer = report["works"], "yes" if works.pins else "no"
        cells.append(f"{coded(instead['asked'])} as of {instead['day']}: {answer}")
    return f"| {' | '.join(cells)} |"


def coded(names):
    """Write names as code."""
    return ", ".join(f"`{name}`" for name in names)


def main():
    """Print the table, and how many threads the resolver agrees with."""
    reports = yaml.safe_load(REPORTS.read_text("utf-8"))
    print("| thread | asked for | where | as of | the resolver | the thread says that this works |")
    print("|---|---|---|---|---|---|")
    right = 0
    for report in reports:
        said = ask(report["asked"], report["where"], report["day"])
        instead = report.get("works")
        works = instead and ask(instead["asked"], report["where"], instead["day"])
        right += agrees(report, said, works)
        print(row(report, said, works), flush=True)
    print(f"\n{right} of {len(reports)} threads are reproduced.")


if __name__ == "__main__":
    main()
