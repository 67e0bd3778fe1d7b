"""A population and a calibration that do not fit are told."""

import pytest

from recommender import load_pack

POPULATION = """
population: [{id: a, source: https://example.org, answers: {milk: true}}]
calibration: [{support: 0.5, probability: 0.5}, {support: %s, probability: %s}]
"""


@pytest.mark.parametrize(("support", "probability"), [(0.5, 0.9), (0.9, 0.4)])
def test_the_points_of_a_calibration_rise(folder, support, probability):
    faults = folder.faults({"more.yaml": POPULATION % (support, probability)})
    assert any("the points of a calibration must rise" in fault for fault in faults)


def test_where_a_reference_project_is_told_is_an_address(folder):
    told = POPULATION.replace("https://example.org", "somewhere") % (0.9, 0.8)
    assert any("`source`" in fault for fault in folder.faults({"more.yaml": told}))


def test_the_shipped_ones_rise():
    points = load_pack().calibration
    assert [each.support for each in points] == sorted({each.support for each in points})


def test_how_many_questions_are_asked_takes_two_numbers_in_order(folder):
    told = POPULATION % (0.9, 0.8) + "asked: [9, 6]\n"
    assert any("the smaller first" in fault for fault in folder.faults({"more.yaml": told}))
