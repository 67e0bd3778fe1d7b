"""Rendering: lay a template's folders over one another and let copier fill them in."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recommender.nouns.errors import lacks_extra

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .templates import Template


def check_copier() -> None:
    """Raise `UsageError` if copier is not installed."""
    try:
        import copier  # noqa: F401, PLC0415  (an extra; only where a project is started)
    except ImportError:
        raise lacks_extra("starting a project", "start") from None


def render_template(
    template: Template, kind: str, data: Mapping[str, Any], into: Path, language: str = "en"
) -> None:
    """Write a template's files; they run nothing, as copier is given no trust.

    A file `NAME.LANGUAGE.ENDING` takes the place of `NAME.ENDING` in that language alone.
    """
    check_copier()
    import copier  # noqa: PLC0415  (an extra)

    with tempfile.TemporaryDirectory() as name:
        whole = Path(name)
        for folder in template.folders:
            for part in (folder / "files", folder / "kinds" / kind):
                if part.is_dir():
                    shutil.copytree(part, whole, dirs_exist_ok=True)
        for path in whole.glob("*.??.md.jinja"):
            stem, spoken, ending = path.name.split(".", 2)
            if spoken == language:
                path.replace(whole / f"{stem}.{ending}")
            else:
                path.unlink()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            copier.run_copy(
                str(whole), into, data=dict(data), defaults=True, quiet=True, unsafe=False
            )
