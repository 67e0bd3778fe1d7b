"""The clock of each candidate: how long and how late its package serves Pythons and platforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.index.clock import Clock, Served, clock_of
from recommender.index.snapshot import Snapshot, read_snapshot
from recommender.judging.installing import places_of
from recommender.nouns.pack import Pack
from recommender.nouns.resolution import name_of

from .document import Section, Span, item, listed, paragraph
from .routes import PLATFORM_WORDS

if TYPE_CHECKING:
    from recommender.engine import Recommendation

    from .teller import Teller


def clocks_of(advice: Recommendation) -> dict[str, Clock]:
    """Return the clock of each candidate, for what the project says of Python and platforms.

    Candidates of which the pack's snapshot of the index tells nothing are left out.
    """
    where = _places(advice)
    told = {name: _clock(advice.pack, name, *where) for name in advice.ranking.order}
    return {name: clock for name, clock in told.items() if clock is not None}


def _clock(
    pack: Pack, candidate: str, platforms: tuple[str, ...], pythons: tuple[str, ...]
) -> Clock | None:
    memo, key = pack.memo, ("clock", candidate, platforms, pythons)
    if key not in memo:
        packages = pack.candidates[candidate].packages
        memo[key] = packages and clock_of(_snapshot(pack), name_of(packages[0]), platforms, pythons)
    return memo[key] or None


def _snapshot(pack: Pack) -> Snapshot:
    """Return the pack's snapshot, of the candidates' packages alone; it is read once."""
    if "clock" not in pack.memo:
        named = [name_of(each.packages[0]) for each in pack.candidates.values() if each.packages]
        pack.memo["clock"] = read_snapshot(pack.folders if named else (), only=named)
    found: Snapshot = pack.memo["clock"]
    return found


def _places(advice: Recommendation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return places_of(advice.pack, advice.profile, advice.explanation.inapplicable)


def clocks(teller: Teller) -> Section | None:
    """Return the section on how long each candidate has been served, by the package index alone."""
    found = clocks_of(teller.advice)
    _, pythons = _places(teller.advice)
    taken = min((each.taken for each in found.values()), default="")
    head = teller.say("As the package index had it on {date}.", date=taken)
    items = []
    for name, clock in found.items():
        lead = teller.say("{name}: ", name=teller.name(name))
        items.append(item("·", Span(lead, "strong"), _told(teller, clock, pythons)))
    return listed("clock", teller.say("The clock"), items, paragraph(Span(head, "dim")))


def unserved(teller: Teller) -> str:
    """Say of the best where its newest release has no wheels that the project needs."""
    advice = teller.advice
    platforms, pythons = _places(advice)
    if not pythons and not platforms:
        return ""  # without reading the snapshot
    best, found = advice.best, clocks_of(advice)
    if best not in found:
        return ""
    name = teller.name(best)
    for served, names in _alike(found[best]).items():
        where = _where(teller, names, served.pythons if served else pythons)
        if served is None:
            return teller.say("{name}: no release has wheels {where}.", name=name, where=where)
        if served.ends:
            return teller.say(
                "{name}: {version} of {day} is the last release with wheels {where}.",
                name=name,
                version=served.version,
                day=served.on,
                where=where,
            )
    return ""


def _told(teller: Teller, clock: Clock, pythons: tuple[str, ...]) -> str:
    said = [
        _reach(teller, clock, names, served, pythons) for served, names in _alike(clock).items()
    ]
    waits = []
    for python, each in clock.waits.items():
        told = teller.say("{days} ({python})", days=each.days, python=python)
        if each.open:
            told = teller.say("{days}+ ({python}, still without)", days=each.days, python=python)
        waits.append(told)
    last = teller.say(
        "The last {count} Pythons waited so many days for its wheels: {waits}.",
        count=len(waits),
        waits=teller.language.listing(waits),
    )
    return teller.say(" ").join([*said, last])


def _alike(clock: Clock) -> dict[Served | None, list[str]]:
    found: dict[Served | None, list[str]] = {}
    for platform, served in clock.served.items():
        found.setdefault(served, []).append(platform)
    return found


def _reach(
    teller: Teller,
    clock: Clock,
    platforms: list[str],
    served: Served | None,
    pythons: tuple[str, ...],
) -> str:
    where = _where(teller, platforms, served.pythons if served else pythons)
    say, values = teller.say, {"newest": clock.newest, "released": clock.released, "where": where}
    if not where:
        return say("The newest release is {newest} of {released}.", **values)
    if served is None:
        return say("No release has wheels {where}; the newest is {newest} of {released}.", **values)
    if served.ends:
        return say(
            "{version} of {day} is the last release with wheels {where}; the newest is {newest} of "
            "{released}.",
            version=served.version,
            day=served.on,
            **values,
        )
    return say("The newest release, {newest} of {released}, has wheels {where}.", **values)


def _where(teller: Teller, platforms: list[str], pythons: tuple[str, ...]) -> str:
    """Name Pythons and platforms; nothing where the project says neither."""
    say = teller.say
    named = teller.language.listing(
        say(PLATFORM_WORDS[each]) for each in platforms if each != "any"
    )
    under = teller.language.listing(pythons)
    if named and under:
        return say("for Python {pythons} on {platforms}", pythons=under, platforms=named)
    if under:
        return say("for Python {pythons}", pythons=under)
    return say("for {platforms}", platforms=named) if named else ""
