"""Readers of a repository's files: each module says which it reads, and what clues it sees there.

A module has `reads(path)`, of a path within the repository, and `read(file)`, which yields clues.
"""

from __future__ import annotations

from . import (
    clusters,
    conda,
    containers,
    locks,
    manifests,
    model_files,
    notebooks,
    other_code,
    pyproject,
    python_code,
    readme,
    requirements,
    setup_files,
)

READERS = (
    requirements, pyproject, setup_files, conda, manifests, containers, model_files, readme, locks,
    clusters, python_code, notebooks, other_code,
)  # fmt: skip
"""In the order in which they are asked and read: what tells most by the byte comes first."""

CODE = (python_code, notebooks, other_code)
"""Those whose files are bounded on their own, as most of a repository is theirs."""
