"""Find what a rule pack says that can never count, is not shown, or has grown old."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from recommender.authoring.lint import lint
from recommender.authoring.lint._formats import FORMATS
from recommender.authoring.lint._mending import mend

from ._echo import deliver, echo
from ._exit_codes import ANSWERED, FOUND
from ._options import as_of_option, examples, pack_argument


@click.command(epilog=examples("recommender lint", "recommender lint my-rules --format github"))
@pack_argument
@as_of_option
@click.option(
    "--format", "format_", default="text", help="How findings are written.",
    type=click.Choice(["text", "json", "sarif", "github"]),
)  # fmt: skip
@click.option("--fix", is_flag=True, help="Mend what can be mended mechanically, then look again.")
def command(pack: Path | None, as_of: dt.date | None, format_: str, fix: bool) -> int:
    """Examine PACK (the shipped one by default); docs/lint.md explains every kind of finding.

    An overlay is examined over the shipped pack, and only its own files are reported. A line may
    allow a finding with `# lint: allow P010 why`, on it or just above it. Exits with 1 if
    anything but notes is found.
    """
    checks = known_checks()
    findings = lint(pack, as_of=as_of, checks=checks)
    if fix and any(finding.edits for finding in findings):
        for name in mend(findings, pack):
            echo(f"mended {name}", err=True)
        findings = lint(pack, as_of=as_of, checks=checks)
    written = FORMATS[format_](findings)
    if written:
        (echo if format_ == "text" else deliver)(written)
    return FOUND if any(finding.severity != "note" for finding in findings) else ANSWERED


def known_checks() -> frozenset[str] | None:
    """Return the ids of the probe's checks; `None` if this installation has no probe."""
    folder = Path(__file__).parent.parent / "probe" / "child" / "checks"
    names = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    return frozenset(name.replace("_", "-") for name in names) or None
