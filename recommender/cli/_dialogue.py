"""The dialogue of `ask` about one project: questions asked, answers, and the next question."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from recommender.judging.case import Case
from recommender.judging.program import program_of
from recommender.language import Language
from recommender.nouns.condition import Answer
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.nouns.question import Question
from recommender.reflecting.interview import next_of
from recommender.reflecting.proof import settled

from ._advice import Adviser

Answers: TypeAlias = dict[str, Answer | None]


@dataclass
class Dialogue:
    """One dialogue: the answers so far, in the order given, and what to ask next.

    That is what can move the result most or, with `everything`, the first question that applies.
    Answers of a resumed project, or read in a repository, are `asked` as if they had been given
    first. `taken_back` has what was given to questions that are to be asked again, the next last.
    """

    language: Language
    start: Profile
    advise: Adviser
    everything: bool = False
    asked: Answers = field(default_factory=dict)
    taken_back: Answers = field(default_factory=dict)
    name: str = ""
    enough: bool = False
    _case: Case | None = None

    def __post_init__(self) -> None:
        self.name = self.name or self.start.name
        self.asked = {**self.start.answers, **self.asked}
        self.start = self.start.answering(dict.fromkeys(self.start.answers))

    @property
    def pack(self) -> Pack:
        """The pack whose questions are asked."""
        return self.language.pack

    def profile(self) -> Profile:
        """Return the profile with the answers so far, and what was asked in vain."""
        known = self.start.answering(self.asked)
        vain = {name for name, answer in self.asked.items() if answer is None}
        return replace(known, name=self.name, unknown=known.unknown | vain)

    def next(self) -> Question | None:
        """Return the next question, or `None` if none is left that matters, or it is enough."""
        open_ = self.open()
        name = next((each for each in reversed(self.taken_back) if each in open_), None)
        if name is None and not self.enough:
            name = next(iter(open_), None) if self.everything else self._most_telling()
        return None if name is None else self.pack.questions[name]

    def _most_telling(self) -> str | None:
        """Name the question which can move the result most, if any can."""
        profile = self.profile()
        # Where a question is passed over no answer has changed.
        if self._case is None or self._case.profile.answers != profile.answers:
            self._case = Case.of(profile, self.pack, **self.advise.lenses(self.pack))
        inquiry = next_of(self._case, self.asked)
        return None if inquiry is None else inquiry.question

    def open(self) -> list[str]:
        """Return the questions that apply, or may, and were neither asked nor answered."""
        answers = self.profile().answers
        out = {*program_of(self.pack).run(answers).inapplicable, *answers, *self.asked}
        return [name for name in self.pack.questions if name not in out]

    def answer(self, question: Question, answer: Answer | None) -> Answers:
        """Record an answer; `None` means that the user does not know.

        Answers to questions that do not apply any more are set aside, until they apply again, and
        returned.
        """
        self.asked[question.id] = answer
        self.taken_back.pop(question.id, None)
        out = program_of(self.pack).run(self.profile().answers).inapplicable
        aside = {name: self.asked.pop(name) for name in reversed([*self.asked]) if name in out}
        self.taken_back |= aside  # the first answered last, which comes again first
        return {name: given for name, given in reversed(aside.items()) if given is not None}

    def back(self) -> None:
        """Remove the last answer, so that its question comes again."""
        if self.asked:
            name, answer = self.asked.popitem()
            self.taken_back[name] = answer

    def given(self, question: Question) -> tuple[Answer | None, ...]:
        """Return the answer that was given to a question before, or nothing."""
        for answers in (self.taken_back, self.asked):
            if question.id in answers:
                return (answers[question.id],)
        return ()

    def whole(self) -> Dialogue:
        """Return the dialogue with answers restored that were taken back and not asked again."""
        whole = replace(self, asked=dict(self.asked), taken_back={})
        for name, answer in reversed(self.taken_back.items()):  # the first answered was taken last
            if name in whole.open():
                whole.asked[name] = answer
        return whole

    def progress(self, question: Question) -> str:
        """Return in words how far the dialogue has come with a question."""
        done = len(self.asked)
        most = done + len(self.open())
        n, usual = [*self.asked, question.id].index(question.id) + 1, self.pack.asked
        if usual is not None and not self.everything and n <= usual[1] < most:
            return self.language.phrase(
                "[{n} of usually {least} to {most}]", n=n, least=usual[0], most=usual[1]
            )
        return self.language.phrase("[{n} of at most {most}]", n=n, most=most)

    def review(self) -> list[tuple[str, str, str]]:
        """Return each answer as (question's id, question in words, answer in words)."""
        return [
            (name, self.language.ask(name), in_words(self.language, name, self.asked[name]))
            for name in self.pack.questions
            if name in self.asked
        ]

    def idle(self) -> bool:
        """Whether questions come though it is proved that no answer changes who leads."""
        return self.everything and self.settled()

    def settled(self) -> bool:
        """Tell whether it is proved that open questions can no longer change the result."""
        lenses = self.advise.lenses(self.pack)
        return settled(self.profile(), self.pack, **lenses).settled

    def offer(self) -> str:
        """Return in words how to have the advice at once."""
        return self.language.phrase(
            "You may stop here: `done`, or the last choice of a list, shows the advice."
        )

    def closing(self) -> str:
        """Return in words why no more is asked; "proved" only where it is."""
        phrase, left = self.language.phrase, len(self.open())
        if not left and None not in self.asked.values():
            return phrase("That was every question that applies.")
        if not self.settled():
            if self.enough:
                return phrase("What is still open may change the advice.")
            if None not in self.asked.values():
                return phrase("That is enough: what is still open would hardly change this.")
            if left:
                return phrase(
                    "The other {n} questions would hardly tell more; what you don't know yet may "
                    "still change this.",
                    n=left,
                )
            return phrase(
                "No question is left to ask; what you don't know yet may still change this."
            )
        if left > 1:
            return phrase(
                "The other {n} questions cannot change this, however they are answered.", n=left
            )
        return phrase("Nothing that is left can change this.")


def in_words(language: Language, question: str, answer: Answer | None) -> str:
    """Return an answer in words as the user chose it; `None` is "I don't know"."""
    if answer is None:
        return language.phrase("I don't know")
    if isinstance(answer, bool):
        return dict(language.options(question))[str(answer).lower()]
    if isinstance(answer, float) and answer.is_integer():
        return f"{answer:.0f}"
    if language.pack.questions[question].type == "scale":
        return dict(language.options(question))[str(answer)]
    return language.answer(question, answer)
