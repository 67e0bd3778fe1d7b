"""Manifests of other languages, read by line: what they depend on, and what they build."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from recommender.scan.source_file import Seen, Unread
from recommender.scan.versions import majors

from .readme import subjects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.scan.source_file import SourceFile

_LINES: tuple[tuple[str, str, str], ...] = (
    # What the file is called, what stands in the line, and what that is called.
    (r"pubspec\.yaml", r"^  (?P<name>[a-z]\w*):", "pub"),
    (r".*\.gradle(\.kts)?", r"""['"](?P<name>[\w.-]+:[\w.-]+)(?::[^'"]*)?['"]""", "gradle"),
    (r"libs\.versions\.toml", r"""module\s*=\s*"(?P<name>[\w.-]+:[\w.-]+)\"""", "gradle"),
    (r"pom\.xml", r"<artifactId>\s*(?P<name>[\w.-]+)\s*<", "maven"),
    (r"Podfile", r"""^\s*pod\s+['"](?P<name>[\w./+-]+)['"]""", "pod"),
    (
        r"Package\.swift",
        r"""\.package\([^)]*url:\s*"[^"]*?/(?P<name>[\w.-]+?)(?:\.git)?\"""",
        "swift",
    ),
    (
        r"Cargo\.toml",
        r"^(?:\[.*dependencies\.)?(?P<name>[a-z][\w-]*)(?:\]|\s*(?:=|\.version|\.workspace))",
        "cargo",
    ),
    (
        r"CMakeLists\.txt|.*\.cmake",
        r"(?i)(?:find_package|FetchContent_Declare)\s*\(\s*(?P<name>\w+)",
        "cmake",
    ),
    (r"meson\.build", r"\bdependency\(\s*'(?P<name>[\w.-]+)'", "cmake"),
    (r"conanfile\.txt", r"^(?P<name>[a-z][\w-]*)/[\d.]", "cmake"),
    (
        r".*\.(cs|fs|vb)proj|packages\.config|Directory\.Packages\.props",
        r"""<(?:Package(?:Reference|Version)\s[^>]*Include|package\s+id)="(?P<name>[\w.]+)\"""",
        "nuget",
    ),
    (r"Project\.toml", r"""^(?P<name>[A-Z]\w*)\s*=\s*"[0-9a-f]{8}-[0-9a-f-]{27}\"""", "julia"),
    (
        r"Gemfile|.*\.gemspec",
        r"""^\s*(?:gem|\w+\.add_\w*dependency)\s*\(?['"](?P<name>[\w-]+)""",
        "gem",
    ),
    (r"mix\.exs", r"\{:(?P<name>\w+),", "hex"),
    (r"go\.mod", r"^\s*(?:require\s+)?(?P<name>[\w.-]+\.\w+/[\w./-]+)\s+v", "go"),
    (
        r"platformio\.ini|library\.properties",
        r"(?i)^\s*(?:\w+\s*=)?\s*(?P<name>[\w ./@-]*(?:tensorflow|tflite|edge.?impulse)[\w ./-]*)",
        "arduino",
    ),
    (
        r"DESCRIPTION",
        r"(?:^(?:Imports|Depends):\s*|^\s+|,\s*)(?P<name>[A-Za-z][\w.]*)\s*(?=\([^)]*\)\s*(?:,|$)|,|$)",
        "cran",
    ),
    (r"manifest\.json", r"\"(?P<name>com\.[\w.-]+)\"", "unity"),
)
_READERS = [(re.compile(file), re.compile(line), index) for file, line, index in _LINES]
_NAMES = re.compile("|".join(("package\\.json", *(f"(?:{file})" for file, _, _ in _LINES))))
_BUILDS = (
    (re.compile(r"com\.android\.application|android\.application\b"), "gradle:application"),
    (re.compile(r"com\.android\.library|android\.library\b"), "gradle:library"),
    (re.compile(r"^\s*add_executable\s*\(", re.IGNORECASE), "cmake:program"),
    (re.compile(r"<Use(WPF|WindowsForms|WinUI)>true", re.IGNORECASE), "dotnet:desktop"),
    (re.compile(r"<OutputType>WinExe<", re.IGNORECASE), "dotnet:desktop"),
    (re.compile(r"Microsoft\.NET\.Sdk\.Web\b"), "dotnet:web"),
    (re.compile(r"\"manifest_version\"\s*:\s*[23]"), "web:extension"),
    (re.compile(r"\"minAppVersion\"\s*:"), "obsidian:plugin"),
    (re.compile(r"\"iot_class\"\s*:"), "home-assistant:component"),
    (re.compile(r"\.iOS\(\.v"), "swift:ios"),
    (re.compile(r"juce_add_plugin"), "cmake:audio-plugin"),
    (re.compile(r"\bjuce\b.*VST3|FORMATS\s.*VST3"), "cmake:audio-plugin"),
)
_OWN = {
    "Project.toml": (re.compile(r"^uuid\s*="), "julia:package"),
    "DESCRIPTION": (re.compile(r"^Package:\s"), "r:package"),
}
_COMMENT = re.compile(r"^\s*(//|#(?!\[)|\*)")


def reads(path: str) -> bool:
    """Return whether a path is that of such a manifest.

    >>> reads("app/build.gradle.kts"), reads("package.json"), reads("build.py")
    (True, True, False)
    """
    return _NAMES.fullmatch(path.rpartition("/")[2]) is not None


def read(file: SourceFile) -> Iterator[Seen]:
    """Yield the packages and builds that a manifest names."""
    if file.name == "package.json":
        yield from _node(file)
        return
    wanted = [(line, index) for name, line, index in _READERS if name.fullmatch(file.name)]
    builds = (_OWN[file.name],) if file.name in _OWN else ()
    for number, text in file.lines():
        if _COMMENT.match(text):
            continue
        for line, index in wanted:
            for found in line.finditer(text):
                name = found["name"].strip()
                name = name.lower() if index == "arduino" else name
                yield Seen("package", f"{index}:{name}", number)
        for build, name in (*_BUILDS, *builds):
            if build.search(text):
                yield Seen("setting", name, number)


def _node(file: SourceFile) -> Iterator[Seen]:
    text = file.text()
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unread(f"is no JSON: {error}") from None
    lines = text.splitlines()
    data = data if isinstance(data, dict) else {}
    if not data.get("private") and data.get("name") and (data.get("main") or data.get("exports")):
        yield Seen("setting", "npm:package", 1)
    if isinstance(engines := data.get("engines"), dict) and "vscode" in engines:
        yield Seen("setting", "npm:vscode-extension", 1)
    for key in ("description", "keywords"):
        said = data.get(key)
        for each in said if isinstance(said, list) else (said,):
            if isinstance(each, str):
                yield from subjects(each, next((n for n, s in enumerate(lines, 1) if key in s), 0))
    for key in ("dependencies", "peerDependencies", "devDependencies", "optionalDependencies"):
        packages = data.get(key)
        for name, said in packages.items() if isinstance(packages, dict) else ():
            line = next((n for n, each in enumerate(lines, 1) if f'"{name}"' in each), 0)
            versions = majors(said) if isinstance(said, str) else ()
            yield Seen("package", f"npm:{name}", line, versions, aside=key == "devDependencies")
