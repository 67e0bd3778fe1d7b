"""What the head of a pack says of plans, with every candidate and format that it names checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recommender.nouns.plan import Planning, Staying

from .conditions import ConditionReader
from .definitions import Definitions, RuleFile, built

if TYPE_CHECKING:
    from .models import PackText
    from .plan_models import StayingText


def planning_of(pack: Definitions, head: PackText, file: RuleFile) -> Planning:
    """Return what the head of the first pack tells of plans."""
    text, where = head.plan, ("pack", "plan")
    if "plan" not in head.model_fields_set:
        return Planning()
    raw = file.data["pack"]["plan"]
    reader = ConditionReader(pack.questions, file.name, pack.faults)
    for name in text.existing:
        pack.known(name, "candidate", pack.candidates, file.place(*where, "existing", name))
    formats = pack.questions[head.formats].choices if head.formats in pack.questions else {}

    def staying(each: StayingText, entry: dict[str, Any], *path: str | int) -> Staying:
        place = file.place(*where, *path)
        if each.format:
            pack.known(each.format, "format", formats, place)
        when = reader.read(entry.get("when"), entry, "when")
        return built(Staying, each, when=when, place=place)

    def named(key: str) -> dict[str, Any]:
        return {name: reader.read(raw[key][name], raw[key], name) for name in raw.get(key, ())}

    return Planning(
        reader.read(raw["trains"], raw, "trains") if text.trains else None,
        named("existing"),
        tuple(staying(e, raw["stays"][i], "stays", i) for i, e in enumerate(text.stays)),
        named("platforms"),
        named("pythons"),
        staying(text.portable, raw["portable"], "portable") if text.portable else None,
        staying(text.foreign, raw["foreign"], "foreign") if text.foreign else None,
    )
