"""What agents can read beside the tools: the pack in short, questions, sources, single rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from recommender.authoring.sources import as_data
from recommender.language import Language
from recommender.nouns.errors import UsageError, did_you_mean
from recommender.nouns.pack import Pack, Rule
from recommender.output.formats.json import write
from recommender.output.next_question import asked, written
from recommender.output.pack_summary import summary

SCHEME = "recommender://"


class Readable(NamedTuple):
    """What can be read: one thing, or things of one kind each at an address that ends in its id."""

    uri: str
    name: str
    title: str
    description: str


def read(uri: str, pack: Pack) -> str:
    """Return the text at an address; raises `UsageError` where there is none.

    >>> from recommender import load_pack
    >>> read("recommender://rule/tea", load_pack("tests/toy/rules"))
    Traceback (most recent call last):
    recommender.nouns.errors.UsageError: there is nothing at `recommender://rule/tea`; \
one of: recommender://pack, recommender://questions, recommender://sources, \
recommender://rules/{rule}, recommender://sources/{source}
    """
    if uri == f"{SCHEME}pack":
        return write(summary(pack))
    if uri == f"{SCHEME}questions":
        return questions(pack)
    if uri == f"{SCHEME}sources":
        return write(as_data(pack))
    if uri.startswith(f"{SCHEME}rules/"):
        return write(_rule(_named("rule", uri, pack.rules), pack))
    if uri.startswith(f"{SCHEME}sources/"):
        source = _named("source", uri, pack.sources)
        listed = as_data(pack)["sources"]
        return write(next(each for each in listed if each["id"] == source.id))
    places = ", ".join(each.uri for each in (*RESOURCES, *TEMPLATES))
    raise UsageError(f"there is nothing at `{uri}`; one of: {places}")


def _named(kind: str, uri: str, known: Mapping[str, Any]) -> Any:
    name = uri.removeprefix(f"{SCHEME}{kind}s/")
    if name not in known:
        raise UsageError(f"there is no {kind} `{name}`; {did_you_mean(name, known)}")
    return known[name]


def questions(pack: Pack, language: str = "en") -> str:
    """Return every question, whole."""
    spoken = Language(pack, language)
    return write({"questions": [asked(name, spoken) for name in pack.questions]})


def _rule(rule: Rule, pack: Pack) -> Mapping[str, Any]:
    review = rule.review and {
        "on": rule.review.on,
        "verdict": rule.review.verdict,
        "because": rule.review.because,
        "favors": rule.review.favors and _shares(rule.review.favors),
        "expires": rule.review.expires,
        "sources": [pack.reference(each) for each in rule.review.sources],
    }
    return {
        "id": rule.id,
        "criterion": rule.criterion,
        "when": written(rule.when),
        "favors": _shares(rule.favors),
        "weight": rule.weight,
        "because": rule.because,
        "evidence": rule.evidence,
        "sources": [pack.reference(each) for each in rule.sources],
        "review": review,
        "checks": rule.checks,
    }


def _shares(favors: Mapping[str, int]) -> dict[str, float]:
    return {name: share / 100 for name, share in favors.items()}


RESOURCES = (
    Readable(
        f"{SCHEME}pack",
        "pack",
        "The rule pack",
        "Its version, candidates, criteria with weights, and rule ids.",
    ),
    Readable(
        f"{SCHEME}questions",
        "questions",
        "The questions",
        "Every question with its answers and help.",
    ),
    Readable(
        f"{SCHEME}sources",
        "sources",
        "The sources",
        "Every page cited: publisher, dates, excerpts, and by what. It is long; one alone is at "
        "recommender://sources/ID.",
    ),
)
TEMPLATES = (
    Readable(
        f"{SCHEME}rules/{{rule}}",
        "rule",
        "A rule",
        "One rule whole: its condition, points, reason, review and sources.",
    ),
    Readable(
        f"{SCHEME}sources/{{source}}",
        "source",
        "A source",
        "One page cited: publisher, dates, excerpts, and by what.",
    ),
)
