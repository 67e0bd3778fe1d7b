"""The population of a pack (answers of real projects), and the calibration of its probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from recommender.nouns.condition import Answer
from recommender.nouns.population import CalibrationPoint, ReferenceProject

from .answers import read_answers
from .files import digest_of

if TYPE_CHECKING:
    from .definitions import Definitions, Row, RuleFile


def population_of(pack: Definitions) -> tuple[ReferenceProject, ...]:
    """Return the reference projects of the last pack that has any."""

    def project(row: Row, text: Any) -> ReferenceProject:
        answers = read_answers(row.raw["answers"], pack.questions, row.file.name, pack.faults)
        cluster = text.cluster or text.id
        return ReferenceProject(text.id, cluster, answers, text.source, row.place())

    found: dict[str, ReferenceProject] = {}
    for number in sorted({file.number for file in pack.files if file.text.population}):
        files = [file for file in pack.files if file.number == number]
        found = pack.unite("population", project, files)
    return tuple(found.values())


def calibration_of(files: Sequence[RuleFile]) -> tuple[CalibrationPoint, ...]:
    """Return the calibration of the pack that gives the population."""
    last = max((file.number for file in files if file.text.population), default=0)
    return tuple(
        CalibrationPoint(round(each.support * 1000), round(each.probability * 1000))
        for file in files
        if file.number == last
        for each in file.text.calibration
    )


def asked_of(files: Sequence[RuleFile]) -> tuple[int, int] | None:
    """Return how many questions interviews of the last population mostly ask, where it says so."""
    last = max((file.number for file in files if file.text.population), default=0)
    told = (file.text.asked for file in files if file.number == last)
    return next((each for each in told if each is not None), None)


def population_digest(
    population: Sequence[ReferenceProject], calibration: Sequence[CalibrationPoint]
) -> str:
    """Return a digest of reference projects and calibration, whatever the order of answers."""

    def plain(answer: Answer) -> Answer | list[str]:
        return sorted(answer) if isinstance(answer, frozenset) else answer

    projects = [
        (each.id, each.cluster, sorted((name, plain(a)) for name, a in each.answers.items()))
        for each in population
    ]
    points = [(each.support, each.probability) for each in calibration]
    return digest_of([repr(part).encode() for part in (projects, points)])
