"""The referral: a sentence of the pack on what outside the candidates is to be tried first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .condition import Condition, RuleTest
from .errors import Place
from .source import Checked, Citation, Evidence


@dataclass(frozen=True, slots=True)
class Referral:
    """Something outside the candidates to ask about first; it changes no score.

    It is told where `when` is surely true and `unless` is not: neither counts on an answer that
    nobody gave. `instead` names what to try. It was `reviewed` on a day, and is to be read again
    by the day on which it `expires`.
    """

    id: str
    sentence: str
    instead: tuple[str, ...]
    when: Condition
    place: Place
    unless: Condition | None = None
    sources: tuple[Citation, ...] = ()
    evidence: Evidence = "judged"
    cases: tuple[RuleTest, ...] = ()
    reviewed: dt.date | None = None
    expires: dt.date | None = None
    volatile: bool = False
    checked: Checked | None = None
