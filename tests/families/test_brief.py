"""Brief advice: what matters most of every case, in no more characters than it promises."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender import load_pack, load_profile, recommend, render
from recommender.nouns.profile import Profile
from recommender.nouns.source import Citation
from recommender.output.brief import LIMIT, MOST, MOST_STEPS, WIDTHS, brief
from recommender.output.document import linked, words
from recommender.output.formats.json import write
from recommender.output.headline import headline
from recommender.output.plan import plan_told
from recommender.output.reasons import strongest
from recommender.output.teller import Teller, shown

EXAMPLES = sorted(Path("examples").glob("*.yaml"))


def assert_first_of(told, found):
    """What is told are the first of what is found, one at least."""
    assert told == found[: max(1, len(told))]


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
            assert_first_of(mine, [reason.rule for reason in strongest])


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


def test_an_answer_to_be_expected_that_turns_it_is_among_the_reasons(turned):
    advice = recommend(turned, load_pack(), samples=0)
    first, second = advice.rivals()
    reason = advice.explanation.expecting(first, second)[0]
    [told] = [each for each in brief(advice)["reasons"] if each["rule"] == reason.rule]
    assert told["favors"] == first
    assert told["says"].startswith("Not settled: ")
    assert told["counts_in"] == reason.likelihood / 10_000
    assert float(told["points"]) == reason.expected(first, second) / 100


VIBRATION = {
    "goal": "product", "targets": ["microcontroller"], "fixed-artefact": ["vendor-toolchain"],
    "fixed-formats": ["tflite", "keras", "onnx"], "model-kind": ["time-series"],
    "team-experience": ["pytorch"],
}  # fmt: skip


def test_what_seldom_counts_is_not_told_before_what_moves_more():
    pack = load_pack()
    advice = recommend(load_profile({"answers": VIBRATION}, pack), pack, samples=0)
    told = [each for each in brief(advice)["reasons"] if each["favors"] == advice.best]
    assert [each.get("counts_in", 1) < 1 / 2 for each in told] == [False, True]
    moved = [float(each["points"]) for each in told]
    assert moved == sorted(moved, reverse=True)


def test_every_account_tells_the_same_reasons_in_the_same_order():
    pack = load_pack()
    for project in ({"name": "x", "answers": VIBRATION}, *EXAMPLES):
        advice = recommend(load_profile(project, pack), pack, samples=0)
        teller = Teller(advice, "en")
        record = render(advice, "adr").split("### Consequences")[1].split("### Confirmation")[0]
        for candidate, other in (advice.rivals(), advice.rivals()[::-1]):
            told = [
                each["rule"] for each in brief(advice)["reasons"] if each["favors"] == candidate
            ]
            found = strongest(teller, candidate, other)
            assert_first_of(told, [each.rule for each in found])
            places = [record.index(shown(each.place, pack)) for each in found]
            assert places == sorted(places)


CROWDED = {
    "goal": "product", "targets": ["ios", "microcontroller"], "hardware": ["amd"],
    "model-source": ["llm"], "existing-code": ["tensorflow-2"], "model-kind": ["tabular"],
}  # fmt: skip


def test_headline_plan_and_addresses_are_whole_and_few_reasons_are_shortened():
    pack = load_pack()
    some = [Profile(answers=each.answers, name=each.id) for each in pack.population[::4]]
    pages = {each.title: each.url for each in pack.sources.values() if linked(each.url)}
    shortened = 0
    for project in (load_profile({"answers": CROWDED}, pack), *some):
        advice = recommend(project, pack, samples=0)
        told = brief(advice)
        assert len(write(told)) <= LIMIT, project.name
        assert told["headline"] == words(headline(Teller(advice, "en"))), project.name
        assert [each["says"] for each in told["plan"]] == plan_told(advice)[:MOST_STEPS]
        for cited in [each["source"] for each in told["reasons"]]:
            assert cited["url"] == pages.get(cited["title"], ""), project.name
        says = [each["says"] for each in told["reasons"]]
        assert all(len(each) >= WIDTHS[-1] - 1 for each in says if each.endswith("…"))
        shortened += any(each.endswith("…") for each in says)
    assert shortened < len(some) / 5


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
