"""Manifests of other languages, read by line: what they depend on, and what they build."""

from __future__ import annotations

import json
import re
from typing import Any

from recommender.scan.source_file import Clues, Seen, SourceFile, Unread
from recommender.scan.versions import majors

from .manifest_lines import LINES
from .readme import described

_READERS = [(re.compile(file), re.compile(line), index) for file, line, index in LINES]
_NAMES = re.compile("|".join(("package\\.json", *(f"(?:{file})" for file, _, _ in LINES))))
_BUILDS = (
    (re.compile(r"com\.android\.application|android\.application\b"), "gradle:application"),
    (re.compile(r"com\.android\.library|android\.library\b"), "gradle:library"),
    (re.compile(r"^\s*add_executable\s*\(", re.IGNORECASE), "cmake:program"),
    (re.compile(r"^\s*add_library\s*\(", re.IGNORECASE), "cmake:library"),
    (re.compile(r"^\s*\.library\("), "swift:library"),
    (re.compile(r"\bmaven-publish\b|\bpublishing\s*\{|\bmavenPublishing\b"), "gradle:published"),
    (re.compile(r"<(?:PackageId|GeneratePackageOnBuild)>"), "dotnet:package"),
    (re.compile(r"<Use(WPF|WindowsForms|WinUI)>true", re.IGNORECASE), "dotnet:desktop"),
    (re.compile(r"<OutputType>WinExe<", re.IGNORECASE), "dotnet:desktop"),
    (re.compile(r"Microsoft\.NET\.Sdk\.Web\b"), "dotnet:web"),
    (re.compile(r"\"manifest_version\"\s*:\s*[23]"), "web:extension"),
    (re.compile(r"\"minAppVersion\"\s*:"), "obsidian:plugin"),
    (re.compile(r"\"iot_class\"\s*:"), "home-assistant:component"),
    (re.compile(r"\.iOS\(\.v"), "swift:ios"),
    (re.compile(r"\.(?:mlmodelc?|mlpackage)\b"), "bundled:coreml"),
    (re.compile(r"\.tflite\b|noCompress\b.*\btflite\b"), "bundled:tflite"),
    (re.compile(r"\.onnx\b|noCompress\b.*\bonnx\b"), "bundled:onnx"),
    (re.compile(r"\.(?:ptl|pte)\b"), "bundled:pytorch"),
    (re.compile(r"\.gguf\b|\bggml-[\w.-]+\.bin\b"), "bundled:weights"),
    (re.compile(r"juce_add_plugin"), "cmake:audio-plugin"),
    (re.compile(r"\bjuce\b.*VST3|FORMATS\s.*VST3"), "cmake:audio-plugin"),
)
_OWN = {
    "Project.toml": (re.compile(r"^uuid\s*="), "julia:package"),
    "DESCRIPTION": (re.compile(r"^Package:\s"), "r:package"),
}
_LINKED = re.compile(r"\b(?:target_)?link_libraries\s*\(([^)]*)\)", re.IGNORECASE)
_WORD = re.compile(r"(?<![$\w{/])[A-Za-z][\w.+:-]*")
_OPTIONAL = re.compile(r"\boptional\s*=\s*true\b")
_COMMENT = re.compile(r"^\s*(//|#(?!\[)|\*)")


def reads(path: str) -> bool:
    """Return whether a path is that of such a manifest.

    >>> reads("app/build.gradle.kts"), reads("package.json"), reads("build.py")
    (True, True, False)
    """
    return _NAMES.fullmatch(path.rpartition("/")[2]) is not None


def read(file: SourceFile) -> Clues:
    """Yield the packages and builds that a manifest names."""
    if file.name == "package.json":
        yield from _node(file)
        return
    wanted = [(line, index) for name, line, index in _READERS if name.fullmatch(file.name)]
    builds = (_OWN[file.name],) if file.name in _OWN else ()
    if file.name.endswith((".cmake", "CMakeLists.txt")):
        yield from _linked(file.text())
    for number, text in file.lines():
        if _COMMENT.match(text):
            continue
        for line, index in wanted:
            for found in line.finditer(text):
                name = found["name"].strip()
                if part := found.groupdict().get("part"):
                    name = f"{name}:{part}"
                name = name.lower() if index == "arduino" else name
                optional = index == "cargo" and _OPTIONAL.search(text) is not None
                yield Seen("package", f"{index}:{name}", number, aside=optional)
        for build, name in (*_BUILDS, *builds):
            if build.search(text):
                yield Seen("setting", name, number)


def _linked(text: str) -> Clues:
    """Yield the libraries that CMake links, wherever they come from."""
    for call in _LINKED.finditer(text):
        number = text.count("\n", 0, call.start()) + 1
        for name in dict.fromkeys(
            each for each in _WORD.findall(call[1])[1:] if not each.isupper()
        ):
            yield Seen("package", f"lib:{name}", number)


def _node(file: SourceFile) -> Clues:
    text = file.text()
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unread(f"is no JSON: {error}") from None
    lines = text.splitlines()

    def line_of(word: str) -> int:
        return next((number for number, line in enumerate(lines, 1) if word in line), 0)

    data = data if isinstance(data, dict) else {}
    if not data.get("private") and data.get("name") and (data.get("main") or data.get("exports")):
        yield Seen("setting", "npm:package", 1)
    if isinstance(engines := data.get("engines"), dict) and "vscode" in engines:
        yield Seen("setting", "npm:vscode-extension", 1)
    yield from described(data, line_of)
    for key in ("dependencies", "peerDependencies", "devDependencies", "optionalDependencies"):
        packages = data.get(key)
        for name, said in packages.items() if isinstance(packages, dict) else ():
            line = line_of(f'"{name}"')
            versions = majors(said) if isinstance(said, str) else ()
            index = "unity" if name.startswith("com.") else "npm"
            yield Seen("package", f"{index}:{name}", line, versions, aside=key == "devDependencies")
