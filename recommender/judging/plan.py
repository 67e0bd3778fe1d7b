"""The plan: what to keep, build, train, run, convert and ship, for the candidate that is advised.

It follows from who is advised, the pack's routes, the project's existing code and what a probe saw;
it scores nothing. To each target one route is taken, of those whose condition is not false and that
can end in an accepted format: none that failed on this machine before one that did not, none that
hangs on an unusual answer before one that does not; then what the pack prefers for such a project,
the more mature one, and the pack's own order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from recommender.nouns.condition import Answer, Condition, holds, reads
from recommender.nouns.observation import Observation
from recommender.nouns.pack import MATURITIES, Route
from recommender.nouns.plan import Staying, Step

from .installing import installing, unpackaged
from .libraries import libraries_of
from .routes import usable

if TYPE_CHECKING:
    from .case import Case


def plan_of(case: Case) -> tuple[Step, ...]:
    """Return the steps for the candidate that a case is advised, or none where all are excluded.

    >>> from recommender import load_pack, load_profile
    >>> from recommender.judging.case import Case
    >>> pack = load_pack()
    >>> facts = {"targets": ["ios"], "model-source": ["hub"], "source-framework": "pytorch"}
    >>> case = Case.of(load_profile({"answers": facts}, pack), pack)
    >>> [(step.act, step.format) for step in plan_of(case)]
    [('build', ''), ('train', ''), ('convert', 'coreml'), ('ship', 'coreml')]
    """
    best = case.decision.best
    if best is None:
        return ()
    staying = [*_staying(case, best)]
    steps = [*staying, *_foreign(case), *_building(case, best, alone=not staying)]
    for target in sorted(case.profile.named(case.pack.targets)):
        steps += _shipping(case, best, target)
    if not any(step.candidate == best and step.act != "wait" for step in steps):
        steps.append(Step("run", best))
    return tuple(steps)


def _sure(case: Case, when: Condition | None) -> bool:
    answers, out = case.profile.answers, case.truths.inapplicable
    return when is not None and holds(when, answers, out) is True


def _staying(case: Case, best: str) -> Iterator[Step]:
    """Yield what becomes of code in other candidates; where either will do, it is kept."""
    planning = case.pack.planning
    stay, open_ = _stay(case)
    if stay is None:
        return
    for name, when in planning.existing.items():
        if name == best or name not in case.pack.candidates or not _sure(case, when):
            continue
        if case.decision.outcome == "either" and stay.act != "keep":
            yield Step("keep", name)
        else:
            yield Step(stay.act, name, format=stay.format, because=stay.because, open=open_)


def _foreign(case: Case) -> Iterator[Step]:
    foreign = case.pack.planning.foreign
    if foreign is not None and _sure(case, foreign.when):
        yield Step(foreign.act, "", because=foreign.because)


def _stay(case: Case) -> tuple[Staying | None, tuple[str, ...]]:
    """Return the first of `stays` that surely holds, and what each before it first waits for."""
    answers, out = _implied(case), case.truths.inapplicable
    open_: dict[str, None] = {}
    for each in case.pack.planning.stays:
        truth = holds(each.when, answers, out)
        if truth:
            return each, tuple(open_)
        if truth is None:
            asked = (one for one in reads(each.when) if one not in out and one not in answers)
            open_ |= dict.fromkeys(islice(asked, 1))
    return None, ()


def _implied(case: Case) -> Mapping[str, Answer]:
    """Return the answers, and those to open flags whose contrary never goes together with them."""
    answers, out = dict(case.profile.answers), case.truths.inapplicable
    for never in case.pack.never_together:
        for name in reads(never):
            if case.pack.questions[name].type == "flag" and name not in {*answers, *out}:
                for value in (True, False):
                    if holds(never, {**answers, name: value}, out):
                        answers[name] = not value
    return answers


def _building(case: Case, best: str, *, alone: bool) -> Iterator[Step]:
    """Yield what to build in; `alone` is code of the best that has none of another beside it."""
    planning, out = case.pack.planning, case.truths.inapplicable
    trains, portable = planning.trains, planning.portable
    idle = trains is not None and holds(trains, case.profile.answers, out) is False
    named = () if idle else tuple(each.id for each in libraries_of(case, best))
    if waiting := unpackaged(case.pack, best, case.profile, out):
        yield Step("wait", best, resolved=waiting.on)
    if _sure(case, planning.existing.get(best)):
        rewritten = alone and _rewritten(case)
        yield Step("rewrite", best, libraries=named) if rewritten else Step("keep", best)
    elif portable is not None and _sure(case, portable.when):
        yield Step("keep", best, because=portable.because)
    elif not idle:
        yield Step("build", best, libraries=named)
    if trains is not None and not idle:
        yield Step("train", best)


def _rewritten(case: Case) -> bool:
    """Tell whether code is rewritten anyway: elsewhere it is surely neither left nor frozen."""
    answers, out = case.profile.answers, case.truths.inapplicable
    left = {e.act for e in case.pack.planning.stays if holds(e.when, answers, out) is not False}
    return "port" in left and left <= {"keep", "port"}


def _shipping(case: Case, best: str, target: str) -> Iterator[Step]:
    known = any(route.target == target for route in case.pack.routes)
    found = [
        route
        for route in usable(case.pack, case.profile, case.truths)
        if (route.candidate, route.target) == (best, target)
    ]
    if not found:
        if known:
            yield Step("ship", best, target)
        return
    usual = {q.id: q.usual for q in case.pack.questions.values() if q.usual is not None}
    assumed = usual | dict(case.profile.answers)
    route = min(found, key=lambda each: _order(case, each, assumed))
    seen = _seen(case, route)
    proof, format_ = seen.verdict if seen else None, _format(case, route)
    packages = installing(case, route)
    day = packages.resolution.on if packages is not None and packages.stands else None
    if format_ and format_ not in case.pack.candidates[best].formats:
        yield Step("convert", best, target, route.id, format_, proof, resolved=day)
    yield Step("ship", best, target, route.id, format_, proof, resolved=day)


def _order(
    case: Case, route: Route, assumed: Mapping[str, Answer]
) -> tuple[bool, bool, bool, int, int, str]:
    seen, out = _seen(case, route), case.truths.inapplicable
    return (
        seen is not None and seen.verdict == "refuted",
        route.when is not None and holds(route.when, assumed, out) is not True,
        not _sure(case, route.prefer),
        MATURITIES.index(route.maturity),
        route.place.line,
        route.id,
    )


def _seen(case: Case, route: Route) -> Observation | None:
    found = case.observations
    return found.get(route.check, route.candidate) if found is not None else None


def _format(case: Case, route: Route) -> str:
    """Name the format that a route ends in: the first of its own that is accepted, if any are."""
    accepted = case.profile.named(case.pack.formats)
    return next((each for each in route.delivers if not accepted or each in accepted), "")
