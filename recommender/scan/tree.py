"""The tree of a repository: its files in a fixed order, without links and what is not its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pathspec import GitIgnoreSpec

from .bounds import DEEPEST, MOST_ENTRIES
from .source_file import SourceFile, Unread

FOREIGN = frozenset((
    "node_modules", "bower_components", "jspm_packages", "site-packages", "dist-packages", "venv",
    ".venv", "env", ".env", "virtualenv", "__pycache__", ".git",
    ".hg", ".svn", ".tox", ".nox", ".eggs", ".mypy_cache",
    ".pytest_cache", ".ruff_cache", ".ipynb_checkpoints", "third_party", "third-party", "3rdparty",
    "thirdparty", "deps", "vendor", "vendors", "vendored", "external", "externals",
    "Pods", "Carthage", "DerivedData", ".gradle", ".dart_tool", ".pub-cache",
    "build", "dist", "out", "target", "_build", ".next",
    ".nuxt", ".cache", "wandb", "mlruns", "lightning_logs",
))  # fmt: skip
"""Folders that hold what others wrote, or what was generated."""

BULK = frozenset((
    "jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp", "svg", "ico",
    "wav", "mp3", "flac", "ogg", "mp4", "avi", "mov", "mkv", "npy", "npz",
    "csv", "tsv", "parquet", "tfrecord", "pdf", "ttf", "woff", "woff2", "css", "map",
    "zip", "gz", "tar", "xz", "bz2", "7z", "jar", "exe",
    "o", "a", "pyc", "class", "log", "obj", "stl", "ply", "nii", "dcm",
))  # fmt: skip
"""Endings of files that no reader reads and no sign names: of most of them there are many."""

Specs: TypeAlias = list[tuple[str, GitIgnoreSpec]]
"""What each .gitignore above says, with the folder that it stands in."""

_EVERYTHING = ("*", "/*", "**")
_IGNORES = 200_000


@dataclass
class Tree:
    """A walk through a folder; what it left out is counted in it."""

    root: str
    include: Sequence[str] = ()
    timely: Callable[[], bool] = lambda: True
    seen: int = 0
    links: int = 0
    foreign: set[str] = field(default_factory=set)
    ignored: int = 0
    closed: list[str] = field(default_factory=list)
    stopped: str = ""
    modules: dict[str, set[str]] = field(default_factory=dict)
    """The Python modules and packages in each folder, which are the repository's own."""

    def __post_init__(self) -> None:
        self._wanted = GitIgnoreSpec.from_lines(self.include)

    def own(self, path: str) -> frozenset[str]:
        """Return the modules that a file may import from its own repository."""
        places = ("", "src", path.rpartition("/")[0])
        return frozenset().union(*(self.modules.get(place, ()) for place in places))

    def files(self) -> Iterator[SourceFile]:
        """Yield the files, those of each folder before those of its own folders."""
        level: list[tuple[str, Specs]] = [("", [])]
        for _ in range(DEEPEST):
            below: list[tuple[str, Specs]] = []
            for path, specs in level:
                yield from self._folder(path, specs, below)
                if self.stopped:
                    return
            level = below
        if level:
            self.stopped = f"what is more than {DEEPEST} folders deep is left out"

    def _folder(
        self, path: str, specs: Specs, below: list[tuple[str, Specs]]
    ) -> Iterator[SourceFile]:
        where = os.path.join(self.root, path.replace("/", os.sep)) if path else self.root
        try:
            with os.scandir(where) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.closed.append(f"{path or '.'}: cannot be read: {error.strerror or error}")
            return
        prefix = f"{path}/" if path else ""
        specs = self._ignores(where, prefix, listed, specs)
        modules = self.modules.setdefault(path, set())
        for entry in listed:
            self.seen += 1
            if self.seen > MOST_ENTRIES:
                self.stopped = (
                    f"of more than {MOST_ENTRIES:,} files and folders the rest is left out"
                )
                return
            if not self.timely():
                self.stopped = "it took too long: the rest is left out"
                return
            path_of = f"{prefix}{entry.name}".encode("utf-8", "replace").decode()
            found = self._entry(entry, path_of, specs, modules)
            if isinstance(found, SourceFile):
                yield found
            elif found:
                below.append((path_of, specs))

    def _entry(
        self, entry: os.DirEntry[str], path: str, specs: Specs, modules: set[str]
    ) -> SourceFile | bool:
        """Return a file to be read, or whether to go into what is a folder."""
        if entry.is_symlink() or _junction(entry):
            self.links += 1
        elif entry.is_dir(follow_symlinks=False):
            if not self._left_out(entry.name, f"{path}/", specs):
                if _package(entry.path):
                    modules.add(entry.name)
                return True
        elif entry.name.rpartition(".")[2].lower() in BULK:
            return False
        elif entry.is_file(follow_symlinks=False):
            if entry.name.endswith(".py"):
                modules.add(entry.name[:-3])
            if not self._ignored(path, specs):
                return SourceFile(entry.path, path, entry.stat(follow_symlinks=False).st_size)
        return False

    def _ignores(
        self, where: str, prefix: str, listed: list[os.DirEntry[str]], specs: Specs
    ) -> Specs:
        if any(entry.name == ".gitignore" and not entry.is_symlink() for entry in listed):
            file = SourceFile(os.path.join(where, ".gitignore"), f"{prefix}.gitignore", 0)
            try:
                lines = file.text(_IGNORES).splitlines()
                if not prefix:  # who leaves out everything names what is theirs by adding it
                    lines = [line for line in lines if line.strip() not in _EVERYTHING]
                return [*specs, (prefix, GitIgnoreSpec.from_lines(lines))]
            except (Unread, ValueError):
                self.closed.append(f"{prefix}.gitignore: cannot be read")
        return specs

    def _left_out(self, name: str, path: str, specs: Specs) -> bool:
        if self._asked(path):
            return False
        if name in FOREIGN or name.endswith((".egg-info", ".dist-info", ".xcassets")):
            self.foreign.add(name)
            return True
        return self._ignored(path, specs)

    def _ignored(self, path: str, specs: Specs) -> bool:
        for prefix, spec in reversed(specs):
            verdict = _verdict(spec, path[len(prefix) :])
            if verdict is not None:
                if verdict and not self._asked(path):
                    self.ignored += 1
                    return True
                return False
        return False

    def _asked(self, path: str) -> bool:
        """Return whether `--include` names a path, or something below it."""
        if not self.include:
            return False
        below = path.endswith("/") and any(
            each.lstrip("/").startswith(path) for each in self.include
        )
        return below or self._wanted.match_file(path)


def _verdict(spec: GitIgnoreSpec, path: str) -> bool | None:
    """Return what a .gitignore says of a path whose folders are not ignored."""
    if not path.endswith("/"):
        return spec.check_file(path).include
    for pattern in reversed(spec.patterns):  # of a folder itself, the last word counts
        if pattern.include is not None and pattern.match_file(path):
            return pattern.include
    return None


def _package(path: str) -> bool:
    """Return whether a folder is a package that goes before one that is installed.

    Python takes a folder without `__init__.py` for a module only where none is installed.
    """
    return os.path.isfile(os.path.join(path, "__init__.py"))


def _junction(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a junction of Windows, which is as good as a link."""
    check = getattr(entry, "is_junction", None)
    return bool(check and check())
