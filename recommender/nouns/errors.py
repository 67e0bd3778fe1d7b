"""Errors and faults: what is wrong, where, and the remedy."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

FAULT_LIMIT = 200
"""Faults told of one pack, project or report; whoever mends these reads the rest next time."""

LONGEST = 500
"""Characters of one message; a name of a megabyte says no more than its beginning."""

UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Control characters (a terminal obeys them), marks that reorder or hide text, surrogates."""

_LONGEST_WORD = 100
_MOST_COMPARED = 300
_ORDER = r"(?m)^(\s*)(::|##\[)"
_SPACE = r"[\s\u2028\u2029]+"


def marked(text: str, mark: Callable[[str], str]) -> str:
    r"""Return a text with every unsafe character replaced by what `mark` returns for it.

    >>> marked("tea\x07", ascii)
    "tea'\\x07'"
    """
    # What is printable throughout has none of them; asking costs a twentieth of looking, and
    # a millisecond less than to compile what looks.
    if all(map(str.isprintable, text.split("\n"))):
        return text
    return re.sub(UNSAFE, lambda found: mark(found[0]), text)


def harmless(text: str) -> str:
    r"""Return a text with control characters marked; lines and columns stay as they are.

    >>> harmless("tea\n  \x1b[31mred") == "tea\n  \ufffd[31mred"
    True
    """
    return marked(text, lambda _: "\ufffd")


def _unled(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2][0]} {found[2][1:]}"


def unled(text: str) -> str:
    r"""Return a text in which no line is a workflow command (`::error::`) to a CI service.

    >>> unled("tea\n  ::error::out of tea")
    'tea\n  : :error::out of tea'
    """
    return re.sub(_ORDER, _unled, text)


def clean(text: str) -> str:
    r"""Return a text on one line: white space run together, control characters marked.

    >>> clean("tea\n \x1b[31mred") == "tea \ufffd[31mred"
    True
    """
    if text.isprintable() and "  " not in text:
        return text
    return re.sub(_SPACE, " ", harmless(text))


class Place(NamedTuple):
    """A file, and the line and column (from 1) in it.

    >>> str(Place("project.yaml", 7, 3))
    'project.yaml:7'
    >>> Place("project.yaml").exact
    'project.yaml'
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        file = clean(self.file)
        return f"{file}:{self.line}" if self.line else file

    @property
    def exact(self) -> str:
        """The place with its column, for editors and for pipelines."""
        return f"{self}:{self.column}" if self.line and self.column else str(self)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its place, what is wrong, and the remedy.

    >>> print(Fault(Place("p.yaml", 3), "unknown key `gaol`", "did you mean `goal`?"))
    p.yaml:3: unknown key `gaol`; did you mean `goal`?
    """

    place: Place | None
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        remedy = f"; {_shortened(self.remedy)}" if self.remedy else ""
        return f"{where}{_shortened(self.what)}{remedy}"


def _shortened(text: str) -> str:
    text = clean(text[: LONGEST + 1])
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


class RecommenderError(Exception):
    """The base of our errors: one or more faults, in the order of the file."""

    def __init__(self, faults: Iterable[Fault] | Fault | str) -> None:
        if isinstance(faults, str):
            faults = Fault(None, faults)
        if isinstance(faults, Fault):
            faults = (faults,)
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


class PackError(RecommenderError):
    """A rule pack cannot be read, or does not hold together."""


class ProfileError(RecommenderError):
    """A project cannot be read, or does not answer the pack's questions."""


class ObservationError(RecommenderError):
    """A probe report cannot be read."""


class UsageError(RecommenderError):
    """A call asks for something that does not exist or does not fit together."""


def lacks_extra(doing: str, extra: str) -> UsageError:
    """Return the error that names the extra of the package which a call needs.

    >>> print(lacks_extra("serving pages", "web"))
    serving pages needs the extra `web`; in a checkout, pip install '.[web]' brings it
    """
    remedy = f"in a checkout, pip install '.[{extra}]' brings it"
    return UsageError(Fault(None, f"{doing} needs the extra `{extra}`", remedy))


class Faults(list[Fault]):
    """A list of faults that ends the reading when it gets too long.

    Past `FAULT_LIMIT` the error that was named is raised with all that were found.
    """

    def __init__(self, error: type[RecommenderError]) -> None:
        super().__init__()
        self._error = error

    def append(self, fault: Fault) -> None:
        """Add one fault."""
        super().append(fault)
        if len(self) >= FAULT_LIMIT:
            last = Fault(None, f"stopped reading after {FAULT_LIMIT} faults", "mend these first")
            raise self._error([*self, last])

    def extend(self, faults: Iterable[Fault]) -> None:
        """Add several faults, up to the limit."""
        for fault in faults:
            self.append(fault)


def did_you_mean(word: object, known: Iterable[str], besides: Iterable[str] = ()) -> str:
    """Return a suggestion: the nearest known word, or all of them, and what may stand `besides`.

    >>> did_you_mean("moblie", ["mobile", "browser"])
    'did you mean `mobile`?'
    >>> did_you_mean("x", ["tea", "coffee"])
    'one of: tea, coffee'
    """
    import difflib  # noqa: PLC0415  (only on a mistake)

    known = list(known)
    word = str(word)[:_LONGEST_WORD]
    likely = known
    if len(known) > _MOST_COMPARED:  # comparing takes time for every word
        first = word[:1].lower()
        likely = [each for each in known if each[:1].lower() == first][:_MOST_COMPARED]
    cased = {each.lower(): each for each in likely}
    near = difflib.get_close_matches(word.lower(), cased, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{cased[near[0]]}`?"
    return f"one of: {', '.join([*known, *besides])}" if known else ""


def full_width(text: object) -> str:
    """Return a remark on a character of another width or space than YAML's, or empty text.

    >>> full_width("answers：")
    'it holds FULLWIDTH COLON (U+FF1A); write the one of ASCII'
    """
    for each in str(text)[:LONGEST]:
        if unicodedata.east_asian_width(each) == "F" or (each.isspace() and not each.isascii()):
            known = f"{unicodedata.name(each, 'SPACE')} (U+{ord(each):04X})"
            return f"it holds {known}; write the one of ASCII"
    return ""


def listing(words: Sequence[str], most: int = 12) -> str:
    """Return words joined by commas, and how many were left out.

    >>> listing(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    if len(words) <= most:
        return ", ".join(words)
    return f"{', '.join(words[:most])} and {len(words) - most} more"
