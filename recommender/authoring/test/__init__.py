"""The trial of a pack: its tests and examples through the engine, and what they would miss."""

from __future__ import annotations

from .cases import Trial, Verdict, try_pack
from .margins import update_leads
from .mutation import Mutation, mutate

__all__ = ["Mutation", "Trial", "Verdict", "mutate", "try_pack", "update_leads"]
