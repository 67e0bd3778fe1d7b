"""Signs: what a repository shows (clues), what that means (signs), and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from .condition import Answer
from .errors import Place

Sureness: TypeAlias = Literal["possible", "likely", "certain"]

SURENESS: tuple[Sureness, ...] = ("possible", "likely", "certain")
"""From the least sure; what is only possible is told, and answers nothing."""

CLUES = {
    "package": "A package that a manifest names, as `pypi:torch` or `npm:onnxruntime-web`",
    "import": "A module that Python code imports",
    "use": "What Python code takes of a module, as `torch.nn.Module`",
    "call": "A method that Python code calls, as `backward`; of what is not known",
    "file": "A file, by its path",
    "model": "A model file, by its format",
    "image": "A container image that something is built on or runs",
    "setting": "A setting of a build, a service or a cluster",
    "python": "The versions of Python that are asked for",
    "heading": "A heading of the README",
    "phrase": "One to three words that stand together anywhere in the README",
    "subject": "A word of what the README begins with, or a package says that it is for",
}
"""The kinds of clues that a scan gathers, and what each is."""

DOTTED = ("import", "use")
"""Kinds whose names have parts: a pattern `torch` means `torch.nn` too."""


class Clue(NamedTuple):
    """One thing that a repository shows, and where.

    `versions` are those that are allowed, where a manifest limits them: majors of a package,
    minors of Python. `files` counts the files that show it; one that only tries an import, and
    takes nothing of it, counts for none. What is `aside` stands in tests, examples, documents,
    templates or an optional part alone; of that, what is a `sample` stands in a template or a
    fixture, where the repository has code of its own.
    """

    kind: str
    name: str
    place: Place
    versions: tuple[str, ...] = ()
    files: int = 1
    aside: bool = False
    sample: bool = False


class SignTest(NamedTuple):
    """One test of a sign: a clue, what else was seen, and whether the sign fires."""

    clue: Clue
    fires: bool
    place: Place
    seen: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """What clues of some names answer, and how sure that is.

    `names` are patterns, each after its kind of clue, as `import:torch`. With `within`, every
    version that the clue allows must match one of its patterns; with `under`, the clue's file one
    of those. `beside` are names of which one must be seen too, anywhere in the repository, and
    `without` those of which none may be. `instead_of` names answers to the same questions that
    this one replaces. One that is `if_open` counts only where no other answers the question.
    """

    id: str
    names: tuple[str, ...]
    says: Mapping[str, Answer]
    sure: Sureness
    because: str
    place: Place
    within: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()
    if_open: bool = False
    tests: tuple[SignTest, ...] = ()


class Indication(NamedTuple):
    """One clue for one answer: by which sign, how sure, and why."""

    answer: Answer
    sure: Sureness
    sign: str
    clue: Clue
    because: str


class Inference(NamedTuple):
    """What a repository says to one question.

    `answer` is `None` where what was found disagrees (`contradictory`), or is only possible: the
    question then stays open. For a question with several answers it has all of them.
    """

    question: str
    answer: Answer | None
    sure: Sureness
    indications: tuple[Indication, ...]
    contradictory: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan of a folder found: answers, what was read, and what could not be."""

    folder: str
    inferences: Mapping[str, Inference]
    clues: tuple[Clue, ...] = ()
    seen: int = 0
    read: int = 0
    remarks: tuple[str, ...] = field(default=())
    """What was not read, and why; a line each."""

    @property
    def answers(self) -> dict[str, Answer]:
        """The questions that are answered.

        >>> found = {"milk": Inference("milk", True, "likely", ()),
        ...          "hour": Inference("hour", None, "likely", (), contradictory=True)}
        >>> Scan("tea", found).answers
        {'milk': True}
        """
        found = self.inferences.items()
        return {name: each.answer for name, each in found if each.answer is not None}
