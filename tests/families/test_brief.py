"""Brief advice: what matters most of every case, in no more characters than it promises."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import load_pack, load_profile, recommend
from recommender.nouns.profile import Profile
from recommender.nouns.source import Citation
from recommender.output.brief import LIMIT, MOST, brief
from recommender.output.formats.json import write

EXAMPLES = sorted(Path("examples").glob("*.yaml"))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("lens", ["today", "document"])
def test_every_example_fits(language, lens):
    pack = load_pack()
    for path in EXAMPLES:
        advice = recommend(load_profile(path, pack), pack, lens=lens, samples=0)
        told = brief(advice, language=language)
        assert len(write(told)) <= LIMIT, path
        assert told["language"] == language
        assert (told["best"], told["outcome"], told["lens"]) == (advice.best, advice.outcome, lens)
        first, second = advice.rivals()
        for candidate, other in ((first, second), (second, first)):
            mine = [each["rule"] for each in told["reasons"] if each["favors"] == candidate]
            strongest = advice.explanation.moving(candidate, over=other)[:3]
            assert mine == [reason.rule for reason in strongest], path


@pytest.mark.parametrize("answers", [{}, {"targets": "unknown"}])
def test_with_nothing_answered_there_are_questions_and_no_figure(answers):
    pack = load_pack()
    told = brief(recommend(load_profile({"answers": answers}, pack), pack, samples=0))
    assert told["probability"] is None
    assert told["plan"] == told["reasons"] == []
    asked = [each["question"] for each in told["ask_next"]]
    assert len(asked) == MOST
    assert pack.questions[asked[0]].ask in told["headline"]
    assert not {*asked} & {*answers}


def test_an_answer_to_be_expected_that_turns_it_comes_first(turned):
    advice = recommend(turned, load_pack(), samples=0)
    first, second = advice.rivals()
    reason = advice.explanation.expecting(first, second)[0]
    told = brief(advice)["reasons"][0]
    assert (told["favors"], told["rule"]) == (first, reason.rule)
    assert told["says"].startswith("Not settled: ")
    assert told["counts_in"] == reason.likelihood / 10_000
    assert float(told["points"]) == reason.expected(first, second) / 100


def test_reference_projects_fit_and_most_are_whole():
    pack = load_pack()
    shortened = 0
    some = pack.population[::4]
    for project in some:
        advice = recommend(Profile(answers=project.answers, name=project.id), pack, samples=0)
        text = write(brief(advice))
        assert len(text) <= LIMIT, project.id
        shortened += "…" in text
    assert shortened < len(some) / 2


def test_each_reason_names_a_source_with_its_date_or_its_words():
    pack = load_pack()
    for path in EXAMPLES:
        for reason in brief(recommend(load_profile(path, pack), pack, samples=0))["reasons"]:
            source = reason["source"]
            assert source["title"], reason
            assert source.get("read") or source.get("says"), reason


def test_what_was_answered_with_unknown_is_not_asked_next(toy):
    asked = brief(recommend(load_profile({"answers": {}}, toy), toy))["ask_next"]
    assert 1 <= len(asked) <= MOST
    first = asked[0]["question"]
    profile = load_profile({"answers": {first: "unknown"}}, toy)
    again = brief(recommend(profile, toy))["ask_next"]
    assert first not in [each["question"] for each in again]


def test_what_excludes_and_what_may_is_told(toy):
    told = brief(recommend(load_profile({"answers": {"no-kettle": True}}, toy), toy))
    assert told["excluded"][0]["candidates"] == ["tea"]
    assert told["excluded"][0]["says"] == toy.constraints[told["excluded"][0]["constraint"]].because
    open_ = brief(recommend(load_profile({"answers": {"hour": "evening", "sugar": 5}}, toy), toy))
    assert open_["possibly_excluded"][0]["depends_on"] == ["no-kettle"]


@given(st.text(min_size=1, max_size=40), st.integers(1, 400))
def test_words_of_any_length_fit(toy, text, times):
    long = text * times
    pack = dataclasses.replace(
        toy,
        sources={
            name: dataclasses.replace(each, title=long, url=f"https://a.test/{'x' * times * 10}")
            for name, each in toy.sources.items()
        },
        rules={
            name: dataclasses.replace(
                rule, because=long, review=None, sources=(Citation(source="study"),)
            )
            for name, rule in toy.rules.items()
        },
        constraints={
            name: dataclasses.replace(each, because=long) for name, each in toy.constraints.items()
        },
        questions={
            name: dataclasses.replace(each, ask=long) for name, each in toy.questions.items()
        },
        candidates={name: each._replace(title=long) for name, each in toy.candidates.items()},
    )
    for answers in ({}, {"hour": "evening"}, {"hour": "evening", "no-kettle": True}):
        profile = load_profile({"name": "n" * times, "answers": answers}, toy)
        assert len(write(brief(recommend(profile, pack, samples=0)))) <= LIMIT
