"""Many threads that score at once agree with one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from recommender import load_pack, load_profile, score
from recommender.judging.lens import LENSES
from tests.conftest import TOY

ANSWERS = [
    {"hour": hour, "sugar": sugar, "place": place, "cups": cups, "milk": milk}
    for hour in ("morning", "evening", None)
    for sugar in (0, 4, None)
    for place in (["home"], ["train", "office"], "none", None)
    for cups in (2, 7.5)
    for milk in (True, False, None)
]


def test_many_threads_agree_with_one():
    def decide(pack, answers):
        profile = load_profile({"answers": answers}, pack)
        return [score(profile, pack, lens=lens) for lens in LENSES]

    lone = load_pack(TOY)
    expected = [decide(lone, answers) for answers in ANSWERS]
    for _ in range(3):  # a fresh pack each time: its memo fills while the threads race
        shared = load_pack(TOY)
        with ThreadPoolExecutor(16) as threads:
            found = list(threads.map(partial(decide, shared), ANSWERS * 2))
        assert found == expected * 2
