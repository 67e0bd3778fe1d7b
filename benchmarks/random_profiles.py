"""Seeded projects: whole questionnaires, answered as a project might."""

from __future__ import annotations

from random import Random

from recommender.judging.open_answers import alternatives
from recommender.nouns.condition import Answer, holds
from recommender.nouns.pack import Pack
from recommender.nouns.profile import Profile

SIZES = (0, 1, 1, 1, 2, 2, 3)
"""How many options a `many` question is answered with, each as likely as the others."""

YEARS = (1, 2, 3, 5, 8, 10, 15)


def random_profiles(pack: Pack, count: int, seed: int = 1) -> list[Profile]:
    """Answer every question that applies, `count` times over; the same seed, the same answers."""
    rng = Random(seed)
    return [_whole(pack, rng) for _ in range(count)]


def _whole(pack: Pack, rng: Random) -> Profile:
    known: dict[str, Answer] = {}
    out: set[str] = set()
    for name, question in pack.questions.items():
        if question.when is not None and holds(question.when, known, out) is False:
            out.add(name)
        elif question.type == "many":
            options = list(question.choices)
            known[name] = frozenset(rng.sample(options, min(rng.choice(SIZES), len(options))))
        elif question.type == "number":
            known[name] = rng.choice(YEARS)
        else:
            known[name] = rng.choice(alternatives(pack, name))
    return Profile(known)


def forget(profile: Profile, count: int, rng: Random) -> Profile:
    """Leave some answers of a profile out, as unknown."""
    names = rng.sample(sorted(profile.answers), count)
    return profile.answering(dict.fromkeys(names))
