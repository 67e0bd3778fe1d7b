"""The compiler of the shipped pack, which runs when the package is installed (`hatch_build.py`)."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from .compiled import HOME, stamp_of
from .packs import load_pack
from .serialization import dump_pack, sealed


def compile_pack(root: str) -> bytes:
    """Return the compiled form of the rules and examples of a checkout (`compiled.py` reads it)."""
    # From a place whose name occurs nowhere else: then it can be told from other text.
    with tempfile.TemporaryDirectory(prefix="recommender-") as folder:
        for part in ("rules", "examples"):
            shutil.copytree(Path(root, part), Path(folder, part))
        rules = str(Path(folder, "rules"))
        text = dump_pack(load_pack(rules)).replace(folder.encode(), HOME)
        return stamp_of(rules) + b"\n" + sealed(text)
