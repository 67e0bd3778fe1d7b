"""What people and programs read: recommendations and other results, in words and in formats."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from recommender.engine import Recommendation
from recommender.nouns.errors import UsageError, did_you_mean

from .formats import Format, names


def render(
    advice: Recommendation,
    format: Format = "text",  # noqa: A002
    *,
    language: str = "en",
    full: bool = False,
    verbose: bool = False,
) -> str:
    """Return a recommendation in one of the formats; raises `UsageError` for another.

    What people read is one screen; `full` has the whole account, and `verbose` names each rule by
    its id. Formats for programs have it all in any case.

    >>> from recommender import load_pack, load_profile, recommend
    >>> pack = load_pack("tests/toy/rules")
    >>> advice = recommend(load_profile("tests/toy/examples/night-owl.yaml", pack), pack)
    >>> render(advice, "json").startswith("{")
    True
    """
    return render_all([advice], format, language=language, full=full, verbose=verbose)


def render_all(
    advised: Sequence[Recommendation],
    format: Format = "text",  # noqa: A002
    *,
    language: str = "en",
    full: bool = False,
    verbose: bool = False,
) -> str:
    """Return several recommendations as one text; raises `UsageError` for an unknown format.

    A format whose texts cannot simply follow one another defines its own `render_all`.
    """
    if not all(hasattr(each, "explanation") for each in advised):
        raise UsageError("`advice` must be a Recommendation; make one with recommend()")
    if format not in names():
        raise UsageError(f"there is no format `{format}`; {did_you_mean(format, names())}")
    module = import_module(f"{__name__}.formats.{format}")
    how: dict[str, Any] = {"language": language, "full": full, "verbose": verbose}
    if len(advised) != 1 and hasattr(module, "render_all"):
        together: str = module.render_all(advised, **how)
        return together
    return "\n".join(module.render(advice, **how) for advice in advised)
