"""Tests of a pack: its cases and examples run through the engine, and mutants of its rules."""

from __future__ import annotations

from .cases import Trial, Verdict, try_pack
from .margins import update_leads
from .mutation import Mutation, mutate

__all__ = ["Mutation", "Trial", "Verdict", "mutate", "try_pack", "update_leads"]
