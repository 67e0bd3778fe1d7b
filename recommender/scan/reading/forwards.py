"""The forward passes of models in Python code: whether what they compute hangs on the data."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TypeGuard

from recommender.scan.source_file import Clues, Seen

_METHODS = ("forward", "call", "__call__")
_SHAPES = frozenset((
    "shape", "ndim", "size", "dim", "numel", "get_shape", "dtype", "device", "type", "is_cuda",
    "requires_grad", "training",
))  # fmt: skip
_TOLD = frozenset((
    "isinstance", "len", "hasattr", "callable", "type", "getattr", "is_tensor",
    "is_floating_point",
))  # fmt: skip
_SETTINGS = frozenset(("train", "training", "is_training", "deterministic", "mode"))
_PAIRED = ("zip", "enumerate", "reversed")
_MEMBERS = ("items", "keys", "values")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def forwards(nodes: Iterable[ast.AST]) -> Clues:
    r"""Yield for each forward pass whether it is fixed, branches on the data, or may do so.

    What is decided by settings, by shapes or by whether an argument is there counts as fixed.

    >>> code = "class A(nn.Module):\n def forward(self, x):\n  for f in self.layers: x = f(x)"
    >>> [seen.name for seen in forwards(ast.walk(ast.parse(code)))]
    ['forward:fixed']
    >>> code = "class A(nn.Module):\n def forward(self, x):\n  while x.sum().item() > 1: x = x / 2"
    >>> [seen.name for seen in forwards(ast.walk(ast.parse(code)))]
    ['forward:branches']
    """
    for node in nodes:
        if isinstance(node, ast.ClassDef) and node.bases:
            for method in node.body:
                if _is_forward(method, node):
                    yield Seen("setting", f"forward:{_verdict(method)}", method.lineno)


def _is_forward(method: ast.AST, owner: ast.ClassDef) -> TypeGuard[Function]:
    if not isinstance(method, Function) or method.name not in _METHODS:
        return False
    if len(method.args.args) < 2 and not method.args.vararg:  # noqa: PLR2004  (self, and the input)
        return False
    module = any(_last(base) in ("Module", "Layer", "Model") for base in owner.bases)
    return method.name == "forward" or module


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _verdict(method: Function) -> str:
    data = _inputs(method)
    for _ in range(2):  # what a loop computes may come back at its head
        for node in ast.walk(method):
            data |= _computed(node, data)
    found = "fixed"
    for node in ast.walk(method):
        if isinstance(node, ast.While | ast.If | ast.IfExp) and _hangs(node.test, data):
            if isinstance(node, ast.While) or _reads_a_number(node.test):
                return "branches"
            found = "open"
        elif isinstance(node, ast.For | ast.comprehension) and _loops(node.iter, data):
            found = "open"
    return found


def _inputs(method: Function) -> set[str]:
    """Return the arguments that are data: those without a default, and not `self`."""
    arguments = method.args
    plain = arguments.args[1 : len(arguments.args) - len(arguments.defaults)]
    extra = [each.arg for each in (arguments.vararg,) if each is not None]
    unset = [
        each.arg
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        if default is None
    ]
    return ({each.arg for each in plain} | set(extra) | set(unset)) - _SETTINGS


def _computed(node: ast.AST, data: set[str]) -> set[str]:
    """Return the names that a statement gives to what was computed from the data."""
    if isinstance(node, ast.Assign) and _hangs(node.value, data):
        return _names(node.targets)
    if isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        return _names([node.target]) if _hangs(node.value, data) else set()
    if isinstance(node, ast.For) and _hangs(node.iter, data):
        if _called(node.iter) == "enumerate" and isinstance(node.target, ast.Tuple):
            return _names(node.target.elts[1:])
        return _names([node.target])
    return set()


def _names(targets: Iterable[ast.expr]) -> set[str]:
    """Return the names that targets give; `self.x` gives none."""
    found: set[str] = set()
    for target in targets:
        if isinstance(target, ast.Name):
            found.add(target.id)
        elif isinstance(target, ast.Tuple | ast.List):
            found |= _names(target.elts)
        elif isinstance(target, ast.Starred | ast.Subscript):
            found |= _names([target.value])
    return found


def _called(node: ast.expr) -> str:
    return _last(node.func) if isinstance(node, ast.Call) else ""


def _hangs(node: ast.expr, data: set[str]) -> bool:
    """Return whether the value of an expression hangs on numbers in the data."""
    if isinstance(node, ast.Name):
        return node.id in data
    if isinstance(node, ast.Attribute):
        return node.attr not in _SHAPES and _hangs(node.value, data)
    if _called(node) in _TOLD or (isinstance(node, ast.Compare) and _of_a_setting(node)):
        return False
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        return _hangs(node.left, data)  # whether a name is among those given
    children = ast.iter_child_nodes(node)
    return any(isinstance(each, ast.expr) and _hangs(each, data) for each in children) or any(
        _hangs(each.value, data) for each in getattr(node, "keywords", ())
    )


def _of_a_setting(node: ast.Compare) -> bool:
    """Return whether a comparison is with `None` or with a word, as of an option."""
    words = [each for each in node.comparators if isinstance(each, ast.Constant)]
    return all(isinstance(op, ast.Is | ast.IsNot) for op in node.ops) or (
        len(words) == len(node.ops) and all(isinstance(each.value, str) for each in words)
    )


def _loops(node: ast.expr, data: set[str]) -> bool:
    """Return whether how often a loop runs hangs on the data; shapes count as data here.

    How many members a list or a mapping has does not.
    """
    if _called(node) in _PAIRED and isinstance(node, ast.Call):
        return bool(node.args) and all(_loops(each, data) for each in node.args)
    if isinstance(node, ast.Name) or _called(node) in _MEMBERS:
        return False
    return any(isinstance(each, ast.Name) and each.id in data for each in ast.walk(node))


def _reads_a_number(node: ast.expr) -> bool:
    return any(isinstance(each, ast.Attribute) and each.attr == "item" for each in ast.walk(node))
