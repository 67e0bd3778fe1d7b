"""What a check is given and what it finds.

A context is a loaded pack, its files as written, and what several checks compute; a finding is one
thing that the pack should do better, with a reason and a remedy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

from recommender.index.snapshot import Snapshot, read_snapshot
from recommender.judging.lens import Lens, Term, view
from recommender.loading.full_pack import WholePack
from recommender.loading.yaml_spans import Edit, Spans
from recommender.loading.yaml_text import PlacedDict, read_text, spot_of
from recommender.nouns.condition import Answer, Condition
from recommender.nouns.errors import Place
from recommender.nouns.library import Library
from recommender.nouns.pack import Constraint, Pack, Route, Rule
from recommender.nouns.question import Question
from recommender.nouns.referral import Referral

from ._reach import Reach, Work, reach, silence

Severity: TypeAlias = Literal["error", "warning", "note"]

DOCUMENTATION = "docs/lint.md"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: a check fills in what it saw, and `lint` adds the rest.

    `related` are other places that belong to it; `lines` are the lines concerned, as written.
    """

    place: Place
    what: str
    because: str
    fix: str
    related: tuple[Place, ...] = ()
    edits: tuple[Edit, ...] = ()
    code: str = ""
    name: str = ""
    severity: Severity = "warning"
    lines: tuple[tuple[Place, str], ...] = ()

    @property
    def url(self) -> str:
        """The address at which this kind of finding is explained.

        >>> Finding(Place("a"), "", "", "", code="P001", name="never-fires").url
        'docs/lint.md#p001-never-fires'
        """
        return f"{DOCUMENTATION}#{self.code.lower()}-{self.name}"


Holder: TypeAlias = Rule | Constraint | Route | Referral | Library | Question
"""What may hold a condition."""

Findings: TypeAlias = Iterable[Finding]
"""What a check yields."""


@dataclass(frozen=True)
class LintedFile:
    """One file of the pack: its text, its values with their places, and its entries."""

    name: str
    text: str
    data: Any

    @cached_property
    def spans(self) -> Spans:
        """Where each part of the file begins and ends."""
        return Spans(self.text)

    @cached_property
    def entries(self) -> dict[tuple[int, int], tuple[str | int, ...]]:
        """The path of every entry, by its place."""
        found: dict[tuple[int, int], tuple[str | int, ...]] = {}
        families = [name for name, value in self.data.items() if isinstance(value, list)]
        for family in families:
            for index in range(len(self.data[family])):
                found[spot_of(self.data, (family, index))] = (family, index)
        return found


@dataclass(frozen=True)
class Context:
    """What a check may look at; `checks` is `None` if the ids of probe checks are not known."""

    whole: WholePack
    as_of: dt.date
    checks: Collection[str] | None = None
    files: dict[str, LintedFile] = field(default_factory=dict)
    _terms: dict[Lens, dict[str, Term]] = field(default_factory=dict)
    _alone: dict[Condition, Reach] = field(default_factory=dict)

    @property
    def pack(self) -> Pack:
        """The pack with every optional candidate in it."""
        return self.whole.full

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules in force: those that no overlay has retired."""
        return [rule for rule in self.pack.rules.values() if rule.id not in self.pack.retired]

    @cached_property
    def statements(self) -> list[Rule | Constraint]:
        """The rules in force and the constraints."""
        return [*self.rules, *self.pack.constraints.values()]

    def file(self, name: str) -> LintedFile:
        """Return a file of the pack; it is read once."""
        if name not in self.files:
            text = Path(name).read_bytes().decode("utf-8-sig")
            data: Any = read_text(text, name, [])
            self.files[name] = LintedFile(
                name, text, data if isinstance(data, PlacedDict) else PlacedDict()
            )
        return self.files[name]

    def path(self, place: Place) -> tuple[str | int, ...] | None:
        """Return the path of the entry that stands at a place."""
        return self.file(place.file).entries.get((place.line, place.column))

    def raw(self, place: Place) -> Any:
        """Return the entry that stands at a place, as written."""
        value: Any = self.file(place.file).data
        for step in self.path(place) or ():
            value = value[step]
        return value

    def inside(self, place: Place, *path: str | int) -> Place:
        """Return the place of a part of an entry."""
        start = self.path(place)
        if start is None:
            return place
        return Place(place.file, *spot_of(self.file(place.file).data, (*start, *path)))

    def head(self) -> Place:
        """Return the place of the pack's head."""
        folder = Path(self.pack.folders[0])
        for path in sorted(folder.rglob("*.y*ml")):
            data = self.file(str(path)).data
            if "pack" in data:
                return Place(str(path), *spot_of(data, ("pack",)))
        return Place(str(folder))

    @cached_property
    def snapshot(self) -> Snapshot:
        """What the package indexes publish, as the folders of the pack say."""
        return read_snapshot(self.pack.folders)

    @property
    def routed(self) -> set[str]:
        """The questions that decide which routes are shown."""
        pack = self.pack
        formats = {pack.formats} if any(route.delivers for route in pack.routes) else set()
        return (formats | {pack.targets} if pack.routes else set()) & pack.questions.keys()

    def of_criterion(self, criterion: str) -> list[Rule]:
        """Return the rules in force of one criterion."""
        return [rule for rule in self.rules if rule.criterion == criterion]

    @cached_property
    def work(self) -> Work:
        """Give the steps that this run may still take."""
        return Work()

    def reach(self, conditions: Sequence[Condition]) -> Reach:
        """Enumerate what complete answers can make of some conditions, in the steps left."""
        return reach(conditions, self.pack.questions, work=self.work)

    @cached_property
    def silence(self) -> tuple[Mapping[str, Answer] | None, bool]:
        """Give answers about which no rule speaks, and whether all were looked at."""
        return silence([rule.when for rule in self.rules], self.pack.questions)

    @cached_property
    def reaches(self) -> Mapping[str, Reach]:
        """By criterion, the combinations in which its rules can fire."""
        return {
            name: self.reach([rule.when for rule in self.of_criterion(name)])
            for name in self.pack.criteria
        }

    def alone(self, condition: Condition) -> Reach:
        """Return the combinations in which one condition, taken alone, can hold."""
        found = self._alone.get(condition)
        if found is None:
            found = self._alone[condition] = self.reach([condition])
        return found

    def can_hold(self, condition: Condition) -> bool | None:
        """Return whether some complete answers make a condition hold; `None` if not proved."""
        found = self.alone(condition)
        if found.alive:
            return True
        return False if found.exact else None

    def terms(self, lens: Lens) -> dict[str, Term]:
        """Return the numbers of every rule under a lens."""
        if lens not in self._terms:
            found = view(self.pack, lens, self.as_of).terms
            self._terms[lens] = {term.rule: term for term in found}
        return self._terms[lens]

    def conditions(self) -> Iterator[tuple[Holder, str, Condition]]:
        """Yield every condition of the pack: its holder, the key that it stands under, itself."""
        pack = self.pack
        holders: tuple[Holder, ...] = (
            *self.statements, *pack.routes, *pack.referrals.values(), *pack.libraries.values(),
            *pack.questions.values(),
        )  # fmt: skip
        for holder in holders:
            for key in ("when", "prefer", "unless"):
                condition = getattr(holder, key, None)
                if condition is not None:
                    yield holder, key, condition


def called(holder: Holder) -> str:
    """Return what a finding calls an entry: the rule `its-id`."""
    return f"the {type(holder).__name__.lower()} `{holder.id}`"
