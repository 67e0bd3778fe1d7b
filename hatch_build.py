"""Compile the rules when a wheel is built (`recommender/loading/compiled.py`)."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledRules(BuildHookInterface):  # type: ignore[type-arg]
    """Put the compiled pack beside the rules that the wheel carries."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, but for an editable install: it reads the rules of the checkout as they are."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from recommender.loading.compiled import NAME, compile_pack  # noqa: PLC0415

        self.folder = tempfile.TemporaryDirectory()
        made = Path(self.folder.name, NAME)
        made.write_bytes(compile_pack(self.root))
        build_data["force_include"][str(made)] = f"recommender/_shipped/{NAME}"

    def finalize(self, version: str, *_: object) -> None:
        """Leave nothing behind."""
        if version != "editable":
            self.folder.cleanup()
