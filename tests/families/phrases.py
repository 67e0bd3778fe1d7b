"""Every phrase that the report can say: found in the code, so that no list must be kept."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "recommender"
SPOKEN = ("say", "phrase")
IN_TEMPLATE = re.compile(r'\bsay\("([^"]+)"')


def said_in_code():
    """Collect the first argument of every `say(...)`, and the values of every `*_WORDS` table."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text("utf-8")
        if "language" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            found |= set(_called(node)) | set(_tabled(node))
    for path in PACKAGE.rglob("template.toml"):
        found |= set(_headed(tomllib.loads(path.read_text("utf-8"))))
    for path in PACKAGE.rglob("templates/*.html"):
        found |= set(IN_TEMPLATE.findall(path.read_text("utf-8")))
    return found


def _headed(head):
    """Yield what the head of a template to start from says: its title, its builds, its cuts."""
    yield from filter(None, [head.get("title"), *head.get("routes", {}).values()])
    yield from (device["says"] for device in head.get("devices", {}).values())


def _called(node):
    if isinstance(node, ast.Call) and node.args:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        first = node.args[0]
        if name in SPOKEN and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def _tabled(node):
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
        target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        if isinstance(target, ast.Name) and target.id.endswith("_WORDS"):
            for value in node.value.values:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield value.value
