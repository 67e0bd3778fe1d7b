"""Start a project on the advised route, and prove that it runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import click

from recommender.engine import recommend
from recommender.language import Language
from recommender.loading.projects import load_profile
from recommender.loading.reports import load_observations
from recommender.nouns.errors import UsageError
from recommender.nouns.pack import Pack
from recommender.output import render
from recommender.output.plan import plan_told
from recommender.output.screen import why_told

from ._advice import speaking, spoken
from ._echo import echo
from ._exit_codes import ANSWERED, code_of
from ._options import as_of_option, examples, lang_option, pack_options
from ._signals import one_interrupt


@click.command(
    epilog=examples(
        "recommender start project.yaml --into first-model",
        "recommender start project.yaml --into sketch --no-prove",
    )
)
@click.argument("project", metavar="PROJECT.yaml")
@click.option("--into", required=True, metavar="DIR", help="The folder to make; absent or empty.")
@pack_options
@as_of_option
@click.option("--route", metavar="NAME", default="", help="A template or route of your own choice.")
@click.option("--no-prove", is_flag=True, help="Install and run nothing; the folder says so.")
@click.option("--python", metavar="PATH", default="", help="The interpreter to lock for.")
@click.option("--constraints", metavar="FILE", default="", help="Limits for the resolver.")
@click.option("--pip", "with_pip", is_flag=True, help="Resolve by pip, even where uv is there.")
@click.option("--probe", metavar="REPORT", help="A probe report, to choose the build by.")
@lang_option
def command(
    project: str,
    into: str,
    pack: Callable[[], Pack],
    as_of: dt.date | None,
    route: str,
    no_prove: bool,
    python: str,
    constraints: str,
    with_pip: bool,
    probe: str | None,
    lang: str | None,
) -> int:
    """Make DIR from the advice on PROJECT.yaml: lock, install, train, export, run, compare.

    DIR is handed over whole or not at all. Exit code: 4 no candidate survives, 5 too little is
    known (then name a --route to start all the same), 3 it does not resolve or a step fails.
    """
    from recommender.start import begin
    from recommender.start.proof import figures

    if constraints and not Path(constraints).is_file():
        raise UsageError(f"there is no file `{constraints}` of constraints")
    language = (lang or spoken()).lower()
    loaded = speaking(pack, lang)
    profile = load_profile(project, loaded)
    seen = load_observations(probe, loaded) if probe else None
    advice = recommend(profile, loaded, observations=seen, as_of=as_of)
    code = code_of(advice)
    if code != ANSWERED and not route:
        asked = f"; answer `{advice.ask_first.question}` first" if advice.ask_first else ""
        echo(f"error: the outcome is {advice.outcome}{asked}, or name a --route", err=True)
        return code
    say = Language(loaded, language).phrase
    with one_interrupt():
        made = begin(
            advice,
            into,
            project=Path(project).read_text("utf-8"),
            record=render(advice, "adr", language=language),
            plan=plan_told(advice, language),
            why=why_told(advice, language),
            language=language,
            route=route,
            proving=not no_prove,
            python=python,
            constraints=constraints,
            uv="none" if with_pip else "",
            tell=lambda line: echo(line, err=True),
        )
    echo(f"{into}{say(': ')}{say(made.choice.template.title)}")
    if made.steps:
        took = f"{sum(step.seconds for step in made.steps):.0f}"
        compared = figures(made.compared, say)
        echo(say("proved in {seconds} s: {figures}", seconds=took, figures=compared))
    else:
        echo(say("not proved: --no-prove"))
    if made.choice.cut:
        echo(say("not done here: {step}", step=made.choice.cut))
    return ANSWERED
