"""The report speaks every language that the pack does, and no phrase is left over."""

from __future__ import annotations

import re

import pytest

from recommender import load_pack

from .phrases import said_in_code

BRACES = re.compile(r"{(\w+)}")


@pytest.fixture(scope="module")
def chinese():
    return load_pack().locales["zh"]["phrases"]


@pytest.mark.parametrize("phrase", sorted(said_in_code()))
def test_every_phrase_of_the_report_is_said_in_chinese(phrase, chinese):
    assert phrase in chinese
    assert set(BRACES.findall(chinese[phrase])) == set(BRACES.findall(phrase))


def test_no_chinese_phrase_is_left_over(chinese):
    assert set(chinese) <= said_in_code()
