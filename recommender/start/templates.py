"""Templates: the folders from which a project is started, one for each framework and route.

A folder's `template.toml` names what it takes in (`takes`), what it needs, and the pack's routes
that it walks. Adding a folder adds a template; no code names one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recommender.nouns.errors import Fault, Place, RecommenderError

TEMPLATES = Path(__file__).parent / "templates"
HEAD = "template.toml"
CHOICES = "choices.toml"


@dataclass(frozen=True, slots=True)
class Device:
    """What a framework needs for one kind of computer, and why."""

    requirements: tuple[str, ...]
    says: str
    index: str = ""
    backend: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """What a started project is made of.

    `routes` gives, for each route of the pack that the template walks, the step which cannot be
    taken on a computer like this one; it is empty where there is none. `folders` are laid over one
    another in their order. `besides` is what a kind of model needs that others do not.
    """

    id: str
    title: str
    candidate: str
    folders: tuple[Path, ...]
    requirements: tuple[str, ...]
    devices: Mapping[str, Device]
    besides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    routes: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of model that all folders with models have."""
        having = [folder / "kinds" for folder in self.folders if (folder / "kinds").is_dir()]
        found = [{kind.name for kind in each.iterdir()} for each in having]
        return tuple(sorted(set.intersection(*found))) if found else ()


def find_templates(folder: Path = TEMPLATES) -> dict[str, Template]:
    """Find the templates that can be started: those that walk a route, or stand alone.

    Raises `RecommenderError` for a head that cannot be read.

    >>> find_templates()["pytorch-onnxruntime"].candidate
    'pytorch'
    """
    heads = {path.parent.name: _read(path) for path in sorted(folder.glob(f"*/{HEAD}"))}
    return {
        name: _template(name, heads, folder)
        for name, head in heads.items()
        if "routes" in head or head.get("alone")
    }


def read_choices(folder: Path = TEMPLATES) -> dict[str, Any]:
    """Read which answer chooses which kind of model and which device."""
    return _read(folder / CHOICES)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise RecommenderError(Fault(Place(str(path)), f"cannot be read: {error}")) from None


def _template(name: str, heads: Mapping[str, dict[str, Any]], folder: Path) -> Template:
    chain = _chain(name, heads, folder, ())
    merged: dict[str, Any] = {}
    for each in chain:
        merged.update(heads[each])
    missing = {"title", "candidate", "devices"} - set(merged)
    if missing:
        what = f"lacks {', '.join(sorted(missing))}"
        raise RecommenderError(Fault(Place(str(folder / name / HEAD)), what))
    return Template(
        id=name,
        title=merged["title"],
        candidate=merged["candidate"],
        folders=tuple(folder / each for each in chain),
        requirements=tuple(line for each in chain for line in heads[each].get("requirements", ())),
        devices={
            kind: Device(**{**device, "requirements": tuple(device["requirements"])})
            for kind, device in merged["devices"].items()
        },
        besides={
            kind: tuple(each["requirements"])
            for one in chain
            for kind, each in heads[one].get("kinds", {}).items()
        },
        routes=heads[name].get("routes", {}),
        alone=heads[name].get("alone", False),
    )


def _chain(
    name: str, heads: Mapping[str, dict[str, Any]], folder: Path, above: tuple[str, ...]
) -> list[str]:
    """List a folder and all that it takes in, what is taken in first."""
    if name not in heads or name in above:
        what = f"takes in `{name}`, which is {'itself' if name in above else 'not there'}"
        raise RecommenderError(Fault(Place(str(folder / above[-1] / HEAD)), what))
    found: list[str] = []
    for each in heads[name].get("takes", ()):
        found += [one for one in _chain(each, heads, folder, (*above, name)) if one not in found]
    return [*found, name]
