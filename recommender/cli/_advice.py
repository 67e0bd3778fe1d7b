"""What `score` and `ask` share: their options, and how advice is shown and written."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from recommender.engine import Recommendation, recommend
from recommender.judging.lens import LENSES, Lens
from recommender.language import ENGLISH, Language
from recommender.loading import load_observations, load_profile, read_profile
from recommender.nouns.errors import RecommenderError, UsageError, did_you_mean
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.output import render_all
from recommender.output.formats import Format, names
from recommender.output.formats.json import as_data, error_as_data, write_all

from ._echo import deliver, echo
from ._options import as_of_option, lang_option, pack_options

NOW, STDIN = "now", "-"


@dataclass(frozen=True, slots=True)
class Adviser:
    """A function that recommends for one profile after another; a probe report is read once."""

    lens: Lens
    probe: str | None
    as_of: dt.date | None
    seed: int
    samples: int
    _seen: list[Observations] = field(default_factory=list)

    def __call__(self, profile: Profile, pack: Pack) -> Recommendation:
        """Recommend for one profile."""
        return recommend(profile, pack, seed=self.seed, samples=self.samples, **self.lenses(pack))

    def lenses(self, pack: Pack) -> dict[str, Any]:
        """Return the arguments of every verb of the engine: lens, day, and observations."""
        seen = self.observations(pack)
        return {"lens": self.lens, "as_of": self.as_of, "observations": seen}

    def observations(self, pack: Pack) -> Observations | None:
        """Return what a probe saw, if `--probe` asks for it."""
        if self.probe and not self._seen:
            self._seen.append(observed(self.probe, pack))
        return self._seen[0] if self._seen else None


MOST_SAMPLES = 1_000_000


def advice_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a recommendation; the command gets `pack`, `advise`, and how to show it.

    Raises `UsageError` for what does not exist or does not fit together.
    """

    @pack_options
    @as_of_option
    @click.option("--lens", metavar="LENS", help="Judge by document, today or measured.")
    @click.option("--probe", metavar="REPORT", help="A probe report, or `now` to make one.")
    @click.option(
        "--format",
        "format_",
        metavar="FORMAT",
        default="text",
        show_default=True,
        help="text, json, markdown, html, adr, junit or github.",
    )
    @lang_option
    @click.option("--output", metavar="FILE", help="Write to a file instead of the terminal.")
    @click.option("--force", is_flag=True, help="Replace a file that exists.")
    @click.option("--samples", default=2000, show_default=True, help="Samples for robustness.")
    @click.option("--seed", default=0, show_default=True, help="Seed of the samples.")
    @click.option("--full", is_flag=True, help="Show the whole account, not one screen of it.")
    @click.option("-v", "--verbose", is_flag=True, help="Name rules by their ids; in full, each.")
    @functools.wraps(command)
    def wrapped(
        *,
        pack: Callable[[], Pack],
        lens: str | None,
        probe: str | None,
        samples: int,
        seed: int,
        **rest: Any,
    ) -> Any:
        if not 0 <= samples <= MOST_SAMPLES:
            raise UsageError(f"--samples takes a number from 0 (none) to {MOST_SAMPLES:,}")
        _check_format(rest["format_"])
        lang, rest["lang"] = rest["lang"], (rest["lang"] or spoken()).lower()
        rest["pack"] = functools.partial(speaking, pack, lang)
        advise = Adviser(_lens(lens, probe), probe, rest["as_of"], seed, samples)
        return command(advise=advise, **rest)

    return wrapped


def speaking(load: Callable[[], Pack], lang: str | None) -> Pack:
    """Return a pack; raise `UsageError` if it lacks the language that was asked for by name.

    A pack of one language alone answers in that.
    """
    pack = load()
    known = ["en", *sorted(pack.locales)]
    if (
        pack.locales
        and lang is not None
        and lang.replace("_", "-").split("-")[0].lower() not in known
    ):
        raise UsageError(f"the pack does not speak `{lang}`; {did_you_mean(lang, known)}")
    return pack


def _lens(lens: str | None, probe: str | None) -> Lens:
    if lens is not None and lens not in LENSES:
        raise UsageError(f"there is no lens `{lens}`; {did_you_mean(lens, LENSES)}")
    if lens == "measured" and not probe:
        raise UsageError("--lens measured needs --probe REPORT (or `--probe now`)")
    return lens or ("measured" if probe else "today")


def _check_format(name: str) -> None:
    if name not in names():
        raise UsageError(f"there is no format `{name}`; {did_you_mean(name, names())}")


def spoken(environment: Any = os.environ) -> str:
    """Return the user's language, from the usual environment variables.

    >>> spoken({"LANG": "zh_CN.UTF-8"}), spoken({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            code = str(environment[name]).split(".")[0].split("_")[0].lower()
            return "en" if code in ("c", "posix") else code
    return "en"


def language_of(pack: Pack, lang: str | None, format_: str) -> Language:
    """Return the language asked for, else the user's own; what programs read is in English."""
    return Language(pack, lang or (ENGLISH if format_ == "json" else spoken()))


def observed(probe: str, pack: Pack) -> Observations:
    """Read a probe report, or make one of this machine where it is called `now`."""
    if probe != NOW:
        seen = load_observations(probe, pack)
        for remark in _strange(seen):
            echo(f"note: {remark}", err=True)
        return seen
    from recommender.probe import Cache, examine

    from ._signals import one_interrupt

    echo("examining this machine (up to 15 s)...", err=True)
    cache = Cache()
    with one_interrupt():
        report = examine("quick", cache=cache)
    if report.get("interrupted"):
        raise KeyboardInterrupt
    if report.get("cached"):
        made = f"this machine's report of {report['made']} is still fresh"
        echo(f"note: {made}; `recommender probe --no-cache` makes a new one", err=True)
    if cache.warning:
        echo(f"warning: {cache.warning}", err=True)
    known, rows = pack.candidates, report["observations"]
    report["observations"] = [row for row in rows if row["candidate"] in known]
    report["candidates"] = {n: card for n, card in report["candidates"].items() if n in known}
    return load_observations(report, pack)


def _strange(seen: Observations) -> list[str]:
    """Return warnings if a report is from another machine, or from other versions."""
    from importlib.metadata import PackageNotFoundError, version

    from recommender.probe.machine import describe

    here = describe()
    found = [
        f"the report is from another machine: its {fact} is {seen.machine[fact]}, here {here[fact]}"
        for fact in ("os", "arch", "cpu")
        if seen.machine.get(fact) and here.get(fact) and seen.machine[fact] != here[fact]
    ]
    for candidate, packages in seen.versions.items():
        for package, examined in packages.items():
            try:
                installed = version(package)
            except PackageNotFoundError:
                continue
            if installed != examined:
                what = f"the report examined {package} {examined} for {candidate}"
                found.append(f"{what}; {installed} is installed here")
    return found


def project_of(name: str, pack: Pack) -> Profile:
    """Read a project file, or standard input where it is called `-`."""
    if name == STDIN:
        return read_profile(sys.stdin.buffer.read(), "<stdin>", pack)
    return load_profile(name, pack)


def warn_of_age(pack: Pack, as_of: dt.date | None) -> None:
    """Warn if reviews have come due since the pack was dated, unless a day was chosen."""
    today = dt.datetime.now(tz=dt.UTC).date()
    if as_of is not None or today <= pack.dated:
        return
    reviews = [rule.review for rule in pack.rules.values() if rule.review is not None]
    due = sum(1 for r in reviews if r.expires is not None and pack.dated <= r.expires < today)
    if due:
        echo(
            f"note: {due} of {len(reviews)} reviews have come due since the pack was dated "
            f"({pack.dated}); `--as-of {today}` marks them",
            err=True,
        )


def present(
    results: Sequence[Recommendation | RecommenderError],
    *,
    format_: Format,
    lang: str,
    output: str | None,
    force: bool,
    full: bool,
    verbose: bool,
) -> None:
    """Show results on the terminal, or write them to a file."""
    advised = [result for result in results if not isinstance(result, RecommenderError)]
    if format_ == "text" and output is None:
        from recommender.output.report import tell

        from ._screen import draw

        draw(*(tell(each, language=lang, full=full, verbose=verbose) for each in advised))
        return
    if format_ == "json" and len(results) > 1:  # an error included, so that none is missing
        text = write_all(
            error_as_data(each)
            if isinstance(each, RecommenderError)
            else as_data(each, language=lang)
            for each in results
        )
    elif advised:
        text = render_all(advised, format_, language=lang, full=full, verbose=verbose).rstrip("\n")
    else:
        return
    if output is not None:
        from recommender.atomic_files import write_atomically

        write_atomically(output, text + "\n", force=force)
        echo(f"written to {output}", err=True)
    elif text:
        deliver(text)
