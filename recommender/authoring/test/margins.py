"""Leads in examples: today's margins written into the examples that state one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from recommender.atomic_files import write_atomically
from recommender.judging.case import score
from recommender.loading.yaml_spans import Edit, Spans, edited
from recommender.loading.yaml_text import read_text, spot_of

from .cases import exhibits, lens_of

if TYPE_CHECKING:
    from recommender.loading.full_pack import WholePack
    from recommender.nouns.errors import Place


def update_leads(whole: WholePack) -> list[str]:
    """Write today's lead into the examples that state one; return the changed files' names."""
    edits: dict[str, list[Edit]] = {}
    texts: dict[str, str] = {}
    for exhibit in exhibits(whole):
        file = exhibit.example.place.file
        text = texts.setdefault(file, Path(file).read_text("utf-8"))
        data, spans = read_text(text, file, []), Spans(text)
        for expected in exhibit.example.expect:
            if expected.lead is None or exhibit.fault:
                continue
            path = _lead_path(data, exhibit.example.place, expected.lens)
            found = spans.value(path) if path else None
            if found:
                now = score(exhibit.profile, exhibit.pack, lens=lens_of(expected)).lead
                edits.setdefault(file, []).append(Edit(file, *found, f"{now / 100:g}"))
    changed = []
    for file, each in edits.items():
        after = edited(texts[file], each)
        if after != texts[file]:
            write_atomically(file, after, force=True)
            changed.append(file)
    return changed


def _lead_path(data: Any, place: Place, lens: str) -> tuple[str | int, ...]:
    for index, _ in enumerate(data["examples"]):
        if spot_of(data, ("examples", index)) == (place.line, place.column):
            inner = (lens,) if lens in data["examples"][index]["expect"] else ()
            return ("examples", index, "expect", *inner, "lead")
    return ()
