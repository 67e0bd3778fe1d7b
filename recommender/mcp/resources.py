"""What agents can read beside the tools: the pack in short, questions, sources, single rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recommender.authoring.sources import as_data
from recommender.language import Language
from recommender.nouns.errors import UsageError, did_you_mean
from recommender.nouns.pack import Pack
from recommender.output.formats.json import write
from recommender.output.next_question import asked, written
from recommender.output.pack_summary import summary

if TYPE_CHECKING:
    from collections.abc import Mapping

    from recommender.nouns.pack import Rule

SCHEME = "recommender://"
RULES = f"{SCHEME}rules/"
SOURCES = f"{SCHEME}sources/"


@dataclass(frozen=True, slots=True)
class ResourceTemplate:
    """Things of one kind, each at an address that ends in its id."""

    name: str
    title: str
    description: str
    place: str

    @property
    def uri(self) -> str:
        """Return the pattern of its addresses.

        >>> TEMPLATES[0].uri
        'recommender://rules/{rule}'
        """
        return f"{self.place}{{{self.name}}}"


@dataclass(frozen=True, slots=True)
class Resource:
    """One thing to read: its address, what it is, and how its text is made from a pack."""

    name: str
    title: str
    description: str
    text: Callable[[Pack], str]

    @property
    def uri(self) -> str:
        """Return its address."""
        return f"{SCHEME}{self.name}"


def read(uri: str, pack: Pack) -> str:
    """Return the text at an address; raises `UsageError` where there is none.

    >>> from recommender import load_pack
    >>> read("recommender://rule/tea", load_pack("tests/toy/rules"))
    Traceback (most recent call last):
    recommender.nouns.errors.UsageError: there is nothing at `recommender://rule/tea`; \
one of: recommender://pack, recommender://questions, recommender://sources, \
recommender://rules/{rule}, recommender://sources/{source}
    """
    known = {each.uri: each for each in RESOURCES}
    if uri in known:
        return known[uri].text(pack)
    for template in TEMPLATES:
        if uri.startswith(template.place):
            return write(_one(template, uri.removeprefix(template.place), pack))
    places = ", ".join((*known, *(each.uri for each in TEMPLATES)))
    raise UsageError(f"there is nothing at `{uri}`; one of: {places}")


def _one(template: ResourceTemplate, name: str, pack: Pack) -> Mapping[str, Any]:
    found = pack.rules if template.place == RULES else pack.sources
    if name not in found:
        raise UsageError(f"there is no {template.name} `{name}`; {did_you_mean(name, found)}")
    if template.place == RULES:
        return _rule(pack.rules[name], pack)
    sources: list[dict[str, Any]] = as_data(pack)["sources"]
    return next(each for each in sources if each["id"] == name)


def _pack(pack: Pack) -> str:
    return write(summary(pack))


def questions(pack: Pack, language: str = "en") -> str:
    """Return every question, whole."""
    spoken = Language(pack, language)
    return write({"questions": [asked(name, spoken) for name in pack.questions]})


def _sources(pack: Pack) -> str:
    return write(as_data(pack))


def _rule(rule: Rule, pack: Pack) -> Mapping[str, Any]:
    review = rule.review
    return {
        "id": rule.id,
        "criterion": rule.criterion,
        "when": written(rule.when),
        "favors": {name: share / 100 for name, share in rule.favors.items()},
        "weight": rule.weight,
        "because": rule.because,
        "evidence": rule.evidence,
        "sources": [pack.reference(each) for each in rule.sources],
        "review": review
        and {
            "on": review.on,
            "verdict": review.verdict,
            "because": review.because,
            "favors": review.favors
            and {name: share / 100 for name, share in review.favors.items()},
            "expires": review.expires,
            "sources": [pack.reference(each) for each in review.sources],
        },
        "checks": rule.checks,
    }


RESOURCES = (
    Resource(
        "pack",
        "The rule pack",
        "Its version, candidates, criteria with weights, and rule ids.",
        _pack,
    ),
    Resource("questions", "The questions", "Every question with its answers and help.", questions),
    Resource(
        "sources",
        "The sources",
        "Every page cited: publisher, dates, excerpts, and by what. It is long; one alone is at "
        "recommender://sources/ID.",
        _sources,
    ),
)
TEMPLATES = (
    ResourceTemplate(
        "rule",
        "A rule",
        "One rule whole: its condition, points, reason, review and sources.",
        RULES,
    ),
    ResourceTemplate(
        "source",
        "A source",
        "One page cited: publisher, dates, excerpts, and by what.",
        SOURCES,
    ),
)
