"""Two thousand recommendations made at once are the ones made one after another."""

from concurrent.futures import ThreadPoolExecutor

from recommender import load_pack, load_profile, recommend, render

PROJECTS = [
    {"answers": {"hour": hour, "milk": milk, "sugar": sugar, "cups": 2}}
    for hour in ("morning", "evening", None)
    for milk in (True, False)
    for sugar in (0, 3, None)
]
CALLS = 2000


def test_two_thousand_recommendations_from_threads_agree_with_one():
    def advise(pack, number):
        profile = load_profile(PROJECTS[number % len(PROJECTS)], pack)
        return render(recommend(profile, pack, samples=20), "json")

    alone = load_pack("tests/toy/rules")
    expected = [advise(alone, number) for number in range(len(PROJECTS))]
    shared = load_pack("tests/toy/rules")  # nothing of it is compiled yet
    with ThreadPoolExecutor(32) as threads:
        found = list(threads.map(lambda number: advise(shared, number), range(CALLS)))
    assert all(text == expected[number % len(PROJECTS)] for number, text in enumerate(found))
