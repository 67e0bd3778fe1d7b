"""A library is examined as a rule is: its condition, source, tests and day."""

import pytest

SOURCE = "{source: page}"
LIBRARY = """\
libraries:
  - id: ladle
    candidate: soup
    name: Ladle
    serves: pouring
    when: {when}
    source: {source}
    expires: {expires}
    tests: [{tests}]
"""
TWICE = "{given: {hunger: 5}, expect: fires}, {given: {hunger: 1}, expect: silent}"


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, []),
        ({"when": "{hunger: 5, not: {hunger: {at_least: 4}}}"}, [("P001", 6)]),
        ({"source": "[]"}, [("P007", 2)]),
        ({"tests": "{given: {hunger: 5}, expect: fires}"}, [("P008", 2)]),
        ({"expires": "2026-01-01"}, [("P009", 8)]),
    ],
)
def test_a_library_is_examined_like_a_rule(examine, changed, found):
    usual = {"when": "{hunger: 5}", "source": SOURCE, "expires": "2027-01-01", "tests": TWICE}
    text = LIBRARY
    for name, value in {**usual, **changed}.items():
        text = text.replace(f"{{{name}}}", value)
    assert examine(more=text) == found
