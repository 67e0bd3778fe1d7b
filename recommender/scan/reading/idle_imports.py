"""Idle imports: what Python code imports only where it is installed, and takes nothing of."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

_MISSING = frozenset(("ImportError", "ModuleNotFoundError"))
_ENDS = frozenset(("exit", "_exit", "quit"))


def idle_packages(nodes: Sequence[ast.AST]) -> frozenset[str]:
    r"""Return the packages that code only tries to import, or imports for types alone.

    Whoever takes something of one has code for it, however it is imported. Where the code ends
    without it, or imports another in its place, it is needed.

    >>> tried = "try:\n import torch\nexcept ImportError:\n torch = None\n"
    >>> for then in ("THERE = torch is not None", "torch.ones(1)", "import torch"):
    ...     sorted(idle_packages(list(ast.walk(ast.parse(tried + then)))))
    ['torch']
    []
    []
    """
    guards = {id(each): typed for node in nodes for each, typed in _guarded(node)}
    if not guards:
        return frozenset()
    tried: dict[str, set[str]] = {}
    needed: set[str] = set()
    for node in nodes:
        for module, name in _bound(node):
            head = module.partition(".")[0]
            if id(node) not in guards:
                needed.add(head)
            else:
                tried.setdefault(head, set()).update(() if guards[id(node)] else (name,))
    taken = _taken(nodes)
    return frozenset(head for head, names in tried.items() if taken.isdisjoint(names)) - needed


def _guarded(node: ast.AST) -> Iterator[tuple[ast.stmt, bool]]:
    """Yield the imports that stand in a guard, if the node is one, and whether it is for types."""
    typed = False
    if isinstance(node, ast.Try) and any(_catches(each, node.body) for each in node.handlers):
        instead = [each for handler in node.handlers for each in handler.body]
    elif isinstance(node, ast.If) and (asked := _asked(node.test)):
        instead, typed = node.orelse, asked == "TYPE_CHECKING"
    else:
        return
    if not any(_insists(within) for each in instead for within in ast.walk(each)):
        for each in node.body:
            if isinstance(each, ast.Import | ast.ImportFrom):
                yield each, typed


def _catches(handler: ast.ExceptHandler, body: list[ast.stmt]) -> bool:
    """Return whether a handler is for what is not installed; any fault of imports alone is that."""
    caught = {"Exception"} if handler.type is None else set(_names(handler.type))
    alone = all(isinstance(each, ast.Import | ast.ImportFrom) for each in body)
    return not caught.isdisjoint(_MISSING) or (alone and "Exception" in caught)


def _asked(test: ast.expr) -> str:
    """Return what a condition asks, if it holds where a package is installed or types are read."""
    if any(isinstance(each, ast.Not | ast.Is) for each in ast.walk(test)):
        return ""
    return next((name for name in _names(test) if name in ("find_spec", "TYPE_CHECKING")), "")


def _names(within: ast.expr) -> Iterator[str]:
    for node in ast.walk(within):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def _insists(node: ast.AST) -> bool:
    """Return whether what is done without a package ends the program, or imports another."""
    if isinstance(node, ast.Call):
        return next(_names(node.func), "") in _ENDS
    return isinstance(node, ast.Raise | ast.Import | ast.ImportFrom)


def _bound(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield the modules that a node imports, and the names that they, or parts of them, get."""
    if isinstance(node, ast.Import):
        for each in node.names:
            yield each.name, each.asname or each.name.partition(".")[0]
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for each in node.names:
            yield node.module, each.asname or each.name


def _taken(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the names that code takes something of, and does not only compare."""
    compared = {
        id(each)
        for node in nodes
        if isinstance(node, ast.Compare)
        for each in (node.left, *node.comparators)
    }
    return {
        node.id
        for node in nodes
        if isinstance(node, ast.Name)
        and isinstance(node.ctx, ast.Load)
        and id(node) not in compared
    }
