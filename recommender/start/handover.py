"""Handover: render, lock, prove, and put the folder in its place."""

from __future__ import annotations

import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recommender.engine import Recommendation
from recommender.language import Language, Say
from recommender.nouns.errors import Fault, RecommenderError, clean

from .choice import Choice, choose
from .folder import check_free, whole_project
from .proof import COMMANDS, STEP_WORDS, TimedStep, account, prove
from .rendering import check_copier, render_template
from .resolver import find_uv, lock, without_bounds
from .templates import find_templates, read_choices


@dataclass(frozen=True, slots=True)
class Handover:
    """What was handed over; `steps` is empty where nothing was proved."""

    folder: Path
    choice: Choice
    steps: tuple[TimedStep, ...]
    compared: dict[str, object]


def begin(
    advice: Recommendation,
    into: str | Path,
    *,
    project: str,
    record: str,
    plan: Sequence[str] = (),
    why: Sequence[str] = (),
    route: str = "",
    proving: bool = True,
    python: str = "",
    constraints: str = "",
    uv: str = "",
    language: str = "en",
    tell: Callable[[str], None] = lambda _: None,
) -> Handover:
    """Start a project in a folder that is absent, empty, or as an earlier start left it.

    `project` is the text of the project file, `record` the decision record, `plan` its plan, a
    sentence a step, `why` its strongest reasons. `route` asks for a template or a route by name,
    `python` for another interpreter, `constraints` is a file of limits for the resolver; the README
    is in a `language` of the pack, if there is one in it. Raises `RecommenderError`, and then
    nothing is left behind.
    """
    into, interpreter = Path(into), Path(python or sys.executable)
    check_copier()
    check_free(into.absolute())
    choice = choose(advice, find_templates(), read_choices(), wanted=route, language=language)
    spoken = Language(advice.pack, language)
    say = spoken.phrase
    template = choice.template
    limits: dict[str, Any] = {"constraints": constraints, "uv": uv, "say": say}
    tell(
        say("{title}; the model is of the kind {kind}", title=say(template.title), kind=choice.kind)
    )
    version = _version(interpreter)
    with whole_project(into) as building:
        tell(f"{say(STEP_WORDS['resolve'])} …")
        try:
            locks = {
                name: lock(_needed(choice, name), template.devices[name], interpreter, **limits)
                for name in filter(None, (choice.device, choice.locked_only))
            }
        except RecommenderError as error:
            newest = _newest(choice, interpreter, limits)
            raise _with_next_best(error, choice, say, newest) from None
        remarks = [*choice.remarks, f"requirements.txt{say(': ')}{say(locks[choice.device].says)}"]
        if choice.locked_only:
            remarks.append(
                say(
                    "{file}, for the computer with the GPU: {why}; locked, and not installed here",
                    file=f"requirements-{choice.locked_only}.txt",
                    why=say(locks[choice.locked_only].says),
                )
            )
        if choice.cut:
            remarks.append(say("not proved on a computer like this one: {step}", step=choice.cut))
        answers = _answers(advice, choice, plan, why, remarks, spoken)
        render_template(template, choice.kind, answers, building, spoken.spoken)
        where = f"{platform.system()} {platform.machine()}"
        for name, locked in locks.items():
            stem = "requirements" + (f"-{name}" if name == choice.locked_only else "")
            asked = [f"# What is needed; {stem}.txt is this, locked.", *_needed(choice, name)]
            _write(building / f"{stem}.in", "\n".join(asked) + "\n")
            _write(building / f"{stem}.txt", locked.text(stem, version, where))
        _write(building / "project.yaml", project)
        _write(building / "decision.md", record)
        steps: list[TimedStep] = []
        compared: dict[str, object] = {}
        if proving:
            try:
                steps, compared = prove(building, interpreter, tell, uv=find_uv(uv), say=say)
            except RecommenderError as error:
                raise _with_next_best(error, choice, say) from None
        _write(building / "proof.md", account(steps, compared, choice.cut, say))
    return Handover(into, choice, tuple(steps), compared)


def _needed(choice: Choice, device: str) -> list[str]:
    template = choice.template
    besides = template.besides.get(choice.kind, ())
    return [*template.requirements, *besides, *template.devices[device].requirements]


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


def _newest(choice: Choice, python: Path, limits: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Say which pins would do where nothing resolved: without the limits, else without bounds."""
    needed, how = _needed(choice, choice.device), choice.template.devices[choice.device]
    say = limits["say"]
    try:
        if limits["constraints"]:
            found = lock(needed, how, python, uv=limits["uv"])
            where = say("without {file} it resolves", file=limits["constraints"])
        else:
            found = lock([without_bounds(each) for each in needed], how, python, uv=limits["uv"])
            where = say("with no lower bounds it resolves; the template is not proved with these")
    except RecommenderError:
        return ()
    names = {without_bounds(each).partition(";")[0].partition("[")[0].strip() for each in needed}
    pins = [line.split()[0] for line in found.lines if line.partition("==")[0] in names]
    return (Fault(None, where, say("the newest that would do: {pins}", pins=", ".join(pins))),)


def _answers(
    advice: Recommendation,
    choice: Choice,
    plan: Sequence[str],
    why: Sequence[str],
    remarks: list[str],
    spoken: Language,
) -> dict[str, object]:
    place = spoken.choice(advice.pack.targets, choice.target) if choice.target else ""
    return {
        "name": clean(advice.profile.name or "A new project"),
        "title": spoken.phrase(choice.template.title),
        "kind": choice.kind,
        "template": choice.template.id,
        "route": choice.route,
        "target": choice.target,
        "place": clean(place),
        "advised": clean(spoken.advice(advice.outcome, advice.decision.leaders)),
        "outcome": advice.outcome,
        "device": choice.device,
        "locked_only": choice.locked_only,
        "plan": [clean(each) for each in plan],
        "why": [clean(each) for each in why],
        "remarks": [clean(each) for each in remarks],
        "commands": [command for _, command in COMMANDS],
    }


def _with_next_best(
    error: RecommenderError, choice: Choice, say: Say, newest: tuple[Fault, ...] = ()
) -> RecommenderError:
    """Add to an error what would resolve, and what else could be started."""
    told = [*error.faults, *newest]
    if choice.next_best:
        name = choice.next_best[0]
        remedy = say("--route {name} starts it", name=name)
        told.append(Fault(None, say("the next best is {name}", name=name), remedy))
    return type(error)(told)


def _version(python: Path) -> str:
    """Ask an interpreter for its version; raises `RecommenderError` if it does not answer."""
    try:
        ran = subprocess.run(
            [str(python), "-c", "import platform; print(platform.python_version())"],
            capture_output=True, text=True, check=True, timeout=30,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise RecommenderError(f"`{python}` is no Python that runs: {error}") from None
    if not ran.stdout.strip():
        raise RecommenderError(f"`{python}` is no Python that runs: it tells no version")
    return ran.stdout.strip()
