"""The section on routes: how a model gets to where it runs, and where what it takes installs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from recommender.engine import RouteAdvice
from recommender.nouns.condition import holds
from recommender.nouns.pack import Route
from recommender.nouns.resolution import Installing, name_of

from .document import Item, Section, Span, Spans, item, listed

if TYPE_CHECKING:
    from .teller import Teller

MARKS = {"production": "✓", "beta": "~", "experimental": "~", "retired": "×"}

MATURITY_WORDS = {
    "production": "production",
    "beta": "beta",
    "experimental": "experimental",
    "retired": "retired",
}

PLATFORM_WORDS = {
    "linux-x86_64": "x86-64 Linux",
    "linux-aarch64": "ARM Linux",
    "macos-arm64": "Macs with Apple silicon",
    "macos-x86_64": "Intel Macs",
    "windows-x86_64": "Windows",
}

VERDICT_WORDS = {
    "confirmed": "confirmed on this machine",
    "refuted": "failed on this machine",
    "unavailable": "could not be checked on this machine",
}


def routes(teller: Teller) -> Section | None:
    """Return the routes from the advised candidate to each deployment target, retired ones last."""
    items = [_route(teller, each) for each in teller.advice.routes]
    for candidate, targets in teller.advice.unreached.items():
        items += [dead_end(teller, candidate, target) for target in targets]
    return listed("routes", teller.say("How it gets to where it runs"), items)


def dead_end(teller: Teller, candidate: str, target: str) -> Item:
    """Say that no way is known from a candidate to a target."""
    return item("×", Span(no_way(teller, candidate, target), "bad"), kind="bad")


def no_way(teller: Teller, candidate: str, target: str) -> str:
    """Return the sentences of `dead_end`: what is missing, and what can be tried or asked."""
    say, pack = teller.say, teller.pack
    accepted = teller.advice.profile.named(pack.formats)
    values = {"name": teller.name(candidate), "target": teller.target(target)}
    near = _near(teller, candidate, target)
    told = [say("{name} to “{target}”: no way is known for what was answered.", **values)]
    if near:  # and only ends in something else
        told = [
            say(
                "{name} to “{target}”: no way is known that delivers what is accepted there.",
                **values,
            )
        ]
        ways = (each for each in pack.routes if each.candidate == candidate)
        written = {name for each in ways for name in each.delivers if name in accepted}
        if written:
            told.append(
                say(
                    "{name} can write {formats}: try a small model with what loads it there.",
                    **values,
                    formats=_formats(teller, written),
                )
            )
        ends = _formats(teller, {name for each in near for name in each.delivers})
        told.append(say("Known ways end in {formats}: ask whether one is accepted.", formats=ends))
    survivors = (each for each in teller.advice.ranking.order if each != candidate)
    reaching = [
        each
        for each in survivors
        if any(way.ends_in(accepted) for way in _near(teller, each, target))
    ]
    if reaching:
        told.append(say("There is a way from {names}.", names=teller.names(reaching)))
    return say(" ").join(told)


def _near(teller: Teller, candidate: str, target: str) -> list[Route]:
    """Return the ways in use that lead there, in whatever format they end."""
    answers, out = teller.advice.profile.answers, teller.advice.explanation.inapplicable
    return [
        each
        for each in teller.pack.routes
        if (each.candidate, each.target) == (candidate, target)
        and each.maturity != "retired"
        and (each.when is None or holds(each.when, answers, out) is not False)
    ]


def _formats(teller: Teller, formats: Collection[str]) -> str:
    """Name formats in the order in which they are asked for."""
    asked = teller.pack.questions[teller.pack.formats].choices if teller.pack.formats else {}
    named = [teller.language.choice(teller.pack.formats, each) for each in asked if each in formats]
    return teller.language.listing(teller.say("“{quotation}”", quotation=each) for each in named)


def _route(teller: Teller, told: RouteAdvice) -> Item:
    say, route = teller.say, told.route
    retired = route.maturity == "retired"
    steps = " → ".join(teller.language.steps(route))
    maturity = say(MATURITY_WORDS[route.maturity])
    target = teller.target(route.target)
    said = say("{name} to “{target}”: ", name=teller.name(route.candidate), target=target)
    line = [Span(said), Span(steps, "strong"), Span(say(" ({maturity})", maturity=maturity))]
    if retired:
        line = [Span(said + steps, "dim"), Span(say(" (retired: do not take it)"), "bad")]
    notes = [teller.language.route(route.id, route.because)] if route.because else []
    if not told.certain and not retired:
        notes.append(say("Whether it is open depends on an unanswered question."))
    if told.expired:
        notes.append(say("This is to be read again; it may have changed."))
    notes += filter(None, [seen_here(teller, told), installs(teller, told.installing)])
    details: list[str | Spans] = [*notes, teller.origin(route.place, route.sources)]
    return item(MARKS[route.maturity], *line, details=details, kind="dim" if retired else "good")


def seen_here(teller: Teller, told: RouteAdvice) -> str:
    """Say what a check saw of a route in use on this machine, if it saw anything.

    It may reach less far than the route: its own words say what was done here.
    """
    if told.seen is None or told.route.maturity == "retired":
        return ""
    return teller.say(
        "The check {check}: {verdict} ({seen}).",
        check=told.route.check,
        verdict=teller.say(VERDICT_WORDS[told.seen.verdict]),
        seen=told.seen.because,
    )


def installs(teller: Teller, found: Installing | None) -> str:
    """Say with which versions packages install together, and where, or why they do not."""
    if found is None:
        return ""
    if found.fails:
        return fails(teller, found)
    say, (shown, works) = teller.say, _works(found)
    if not works:
        return ""
    pins = teller.language.listing(f"{name} {pin}" for name, pin in _newest(found, works).items())
    values = {"day": found.resolution.on, "pins": pins, "places": _places(teller, works)}
    said = say("As of {day} {pins} install together on {places}.", **values)
    if len(found.resolution.packages) == 1:
        said = say("As of {day} {pins} installs on {places}.", **values)
    if rest := [each for each in shown if each not in works]:
        said += say(" ") + say("Not on {platforms}.", platforms=_platforms(teller, rest))
    return said


def partly(teller: Teller, found: Installing | None) -> str:
    """Say under which of the Pythons named packages do not install, where they do under others."""
    if found is None or not found.without:
        return ""
    values = {"pythons": teller.language.listing(found.without), "day": found.resolution.on}
    return teller.say(
        "Its packages install together, but not under Python {pythons}, as of {day}.", **values
    )


def _works(found: Installing) -> tuple[Sequence[str], dict[str, tuple[str, ...]]]:
    """Return the platforms to tell of, and the Pythons of each of them where packages install."""
    shown = found.platforms or found.resolution.platforms
    return shown, {each: found.works(each) for each in shown if found.works(each)}


def fails(teller: Teller, found: Installing) -> str:
    """Say where packages cannot be installed together, and why in the resolver's words."""
    say, told = teller.say, found.resolution
    pythons = found.pythons or tuple(
        dict.fromkeys(each for name in found.fails for each in told.pythons(name, pinned=False))
    )
    values = {
        "day": told.on,
        "packages": teller.language.listing(map(name_of, told.packages)),
        "places": _places(teller, dict.fromkeys(found.fails, pythons)),
        "because": found.because.rstrip("."),
    }
    if len(told.packages) == 1:
        return say(
            "As of {day}, {packages} cannot be installed on {places}; the resolver says: "
            "“{because}”.",
            **values,
        )
    return say(
        "As of {day}, {packages} cannot be installed together on {places}; the resolver says: "
        "“{because}”.",
        **values,
    )


def installing_as_data(found: Installing | None) -> dict[str, object] | None:
    """Return what was found as plain values, for where the project installs the packages."""
    if found is None:
        return None
    told, (_, works) = found.resolution, _works(found)
    return {
        "packages": list(told.packages),
        "as_of": told.on.isoformat(),
        "resolver": told.by,
        "installs_on": {name: list(pythons) for name, pythons in works.items()},
        "pins": _newest(found, works) if works else {},
        "fails_on": list(found.fails),
        "because": found.because,
    }


def _newest(found: Installing, works: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    """Return the pins under the newest Python of the first platform."""
    platform, pythons = next(iter(works.items()))
    end = found.resolution.at(platform, pythons[-1])
    return {} if end is None else end.pins


def _places(teller: Teller, works: Mapping[str, tuple[str, ...]]) -> str:
    alike: dict[tuple[str, ...], list[str]] = {}
    for platform, pythons in works.items():
        alike.setdefault(pythons, []).append(platform)
    return "; ".join(
        teller.say(
            "{platforms} (Python {pythons})",
            platforms=_platforms(teller, names),
            pythons=_range(pythons),
        )
        for pythons, names in alike.items()
    )


def _platforms(teller: Teller, names: Sequence[str]) -> str:
    if len(names) == len(PLATFORM_WORDS):
        return teller.say("any platform")
    return teller.language.listing(teller.say(PLATFORM_WORDS[each]) for each in names)


def _range(pythons: tuple[str, ...]) -> str:
    """Write Pythons that follow each other as a range.

    >>> _range(("3.10", "3.11", "3.12")), _range(("3.10", "3.14")), _range(("3.13",))
    ('3.10–3.12', '3.10, 3.14', '3.13')
    """
    minors = [int(each.split(".")[1]) for each in pythons]
    if len(pythons) > 1 and minors == list(range(minors[0], minors[0] + len(minors))):
        return f"{pythons[0]}–{pythons[-1]}"
    return ", ".join(pythons)
