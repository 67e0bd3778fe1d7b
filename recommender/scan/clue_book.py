"""The clue book: every clue once, with its first places and in how many files it was seen."""

from __future__ import annotations

import re
from fnmatch import translate
from typing import TYPE_CHECKING

from recommender.nouns.errors import Place
from recommender.nouns.sign import DOTTED, Clue

from .bounds import MOST_CLUES, MOST_OF_A_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from recommender.nouns.pack import Pack

    from .source_file import Seen

_ASIDE = re.compile(
    r"(^|/)(tests?|testing|unittests?|examples?|docs?|documentation|benchmarks?|samples?|demos?|"
    r"tutorials?|notebooks?|contrib|third|legacy|archive|old|playground|experiments?|tools?|flask_rest_api|google_app_engine|(?:google|g)test[-.\w]*)/"
    r"|(^|/)(convert|converters?|conversion)/|(^|/)(convert|export)[^/]*\.py$"  # of others' models
    r"|(^|/)(test_[^/]*|[^/]*_test|conftest)\.py$"
    r"|(^|/)test[-_]?(data|files|resources|assets)/"
    r"|(^|/)[A-Za-z][\w.-]*-v?\d+(\.\d+){1,3}/",  # a release of another project, copied
    re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"(^|/)((__)?fixtures?(__)?|__(tests|mocks)__|cookiecutters?)/"
    r"|(^|/)[^/]*\{[{%]|(^|/)templates?/(?!.*\.(html?|ya?ml|tpl)$)",
    re.IGNORECASE,
)


def aside(path: str) -> bool:
    """Return whether a path stands aside of what a repository is about.

    What is made from templates is others' project, but for a page and for what Helm deploys.

    >>> aside("tests/test_net.py"), aside("src/net.py")
    (True, False)
    >>> aside("templates/app/package.json"), aside("{{cookiecutter.name}}/train.py")
    (True, True)
    >>> aside("detector-0.7.3/setup.py"), aside("python-3/setup.py")
    (True, False)
    >>> aside("shop/templates/index.html"), aside("chart/templates/deployment.yaml")
    (False, False)
    """
    return _ASIDE.search(path) is not None or _sample(path)


def _sample(path: str) -> bool:
    """Return whether a path stands in a template or a fixture, which is another project's."""
    return _SAMPLE.search(path) is not None


class ClueBook:
    """What was seen so far; of what no sign reads, only what names a package."""

    def __init__(self, pack: Pack) -> None:
        patterns: dict[str, list[str]] = {}
        for sign in pack.signs.values():
            for name in (*sign.names, *sign.beside, *sign.without):
                kind, _, pattern = name.partition(":")
                patterns.setdefault(kind, []).append(pattern)
        heads = {name.partition(".")[0] for kind in DOTTED for name in patterns.get(kind, ())}
        self._heads = frozenset(heads)
        self.words = re.compile("|".join(map(re.escape, sorted(heads))).encode() or b"(?!)")
        """What code must name somewhere, if it is to be parsed."""
        named = set(patterns.get("file", ()))
        self._plain = {each for each in named if not re.search(r"[*?\[]", each)}
        self._endings = {each[1:] for each in named if re.fullmatch(r"\*\.\w+", each)}
        others = named - self._plain - {f"*{each}" for each in self._endings}
        self._files = re.compile("|".join(map(translate, sorted(others))) or "(?!)")
        self._worded = {
            kind: re.compile("|".join(map(translate, patterns.get(kind, ()))) or "(?!)")
            for kind in ("subject", "phrase", "call")
        }
        self._found: dict[tuple[str, str, tuple[str, ...], bool], tuple[Place, int]] = {}
        self.full = False

    def see(self, path: str, found: Iterable[Seen], own: frozenset[str] = frozenset()) -> None:
        """Add what a reader saw in one file; modules in `own` are the repository's."""
        beside = aside(path)
        kept = 0
        for each in found:
            head = each.name.partition(".")[0]
            if each.kind in DOTTED and (head not in self._heads or head in own):
                continue
            worded = self._worded.get(each.kind)
            if worded is not None and not worded.match(each.name):
                continue
            if (kept := kept + 1) > MOST_OF_A_FILE:  # what no sign reads does not count
                self.full = True
                return
            self._add((each.kind, each.name[:200], each.versions, each.aside or beside),
                      Place(path, each.line), 0 if each.idle else 1)  # fmt: skip

    def see_file(self, path: str) -> None:
        """Add a file by its name, if some sign reads such names."""
        name = path.rpartition("/")[2]
        ending = f".{name.rpartition('.')[2]}"
        if name in self._plain or ending in self._endings or self._files.match(name):
            self._add(("file", name, (), aside(path)), Place(path), 1)

    def _add(self, key: tuple[str, str, tuple[str, ...], bool], place: Place, files: int) -> None:
        if key in self._found:
            first, count = self._found[key]
            self._found[key] = first, count + files
        elif len(self._found) < MOST_CLUES:
            self._found[key] = place, files
        else:
            self.full = True

    def clues(self) -> tuple[Clue, ...]:
        """Return the clues in the order in which they were first seen."""
        code = (*DOTTED, "package")
        own = any(kind in code and not beside for kind, _, _, beside in self._found)
        found = [
            Clue(kind, name, place, versions, files, beside, own and _sample(place.file))
            for (kind, name, versions, beside), (place, files) in self._found.items()
        ]
        return (*found, *_published(found))


def _published(found: Sequence[Clue]) -> Iterator[Clue]:
    """Yield a clue where the README tells how to install the package that is built here."""
    # Many a package is spelt with hyphens at one place and without at the other.
    settings = {clue.name.replace("-", ""): clue for clue in found if clue.kind == "setting"}
    for name, clue in settings.items():
        told = settings.get(f"readme:{name.removeprefix('package:')}")
        if name.startswith("package:") and told is not None and not clue.aside:
            yield Clue("setting", "readme:own-package", told.place)
