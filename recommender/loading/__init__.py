"""The only readers of files: rule packs, project files and probe reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .projects import load_profile, read_profile

if TYPE_CHECKING:
    from .packs import load_pack
    from .reports import load_observations

__all__ = ["load_observations", "load_pack", "load_profile", "read_profile"]


def __getattr__(name: str) -> object:
    # Reading a pack needs pydantic, and few read a report; checking a project needs neither.
    if name == "load_pack":
        from .packs import load_pack  # noqa: PLC0415

        return load_pack
    if name == "load_observations":
        from .reports import load_observations  # noqa: PLC0415

        return load_observations
    raise AttributeError(name)
