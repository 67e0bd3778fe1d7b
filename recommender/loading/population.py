"""The population of a pack: real projects' answers, and what support comes to as probability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recommender.nouns.errors import Fault
from recommender.nouns.pack import CalibrationPoint, ReferenceProject

from .answers import read_answers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from recommender.nouns.pack import Question

    from .definitions import RuleFile


def population_of(
    files: Sequence[RuleFile], questions: Mapping[str, Question], faults: list[Fault]
) -> tuple[ReferenceProject, ...]:
    """Read the reference projects: those of the last of the packs that has any."""
    last = _last(files)
    found: dict[str, ReferenceProject] = {}
    for file in files:
        for index, text in enumerate(file.text.population):
            place = file.place("population", index)
            data = file.data["population"][index]["answers"]
            answers = read_answers(data, questions, file.name, faults)
            if file.number != last:
                continue
            if text.id in found:
                what = f"`{text.id}` is already defined at {found[text.id].place}"
                faults.append(Fault(place, what, "give one of them another id"))
            cluster = text.cluster or text.id
            found[text.id] = ReferenceProject(text.id, cluster, answers, text.source, place)
    return tuple(found.values())


def calibration_of(files: Sequence[RuleFile]) -> tuple[CalibrationPoint, ...]:
    """Read the calibration of the pack whose population counts."""
    last = _last(files)
    return tuple(
        CalibrationPoint(round(each.support * 1000), round(each.probability * 1000))
        for file in files
        if file.number == last
        for each in file.text.calibration
    )


def _last(files: Sequence[RuleFile]) -> int:
    """Return the number of the last pack that has a population."""
    return max((file.number for file in files if file.text.population), default=0)
