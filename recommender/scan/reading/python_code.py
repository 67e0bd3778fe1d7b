"""Python code: what it imports, and what it takes of these modules."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache

from identify import identify

from recommender.nouns.sign import DOTTED
from recommender.scan.source_file import Clues, Seen, SourceFile

from .forwards import forwards
from .idle_imports import idle_packages

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]+(?P<names>[^#\n]+)"
    r"|import[ \t]+(?P<plain>[^#\n]+))",
    re.MULTILINE,
)
_CHAIN = re.compile(r"\b([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)+)")


def reads(path: str) -> bool:
    """Return whether a path is that of Python code.

    >>> reads("a/train.py"), reads("train.sh")
    (True, False)
    """
    name = path.rpartition("/")[2]
    return _tagged(f"a.{name.rpartition('.')[2]}" if "." in name else name)


@lru_cache(maxsize=4096)
def _tagged(name: str) -> bool:
    return "python" in identify.tags_from_filename(name)


def read(file: SourceFile) -> Clues:
    """Yield the imports and uses of one module."""
    yield from clues_of(file.text())


def clues_of(text: str) -> Clues:
    r"""Yield imports, uses and calls in some code, each once, at the line where it stands first.

    >>> [seen.name for seen in clues_of("import torch.nn as nn\nclass A(nn.Module): ...")]
    ['torch.nn', 'torch.nn.Module']
    >>> [seen.kind for seen in clues_of("loss.backward()")]
    ['call']
    >>> [seen.name for seen in clues_of("import tensorflow as tf\nprint tf.Session()")]
    ['tensorflow', 'tensorflow.Session']
    """
    if (tree := parsed(text)) is None:
        yield from _by_line(text)  # Python 2, or broken: most of it can be read nonetheless
        return
    nodes = walked(tree)
    seen, aliases = imports_of(nodes)
    found: dict[tuple[str, str], int] = {}
    for each in seen:
        found.setdefault((each.kind, each.name), each.line)
    for node in nodes:
        if isinstance(node, ast.Attribute) and (name := dotted(node, aliases)):
            found.setdefault(("use", name), node.lineno)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and not dotted(node.func, aliases)
        ):
            found.setdefault(("call", node.func.attr), node.func.end_lineno or node.lineno)
    packages = idle_packages(nodes)
    for (kind, name), line in found.items():
        idle = kind in DOTTED and name.partition(".")[0] in packages
        yield Seen(kind, name, line, aside=idle, idle=idle)
    yield from forwards(nodes)


def parsed(text: str) -> ast.Module | None:
    """Parse code, or return nothing where it cannot be."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def imports_of(nodes: list[ast.AST]) -> tuple[list[Seen], dict[str, str]]:
    """Return what is imported, every time, and the names by which the code knows it."""
    aliases: dict[str, str] = {}
    found: list[Seen] = []
    for node in nodes:
        if isinstance(node, ast.Import):
            for each in node.names:
                found.append(Seen("import", each.name, node.lineno))
                head = each.name if each.asname else each.name.partition(".")[0]
                aliases[each.asname or head] = head
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module.partition(".")[0] == "tkinter" and all(map(_slipped, node.names)):
                continue
            found.append(Seen("import", node.module, node.lineno))
            for each in node.names:
                found.append(Seen("use", f"{node.module}.{each.name}", node.lineno))
                aliases[each.asname or each.name] = f"{node.module}.{each.name}"
    return found, aliases


def _slipped(name: ast.alias) -> bool:
    """Return whether an editor added what is imported: a constant, or what is private."""
    return name.name.isupper() or name.name.startswith("_") or name.name == "image_names"


def walked(tree: ast.AST) -> list[ast.AST]:
    """Return every node, a level after the other, as `ast.walk` does in three times the time."""
    nodes = [tree]
    for node in nodes:  # grows as it is walked
        for value in vars(node).values():
            if isinstance(value, list):
                nodes += [each for each in value if isinstance(each, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                nodes.append(value)
    return nodes


def dotted(node: ast.expr, aliases: dict[str, str]) -> str:
    """Return the whole name of what a chain of attributes takes, if it begins with an import."""
    parts: list[str] = []
    value = node
    while isinstance(value, ast.Attribute):
        parts.append(value.attr)
        value = value.value
    if not isinstance(value, ast.Name) or value.id not in aliases:
        return ""
    return ".".join([aliases[value.id], *reversed(parts)])


def _by_line(text: str) -> Clues:
    aliases: dict[str, str] = {}
    found: dict[tuple[str, str], int] = {}
    for each in _IMPORT.finditer(text):
        line = text.count("\n", 0, each.start()) + 1
        if each["module"]:
            if each["module"].startswith("."):
                continue
            found.setdefault(("import", each["module"]), line)
            for name, known_as in _named(each["names"].strip("() \\")):
                found.setdefault(("use", f"{each['module']}.{name}"), line)
                aliases[known_as or name] = f"{each['module']}.{name}"
        else:
            for name, known_as in _named(each["plain"]):
                found.setdefault(("import", name), line)
                head = name if known_as else name.partition(".")[0]
                aliases[known_as or head] = head
    for number, line_text in enumerate(text.splitlines(), 1):
        for key in _chains(line_text, aliases):
            found.setdefault(key, number)
    for (kind, name), line in found.items():
        yield Seen(kind, name, line)


def _chains(line: str, aliases: dict[str, str]) -> Iterator[tuple[str, str]]:
    for chain in _CHAIN.finditer(line):
        if chain[1] in aliases:
            yield "use", f"{aliases[chain[1]]}{chain[2]}"
        elif line[chain.end() : chain.end() + 1] == "(":
            yield "call", chain[2].rpartition(".")[2]


def _named(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split(","):
        words = part.split()
        if words and re.fullmatch(r"[\w.]+", words[0]):
            yield words[0], words[2] if len(words) > 2 and words[1] == "as" else ""  # noqa: PLR2004
