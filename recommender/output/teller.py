"""A recommendation in the words of one language, with the numbered sources of its sentences."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from recommender.engine import Recommendation
from recommender.judging.explanation import Reason
from recommender.judging.lens import Lens, applied_review
from recommender.judging.outcome import Decision
from recommender.judging.scoring import DecisionMatrix
from recommender.language import Language
from recommender.nouns.errors import Place
from recommender.nouns.pack import Pack
from recommender.nouns.source import Citation

from .document import Span, Spans, spans
from .wrap import clipped, sentences

LENS_WORDS = {
    "document": "As the document says it",
    "today": "As it holds today",
    "measured": "As measured on this machine",
}

STANDING_WORDS = {
    "stands": "still holds",
    "weakened": "weakened since",
    "overturned": "overturned since",
    "as-written": "as written",
}

EVIDENCE_WORDS = {
    "measured": "measured",
    "documented": "documented",
    "reported": "reported",
    "judged": "judged",
}


CLAUSE = 100
"""Terminal cells of a rule's reason where it only names the rule."""


class Teller:
    """One recommendation in one language; `sources` get their numbers as they are cited.

    `verbose` has rules and constraints named by their ids too, for those who write them.
    """

    def __init__(
        self, advice: Recommendation, language: str = "en", *, verbose: bool = False
    ) -> None:
        self.advice, self.verbose = advice, verbose
        self.pack = advice.pack
        self.language = Language(advice.pack, language)
        self.say = self.language.phrase
        self.sources: dict[Citation, int] = {}

    def cite(self, sources: tuple[Citation, ...]) -> list[int]:
        """Return the numbers of some sources; one cited before keeps its number."""
        return [self.sources.setdefault(each, len(self.sources) + 1) for each in sources]

    def name(self, candidate: str) -> str:
        """Return the title of a candidate."""
        return self.language.candidate(candidate)

    def names(self, candidates: Iterable[str]) -> str:
        """Return the titles of several candidates, joined."""
        return self.language.listing(map(self.name, candidates))

    def target(self, target: str) -> str:
        """Return where a model is to run, in words."""
        return self.language.choice(self.pack.targets, target)

    def rule(self, rule: str) -> str:
        """Return what names a rule to a reader: the beginning of its reason."""
        return self._clause(self.language.because(rule), rule)

    def named(self, reason: Reason) -> str:
        """Return what names a rule beside its points: what a review found, where that turned it."""
        if not self._turned(reason) or reason.standing == "as-written":
            return self.rule(reason.rule)
        return self._clause(self.language.review(reason.rule), reason.rule)

    def constraints(self, constraints: Iterable[str]) -> str:
        """Return what names constraints to a reader: the beginnings of their reasons, joined."""
        return self.language.listing(
            self._clause(self.language.constraint(name), name) for name in constraints
        )

    def _clause(self, text: str, name: str) -> str:
        """Quote the beginning of a reason, with the name of whose it is where ids are asked for."""
        return self.say("“{quotation}”", quotation=clause(text)) + self.id(name)

    def id(self, name: str) -> str:
        """Return the id of a rule or constraint in brackets, where ids are asked for."""
        return f" [{name}]" if self.verbose else ""

    def introduced(self, document: str) -> str:
        """Introduce a document that the pack encodes: its title, and what it is."""
        title, about = self.pack.documents[document].title, self.language.document(document)
        if not about:
            return self.say("“{quotation}”", quotation=title)
        return self.say("“{title}” ({about})", title=title, about=about)

    def unmeasured(self) -> str:
        """Say why the lens `measured` rests on no measurement; empty text where it rests on one."""
        advice = self.advice
        if advice.observations is None:
            return self.say("Not measured on this machine.")
        if not advice.observations.telling:
            return self.say("Nothing could be measured on this machine.")
        if not advice.on_probed_machine:
            return self.say("What was measured on this machine does not count for this project.")
        return ""

    def told(self, decision: Decision) -> str:
        """Say a decision in a few words."""
        return self.language.advice(decision.outcome, decision.leaders)

    def standing(self, rule: str) -> str:
        """Return what a rule's review found, as of the day of the advice."""
        review = applied_review(self.pack.rules[rule], self.advice.provenance.as_of)
        return self.say(STANDING_WORDS[review.verdict if review else "as-written"])

    def sentence(self, reason: Reason, lens: Lens, *, short: bool = False) -> str:
        """Return a rule's sentence as a lens shows it: quoted, as written, or as reviewed.

        `short` leaves out what a review adds to a sentence that still holds.
        """
        if lens == "document":
            return self.say("“{quotation}”", quotation=reason.sentence)
        because, review = self.language.because(reason.rule), self.language.review(reason.rule)
        if reason.standing == "as-written":
            return because
        if self._turned(reason):
            return review  # what was written argues for the other side
        if reason.standing != "stands":
            return self.say("{because} Since then: {review}", because=because, review=review)
        return because if short else self.say("{because} {review}", because=because, review=review)

    def footnote(self, reason: Reason) -> Spans:
        """Return the origin of a reason: its evidence, its line in the pack, its sources."""
        # A quotation grades nothing: the evidence is of what holds today.
        quoted = self.advice.explanation.lens == "document"
        notes = [self.say("quoted") if quoted else self.say(EVIDENCE_WORDS[reason.evidence])]
        if reason.standing != "as-written":
            notes.append(self.say(STANDING_WORDS[reason.standing]))
        if reason.expired:
            notes.append(self.say("review due again"))
        if reason.refuted:
            notes.append(self.say("refuted here for {names}", names=self.names(reason.refuted)))
        if reason.confirmed:
            notes.append(self.say("confirmed here for {names}", names=self.names(reason.confirmed)))
        said = self.say("; ").join(notes)
        return spans(Span(f"{said} · ", "dim"), *self.origin(reason.place, reason.sources))

    def origin(self, place: Place, sources: tuple[Citation, ...]) -> Spans:
        """Return a line of the pack and the numbers of its sources."""
        numbers = "".join(f" [{number}]" for number in sorted(set(self.cite(sources))))
        return spans(Span(shown(place, self.pack), "dim"), Span(numbers, "dim"))

    def answers(self, read: Mapping[str, Any]) -> str:
        """Return the answers that a rule read, in words."""
        told = (
            self.say(
                "{question} {answer}",
                question=self.language.ask(name),
                answer=self.language.answer(name, answer),
            )
            for name, answer in read.items()
        )
        return " · ".join(told)

    def _turned(self, reason: Reason) -> bool:
        """Return whether a rule no longer favors any candidate that it was written for."""
        favors, earned = self.pack.rules[reason.rule].favors, reason.earned
        most, best = max(favors.values(), default=0), max(earned.values(), default=0)
        return bool(most and best) and all(
            earned.get(name) != best for name, share in favors.items() if share == most
        )


def clause(text: str, cells: int = CLAUSE) -> str:
    """Return the first sentence of a text without its full stop, shortened to so many cells.

    >>> clause("Tea is mild. Coffee is not."), clause("Tea is mild.", 8)
    ('Tea is mild', 'Tea is…')
    """
    return clipped(sentences(text)[0].rstrip(".。 "), cells)


def lone(matrix: DecisionMatrix) -> bool:
    """Return whether all candidates but one are excluded."""
    return len(matrix.candidates) - len(matrix.vetoes) == 1 < len(matrix.candidates)


def shown(place: Place, pack: Pack) -> str:
    """Return a place in a pack relative to the pack's own folder."""
    for folder in pack.folders:
        if place.file.startswith(os.path.join(folder, "")):
            inside = os.path.basename(folder) + place.file[len(folder) :].replace(os.sep, "/")
            return f"{inside}:{place.line}" if place.line else inside
    return str(place)
