"""A pack for programs: by which rules they are advised (docs/json.md)."""

from __future__ import annotations

from typing import Any

from recommender.language import ENGLISH
from recommender.nouns.pack import Pack


def summary(pack: Pack) -> dict[str, Any]:
    """Return a pack in short: version, languages, candidates, criteria, ids.

    >>> from recommender import load_pack
    >>> list(summary(load_pack("tests/toy/rules"))["candidates"])
    ['coffee', 'tea']
    """
    return {
        "id": pack.id,
        "version": pack.version,
        "title": pack.title,
        "dated": pack.dated,
        "digest": pack.digest,
        "languages": [ENGLISH, *sorted(pack.locales)],
        "candidates": {
            each.id: {"title": each.title, "about": each.about, "home": each.home}
            for each in pack.candidates.values()
        },
        "criteria": {
            each.id: {"title": each.title, "about": each.about, "weight": each.weight}
            for each in pack.criteria.values()
        },
        "documents": {each.id: each.title for each in pack.documents.values()},
        "questions": list(pack.questions),
        "rules": list(pack.rules),
        "constraints": {each.id: each.because for each in pack.constraints.values()},
        "routes": [each.id for each in pack.routes],
        "referrals": {each.id: each.sentence for each in pack.referrals.values()},
        "libraries": {each.id: each.name for each in pack.libraries.values()},
    }
