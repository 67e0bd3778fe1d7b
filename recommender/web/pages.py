"""The pages: each made from an address alone, in the reader's language, without any server.

The words stand in `templates/`, as English sentences that a pack's locale may translate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from recommender.engine import Recommendation, recommend
from recommender.judging.case import Case
from recommender.language import ENGLISH, Language, whole_percent
from recommender.loading.answers import NONE, UNKNOWN
from recommender.loading.projects import HEAVIEST
from recommender.nouns.observation import Observations
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile
from recommender.output import render
from recommender.output.formats.html import html_tag
from recommender.projects.project_file import project_text
from recommender.reflecting.interview import next_of

from .address import WEIGHT, Address, Known, Pairs, key, understand
from .result import result

if TYPE_CHECKING:
    from recommender.output.formats import Format


TEMPLATES = Path(__file__).parent / "templates"
OK, SEE_OTHER, MISSING, UNPROCESSABLE = 200, 303, 404, 422
MOST_QUICK = 2
"""Questions on the shortest path to a first answer."""

FILES: Mapping[str, tuple[str, Format | None]] = {
    "project.yaml": ("application/yaml", None),
    "report.md": ("text/markdown", "markdown"),
    "decision.md": ("text/markdown", "adr"),
    "advice.json": ("application/json", "json"),
    "report.html": ("text/html", "html"),
}
"""What can be downloaded: media type and format; without a format it is the project file."""


class Reply(NamedTuple):
    """What a page answers with: a status, and its text or the address to go to instead."""

    status: int
    text: str
    language: str = ENGLISH


class Pages:
    """The pages over one pack, with what a probe saw of the machine, if it was given."""

    def __init__(self, pack: Pack, observations: Observations | None = None) -> None:
        self.pack, self._observations = pack, observations
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def visit(self, query: Iterable[tuple[str, str]], preferred: str = "") -> Visit:
        """Read an address; `preferred` is what the browser says of its reader's languages."""
        address = Address.read(query, self.pack)
        known = [ENGLISH, *sorted(self.pack.locales)]
        code = address.lang if address.lang in known else best_language(preferred, known)
        return Visit(self, address, Language(self.pack, code))

    def advise(self, profile: Profile) -> Recommendation:
        """Recommend for a project: by what holds today, what was seen here beside it."""
        return recommend(profile, self.pack, observations=self._observations)

    def write(self, template: str, words: dict[str, Any]) -> str:
        """Return a template filled in."""
        return self._templates.get_template(f"{template}.html").render(words)

    @cached_property
    def quick(self) -> tuple[str, ...]:
        """The questions of the shortest path: the first of the pack, and where a model will run."""
        pack = self.pack
        plain = [q.id for q in pack.questions.values() if q.when is None and q.type != "number"]
        ahead = [name for name in (*plain[:1], pack.targets, *plain) if name]
        return tuple(dict.fromkeys(ahead))[:MOST_QUICK]


class Visit:
    """One request for a page: what its address says, and in which language to answer."""

    def __init__(self, pages: Pages, address: Address, language: Language) -> None:
        self._pages, self._language = pages, language
        self._pack = pages.pack
        self._address = address

    @cached_property
    def _known(self) -> Known:
        return understand(self._address, self._pack)

    @cached_property
    def _case(self) -> Case:
        return Case.of(self._known.profile, self._pack)

    def start(self) -> Reply:
        """Show the shortest path: its first question that is open, one click for an answer."""
        written = self._known.address.written
        left = [name for name in self._pages.quick if name not in written]
        if not left:
            return self._go("advice")
        field = self._field(left[0])
        step = len(self._pages.quick) - len(left) + 1
        return self._page("start", field=field, step=step, steps=len(self._pages.quick))

    def ask(self) -> Reply:
        """Show one question: the one named, or the one whose answer can change the advice most."""
        if (again := self._unanswered("ask")) is not None:
            return again
        wanted, known = self._address.ask, self._known
        if wanted in known.applying:
            return self._question(wanted)
        if known.faults:
            return self.advice()
        if self._tidy != self._address.pairs():
            return self._go("ask")
        found = next_of(self._case, known.profile.unknown)
        return self._go("advice") if found is None else self._question(found.question)

    def every(self, status: int = OK) -> Reply:
        """Show all questions on one page, those hidden that other answers rule out."""
        return self._page("all", status, fields=self._fields(), weights=self._weights())

    def advice(self) -> Reply:
        """Show the advice, or what is wrong with the answers."""
        if (again := self._unanswered("advice")) is not None:
            return again
        known = self._known
        if known.faults:
            return self.every(UNPROCESSABLE)
        if self._tidy != self._address.pairs() and not known.dropped and not self._address.strays:
            return self._go("advice")
        found = next_of(self._case, known.profile.unknown)
        return self._page(
            "advice",
            fields=self._fields(),
            weights=self._weights(),
            files=FILES,
            ask_next=None if found is None else self._language.ask(found.question),
            **result(self._pages.advise(known.profile), self._language.spoken),
        )

    def file(self, name: str) -> Reply:
        """Return a file to download, or the way to what is wrong with the answers."""
        known, (_, told_in) = self._known, FILES[name]
        if known.faults:
            return self._go("../advice", self._address.query())
        if told_in is None:
            return Reply(OK, project_text(known.profile, self._pack))
        advice = self._pages.advise(known.profile)
        return Reply(OK, render(advice, told_in, language=self._language.spoken))

    def missing(self) -> Reply:
        """Show that there is no such page, and where to begin."""
        return self._page("missing", MISSING, root="/")

    @property
    def _tidy(self) -> list[tuple[str, str]]:
        return self._known.address.quiet().pairs()

    def _go(self, path: str, query: str | None = None) -> Reply:
        told = self._known.address.quiet().query() if query is None else query
        return Reply(SEE_OTHER, f"{path}{told}", self._language.spoken)

    def _unanswered(self, page: str) -> Reply | None:
        """Show the question of a form again that was sent empty, or with what is no answer."""
        asked, known = self._address.asked, self._known
        if asked not in self._pack.questions:
            return None
        if asked in known.faults:
            return self._question(asked, known.faults[asked], page)
        if asked not in self._address.written:
            return self._question(asked, "empty", page)
        return None

    def _question(self, name: str, fault: str = "", then: str = "") -> Reply:
        known = self._known
        written = list(known.address.written)
        done = [each for each in written if each in known.applying]
        number = done.index(name) + 1 if name in done else len(done) + 1
        before: Pairs = []
        after: Pairs = []
        for each in written:
            place = after if name in written[: written.index(each)] else before
            if each != name:
                place += [(key(each), value) for value in known.address.written[each]]
        own = replace(known.address, written={}).quiet().pairs()
        decision, sure = self._case.decision, self._case.decision.probability
        most = len({*done, *known.open(), name})
        usual = self._pack.asked
        told = self._language.advice(decision.outcome, decision.leaders) if done else ""
        return self._page(
            "question",
            UNPROCESSABLE if fault else OK,
            field={**self._field(name), "fault": fault},
            number=number,
            most=most,
            usual=usual if usual is not None and number <= usual[1] < most else None,
            done=[self._field(each) for each in done if each != name],
            before=before,
            after=[*after, *own],
            then=then or self._address.then if (then or self._address.then) == "advice" else "ask",
            so_far=told,
            probability=None if sure is None else whole_percent(sure),
        )

    def _fields(self) -> list[dict[str, Any]]:
        return [self._field(name) for name in self._pack.questions]

    def _field(self, name: str) -> dict[str, Any]:
        """Return a question as a form shows it, with what was written and the answer in words."""
        question, language = self._pack.questions[name], self._language
        known = self._known
        values = known.address.written.get(name, ())
        said = ""
        if values and name not in known.faults:
            said = language.answer(name, known.profile.answers.get(name))
        given = language.options(name)
        if question.type == "many" and NONE not in question.choices:
            given.append((NONE, language.none(name)))
        return {
            "id": name,
            "key": key(name),
            "ask": language.ask(name),
            "help": language.help(name),
            "type": question.type,
            "options": [
                {"value": value, "words": words, "chosen": value in values}
                for value, words in given
            ],
            "text": "" if values == (UNKNOWN,) else " ".join(values),
            "said": said,
            "fault": known.faults.get(name, ""),
            "applies": name in known.applying,
        }

    def _weights(self) -> list[dict[str, Any]]:
        """List the criteria with the weights in force."""
        known = self._known
        return [
            {
                "key": WEIGHT + criterion.id,
                "title": self._language.criterion(criterion.id),
                "usual": criterion.weight,
                "now": known.profile.weights.get(criterion.id, criterion.weight),
                "most": HEAVIEST,
                "fault": known.faults.get(WEIGHT + criterion.id, ""),
            }
            for criterion in self._pack.criteria.values()
        ]

    def _page(self, template: str, status: int = OK, **words: Any) -> Reply:
        known, spoken = self._known, self._language.spoken
        shared = {
            "say": self._language.phrase,
            "tag": html_tag(spoken),
            "languages": [
                (code, html_tag(code)) for code in (ENGLISH, *sorted(self._pack.locales))
            ],
            "title": self._pack.title,
            "address": known.address.quiet(),
            "here": self._address,
            "page": template,
            "root": "",
            "faults": known.faults,
            "dropped": [self._language.ask(name) for name in known.dropped],
            "strays": self._address.strays,
        }
        return Reply(status, self._pages.write(template, {**shared, **words}), spoken)


def best_language(preferred: str, known: list[str]) -> str:
    """Choose a language by the header Accept-Language; the first known one where none fits.

    >>> best_language("fr, zh-CN;q=0.8, en;q=0.5", ["en", "zh"])
    'zh'
    """
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(preferred.split(",")):
        name, _, weight = part.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            quality = 0.0
        ranked.append((-quality, place, name.strip().lower()))
    for quality, _, name in sorted(ranked):
        if quality < 0 and name.split("-")[0] in known:
            return name.split("-")[0]
    return known[0]
