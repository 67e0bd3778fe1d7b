"""Whether changes that happened would have been found in their month, and how much else is told.

    python -m benchmarks.replay

The shipped snapshot is cut at the end of each month of `tests/pack/replay.yaml`, as `recommender
refresh` would have had it then. Compared are the claims of that list and those of the pack. A claim
of the pack that something *is* so (`==`) is taken as it would have been written a month earlier:
with the value that the index gave then. An item is a claim that held at the end of the month before
and no longer does; it is false where the list has no such change in that month. Writes the table of
docs/indexes.md.

The list's claims were written for its changes: that they are found shows that the index tells the
change in its month, not that a pack would have had the claim. So it is counted, too, how many of
them speak of what the pack's own claims are about, and how many items there would be if every
Python, platform and rest of every package were claimed (`wide`).
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from recommender.authoring.sources import claiming
from recommender.index.claims import claim_of, told
from recommender.index.snapshot import read_snapshot
from recommender.loading.full_pack import load_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.index.claims import Claim
    from recommender.index.snapshot import Snapshot

ROOT = Path(__file__).parents[1]
LIST = ROOT / "tests" / "pack" / "replay.yaml"
PAGE = ROOT / "docs" / "indexes.md"
FIGURES = re.compile(r"(<!-- figures: replay -->\n).*?(<!-- end -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the list: what happened, when, and the claim that fell by it."""

    what: str
    months: tuple[str, ...]
    claim: Claim
    page: str


@dataclass(frozen=True, slots=True)
class Item:
    """A claim that fell in a month."""

    month: str
    claim: Claim


def listed() -> tuple[list[str], list[Change]]:
    """Return the months of the list, and its changes."""
    data: dict[str, Any] = yaml.load(LIST.read_text(encoding="utf-8"), yaml.BaseLoader)
    first, last = ((int(each[:4]), int(each[5:])) for each in data["months"])
    numbers = range(12 * first[0] + first[1] - 1, 12 * last[0] + last[1])
    return [f"{n // 12}-{n % 12 + 1:02}" for n in numbers], [
        Change(
            each["what"],
            tuple([each["month"]] if isinstance(each["month"], str) else each["month"]),
            claim_of(each["claim"]),
            each.get("page", ""),
        )
        for each in data["changes"]
    ]


def claimed() -> list[Claim]:
    """Return the claims of the shipped pack, each once."""
    pack = load_whole(ROOT / "rules").full
    texts = dict.fromkeys(text for each in claiming(pack) for text in each.holds)
    return [claim_of(text) for text in texts]


def end_of(month: str) -> dt.date:
    """Return the last day of a month.

    >>> end_of("2026-02")
    datetime.date(2026, 2, 28)
    """
    year, number = int(month[:4]), int(month[5:])
    return dt.date(year, number, calendar.monthrange(year, number)[1])


def cuts(months: list[str]) -> dict[str, tuple[Snapshot, Snapshot]]:
    """Return the snapshot at the end of the month before, and of each month itself."""
    whole = read_snapshot([ROOT / "rules"])
    found, before = {}, whole.until(end_of(months[0]).replace(day=1) - dt.timedelta(days=1))
    for month in months:
        after = whole.until(end_of(month))
        found[month], before = (before, after), after
    return found


def items(months: list[str], changes: list[Change], pack: list[Claim]) -> Iterator[Item]:
    """Yield what would have been listed in each month: of the list's claims, and of the pack's."""
    watched = list(dict.fromkeys(each.claim for each in changes))
    subjects = {each.subject for each in watched}
    for month, (before, after) in cuts(months).items():
        of_the_pack = [_as_then(each, before) for each in pack if each.subject not in subjects]
        for claim in [*watched, *of_the_pack]:
            if claim.holds(before) and not claim.holds(after):
                yield Item(month, claim)


def _as_then(claim: Claim, before: Snapshot) -> Claim:
    """Return a claim as it would have been written then: what is said to be so, as it was."""
    seen = claim.subject.found(before)
    if claim.comparison != "==" or seen is None:
        return claim
    return replace(claim, value=told(seen))


def false_items(found: list[Item], changes: list[Change]) -> list[Item]:
    """Return the items that are no change of the list in their month."""
    true = {(month, each.claim) for each in changes for month in each.months}
    return [each for each in found if (each.month, each.claim) not in true]


def wide(months: list[str], changes: list[Change]) -> list[Item]:
    """Return what else falls if all that each package serves, and that it moves, were claimed."""
    found = []
    for month, (before, after) in cuts(months).items():
        for name in before.packages:
            texts = [f"idle-months({name}) <= {limit}" for limit in (12, 24)]
            texts += [f"first-for({name}, {python}) == none" for python in before.pythons]
            for subject in (f"pythons({name})", f"platforms({name})"):
                seen = claim_of(f"{subject} has any").subject.found(before)
                texts += [f"{subject} has {each}" for each in seen] if seen else []
            claims = map(claim_of, texts)
            found += [Item(month, c) for c in claims if c.holds(before) and not c.holds(after)]
    return false_items(found, changes)


def lines() -> list[str]:
    """Word the replay as the tables of docs/indexes.md."""
    months, changes = listed()
    found = list(items(months, changes, claimed()))
    fell: dict[Claim, list[str]] = {}
    for item in found:
        fell.setdefault(item.claim, []).append(item.month)
    false = false_items(found, changes)
    right = sum(tuple(fell.get(each.claim, ())) == each.months for each in changes)
    subjects = {each.subject for each in claimed()}
    own = sum(each.claim.subject in subjects for each in changes)
    all_ = len(wide(months, changes))
    counted = (
        f"{right} of {len(changes)} changes were found in their month, and in no other; {own} of "
        "them are of what the pack's own claims speak of. Besides, "
        f"{len(false)} items in {len(months)} months ({len(false) / len(months):.1f} a month) are "
        "no change of the list. If every Python, platform and rest of every package were claimed, "
        f"there would be {all_ / len(months):.1f} a month."
    )
    told_ = [
        counted,
        "",
        "| what happened | when | found | the claim that fell |",
        "|---|---|---|---|",
    ]
    for each in sorted(changes, key=lambda change: (change.months, change.what)):
        when, seen = ", ".join(each.months), ", ".join(fell.get(each.claim, ["never"]))
        told_.append(f"| {each.what} | {when} | {seen} | `{each.claim}` |")
    told_ += ["", "| month | besides |", "|---|---|"]
    for month in months:
        mine = [f"`{each.claim}`" for each in false if each.month == month]
        told_ += [f"| {month} | {', '.join(mine)} |"] if mine else []
    return told_


def main() -> None:
    """Write the tables."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        FIGURES.sub(lambda match: "\n".join([match[1].rstrip(), *lines(), match[2]]), text), "utf-8"
    )


if __name__ == "__main__":
    main()
