"""The dialogue of `ask` about one project: questions asked, answers, and the next question."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from recommender.judging.program import program_of
from recommender.language import Language
from recommender.nouns.condition import Answer
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.reflecting.interview import next_question
from recommender.reflecting.proof import settled

if TYPE_CHECKING:
    from recommender.nouns.pack import Question

    from ._advice import Adviser

Choose: TypeAlias = Callable[[Profile, Pack, Collection[str]], str | None]
"""Name the next question, given what was asked already."""


@dataclass
class Dialogue:
    """One dialogue: the answers so far, the questions asked, and how to choose the next."""

    language: Language
    start: Profile
    choose: Choose
    settled: Callable[[Profile, Pack], bool]
    asked: dict[str, Answer | None] = field(default_factory=dict)
    taken_back: dict[str, Answer | None] = field(default_factory=dict)
    name: str = ""

    def __post_init__(self) -> None:
        self.name = self.name or self.start.name

    @property
    def pack(self) -> Pack:
        """The pack whose questions are asked."""
        return self.language.pack

    def profile(self) -> Profile:
        """Return the profile with the answers so far."""
        return replace(self.start.answering(self.asked), name=self.name)

    def next(self) -> Question | None:
        """Return the next question, or `None` if none is left that matters."""
        name = self.choose(self.profile(), self.pack, self.asked)
        return None if name is None else self.pack.questions[name]

    def open(self) -> list[str]:
        """Return the questions that apply and were neither asked nor answered."""
        profile = self.profile()
        return [name for name in applying(profile, self.pack) if name not in self.asked]

    def answer(self, question: Question, answer: Answer | None) -> None:
        """Record an answer; `None` means that the user does not know."""
        self.asked[question.id] = answer
        self.taken_back.pop(question.id, None)

    def back(self) -> None:
        """Remove the last answer, so that its question comes again."""
        if self.asked:
            name, answer = self.asked.popitem()
            self.taken_back[name] = answer

    def said(self, question: Question) -> str:
        """Return the answer to a question that was taken back, in words, if there was one."""
        if question.id not in self.taken_back:
            return ""
        answer = self.taken_back[question.id]
        phrase = self.language.phrase
        words = phrase("I don't know")
        if answer is not None:
            words = self.language.answer(question.id, answer)
        return phrase("(you said: {answer})", answer=words)

    def whole(self) -> Dialogue:
        """Return the dialogue with answers restored that were taken back and not asked again."""
        whole = replace(self, asked=dict(self.asked), taken_back={})
        for name, answer in reversed(self.taken_back.items()):  # the first answered was taken last
            if name in whole.open():
                whole.asked[name] = answer
        return whole

    def progress(self) -> str:
        """Return in words how far the dialogue has come."""
        done = len(self.asked)
        most = done + len(self.open())
        return self.language.phrase("[{n} of at most {most}]", n=done + 1, most=most)

    def closing(self) -> str:
        """Return in words why no more is asked; "proved" only where it is."""
        phrase, left = self.language.phrase, len(self.open())
        if not left and None not in self.asked.values():
            return phrase("That was every question that applies.")
        if not self.settled(self.profile(), self.pack):
            if None not in self.asked.values():
                return phrase("That is enough: what is still open would hardly change this.")
            return phrase(
                "No question is left to ask; what you don't know yet may still change this."
            )
        if left > 1:
            return phrase(
                "The other {n} questions cannot change this, however they are answered.", n=left
            )
        return phrase("Nothing that is left can change this.")


def applying(profile: Profile, pack: Pack) -> list[str]:
    """Return the unanswered questions that apply or may, in the pack's order."""
    out = program_of(pack).run(profile.answers).inapplicable
    return [name for name in pack.questions if name not in profile.answers and name not in out]


def in_order(profile: Profile, pack: Pack, asked: Collection[str]) -> str | None:
    """Return the first question that applies, whether or not it can change anything."""
    return next((name for name in applying(profile, pack) if name not in asked), None)


def most_telling(advise: Adviser) -> Choose:
    """Return a function that chooses the question which can move the result most."""

    def choose(profile: Profile, pack: Pack, asked: Collection[str]) -> str | None:
        inquiry = next_question(profile, pack, skipped=asked, **advise.lenses(pack))
        return None if inquiry is None else inquiry.question

    return choose


def proved(advise: Adviser) -> Callable[[Profile, Pack], bool]:
    """Return a function that tells whether open questions can no longer change the result."""

    def is_settled(profile: Profile, pack: Pack) -> bool:
        return settled(profile, pack, **advise.lenses(pack)).settled

    return is_settled
