"""Audit what the pack's document states: today's verdict, its source, and what was seen here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ._echo import deliver, echo
from ._options import as_of_option, pack_argument

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from recommender.authoring.claims import Audit, Claim, Freshness


@click.command(name="claims")
@pack_argument
@as_of_option
@click.option(
    "--format", "format_", default="table", help="How the audit is written.",
    type=click.Choice(["table", "markdown", "json"]),
)  # fmt: skip
@click.option("--probe", "report", metavar="REPORT", help="What `recommender probe` saw here.")
@click.option("--stats", is_flag=True, help="Show only how fresh the pack is.")
def command(
    pack: Path | None, as_of: dt.date | None, format_: str, report: str | None, stats: bool
) -> None:
    """List every statement that PACK takes from its documents, in the document's order.

    Each comes with the rules that encode it (none, where it decides nothing), today's verdict and
    its source and, with --probe, what the checks said on the probed machine.
    """
    import json  # noqa: PLC0415  (only what is asked for)

    from recommender.authoring.claims import as_data, audit  # noqa: PLC0415
    from recommender.loading import load_observations  # noqa: PLC0415
    from recommender.loading.full_pack import load_whole  # noqa: PLC0415

    judged = load_whole(pack).usual
    observations = load_observations(report) if report else None
    found = audit(judged, observations=observations, as_of=as_of)
    if format_ == "json":
        data = as_data(found)
        shown = {**data, "claims": []} if stats else data
        deliver(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    if not stats:
        echo(_markdown(found) if format_ == "markdown" else _table(found))
    echo(_figures(found.freshness, probed=found.probed))


def _figures(fresh: Freshness, *, probed: bool) -> str:
    def line(words: str, count: int) -> str:
        share = f"{count / fresh.judged:.0%}" if fresh.judged else "none"
        return f"{words}: {count} of {fresh.judged} ({share})"

    lines = [
        f"cells (a candidate on a criterion): {fresh.cells}, judged: {fresh.judged}",
        line("with a source read within a year", fresh.read_within_a_year),
        line("with a measurement, or a check that makes one", fresh.measured),
        line("seen on the probed machine", fresh.measured_here) if probed else "not probed here",
        line("with an expired review", fresh.expired),
    ]
    return "\n".join(lines)


def _verdict(claim: Claim) -> str:
    return f"{claim.verdict}, expired" if claim.expired else claim.verdict


def _seen(claim: Claim) -> list[str]:
    return [f"{seen.check}: {seen.candidate} {seen.verdict}" for seen in claim.seen]


def _versions(found: Audit) -> str:
    if not found.probed:
        return "not probed"
    packages = (f"{n} {v}" for each in found.versions.values() for n, v in sorted(each.items()))
    return f"measured with {', '.join(packages) or 'versions not recorded'}"


def _table(found: Audit) -> str:
    import io  # noqa: PLC0415
    import shutil  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    title = f"{found.pack} {found.version} at {found.as_of}; {_versions(found)}"
    table = Table(title=title, show_lines=True, title_justify="left")
    for name, ratio in (("it says", 5), ("today", 2), ("because", 6), ("rules", 4)):
        table.add_column(name, ratio=ratio)
    if found.probed:
        table.add_column("measured here", ratio=4)
    for claim in found.claims:
        sources = [source.title for source in claim.sources if source.title]
        because = "\n".join([claim.because, *(f"[{title}]" for title in sources[:1])])
        cells = [claim.says, _verdict(claim), because, "\n".join(claim.rules) or "decides nothing"]
        cells += ["\n".join(_seen(claim)) or "no check"] if found.probed else []
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    width = max(100, shutil.get_terminal_size((120, 24)).columns)
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(table)
    stream = console.file
    assert isinstance(stream, io.StringIO)  # noqa: S101  (it is the one made above)
    return stream.getvalue().rstrip("\n")


def _markdown(found: Audit) -> str:
    head = ["statement", "today", "because", "rules", *(["measured here"] * found.probed)]
    rows = [
        f"# Claims of {found.pack} {found.version}\n",
        f"At {found.as_of}; {_versions(found)}.\n",
    ]
    rows += [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for claim in found.claims:
        links = ", ".join(f"[{_flat(s.title)}]({s.url}) ({s.read})" for s in claim.sources if s.url)
        because = f"{_flat(claim.because)} {links}".strip()
        rules = ", ".join(f"`{rule}`" for rule in claim.rules) or "decides nothing"
        cells = [_flat(claim.says), _verdict(claim), because, rules]
        cells += ["<br>".join(_seen(claim)) or "no check"] if found.probed else []
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _flat(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|").replace("[", "\\[").replace("]", "\\]")
