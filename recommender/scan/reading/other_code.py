"""Code in other languages, read by line for what it imports: C++, Java, C#, R, JavaScript."""

from __future__ import annotations

import re

from recommender.scan.source_file import Clues, Seen, SourceFile

_JVM = (re.compile(r"^\s*import\s+(?:static\s+)?(?P<name>[\w.]+)"), "java")
_C = (re.compile(r"""^\s*#\s*(?:include|import)\s*[<"](?P<name>[\w./+-]+)[>"]"""), "include")
_SWIFT = (re.compile(r"^\s*(?:@\w+\s+)?@?import\s+(?:class\s+)?(?P<name>\w+)"), "swift")
_NET = (
    re.compile(r"^\s*(?:global\s+)?(?:using|open)\s+(?:static\s+)?(?P<name>[A-Z][\w.]+)"),
    "nuget",
)
_VB = (re.compile(r"^\s*Imports\s+(?P<name>[A-Z][\w.]+)"), "nuget")
_DART = (re.compile(r"""^\s*(?:import|export)\s+['"]package:(?P<name>\w+)/"""), "pub")
_GO = (
    re.compile(r"""^\s*(?:import\s+)?(?:[\w.]+\s+)?"(?P<name>[\w-]+\.[a-z]+/[\w./-]+)"\s*$"""),
    "go",
)
_RUBY = (re.compile(r"""^\s*require\s*\(?['"](?P<name>[\w/-]+)['"]"""), "gem")
_PHP = (re.compile(r"^\s*use\s+(?P<name>[A-Z]\w*(?:\\\w+)+)"), "php")
_HASKELL = (re.compile(r"^import\s+(?:qualified\s+)?(?P<name>[A-Z][\w.]*)"), "haskell")
_OCAML = (re.compile(r"^\s*open\s+(?P<name>Torch\w*|Tensorflow\w*|Owl\w*)\b"), "opam")
_R = (
    re.compile(
        r"""\b(?:library|require|requireNamespace)\(\s*['"]?(?P<name>[A-Za-z][\w.]*)"""
        r"""|\b(?P<taken>[A-Za-z][\w.]*):::?\w"""
    ),
    "cran",
)
_JULIA = (re.compile(r"^\s*(?:using|import)\s+(?P<name>\w+(?:\s*,\s*\w+)*)"), "julia")
_MATLAB = (
    re.compile(
        r"^\s*(?P<name>function|classdef)\s+(?=[\w\[(])"
        r"|\b(?P<called>train[Nn]etwork|trainnet|dlnetwork|dlarray|layerGraph|feedforwardnet|patternnet"
        r"|fitnet|newff|convolution2dLayer|fullyConnectedLayer|lstmLayer|vl_simplenn|vl_nnconv"
        r"|importONNX\w+|importKeras\w+|importNetworkFrom\w+|importTensorFlowNetwork)\s*\("
    ),
    "matlab",
)
_LOADED = (
    re.compile(
        r"""\bloadLibrary\(\s*"(?P<name>[\w.-]+)"|[/"'](?:lib)(?P<so>[A-Za-z]\w*(?:-\w+)*)\.so\b"""
        r"""|\bDllImport\(\s*@?"(?:lib)?(?P<dll>[A-Za-z][\w-]*)"""
    ),
    "lib",
)
"""A compiled library that is loaded at run time, by its name without `lib`."""
_LUA = (re.compile(r"""\brequire\s*\(?\s*['"](?P<name>[\w.-]+)['"]"""), "lua")
_JS = (
    re.compile(
        r"""(?:\bfrom\s*|\brequire\(\s*|\bimport\(?\s*)['"](?P<name>@[\w.-]+/[\w.-]+|[\w.-]+)"""
        r"""|(?:esm\.(?:sh|run)|cdn\.skypack\.dev)/(?P<esm>@[\w.-]+/[\w.-]+|[\w.-]+)"""
        r"""|/npm/(?P<cdn>@[\w.-]+/[\w.-]+|[\w.-]+)|unpkg\.com/(?P<unpkg>@[\w.-]+/[\w.-]+|[\w.-]+)"""
        r"""|/ajax/libs/(?P<libs>[\w.-]+)|/(?P<hosted>@[\w-]+/[\w.-]+)@"""
    ),
    "npm",
)
_SCRIPT = (
    re.compile(
        r"""<script\b[^>]*\bsrc\s*=\s*["'](?!https?:|//)(?:[^"']*/)?"""
        r"""(?P<name>[\w.-]+?)(?:\.min)?\.js\b"""
    ),
    "npm",
)
"""A library that lies beside the page, by the name of its file."""
_BY_SUFFIX = {
    **dict.fromkeys(("java", "kt", "kts", "scala", "groovy"), (_JVM, _LOADED)),
    **dict.fromkeys(("c", "cc", "cpp", "cxx", "h", "hh", "hpp", "hxx", "ino", "pde", "cu"), (_C,)),
    "m": (_C, _SWIFT, _MATLAB),
    "mm": (_C, _SWIFT),
    "swift": (_SWIFT,),
    **dict.fromkeys(("cs", "fs"), (_NET, _LOADED)),
    "vb": (_VB,),
    "dart": (_DART, _LOADED),
    "go": (_GO,),
    "rb": (_RUBY,),
    "php": (_PHP,),
    "hs": (_HASKELL,),
    **dict.fromkeys(("ml", "mli"), (_OCAML,)),
    **dict.fromkeys(("r", "rmd", "qmd"), (_R,)),
    "jl": (_JULIA,),
    "lua": (_LUA,),
    **dict.fromkeys(("js", "mjs", "cjs", "jsx", "ts", "tsx", "vue", "svelte"), (_JS,)),
    "html": (_JS, _SCRIPT),
}
_CALL = re.compile(
    r"\.(fit|fitDataset|trainOnBatch|minimize|compile|createComputePipeline(?:Async)?)\s*\("
)
_NETWORK = re.compile(r"\b[rR]ead(Net\w*)\s*\(")
"""How OpenCV reads a network, in each of its languages."""
_MOST = 100_000
"""Bytes of one file: imports stand at its head."""


def reads(path: str) -> bool:
    """Return whether a path is that of code in one of these languages; what is minified is none.

    >>> reads("src/net.cpp"), reads("web/app.js"), reads("web/app.min.js")
    (True, True, False)
    """
    return path.rpartition(".")[2].lower() in _BY_SUFFIX and ".min." not in path


def read(file: SourceFile) -> Clues:
    """Yield what each line imports, as packages of its language, and how JavaScript trains."""
    readers = _BY_SUFFIX[file.path.rpartition(".")[2].lower()]
    for number, line in file.lines(_MOST):
        for call in _CALL.findall(line) if _JS in readers else ():
            yield Seen("call", f"js.{call}", number)
        for call in _NETWORK.findall(line):
            yield Seen("call", f"cv.read{call}", number)
        for pattern, index in readers:
            for found in pattern.finditer(line):
                for name in next(filter(None, found.groups())).split(","):
                    if not name.startswith("."):
                        yield Seen("package", f"{index}:{name.strip()}", number)
