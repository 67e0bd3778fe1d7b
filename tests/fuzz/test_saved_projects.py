"""Whatever a project holds, the file that `ask` saves of it is read back as the same project."""

import math

from hypothesis import given
from hypothesis import strategies as st

from recommender import load_pack, load_profile
from recommender.loading import read_profile
from recommender.projects.project_file import project_text

PACK = load_pack("tests/toy/rules")
words = st.text(max_size=40)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
answers = st.fixed_dictionaries(
    {},
    optional={
        "hour": st.sampled_from(["morning", "evening"]),
        "milk": st.booleans(),
    },
)


@given(words, words, answers, st.dictionaries(words.map("x-{}".format), plain, max_size=3))
def test_a_saved_project_is_the_same_project(name, notes, given_, extras):
    profile = load_profile({"name": name, "notes": notes, "answers": given_, **extras}, PACK)
    text = project_text(profile, PACK)
    again = read_profile(text, "saved.yaml", PACK)
    assert again.answers == profile.answers
    assert again.name == (name or "project")
    assert again.notes == notes
    assert again.extras == profile.extras
    assert not any(each < " " and each != "\n" for each in text)


@given(st.floats(1 - 10**15, 10**15 - 1).filter(lambda n: n == 0 or abs(n) > 1e-90))
def test_a_saved_number_is_the_same_number(number):
    for shown in (number, math.floor(number)):
        text = f"answers: {{}}\nx-number: {shown!r}\n"
        assert read_profile(text, "p.yaml", PACK).extras["x-number"] == shown


def test_digits_too_many_for_a_number_stay_text():
    text = "answers: {}\nx-id: 12345678901234567\n"
    assert read_profile(text, "p.yaml", PACK).extras["x-id"] == "12345678901234567"
