"""Bills of materials: a CycloneDX file in JSON in place of a tree."""

from __future__ import annotations

import json
from typing import Any

from .source_file import Clues, Seen, SourceFile, Unread

MOST = 32_000_000


def clues_of_materials(file: SourceFile) -> Clues:
    """Yield the packages of a bill of materials; raises `Unread` where it is none."""
    from cyclonedx.exception import CycloneDxException  # noqa: PLC0415  (a quarter of a second)
    from cyclonedx.model.bom import Bom  # noqa: PLC0415

    text = file.text(MOST)
    try:
        data: Any = json.loads(text)
        if not isinstance(data, dict) or data.get("bomFormat") != "CycloneDX":
            raise Unread("is neither a folder nor a CycloneDX file in JSON")
        bom: Bom | None = Bom.from_json(data)  # type: ignore[attr-defined]
    except (
        CycloneDxException,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
    ) as error:
        raise Unread(f"is no whole CycloneDX file in JSON: {error}") from None
    lines = text.splitlines()
    for component in bom.components if bom is not None else ():
        url = component.purl
        if url is None:
            continue
        between = ":" if url.type == "maven" else "/"
        name = f"{url.namespace}{between}{url.name}" if url.namespace else url.name
        index = {"maven": "gradle", "golang": "go"}.get(url.type, url.type)
        major = str(url.version or "").partition(".")[0]
        where = next((n for n, line in enumerate(lines, 1) if url.to_string() in line), 1)
        yield Seen("package", f"{index}:{name}", where, (major,) if major.isdigit() else ())
