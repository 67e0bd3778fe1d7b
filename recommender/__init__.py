"""Tell a deep-learning project which framework to build on, with reasons that can be checked.

Public names load when they are first used, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .engine import Recommendation, recommend
    from .judging.case import decide, judge, score
    from .judging.explanation import Explanation, explain
    from .judging.outcome import Decision
    from .judging.scoring import DecisionMatrix, Ranking, rank
    from .loading import load_observations, load_profile
    from .loading.packs import load_pack
    from .nouns.errors import PackError, ProfileError, RecommenderError
    from .nouns.observation import Observations
    from .nouns.pack import Pack
    from .nouns.profile import Profile
    from .output import render
    from .reflecting.counterfactual import Counterfactual, counterfactuals
    from .reflecting.interview import Inquiry, next_question
    from .reflecting.proof import Proof, settled
    from .reflecting.robustness import Sensitivity, sensitivity

_HOMES = {
    "Counterfactual": "reflecting.counterfactual",
    "Decision": "judging.outcome",
    "DecisionMatrix": "judging.scoring",
    "Explanation": "judging.explanation",
    "Inquiry": "reflecting.interview",
    "Observations": "nouns.observation",
    "Pack": "nouns.pack",
    "PackError": "nouns.errors",
    "Profile": "nouns.profile",
    "ProfileError": "nouns.errors",
    "Proof": "reflecting.proof",
    "Ranking": "judging.scoring",
    "Recommendation": "engine",
    "RecommenderError": "nouns.errors",
    "Sensitivity": "reflecting.robustness",
    "counterfactuals": "reflecting.counterfactual",
    "decide": "judging.case",
    "explain": "judging.explanation",
    "judge": "judging.case",
    "load_observations": "loading",
    "load_pack": "loading",
    "load_profile": "loading",
    "next_question": "reflecting.interview",
    "rank": "judging.scoring",
    "recommend": "engine",
    "render": "output",
    "score": "judging.case",
    "sensitivity": "reflecting.robustness",
    "settled": "reflecting.proof",
}

__all__ = [
    "Counterfactual",
    "Decision",
    "DecisionMatrix",
    "Explanation",
    "Inquiry",
    "Observations",
    "Pack",
    "PackError",
    "Profile",
    "ProfileError",
    "Proof",
    "Ranking",
    "Recommendation",
    "RecommenderError",
    "Sensitivity",
    "counterfactuals",
    "decide",
    "explain",
    "judge",
    "load_observations",
    "load_pack",
    "load_profile",
    "next_question",
    "rank",
    "recommend",
    "render",
    "score",
    "sensitivity",
    "settled",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
