"""Choose the template, the kind of model and the device from a recommendation."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recommender.engine import Recommendation
from recommender.language import Language, Say
from recommender.nouns.errors import Fault, UsageError, did_you_mean
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Route
from recommender.nouns.profile import Profile

from .templates import Template


@dataclass(frozen=True, slots=True)
class Choice:
    """What to start, and what a reader should know of why.

    `route` and `target` are empty where the framework alone is started. `cut` names the step that
    cannot be taken on a computer like this one. `locked_only` is the device that the project asks
    for where there is none here. `next_best` are templates that might do instead.
    """

    template: Template
    kind: str
    device: str
    route: str = ""
    target: str = ""
    cut: str = ""
    locked_only: str = ""
    remarks: tuple[str, ...] = ()
    next_best: tuple[str, ...] = ()


def choose(
    advice: Recommendation,
    templates: Mapping[str, Template],
    choices: Mapping[str, Any],
    *,
    wanted: str = "",
    language: str = "en",
) -> Choice:
    """Choose what to start; `wanted` names a template or a route in place of the advised one.

    Remarks are in a `language` of the pack.

    Raises `UsageError` where nothing can be started.
    """
    say = Language(advice.pack, language).phrase
    walks = _walks(advice, templates, wanted, say)
    template, route, remarks = walks[0]
    kind, told = _kind(advice.profile, choices["kind"], template, say)
    how = choices["device"]
    device, why = _device(advice.profile, advice.observations, how, template, say)
    here = device not in how["tools"] or shutil.which(how["tools"][device]) is not None
    cut = template.routes.get(route.id, "") if route else ""
    others = dict.fromkeys(each.id for each, _, _ in walks[1:] if each.id != template.id)
    return Choice(
        template=template,
        kind=kind,
        device=device if here else how["otherwise"],
        locked_only="" if here else device,
        route=route.id if route else "",
        target=route.target if route else "",
        cut=say(cut) if cut else "",
        remarks=tuple(filter(None, (*remarks, told, why))),
        next_best=tuple(others),
    )


def _walks(
    advice: Recommendation, templates: Mapping[str, Template], wanted: str, say: Say
) -> list[tuple[Template, Route | None, tuple[str, ...]]]:
    """List what could be started, the best first."""
    if wanted:
        return [_wanted(advice, templates, wanted, say)]
    best = advice.best
    if best is None:
        raise UsageError("nothing can be started: no candidate survives")
    mine = [each for each in templates.values() if each.candidate == best]
    if not mine:
        known = sorted({each.candidate for each in templates.values()})
        remedy = f"name a template for {' or '.join(known)} with --route to start one all the same"
        raise UsageError(Fault(None, f"there is no template for {best}, which is advised", remedy))
    planned = _planned(advice)
    routes = [*planned.values(), *_others(advice, best, planned)]
    targets = sorted({route.target for route in routes})
    found: list[tuple[Template, Route | None, tuple[str, ...]]] = []
    for route in routes:
        remarks = []
        if len(targets) > 1:
            left = ", ".join(each for each in targets if each != route.target)
            remarks.append(
                say(
                    "this starts the way to {target}; the project also names {others}",
                    target=route.target,
                    others=left,
                )
            )
        first = planned.get(route.target)
        if first is not None and first is not route:
            remarks.append(
                say(
                    "the plan reaches {target} by {first}, which no template walks yet; this walks "
                    "the next best way, {route}",
                    target=route.target,
                    first=first.id,
                    route=route.id,
                )
            )
        found += [(each, route, tuple(remarks)) for each in mine if route.id in each.routes]
    unknown = sorted({route.id for route in routes})
    told = say(
        "no template walks the advised routes yet ({routes}), so this one ends with the framework "
        "itself",
        routes=", ".join(unknown),
    )
    found += [(each, None, (told,) if unknown else ()) for each in mine if each.alone]
    if not found:
        raise UsageError(f"there is no template for the advised routes: {', '.join(unknown)}")
    return found


def _planned(advice: Recommendation) -> dict[str, Route]:
    """Return the route that the plan takes to each target."""
    known = {route.id: route for route in advice.pack.routes}
    steps = [step for step in advice.plan if step.act == "ship" and step.route]
    return {step.target: known[step.route] for step in steps}


def _others(advice: Recommendation, best: str, planned: Mapping[str, Route]) -> list[Route]:
    """Return the other usable routes, in their order: those to which one can turn next."""
    formats = advice.profile.named(advice.pack.formats)
    return [
        each.route
        for each in advice.routes
        if each.route.candidate == best
        and each.route.maturity != "retired"
        and each.route.ends_in(formats)
        and each.route not in planned.values()
    ]


def _wanted(
    advice: Recommendation, templates: Mapping[str, Template], wanted: str, say: Say
) -> tuple[Template, Route | None, tuple[str, ...]]:
    """Find the template that was asked for by its name, or by that of a route."""
    pack, profile = advice.pack, advice.profile
    targets = profile.named(pack.targets)
    for each in templates.values():
        if wanted == each.id or wanted in each.routes:
            found = [
                route for route in pack.routes
                if route.id == wanted
                or (wanted == each.id and route.id in each.routes and route.target in targets)
            ]  # fmt: skip
            return each, found[0] if found else None, _asked_for(advice, each, say)
    known = [*templates, *(route for each in templates.values() for route in each.routes)]
    raise UsageError(f"no template `{wanted}` and none for such a route; "
                     f"{did_you_mean(wanted, known)}")  # fmt: skip


def _asked_for(advice: Recommendation, template: Template, say: Say) -> tuple[str, ...]:
    if template.candidate == advice.best:
        return ()
    best = advice.best or say("no candidate")
    asked = template.candidate
    return (say("{asked} was asked for; advised is {best}", asked=asked, best=best),)


def _answer(profile: Profile, question: str) -> tuple[str, ...]:
    """Return the answers to a question, none where it is open or another pack has no such one."""
    return tuple(sorted(profile.named(question)))


def _kind(
    profile: Profile, how: Mapping[str, Any], template: Template, say: Say
) -> tuple[str, str]:
    """Choose the kind of model, and say so where it is not simply what was answered."""
    named = _answer(profile, how["question"])
    for kind in named:
        if kind in template.kinds:
            rest = [each for each in named if each != kind]
            told = say(
                "the model begins with {kind}; the project also names {others}",
                kind=kind,
                others=", ".join(rest),
            )
            return kind, told if rest else ""
    otherwise = how["otherwise"] if how["otherwise"] in template.kinds else template.kinds[0]
    if named:
        stands_in = {kind: how["stands-in"].get(kind) for kind in named}
        near = (kind for kind, other in stands_in.items() if other in template.kinds)
        kind = next(near, named[0])
        other = stands_in[kind] if stands_in[kind] in template.kinds else otherwise
        return other, say(
            "there is no small model of the kind {kind} yet; {other} stands in",
            kind=kind,
            other=other,
        )
    return otherwise, say(
        "the project file names no kind of model, so this one begins with {kind}",
        kind=otherwise,
    )


def _device(
    profile: Profile,
    seen: Observations | None,
    how: Mapping[str, Any],
    template: Template,
    say: Say,
) -> tuple[str, str]:
    """Choose what the framework is built for, from what was answered, else what a probe saw."""
    named = _answer(profile, how["question"])
    for answer, device in how["answers"].items():
        if answer in named and device in template.devices:
            return device, ""
    gpus = (seen.machine.get("gpus") or ()) if seen is not None else ()
    if (
        not named
        and any(gpu.get("vendor") == "NVIDIA" for gpu in gpus)
        and "nvidia" in template.devices
    ):
        return "nvidia", say("the probe saw an NVIDIA GPU, and the project file names no hardware")
    other = [each for each in named if each not in ("cpu", *how["answers"])]
    told = say(
        "no template knows a build for {devices} yet; this is the build for CPUs, on which "
        "everything here runs",
        devices=", ".join(other),
    )
    return how["otherwise"], told if other else ""
