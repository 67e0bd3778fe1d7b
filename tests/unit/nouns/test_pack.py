"""The pack: frozen values, and what is compiled from them remembered once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle

import pytest

from recommender import recommend
from recommender.judging.case import judge
from recommender.nouns.profile import Profile
from recommender.nouns.source import Citation


def test_a_pack_is_never_changed_again(toy):
    with pytest.raises(dataclasses.FrozenInstanceError):
        toy.version = "2.0.0"


def test_a_changed_copy_compiles_anew(toy):
    judge(Profile(), toy)
    assert toy.memo
    assert not dataclasses.replace(toy, rules={}).memo


def test_a_rule_and_a_constraint_say_which_passage_they_cite(toy):
    assert toy.rules["mornings-want-caffeine"].cites.says == "Coffee wakes you in the morning."
    assert toy.rules["sweet-tooth"].cites is None
    kettle = toy.constraints["tea-needs-a-kettle"]
    assert kettle.cites is None
    assert dataclasses.replace(kettle, sources=(Citation(cite="leaflet"),)).cites.cite == "leaflet"


def test_a_citation_is_spelt_out(toy):
    (cited,) = toy.rules["mornings-want-caffeine"].review.sources
    told = toy.reference(cited)
    assert (told.source, told.excerpt, told.title) == ("study", "caught-up", "A study of tea")
    assert (told.says, told.before, told.after) == (
        "Strong teas have caught up.", "", "Weak ones have not."
    )  # fmt: skip
    assert (told.publisher, told.interested, told.version) == (
        "Society of Tea", True, "second edition"
    )  # fmt: skip
    assert (told.published, told.read) == (dt.date(2026, 5, 20), dt.date(2026, 6, 1))


def test_a_page_may_be_cited_as_a_whole(toy):
    (cited,) = toy.constraints["tea-needs-a-kettle"].sources
    told = toy.reference(cited)
    assert (told.title, told.excerpt, told.says) == ("How to make tea", "", "")
    assert (told.published, told.interested) == (None, False)


def test_a_passage_of_a_document_is_spelt_out(toy):
    told = toy.reference(toy.rules["mornings-want-caffeine"].cites)
    assert (told.cite, told.says) == ("leaflet", "Coffee wakes you in the morning.")
    assert told.title == toy.documents["leaflet"].title
    assert (told.url, told.read) == ("", None)


def test_a_recommendation_travels_between_processes_without_what_was_compiled(toy):
    advice = recommend(Profile().answering({"hour": "evening"}), toy, samples=20)
    assert pickle.loads(pickle.dumps(advice)) == advice
    assert "memo" in vars(toy)
    assert "memo" not in vars(pickle.loads(pickle.dumps(toy)))
