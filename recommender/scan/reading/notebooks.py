"""Notebooks: their code cells, never their outputs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from recommender.scan.bounds import LARGEST_NOTEBOOK
from recommender.scan.source_file import Clues, Seen, SourceFile, Unread

from .python_code import clues_of
from .requirements import installed


def reads(path: str) -> bool:
    """Return whether a path is that of a notebook."""
    return path.endswith(".ipynb")


def read(file: SourceFile) -> Clues:
    """Yield what the code cells import, use and install; lines are those of the cells together."""
    data = _data_of(file)
    for kind in _services(data):
        yield Seen("setting", f"notebook:{kind}", 1)
    code = _lines_of(data)
    for number, line in enumerate(code, 1):
        if line.lstrip().startswith(("!", "%")):
            yield from installed(line, number)
    yield from clues_of(_plain(code))


def code_of(file: SourceFile) -> str:
    """Return the code cells as one text, without what only IPython runs."""
    return _plain(_lines_of(_data_of(file)))


def _plain(code: list[str]) -> str:
    # What only IPython runs would be a fault of syntax.
    return "\n".join("pass" if line.lstrip().startswith(("!", "%", "?")) else line for line in code)


def _services(data: Any) -> Iterator[str]:
    """Yield the services and the Python that ran a notebook, and whether on an accelerator."""
    meta = data.get("metadata")
    meta = meta if isinstance(meta, dict) else {}
    for kind in ("colab", "kaggle", "accelerator"):
        if meta.get(kind):
            yield kind
    language = meta.get("language_info")
    version = language.get("version") if isinstance(language, dict) else None
    if found := re.match(r"(2|3\.\d+)\.", str(version)):
        yield f"python {found[1]}"


def _data_of(file: SourceFile) -> dict[str, Any]:
    if file.size > LARGEST_NOTEBOOK:
        raise Unread(f"is larger than {LARGEST_NOTEBOOK:,} bytes")
    try:
        data: Any = json.loads(file.text(LARGEST_NOTEBOOK))
    except (ValueError, RecursionError) as error:
        raise Unread(f"is no notebook: {error}") from None
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
        raise Unread("is no notebook: it has no `cells`")
    return data


def _lines_of(data: dict[str, Any]) -> list[str]:
    code: list[str] = []
    for cell in data["cells"]:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            code += _lines(cell.get("source"))
    return code


def _lines(source: Any) -> list[str]:
    text = "".join(map(str, source)) if isinstance(source, list) else str(source or "")
    return ["pass" if text.startswith("%%") else line for line in text.splitlines()]
