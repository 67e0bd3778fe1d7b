"""The head of a pack: its file, the keys that each file may have, the documents it encodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recommender.nouns.errors import Fault, Place, listing
from recommender.nouns.pack import Document

from .definitions import RuleFile, built
from .files import SIZE_LIMIT, first_bytes, real

if TYPE_CHECKING:
    from pathlib import Path

    from .models import DocumentText, PackText

OWN = ("candidate", "rates", "rules", "constraints", "routes", "sources", "examples")
"""What a candidate's file may hold, so that it can never reorder the others."""

OVERLAY_ONLY = ("reweigh", "retire")
FIRST_ONLY = (
    "thresholds", "targets", "formats", "this_machine", "users_choose", "never_together", "plan",
)  # fmt: skip


def head_of(
    files: Sequence[RuleFile], faults: list[Fault]
) -> tuple[PackText, RuleFile] | tuple[None, None]:
    """Return the head of the first pack and its file; overlays' heads are checked against it."""
    found: dict[int, tuple[PackText, RuleFile]] = {}
    named: dict[str, Place] = {}
    for file in files:
        head = file.text.pack
        if head is None:
            continue
        place = file.place("pack")
        if file.number in found or head.id in named:
            first = named.get(head.id) or found[file.number][1].place("pack")
            remedy = "a pack has one head, and each pack is given once"
            faults.append(Fault(place, f"a second head; first {first}", remedy))
            continue
        _check_extends(head, file, named, faults)
        found[file.number] = head, file
        named[head.id] = place
    if 0 not in found and files:
        remedy = "add a pack.yaml with `pack: {id, schema, version, title, dated}`"
        faults.append(Fault(Place(str(files[0].folder)), "has no `pack:` head", remedy))
    return found.get(0, (None, None))


def _check_extends(
    head: PackText, file: RuleFile, earlier: dict[str, Place], faults: list[Fault]
) -> None:
    if file.number == 0:
        if head.extends is not None:
            what = f"lies over the pack `{head.extends}`, and cannot be loaded alone"
            faults.append(Fault(file.place("pack", "extends"), what, "give it as an overlay"))
        return
    if head.extends is None:
        remedy = "say `extends:` to lay it over another, or load it alone"
        what = "is a complete pack, not an overlay"
        faults.append(Fault(file.place("pack"), what, remedy))
        return
    if head.extends not in earlier:
        what = f"extends `{head.extends}`, but lies over {listing(list(earlier))}"
        faults.append(Fault(file.place("pack", "extends"), what, "name the pack it was made for"))
    for key in FIRST_ONLY:
        if key in head.model_fields_set:
            word = key.replace("_", "-")
            what = f"`{word}` comes from the first pack"
            faults.append(Fault(file.place("pack", word), what, "leave it out of the overlay"))


def check_keys(file: RuleFile, faults: list[Fault]) -> None:
    """Add a fault for each key that does not belong in this kind of file."""
    for key in file.data:
        place = file.place(key)
        if file.text.candidate is not None and key not in OWN:
            what = f"a candidate's file cannot hold `{key}`"
            faults.append(Fault(place, what, "move it to a file of its own"))
        if file.text.candidate is None and key == "rates":
            what = "`rates` belong in the candidate's own file"
            faults.append(Fault(place, what, "add `candidate:` or use `favors`"))
        if file.number == 0 and key in OVERLAY_ONLY:
            what = f"`{key}` is for overlay packs"
            faults.append(Fault(place, what, "change the entry itself"))
        if key in ("sentences", "phrases") and file.text.locale is None:
            faults.append(Fault(place, f"`{key}` needs a `locale`", "add `locale: zh`"))


def documents_of(files: Sequence[RuleFile], faults: list[Fault]) -> dict[str, Document]:
    """Return the texts that the packs encode, each from its own pack's `documents` folder."""
    found: dict[str, Document] = {}
    for file in files:
        for index, text in enumerate(file.text.pack.documents if file.text.pack else ()):
            place = file.place("pack", "documents", index)
            if text.id in found:
                what = f"`{text.id}` is already defined at {found[text.id].place}"
                faults.append(Fault(place, what, "give one of them another id"))
                continue
            words = _words(file.folder / "documents", text)
            if words is None:
                what = f"the document `{text.file}` cannot be read"
                remedy = "put it as UTF-8 text in the pack's `documents` folder"
                faults.append(Fault(place, what, remedy))
            found[text.id] = built(Document, text, text=words or "", place=place)
    return found


def _words(folder: Path, text: DocumentText) -> str | None:
    path = folder / text.file
    try:
        if not real(path).is_relative_to(real(folder)):
            return None
        raw = first_bytes(path, plain=True)
        return raw.decode("utf-8-sig").replace("\r\n", "\n") if len(raw) <= SIZE_LIMIT else None
    except (OSError, UnicodeDecodeError):
        return None
