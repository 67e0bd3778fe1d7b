"""What the pack quotes of its own measurements stands on the page that tells them."""

from pathlib import Path

import pytest

from recommender import load_pack

PAGE = (Path(__file__).parents[2] / "docs" / "measured.md").read_text(encoding="utf-8")
EXCERPTS = load_pack().sources["measured"].excerpts


@pytest.mark.parametrize("name", EXCERPTS)
def test_an_excerpt_is_what_a_row_of_the_page_says_to_the_letter(name):
    observed = [line.rsplit(" | ", 1)[-1].removesuffix(" |") for line in PAGE.splitlines()]
    assert EXCERPTS[name].text in observed
