"""Definitions: what the files of a pack define, and the checks that all families share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from recommender.index.claims import claim_of
from recommender.nouns.errors import Fault, Place, did_you_mean
from recommender.nouns.source import Citation, Source

from .fields import ENTRY_LIMIT
from .models import PackFile
from .yaml_text import PlacedDict, spot_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from recommender.nouns.pack import Candidate, Criterion, Document, Rule
    from recommender.nouns.question import Question

    from .citation_models import CitationText


MOST = {"questions": 500, "candidate": 100}
"""Entries that a whole pack may have of a family, where that is fewer than of others."""


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One file of a pack: its name in messages, its values as written, and as checked."""

    name: str
    folder: Path
    number: int
    data: PlacedDict
    text: PackFile
    lost: frozenset[str] = frozenset()
    """The ids of entries that are left out because they are at fault."""

    def place(self, *path: str | int) -> Place:
        """Return the place of a part of this file."""
        return Place(self.name, *spot_of(self.data, path))


class Row(NamedTuple):
    """An entry of a file, or a part of one: where it stands, and what is written there."""

    file: RuleFile
    path: tuple[str | int, ...]

    def at(self, *inner: str | int) -> Row:
        """Return a part of it."""
        return Row(self.file, (*self.path, *inner))

    def place(self, *inner: str | int) -> Place:
        """Return its place, or that of a part of it."""
        return self.file.place(*self.path, *inner)

    @property
    def raw(self) -> Any:
        """It as written."""
        value: Any = self.file.data
        for step in self.path:
            value = value[step]
        return value


Noun = TypeVar("Noun")


def built(kind: type[Noun], text: Any, /, **own: Any) -> Noun:
    """Return a noun with the fields that its text has under the same names, and its `own` ones.

    What the text leaves out (`None`) has the noun's default. Every field must be in one of the two.
    """
    names: tuple[str, ...] = kind.__match_args__  # type: ignore[attr-defined]
    given = {name: getattr(text, name) for name in names if name not in own}
    return kind(**own, **{name: value for name, value in given.items() if value is not None})


def placed(kind: type[Noun], row: Row, text: Any) -> Noun:
    """Return a noun that has a place besides what its text says."""
    return built(kind, text, place=row.place())


class Definitions:
    """The entries read so far, by family and id; whatever is wrong is added to `faults`."""

    def __init__(self, files: Sequence[RuleFile], faults: list[Fault]) -> None:
        self.files = files
        self.faults = faults
        self.documents: dict[str, Document] = {}
        self.registry: dict[str, Source] = {}
        self.questions: dict[str, Question] = {}
        self.candidates: dict[str, Candidate] = {}
        self.criteria: dict[str, Criterion] = {}
        self.rules: dict[str, Rule] = {}

    def fault(self, place: Place, what: str, remedy: str = "") -> None:
        """Add what is wrong at a place, and how to mend it."""
        self.faults.append(Fault(place, what, remedy))

    def rows(
        self, family: str, files: Sequence[RuleFile] | None = None
    ) -> Iterator[tuple[Row, Any]]:
        """Yield every entry of a family, as written and as checked, of all files or of some."""
        for file in self.files if files is None else files:
            entries = getattr(file.text, family)
            if family == "candidate":
                if entries is not None:
                    yield Row(file, (family,)), entries
                continue
            for index, entry in enumerate(entries):
                yield Row(file, (family, index)), entry

    def unite(
        self,
        family: str,
        build: Callable[..., Any],
        files: Sequence[RuleFile] | None = None,
    ) -> dict[str, Any]:
        """Return every entry of a family, built, by id; an id that occurs twice is a fault."""
        found: dict[str, Any] = {}
        most, beyond = MOST.get(family, ENTRY_LIMIT), False
        for row, entry in self.rows(family, files):
            built = build(row, entry)
            if len(found) == most and built.id not in found and not beyond:
                beyond = True
                named = "candidates" if family == "candidate" else family
                what = f"a pack has at most {most:,} {named}, and here begins another"
                self.fault(built.place, what, "divide the pack")
            first = found.setdefault(built.id, built)
            if first is not built:
                what = f"`{built.id}` is already defined at {first.place}"
                self.fault(built.place, what, "give one of them another id")
        return found

    def known(self, name: str, kind: str, entries: Any, place: Place) -> bool:
        """Return whether a name is defined; if not, a fault with a suggestion is added."""
        if name in entries:
            return True
        self.fault(place, f"no {kind} `{name}`", did_you_mean(name, entries))
        return False

    def sources(self, texts: Sequence[CitationText], row: Row) -> tuple[Citation, ...]:
        """Return the citations; a quotation must be in its document, a source be registered."""
        for index, text in enumerate(texts):
            place = row.place(index)
            if text.cite is None:
                self._check_source(text, place)
            elif text.source is not None or text.excerpt is not None:
                what = "cites a document and a source at once"
                self.fault(place, what, "make two citations of it")
            elif self.known(text.cite, "document", self.documents, place) and (
                not text.says or text.says not in self.documents[text.cite].text
            ):
                self.fault(place, f"`{text.cite}` does not say this", "quote it to the letter")
        return tuple(built(Citation, each) for each in texts)

    def claims(self, texts: Sequence[str], row: Row) -> tuple[str, ...]:
        """Return the claims on the package index; each must be written as one."""
        for text in texts:
            try:
                claim_of(text)
            except ValueError as error:
                what, _, remedy = str(error).partition("; ")
                self.fault(row.place("holds"), what, remedy)
        return tuple(texts)

    def _check_source(self, text: CitationText, place: Place) -> None:
        if text.source is None:
            what = "names neither a source nor a document"
            self.fault(place, what, "write `source` and `excerpt`, or `cite` and `says`")
        elif text.says is not None:
            remedy = "name an `excerpt` of it, which has the words"
            self.fault(place, "`says` quotes a document, not a source", remedy)
        elif self.known(text.source, "source", self.registry, place) and text.excerpt is not None:
            kind = f"excerpt of `{text.source}`"
            self.known(text.excerpt, kind, self.registry[text.source].excerpts, place)

    def own(self, row: Row, names: Sequence[str], what: str) -> None:
        """Add a fault for statements in a candidate's file about another candidate."""
        owner = row.file.text.candidate
        others = [name for name in names if owner is not None and name != owner.id]
        if owner is not None and others:
            words = f"the file of `{owner.id}` has {what} about `{others[0]}`"
            self.fault(row.place(), words, "move them to a criterion's file")
