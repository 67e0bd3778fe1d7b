"""What the pages of entries are made of: sources, checks, where it fires, and an example."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from words import code, link, quoted, text

from examples import Example, example
from recommender.authoring.sources import Statement, citations
from recommender.judging.case import Case
from recommender.language import Language
from recommender.loading.full_pack import load_whole
from recommender.nouns.condition import Condition, holds, reads
from recommender.nouns.pack import Constraint, Pack, Review, Rule, RuleTest
from recommender.nouns.profile import Profile
from recommender.nouns.referral import Referral
from recommender.nouns.source import Checked, Citation

NAMED = 8
"""So many projects of those on which an entry fires are named."""

KINDS = {
    "rules": "Rules",
    "criteria": "Criteria",
    "candidates": "Candidates",
    "constraints": "Constraints",
    "routes": "Routes",
    "referrals": "Referrals",
    "libraries": "Libraries",
    "questions": "Questions",
    "sources": "Sources",
    "lint": "Lint findings",
}

STANDING = {"stands": "still holds", "weakened": "is weakened", "overturned": "is overturned"}


class Parts:
    """Parts of pages over one pack, and over the real projects of its population."""

    def __init__(self) -> None:
        whole = load_whole()
        self.pack: Pack = whole.full
        self.usual: Pack = whole.usual
        self.words = Language(self.pack)
        self.cases = [
            (each, Case.of(Profile(each.answers), self.pack)) for each in self.pack.population
        ]

    def sources(self, title: str, cited: Iterable[Citation]) -> str:
        """Tell what some statement cites."""
        told = [quoted(self.pack.reference(each)) for each in cited]
        return f"## {title}\n\n" + "\n\n".join(told) if told else ""

    def checks(self, checked: Checked | None, checks: Iterable[str], claims: Iterable[str]) -> str:
        """Tell how a statement was checked: by a reader, on a machine, in an index."""
        rows = []
        if checked:
            said = f": “{text(checked.sentence)}”" if checked.sentence else ""
            rows.append(f"- Read against its pages on {checked.on}: {checked.verdict}{said}")
        rows += [
            f"- Examined on a machine by the [probe](../../probe.md)'s {code(each)}"
            for each in checks
        ]
        rows += [
            f"- Claimed of the [package index](../../indexes.md): {code(each)}" for each in claims
        ]
        return "## How it is checked\n\n" + "\n".join(rows) if rows else ""

    def where(self, when: Condition) -> str:
        """Tell on which real projects a condition holds, and what it asks."""
        asked = [
            link(text(self.words.ask(each)), f"../questions/{each}.md") for each in reads(when)
        ]
        hangs = "\n\nIt hangs on:\n\n" + "\n".join(f"- {each}" for each in asked) if asked else ""
        return self.fires(lambda case: surely(when, case)) + hangs

    def fires(self, fires: Callable[[Case], object], what: str = "It fires") -> str:
        """Tell on how many of the real projects something is so, and on which."""
        found = [each for each, case in self.cases if fires(case)]
        names = ", ".join(link(text(each.id), each.source) for each in found[:NAMED])
        more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
        told = f": {names}{more}" if found else ""
        return (
            f"## Where it fires\n\n{what} on {len(found)} of the {len(self.cases)} "
            f"[real projects](../../panel.md) of the pack{told}."
        )

    def tried(self, shown: Example | None) -> str:
        """Tell how to try it, if there is an example."""
        return f"## Try it\n\n{shown.markdown()}" if shown else ""

    def tested(self, cases: Iterable[RuleTest], section: str, name: str = "") -> Example | None:
        """Make an example of the first test in which an entry fires."""
        given = next((each.given for each in cases if each.expect == "fires"), None)
        if given is None:
            return None
        own = {id_ for id_ in self.pack.rules if id_ not in self.usual.rules}
        optional = tuple(
            each for each, found in self.pack.candidates.items()
            if found.optional and (name in own)
        )  # fmt: skip
        return example(given, section, name, optional=optional)

    def shown(self, statement: Statement) -> Example | None:
        """Make the example of a statement, if it has one."""
        if isinstance(statement, Rule):
            return self.tested(statement.cases, "trace", statement.id)
        if isinstance(statement, Constraint):
            return self.tested(statement.cases, "exclusions")
        return (
            self.tested(statement.cases, "referrals") if isinstance(statement, Referral) else None
        )

    def conditional(self) -> dict[str, Iterable[Any]]:
        """Return the entries that have a condition, by kind."""
        return {
            "rules": self.pack.rules.values(),
            "constraints": self.pack.constraints.values(),
            "routes": self.pack.routes,
            "referrals": self.pack.referrals.values(),
            "libraries": self.pack.libraries.values(),
            "questions": self.pack.questions.values(),
        }

    @cached_property
    def citing(self) -> dict[str, list[tuple[Statement, Citation]]]:
        """What cites each source."""
        found = defaultdict(list)
        for statement, cited in citations(self.pack):
            found[cited.source].append((statement, cited))
        return found

    def linked(self, statement: Statement) -> str:
        """Return a statement as a link to its page, and what it says."""
        for kind, entries in self.conditional().items():
            if any(each is statement for each in entries):
                said = getattr(statement, "because", "") or getattr(statement, "sentence", "")
                said = said or getattr(statement, "name", "")
                return f"{link(code(statement.id), f'../{kind}/{statement.id}.md')}: {text(said)}"
        return f"{code(statement.id)}, a statement of the founding document"


def reviewed(review: Review) -> str:
    """Tell what a review found."""
    expires = f" To be read again by {review.expires}." if review.expires else ""
    return (
        f"## What holds today\n\nReviewed {review.on}: it {STANDING[review.verdict]}. "
        f"{text(review.because)}{expires}"
    )


def surely(when: Condition, case: Case) -> bool:
    """Whether a condition surely holds of a case."""
    return holds(when, case.profile.answers, case.truths.inapplicable) is True


def leads(rule: Rule, name: str) -> bool:
    """Whether a rule gives a candidate the most today, and another less."""
    now = rule.review.favors if rule.review and rule.review.favors is not None else rule.favors
    shares = {**now, **rule.rates}
    return shares.get(name, 0) == max(shares.values(), default=0) > min(shares.values(), default=0)
