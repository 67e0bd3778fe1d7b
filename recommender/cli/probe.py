"""Examine PyTorch and TensorFlow on this machine, and tell what holds here."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from recommender.atomic_files import write_atomically
from recommender.loading import load_observations, load_pack, load_profile
from recommender.nouns.errors import ObservationError, RecommenderError, UsageError, harmless, unled
from recommender.probe import (
    Cache,
    catalogue,
    examine,
    installation,
    interpreter,
    machine,
    picture,
    summary,
)
from recommender.probe.difference import differences
from recommender.probe.installation import throw_away
from recommender.probe.needs import checks_for
from recommender.probe.picture import CHECK
from recommender.probe.plan import BUDGETS
from recommender.probe.summary import wrapped

from ._echo import deliver, echo
from ._exit_codes import ANSWERED, INTERRUPTED
from ._options import examples
from ._progress import progress
from ._signals import one_interrupt

STYLES = {"[✓]": "green", "[✗]": "red", "[!]": "yellow", "[–]": "bright_black"}


@click.command(
    epilog=examples(
        "recommender probe --tier standard --output report.json",
        "recommender probe --for project.yaml --with-uv",
    )
)
@click.option("--tier", type=click.Choice(["quick", "standard", "full"]), help="How much.")
@click.option("--budget", metavar="SECONDS", help="Time for the whole run; the rest is not run.")
@click.option("--check", "checks", multiple=True, metavar="ID", help="Only this check (repeat).")
@click.option("--for", "project", metavar="PROJECT.yaml", help="Only what this project needs.")
@click.option("--python", "pythons", multiple=True, metavar="NAME=PATH", help="Its interpreter.")
@click.option("--with-uv", is_flag=True, help="Offer throw-away environments for absent ones.")
@click.option("--yes", is_flag=True, help="Install for --with-uv without asking.")
@click.option("--patience", default=1.0, metavar="N", help="Multiply every check's time limit.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@click.option("--output", metavar="FILE", help="Write the report to a file.")
@click.option("--diff", metavar="OLD.json", help="Tell what changed since an older report.")
@click.option("--picture", metavar="FILE", help="Draw both training runs (png, svg or pdf).")
@click.option("--events", metavar="DIR", help="Keep both training runs for TensorBoard.")
@click.option("--no-cache", is_flag=True, help="Run again, even if a fresh report is kept.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@click.option("--list", "list_", is_flag=True, help="List the checks and what they test.")
@click.option("-v", "--verbose", count=True, help="Show claims and figures.")
def command(
    tier: str | None,
    project: str | None,
    list_: bool,
    diff: str | None,
    **how: Any,
) -> int:
    """Examine both frameworks here, each check in a process of its own that may die.

    Without options: the quick tier, about fifteen seconds. Nothing is downloaded or installed
    unless asked (`--with-uv`). Exit code: 0, even if no framework is there; 130 after Ctrl-C.
    """
    if list_:
        _list()
        return ANSWERED
    old = _read(diff) if diff else None
    checks = list(how["checks"]) or None
    if project is not None:
        checks = sorted({*(checks or ()), *_needed(project, tier)})
    if how["picture"] or how["events"]:
        checks = [*(checks or ()), CHECK]
    _refuse_files(how)
    report, warning = _examine(tier, checks, how)
    if old is not None:
        report = {**report, "since": old.get("made"), "differences": differences(old, report)}
    _put_out(report, how)
    if warning:
        echo(f"warning: {warning}", err=True)
    if report.get("interrupted"):
        return INTERRUPTED
    if how["picture"]:
        _draw(report, how["picture"], force=how["force"])
    return ANSWERED


def _put_out(report: Mapping[str, Any], how: Mapping[str, Any]) -> None:
    """Show the report, write it to a file, or both."""
    text = _text(report, how["verbose"]) if how["format_"] == "text" else _json(report)
    if how["output"]:
        body = _json(report) if how["output"].endswith(".json") else text
        try:
            write_atomically(how["output"], body + "\n", force=how["force"])
        except RecommenderError:  # a run of minutes is not to be lost over it
            deliver(body)
            raise
    if how["format_"] == "text":
        _show(text)
    elif not how["output"]:
        deliver(text)


def _examine(
    tier: str | None, checks: list[str] | None, how: Mapping[str, Any]
) -> tuple[dict[str, Any], str | None]:
    pythons = _pythons(how["pythons"])
    cache = Cache(reading=not how["no_cache"])
    keep = str(Path(how["events"]).absolute()) if how["events"] else None
    budget = _seconds(how["budget"]) or (BUDGETS[tier] if tier else None)
    if not 0 < how["patience"] <= 100:  # noqa: PLR2004
        raise UsageError("--patience takes a number up to 100")
    wanted = _absent(pythons) if how["with_uv"] else {}

    def agree(framework: str, exact: list[str], size: float) -> bool:
        echo(f"{framework}: {', '.join(exact)}", err=True)
        echo(f"about {size:g} GB on disk, removed afterwards", err=True)
        if any(each.startswith("nvidia-") for each in exact):
            echo("(UV_TORCH_BACKEND=cpu in the environment takes a build without CUDA)", err=True)
        return bool(how["yes"] or _agreed())

    installed: Any = throw_away(wanted, agree) if wanted else contextlib.nullcontext({})
    with one_interrupt(), installed as more, progress("looking around", None) as show:
        report = examine(
            tier or "quick",
            pythons={**pythons, **more},
            checks=checks,
            budget=budget,
            progress=_watched(show),
            keep=keep,
            patience=how["patience"],
            cache=cache,
        )
    return report, cache.warning


def _watched(show: Callable[..., None]) -> Callable[[str, str, str], None]:
    """Return what is called where a check begins or ends, to show which run."""
    running: set[str] = set()
    ended = 0

    def told(event: str, candidate: str, check: str) -> None:
        nonlocal ended
        if event == "start":
            running.add(f"{candidate}: {check}")
        else:
            running.discard(f"{candidate}: {check}")
            ended += 1
        show(ended, f"{ended} done; {', '.join(sorted(running)) or 'waiting'}")

    return told


def _agreed() -> bool:
    """Ask whether to install; without anybody to answer, the answer is no."""
    try:
        return click.confirm("Install it?", default=False, err=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
    echo("\nnobody to ask: nothing is installed (--yes installs unasked)", err=True)
    return False


def _pythons(given: tuple[str, ...]) -> dict[str, str]:
    for each in given:
        if not each.partition("=")[2]:
            raise UsageError(f"--python wants NAME=PATH, as in torch=/a/bin/python; not `{each}`")
    return {name: path for name, _, path in (each.partition("=") for each in given)}


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    number, unit = (text[:-1], text[-1]) if text[-1:] in {"s", "m"} else (text, "s")
    try:
        seconds = float(number) * {"s": 1, "m": 60}[unit]
    except ValueError:
        seconds = -1
    if not 0 < seconds < 86_400:  # noqa: PLR2004 - a day
        raise UsageError(f"--budget takes a time such as 30s or 2m, not `{text}`")
    return seconds


def _absent(pythons: Mapping[str, str]) -> dict[str, str]:
    """Return the requirement of each framework that is not installed."""
    adapters = catalogue.find_adapters()
    places = interpreter.chosen(pythons, adapters)
    here = machine.describe()
    return {
        name: installation.pin(name, here)[0]
        for name, adapter in adapters.items()
        if interpreter.facts(places[name], adapter).status == "absent"
    }


def _needed(project: str, tier: str | None) -> set[str]:
    """Return the checks that the project's rules, constraints and routes name."""
    pack = load_pack()
    named = checks_for(load_profile(project, pack), pack)
    cards = catalogue.find_checks()
    deepest = catalogue.TIERS.index(tier or "full")
    return {
        name for name in named & set(cards) if catalogue.TIERS.index(cards[name].tier) <= deepest
    }


def _read(path: str) -> dict[str, Any]:
    load_observations(path)  # refuses what is no report, in plain words
    try:
        found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise ObservationError(f"{path} cannot be read: {error.strerror}") from None
    return found


def _refuse_files(how: Mapping[str, Any]) -> None:
    """Raise an error before the run if some file cannot be written."""
    for path in (how["output"], how["picture"], how["events"]):
        try:
            if path and path == how["events"]:
                Path(path).mkdir(parents=True, exist_ok=True)
            elif path and not how["force"] and Path(path).exists():
                raise UsageError(f"{path} exists already; choose another name, or add --force")
            elif path and not Path(path).absolute().parent.is_dir():
                raise UsageError(f"the folder of {path} does not exist")
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    if how["picture"]:
        _form(how["picture"])


def _form(path: str) -> str:
    """Return the format of a picture by its name; raise `UsageError` if it cannot be drawn."""
    form = Path(path).suffix.lstrip(".") or "png"
    if form not in {"png", "svg", "pdf"}:
        raise UsageError(f"--picture draws png, svg or pdf, not {form}")
    if importlib.util.find_spec("matplotlib") is None:
        raise UsageError("a picture needs Matplotlib; `pip install matplotlib` brings it")
    return form


def _draw(report: Mapping[str, Any], path: str, *, force: bool) -> None:
    titles = {a.candidate: a.title for a in catalogue.find_adapters().values()}
    write_atomically(path, picture.draw(report, titles, _form(path)), force=force)


def _text(report: Mapping[str, Any], verbose: int) -> str:
    adapters = catalogue.find_adapters().values()
    titles = {adapter.candidate: adapter.title for adapter in adapters}
    recipes = {a.candidate: installation.recipe(a.name, report["machine"]) for a in adapters}
    changes = report.get("differences")
    if changes is not None:
        head = f"Since {report['since'] or 'the old report'}:"
        return "\n".join([head, *(changes or ["nothing that matters has changed"])])
    text = "\n".join(summary.lines(report, titles, recipes, verbose))
    if report.get("cached"):
        text += f"\nFrom the report of {report['made']}; --no-cache examines again."
    return text


def _json(report: Mapping[str, Any]) -> str:
    return json.dumps(report, indent=2, ensure_ascii=False)


def _show(text: str) -> None:
    told = os.environ.get("COLUMNS", "")
    width = shutil.get_terminal_size().columns if told.isdecimal() or sys.stdout.isatty() else None
    for line in harmless(text).splitlines():
        shown = unled("\n".join(wrapped(line, width)) if width else line)
        mark = line.strip()[:3]
        if mark in STYLES:
            before, _, after = shown.partition(mark)
            shown = before + click.style(mark, fg=STYLES[mark]) + after
        click.echo(_printable(shown), color=False if os.environ.get("NO_COLOR") else None)


def _printable(line: str) -> str:
    """Return a line with symbols in ASCII if standard output lacks them."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        for fancy, plain in (("✓", "v"), ("✗", "x"), ("–", "-"), ("→", "->")):
            line = line.replace(fancy, plain)
        return line.encode(encoding, "replace").decode(encoding)
    return line


def _list() -> None:
    for card in catalogue.find_checks().values():
        only = f" ({', '.join(card.only)} only)" if card.only else ""
        echo(f"{card.tier:<9} {card.id:<22} {card.claim}{only}")
