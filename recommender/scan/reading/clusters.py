"""YAML of clusters, services and continuous integration, read by line."""

from __future__ import annotations

import re

from recommender.scan.source_file import Clues, Seen, SourceFile

from .containers import commands, image
from .requirements import installed

_IMAGE = re.compile(r"""^\s*-?\s*image:\s*["']?(?P<name>[\w./:@-]+)""")
_KIND = re.compile(r"^kind:\s*[\"']?(?P<name>[A-Z]\w+)")
_DEVICE = re.compile(r"\b(nvidia\.com/gpu|amd\.com/gpu|google\.com/tpu|cloud-tpus\.google\.com)\b")
_NVIDIA = re.compile(r"^\s*-?\s*(?:runtime|driver):\s*[\"']?nvidia\b")
_PUBLISH = re.compile(
    r"pypa/gh-action-pypi-publish|\btwine upload\b|\bpoetry publish\b|\buv publish\b"
)
_PYTHONS = re.compile(
    r"^\s*-?\s*[\"']?(?:python(?:[-_ ]?versions?)?|py(?:ver)?)[\"']?\s*:", re.IGNORECASE
)
_PYTHON = re.compile(r"(?<![\d.])3\.\d+(?![\d.]*\d*\.)")
_LISTED = re.compile(r"^\s*-\s*[\"']?3\.\d+")
_COMPUTE = re.compile(r"\b(ml\.[pg]\d\w*\.\w+)\b|\bdistributed_type:\s*[\"']?(\w+)")


def reads(path: str) -> bool:
    """Return whether a path is that of YAML."""
    return path.endswith((".yml", ".yaml"))


def read(file: SourceFile) -> Clues:
    """Yield images, kinds of resources, accelerators, and whether a package is published."""
    if "/workflows/" in f"/{file.path}" or file.name in (".gitlab-ci.yml", ".travis.yml"):
        yield from _integration(file)
        return
    composed = re.search(r"compose[\w.-]*\.ya?ml$", file.name) is not None
    kinds = False
    for number, line in file.lines(300_000):
        if found := _KIND.match(line):
            kinds = True
            yield Seen("setting", f"k8s:{found['name']}", number)
        if composed or kinds:
            if found := _IMAGE.match(line):
                yield from image(found["name"], number)
            yield from commands(line, number)
            if (found := _DEVICE.search(line)) or _NVIDIA.match(line):
                yield Seen("setting", f"device:{found[1] if found else 'nvidia.com/gpu'}", number)
        if found := _COMPUTE.search(line):
            what = f"sagemaker:{found[1]}" if found[1] else f"accelerate:{found[2].lower()}"
            yield Seen("setting", what, number)


def _integration(file: SourceFile) -> Clues:
    """Yield what continuous integration installs, aside, whether it publishes, and its Python."""
    own = file.path.startswith(".github/") or "/" not in file.path  # none runs further down
    listing = False
    for number, line in file.lines(300_000):
        listing = _PYTHONS.match(line) is not None or (listing and _LISTED.match(line) is not None)
        for version in _PYTHON.findall(line) if listing else ():
            yield Seen("setting", f"ci:python={version}", number)
        if own and _PUBLISH.search(line):
            yield Seen("setting", "ci:pypi-publish", number)
        for seen in installed(line, number):
            yield seen._replace(aside=True)
