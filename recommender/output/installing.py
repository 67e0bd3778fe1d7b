"""What a resolver made of a route's packages, in one sentence: where they install, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.nouns.resolution import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from recommender.nouns.resolution import Installing

    from .teller import Teller

PLATFORM_WORDS = {
    "linux-x86_64": "x86-64 Linux",
    "linux-aarch64": "ARM Linux",
    "macos-arm64": "Macs with Apple silicon",
    "macos-x86_64": "Intel Macs",
    "windows-x86_64": "Windows",
}


def installs(teller: Teller, found: Installing) -> str:
    """Say with which versions packages install together, and where, or why they do not."""
    say, told = teller.say, found.resolution
    if found.fails:
        return fails(teller, found)
    shown = found.platforms or told.platforms
    works = {each: found.works(each) for each in shown if found.works(each)}
    if not works:
        return ""
    pins = teller.language.listing(f"{name} {pin}" for name, pin in _newest(found, works))
    day, places = told.on.isoformat(), _places(teller, works)
    if len(told.packages) == 1:
        said = say("As of {day} {pins} installs on {places}.", day=day, pins=pins, places=places)
    else:
        said = say(
            "As of {day} {pins} install together on {places}.", day=day, pins=pins, places=places
        )
    if rest := [each for each in shown if each not in works]:
        said += say(" ") + say("Not on {platforms}.", platforms=_platforms(teller, rest))
    return said


def fails(teller: Teller, found: Installing) -> str:
    """Say where packages cannot be installed together, and why in the resolver's words."""
    say, told = teller.say, found.resolution
    pythons = found.pythons or tuple(
        dict.fromkeys(each for name in found.fails for each in told.pythons(name, pinned=False))
    )
    values = {
        "day": told.on.isoformat(),
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


def as_data(found: Installing | None) -> dict[str, object] | None:
    """Return what was found as plain values, for where the project installs the packages."""
    if found is None:
        return None
    told = found.resolution
    shown = found.platforms or told.platforms
    works = {each: found.works(each) for each in shown if found.works(each)}
    return {
        "packages": list(told.packages),
        "as_of": told.on.isoformat(),
        "resolver": told.by,
        "installs_on": {name: list(pythons) for name, pythons in works.items()},
        "pins": dict(_newest(found, works)) if works else {},
        "fails_on": list(found.fails),
        "because": found.because,
    }


def _newest(found: Installing, works: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    """Return the pins under the newest Python of the first platform."""
    platform, pythons = next(iter(works.items()))
    end = found.resolution.at(platform, pythons[-1])
    return () if end is None else end.pins.items()


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
