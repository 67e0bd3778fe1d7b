"""The population: real projects by which open answers are completed, and what support is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .condition import Answer
    from .errors import Place


class ReferenceProject(NamedTuple):
    """A real project of the pack's population: what is known of its situation, not how it ended.

    Projects of one `cluster` (an organisation, a library family, a source) are not independent of
    each other: where one of them is examined, all of them are left out.
    """

    id: str
    cluster: str
    answers: Mapping[str, Answer]
    source: str
    place: Place


class CalibrationPoint(NamedTuple):
    """The probability that advice with this much support is right; both in thousandths."""

    support: int
    probability: int
