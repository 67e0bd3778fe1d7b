"""Audit what the pack's document states, or list its sources, or its referrals."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from recommender.authoring.claims import Audit, AuditedClaim, Freshness, as_data, audit
from recommender.authoring.referrals import as_data as referral_data
from recommender.authoring.sources import as_data as registry_data
from recommender.authoring.sources import registry
from recommender.loading import load_observations
from recommender.loading.full_pack import load_whole
from recommender.nouns.pack import Pack

from ._echo import deliver_json, echo
from ._options import as_of_option, examples, pack_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=examples("recommender claims --format markdown", "recommender claims --sources")
)
@pack_argument
@as_of_option
@click.option(
    "--format", "format_", default="table", help="How the audit is written.",
    type=click.Choice(["table", "markdown", "json"]),
)  # fmt: skip
@click.option("--probe", "report", metavar="REPORT", help="What `recommender probe` saw here.")
@click.option("--stats", is_flag=True, help="Show only how fresh the pack is.")
@click.option("--sources", is_flag=True, help="List the pack's sources instead, oldest first.")
@click.option("--referrals", is_flag=True, help="List what it says to ask first instead.")
def command(
    pack: Path | None,
    as_of: dt.date | None,
    format_: str,
    report: str | None,
    stats: bool,
    sources: bool,
    referrals: bool,
) -> None:
    """List every statement that PACK takes from its documents, in the document's order.

    Each comes with the rules that encode it (none, where it decides nothing), today's verdict and
    its source and, with --probe, what the checks said on the probed machine. With --sources, list
    the pages that PACK rests on: their dates and publishers, and how many statements cite each.
    With --referrals, list what outside the candidates PACK says to ask about first.
    """
    if sources or referrals:
        if report or stats or as_of or (sources and referrals):
            name = "--sources" if sources else "--referrals"
            raise click.UsageError(f"{name} goes with --format alone")
        (_deliver_sources if sources else _deliver_referrals)(load_whole(pack).full, format_)
        return
    judged = load_whole(pack).usual
    observations = load_observations(report) if report else None
    found = audit(judged, observations=observations, as_of=as_of)
    if format_ == "json":
        data = as_data(found)
        shown = {**data, "claims": []} if stats else data
        deliver_json(shown)
        return
    if not stats:
        echo(_markdown(found) if format_ == "markdown" else _table(found))
    echo(_figures(found.freshness, probed=found.probed))


def _deliver_sources(pack: Pack, format_: str) -> None:
    """Write the registry of sources; optional candidates' own are among them."""
    if format_ == "json":
        deliver_json(registry_data(pack))
        return
    linked = format_ == "markdown"
    rows = []
    for each in registry(pack):
        page = each.source
        title = f"[{_flat(page.title)}]({page.url})" if linked else page.title
        publisher = f"{page.publisher}{' (interested)' if page.interested else ''}"
        published = str(page.published or "not said")
        rows.append((published, str(page.read), title, publisher, str(len(each.cited_by))))
    head = ("published", "read", "source", "publisher", "cited by")
    title = f"Sources of {pack.id} {pack.version}{'' if linked else ', oldest first'}"
    echo(_rows(title, head, rows) if linked else _laid_out(title, head, rows, (2, 2, 9, 4, 1)))


def _deliver_referrals(pack: Pack, format_: str) -> None:
    """Write what a pack says to ask first, with its grade, its dates and its pages."""
    data = referral_data(pack)
    if format_ == "json":
        deliver_json(data)
        return
    head = ("referral", "ask first", "graded", "reviewed", "pages")
    title = f"Referrals of {pack.id} {pack.version}"
    rows = [
        (each["id"], each["sentence"], each["evidence"], each["reviewed"],
         ", ".join(page["title"] for page in each["sources"]))
        for each in data["referrals"]
    ]  # fmt: skip
    if format_ == "markdown":
        echo(_rows(title, head, [tuple(map(_flat, row)) for row in rows]))
    else:
        echo(_laid_out(title, head, rows, (3, 8, 2, 2, 4)))


def _rows(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a heading and a table of Markdown."""
    lines = [f"# {title}\n", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


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


def _versions(found: Audit) -> str:
    if not found.probed:
        return "not probed"
    packages = (f"{n} {v}" for each in found.versions.values() for n, v in sorted(each.items()))
    return f"measured with {', '.join(packages) or 'versions not recorded'}"


def _table(found: Audit) -> str:
    title = f"{found.pack} {found.version} at {found.as_of}; {_versions(found)}"
    rows = []
    for claim in found.claims:
        sources = [source.title for source in claim.sources if source.url]
        because = "\n".join([claim.because, *(f"[{title}]" for title in sources[:1])])
        rows.append(_cells(found, claim, claim.says, because, "\n".join(claim.rules), "\n"))
    head, ratios = ("it says", "today", "because", "rules", "measured here"), (5, 2, 6, 4, 4)
    shown = 5 if found.probed else 4
    return _laid_out(title, head[:shown], rows, ratios[:shown])


def _cells(
    found: Audit, claim: AuditedClaim, says: str, because: str, rules: str, apart: str
) -> tuple[str, ...]:
    """Return the cells of a claim, the last of them only where something was probed."""
    seen = (f"{each.check}: {each.candidate} {each.verdict}" for each in claim.seen)
    verdict = f"{claim.verdict}, expired" if claim.expired else claim.verdict
    cells = (says, verdict, because, rules or "decides nothing")
    return (*cells, apart.join(seen) or "no check") if found.probed else cells


def _laid_out(
    title: str, head: Sequence[str], rows: Sequence[tuple[str, ...]], ratios: tuple[int, ...]
) -> str:
    from rich.console import Console

    table = Table(title=title, show_lines=True, title_justify="left")
    for name, ratio in zip(head, ratios, strict=True):
        table.add_column(name, ratio=ratio)
    for row in rows:
        table.add_row(*(Text(cell, overflow="fold") for cell in row))
    width = max(100, shutil.get_terminal_size((120, 24)).columns)
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None).print(table)
    return stream.getvalue().rstrip("\n")


def _markdown(found: Audit) -> str:
    head = ["statement", "today", "because", "rules", *(["measured here"] * found.probed)]
    rows = []
    for claim in found.claims:
        links = ", ".join(f"[{_flat(s.title)}]({s.url}) ({s.read})" for s in claim.sources if s.url)
        because = f"{_flat(claim.because)} {links}".strip()
        rules = ", ".join(f"`{rule}`" for rule in claim.rules)
        rows.append(_cells(found, claim, _flat(claim.says), because, rules, "<br>"))
    at = f"At {found.as_of}; {_versions(found)}."
    return _rows(f"Claims of {found.pack} {found.version}\n\n{at}", head, rows) + "\n"


def _flat(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|").replace("[", "\\[").replace("]", "\\]")
