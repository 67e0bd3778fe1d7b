"""The tools: what each takes, and what it answers, as text, from one pack.

Nothing here knows the protocol. A tool writes nothing, and `scan` alone reads files; what is wrong
with its arguments it raises as the errors that the command line tells.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from recommender.engine import recommend
from recommender.judging.case import Case
from recommender.judging.lens import Lens
from recommender.language import ENGLISH, Language, points
from recommender.loading import load_profile
from recommender.nouns.errors import Fault, Place, ProfileError, lacks_extra
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.output import render
from recommender.output.brief import brief
from recommender.output.document import words
from recommender.output.formats.json import write
from recommender.output.headline import headline
from recommender.output.next_question import next_asked
from recommender.output.plan import plan_told
from recommender.output.scan import as_data
from recommender.output.teller import Teller
from recommender.projects.compare import Contrast, contrast
from recommender.projects.recheck import Recheck, recheck
from recommender.projects.records import read_record
from recommender.reflecting.interview import next_of
from recommender.reflecting.proof import proof_of

from . import resources
from .roots import within
from .schemas import (
    LENS,
    LENSES,
    Schema,
    answers_schema,
    check,
    language_schema,
    takes,
    weights_schema,
)

DETAILS = ("brief", "full", "record")

MOST = 12
"""Rules that are named of a contrast or a recheck, those that moved most points first."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: its name, what a model is told of it, the arguments that it takes, its answer."""

    name: str
    title: str
    description: str
    schema: Schema
    answer: Callable[..., str]
    reads: bool = False
    """Whether it reads files, and so takes the folders in which it may."""

    def __call__(self, arguments: Mapping[str, Any], roots: Sequence[str] = ()) -> str:
        """Return the answer as text; raises `RecommenderError` for what cannot be answered."""
        check(arguments, self.schema)
        return self.answer(**arguments, **({"roots": roots} if self.reads else {}))


def tools(pack: Pack) -> dict[str, Tool]:
    """Return the tools over one pack, by name.

    >>> from recommender import load_pack
    >>> list(tools(load_pack("tests/toy/rules")))
    ['next_question', 'recommend', 'questions', 'scan', 'compare', 'recheck']
    """
    answers, weights = answers_schema(pack), weights_schema(pack)
    language = language_schema(pack)
    name = {"type": "string", "description": "What the project is called."}
    project = takes(
        ("answers",),
        name=name,
        answers={"$ref": "#/$defs/answers"},
        weights={"$ref": "#/$defs/weights"},
    )
    made = _Answers(pack)
    found = (
        Tool(
            "next_question",
            "Ask next",
            "Name the question to put to the user next: the one whose answer can change the advice "
            "most. Put it to the user in its own words with its choices, add the answer to "
            "`answers` (unknown where the user does not know: it is not asked again), and call "
            "this again until `question` is null. Then call `recommend`.",
            takes(("answers",), answers=answers, weights=weights, lens=LENS, language=language),
            made.next_question,
        ),
        Tool(
            "recommend",
            "Recommend a framework",
            "Say which deep-learning framework to build on, how probable it is that this is right, "
            "the strongest reasons for and against with their sources, and the open questions that "
            "would settle most. It works with any number of answers, none included. `detail`: "
            "brief (the default) is short; full has every rule, exclusion, route, what-if and "
            "source, and is up to 300,000 characters long; record is a decision record in "
            "Markdown to keep in the repository, which `recheck` reads.",
            takes(
                ("answers",),
                answers=answers,
                weights=weights,
                name=name,
                lens=LENS,
                language=language,
                detail={
                    "enum": list(DETAILS),
                    "default": DETAILS[0],
                    "description": "How much to tell.",
                },
            ),
            made.recommend,
        ),
        Tool(
            "questions",
            "List the questions",
            "List every question with its choices, its help and the condition under which it is "
            "asked. `next_question` is shorter, and asks only what matters.",
            takes(language=language),
            made.questions,
        ),
        Tool(
            "scan",
            "Scan a repository",
            "Say what a repository already answers, each answer with its place and how sure it is; "
            "what disagrees stays open. Files are read as text, and nothing of theirs is run. Put "
            "`answers` into the answers of the other tools, then ask the user the rest. Only a "
            "folder that the client declared as a root, or one in it, may be scanned.",
            takes(
                path={
                    "type": "string",
                    "description": "The folder, or a bill of materials; the root if left out.",
                },
                language=language,
            ),
            made.scan,
            reads=True,
        ),
        Tool(
            "compare",
            "Compare two projects",
            "Say why two projects get different advice: the rules and exclusions that part them, "
            "and the answers that moved these.",
            {
                **takes(("one", "other"), one=project, other=project, lens=LENS, language=language),
                "$defs": {"answers": answers, "weights": weights},
            },
            made.compare,
        ),
        Tool(
            "recheck",
            "Recheck a decision",
            "Judge a recorded decision by the rules of today: whether it still holds, and what "
            "moved it.",
            takes(
                ("record",),
                record={
                    "type": ["string", "object"],
                    "description": "The text of a decision record (Markdown or JSON), or its JSON.",
                },
                language=language,
            ),
            made.recheck,
        ),
    )
    return {tool.name: tool for tool in found}


class _Answers:
    """What the tools answer over one pack; each method takes the arguments of its tool."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def _profile(self, **project: Any) -> Profile:
        return load_profile(project, self._pack)

    def questions(self, language: str = ENGLISH) -> str:
        return resources.questions(self._pack, language)

    def next_question(
        self,
        answers: Any,
        weights: Any = None,
        lens: Lens = LENSES[0],
        language: str = ENGLISH,
    ) -> str:
        profile, pack = self._profile(answers=answers, weights=weights), self._pack
        case = Case.of(profile, pack, lens=lens)
        inquiry, proof = next_of(case, profile.unknown), proof_of(case)
        return write(next_asked(inquiry, proof, case, Language(pack, language)))

    def recommend(
        self,
        answers: Any,
        weights: Any = None,
        name: str = "",
        lens: Lens = LENSES[0],
        language: str = ENGLISH,
        detail: str = DETAILS[0],
    ) -> str:
        profile = self._profile(name=name, answers=answers, weights=weights)
        advice = recommend(profile, self._pack, lens=lens)
        if detail == "brief":
            return write(brief(advice, language=language))
        return render(advice, "adr" if detail == "record" else "json", language=language)

    def scan(self, path: str = "", language: str = ENGLISH, *, roots: Sequence[str]) -> str:
        folder = within(path, roots)
        try:
            from recommender.scan import scan
        except ImportError:
            raise lacks_extra("scanning a repository", "scan") from None
        found = scan(folder, self._pack)
        return write(as_data(found, Language(self._pack, language), places=1))

    def compare(self, one: Any, other: Any, lens: Lens = LENSES[0], language: str = ENGLISH) -> str:
        faults: list[Fault] = []
        projects = []
        for name, project in (("one", one), ("other", other)):
            try:
                projects.append(self._profile(**{"name": name, **project}))
            except ProfileError as error:
                faults += (replace(fault, place=Place(name)) for fault in error.faults)
        if faults:
            raise ProfileError(faults)
        found = contrast(projects[0], projects[1], self._pack, lens=lens)
        return write(_contrasted(found, Language(self._pack, language)))

    def recheck(self, record: Any, language: str = ENGLISH) -> str:
        text = record if isinstance(record, str) else json.dumps(record)
        checked = recheck(read_record(text, "record"), self._pack)
        return write(_rechecked(checked, Language(self._pack, language)))


def _contrasted(found: Contrast, language: Language) -> dict[str, Any]:
    known = [each for each in found.partings if each.known]
    return {
        "kind": "contrast",
        "same": found.same,
        "projects": [
            {
                "name": each.profile.name,
                "advised": words(headline(Teller(each, language.spoken))),
                "plan": plan_told(each, language.spoken),
            }
            for each in found.advice
        ],
        "points_of": found.first,
        "over": found.rival,
        "rules": [
            {
                "rule": parting.rule,
                "one": points(parting.one, signed=True),
                "other": points(parting.other, signed=True),
                "because": language.because(parting.rule),
                "moved_by": parting.questions,
            }
            for parting in known[:MOST]
        ],
        "more_rules": max(len(known) - MOST, 0),
        "answers": found.answers,
        "weights": found.weights,
        "exclusions": found.exclusions,
    }


def _rechecked(checked: Recheck, language: Language) -> dict[str, Any]:
    record, now, pack = checked.record, checked.decision, checked.pack
    return {
        "kind": "recheck",
        "name": record.name,
        "same": checked.holds,
        "recorded": language.advice(record.outcome, record.leaders),
        "now": language.advice(now.outcome, now.leaders),
        "recorded_with": f"{record.pack} {record.pack_version}",
        "judged_with": f"{pack.id} {pack.version}",
        "changed": list(checked.changed),
        "points_of": checked.first,
        "over": checked.rival,
        "rules": [
            {
                "rule": move.rule,
                "gave": points(move.before, signed=True),
                "gives": points(move.after, signed=True),
            }
            for move in checked.moves[:MOST]
        ],
        "more_rules": max(len(checked.moves) - MOST, 0),
        "newly_excluded": checked.imposed,
        "no_longer_excluded": checked.lifted,
        "answers_dropped": checked.dropped,
    }
