"""What parts two projects adds up, by what is known and by what is expected."""

from itertools import pairwise

import pytest

from recommender import load_pack, load_profile, recommend
from recommender.language import Language
from recommender.output.compare import as_data, told
from recommender.output.document import words
from recommender.projects.compare import contrast
from tests.conftest import ROOT

PACK = load_pack()
PANEL = sorted((ROOT / "tests" / "pack" / "panel").glob("*.yaml"))[::9]


def profile(answers, name):
    return load_profile({"name": name, "answers": answers}, PACK)


@pytest.mark.parametrize("files", [*pairwise(PANEL)], ids=lambda files: files[0].stem)
def test_the_rules_add_up_to_the_difference_of_the_margins(files):
    one, other = (load_profile(str(each), PACK) for each in files)
    found = contrast(one, other, PACK)
    first, rival = found.first, found.rival
    margins, expected = [], []
    for advice in found.advice:
        scores = advice.ranking.scores
        margins.append(scores[first] - scores[rival])
        open_ = sum(each.expected(first, over=rival) for each in advice.explanation.reasons)
        expected.append(margins[-1] + open_)
    known = sum(each.one - each.other for each in found.partings)
    assert known == margins[0] - margins[1]
    whole = known + sum(each.expected_one - each.expected_other for each in found.partings)
    assert whole == expected[0] - expected[1]


def test_each_is_advised_as_it_is_alone():
    one = profile({"goal": "product", "targets": ["microcontroller"]}, "chip")
    other = profile({"goal": "product", "model-source": ["llm"]}, "chat")
    found = contrast(one, other, PACK)
    assert not found.same
    for advice, alone in zip(found.advice, (one, other), strict=True):
        assert advice.decision == recommend(alone, PACK).decision
    chip, chat = as_data(found)["projects"]
    assert chip["headline"].startswith("chip: train in TensorFlow, ship as LiteRT")
    assert [step.act for step in chip["plan"]] == [step.act for step in found.advice[0].plan]
    assert chat["best"] == "pytorch"
    assert 0.5 < chat["support"]["probability"] <= 0.98


def test_two_that_build_alike_and_ship_otherwise_are_told_so():
    one = profile({"goal": "product", "targets": ["browser"], "model-source": ["llm"]}, "page")
    other = profile({"goal": "product", "targets": ["server"], "model-source": ["llm"]}, "server")
    found = contrast(one, other, PACK)
    assert found.same
    report = told(found, Language(PACK, "en"))
    assert words(report.headline) == "Both are advised alike."
    page, server = report.sections[0].blocks[0].items
    shipped = [" ".join(words(line) for line in each.details) for each in (page, server)]
    assert "Ship to “A web page" in shipped[0]
    assert "Ship to “A server" in shipped[1]


def test_what_open_answers_are_expected_to_bring_is_told_with_its_sum():
    one = profile({"targets": ["microcontroller"]}, "chip")
    other = profile({"targets": ["server"]}, "server")
    found = contrast(one, other, PACK)
    report = told(found, Language(PACK, "en"))
    (section,) = (each for each in report.sections if each.title.startswith("Open answers"))
    total = sum(each.expected_one - each.expected_other for each in found.partings)
    assert f"{total / 100:+g}".replace("-", "−") in section.title
    assert 0 < len(section.blocks[0].items) <= 5
