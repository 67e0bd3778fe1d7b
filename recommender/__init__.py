"""Tell a deep-learning project which framework to build on, with reasons that can be checked.

Public names load when they are first used, so that importing this package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .counterfactual import Counterfactual, counterfactuals
    from .engine import Recommendation, recommend
    from .errors import PackError, ProfileError, RecommenderError
    from .explanation import Explanation, explain
    from .interview import Inquiry, next_question
    from .loading import load_observations, load_profile
    from .loading.packs import load_pack
    from .observation import Observations
    from .output import render
    from .pack import Pack
    from .profile import Profile
    from .proof import Proof, settled
    from .robustness import Sensitivity, sensitivity
    from .scoring import DecisionMatrix, Ranking, judge, rank, score

_HOMES = {
    "Counterfactual": "counterfactual",
    "DecisionMatrix": "scoring",
    "Explanation": "explanation",
    "Inquiry": "interview",
    "Observations": "observation",
    "Pack": "pack",
    "PackError": "errors",
    "Profile": "profile",
    "ProfileError": "errors",
    "Proof": "proof",
    "Ranking": "scoring",
    "Recommendation": "engine",
    "RecommenderError": "errors",
    "Sensitivity": "robustness",
    "counterfactuals": "counterfactual",
    "explain": "explanation",
    "judge": "scoring",
    "load_observations": "loading",
    "load_pack": "loading",
    "load_profile": "loading",
    "next_question": "interview",
    "rank": "scoring",
    "recommend": "engine",
    "render": "output",
    "score": "scoring",
    "sensitivity": "robustness",
    "settled": "proof",
}

__all__ = [
    "Counterfactual",
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
