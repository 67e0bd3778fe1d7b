"""Compile the rules for a build (`recommender/loading/compiler.py`), and say who publishes it."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

REPOSITORY = "RECOMMENDER_REPOSITORY"
"""In the environment: the address of the repository that a release is made in."""


class Addresses(MetadataHookInterface):
    """Name the addresses of the package, which only the repository that publishes it knows."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add them to a release: an address that leads nowhere is worse than none."""
        if home := os.environ.get(REPOSITORY, "").rstrip("/"):
            metadata["urls"] = {
                "Source": home,
                "Documentation": f"{home}/tree/HEAD/docs",
                "Changelog": f"{home}/blob/HEAD/CHANGELOG.md",
                "Issues": f"{home}/issues",
            }


class CompiledRules(BuildHookInterface):  # type: ignore[type-arg]
    """Put the compiled pack into the wheel, or for an editable install into the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; a wheel takes it from a folder that is gone afterwards."""
        sys.path.insert(0, self.root)
        from recommender.loading.compiled import NAME  # noqa: PLC0415
        from recommender.loading.compiler import compile_pack  # noqa: PLC0415

        place = f"recommender/_shipped/{NAME}"
        self.folder = tempfile.TemporaryDirectory()
        made = Path(self.root, place) if version == "editable" else Path(self.folder.name, NAME)
        made.parent.mkdir(exist_ok=True)
        made.write_bytes(compile_pack(self.root))
        if version != "editable":
            build_data["force_include"][str(made)] = place

    def finalize(self, *_: object) -> None:
        """Leave nothing behind."""
        self.folder.cleanup()
