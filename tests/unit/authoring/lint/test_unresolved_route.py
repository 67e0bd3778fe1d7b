"""Routes whose packages nobody resolved, or long ago, or that install nowhere, or only as old ones."""

import datetime as dt

import pytest

from tests.unit.authoring.conftest import rule

ROUTE = """
routes:
  - {candidate: soup, target: home, steps: [Pot], maturity: %s, check: x, because: It does, packages: [pot]}
"""
RESOLVED = """
resolved:
  - packages: [pot]
    on: %s
    by: uv 0.9
    found:
      - where: {linux-x86_64: ["3.13"]}
        pins: {pot: "9.1"}
      - where: {windows-x86_64: ["3.13"]}
        %s
"""
NO, OLD = "because: no wheels", "pins: {pot: 4.0b3}"
AS_OF = dt.date(2026, 11, 26)


@pytest.fixture
def found(examine):
    def find(resolved="", maturity="production"):
        files = [rule("a"), ROUTE % maturity, resolved]
        return [
            (each.code, each.what)
            for each in examine("".join(files), raw=True, as_of=AS_OF)
            if each.code == "P028"
        ]

    return find


def test_what_nobody_resolved_is_told(found):
    assert found() == [("P028", "nobody resolved the packages of `soup: Pot (home)`: pot")]
    assert found(maturity="retired") == []
    assert found(RESOLVED % ("2026-11-20", NO)) == []


def test_a_library_that_nobody_resolved_is_told(found):
    library = "libraries:\n  - {id: ladle, candidate: soup, name: Ladle, serves: soup, packages: [ladle]}\n"
    ((_, what),) = found(RESOLVED % ("2026-11-20", NO) + library)
    assert what == "nobody resolved the packages of `ladle`: ladle"


def test_what_was_resolved_long_ago_is_told(found):
    ((_, what),) = found(RESOLVED % ("2026-01-01", NO))
    assert what == "the packages of `soup: Pot (home)` were resolved on 2026-01-01"


def test_what_installs_nowhere_is_told(found):
    nowhere = (RESOLVED % ("2026-11-20", NO)).replace('pins: {pot: "9.1"}', "because: no pot")
    ((_, what),) = found(nowhere)
    assert what == "`soup: Pot (home)` installs nowhere: no wheels"


def test_a_release_of_a_major_version_before_is_told(found):
    ((_, what),) = found(RESOLVED % ("2026-11-20", OLD))
    assert what == "`soup: Pot (home)` installs on windows-x86_64 3.13 only as pot 4.0b3"
    assert found(RESOLVED % ("2026-11-20", OLD.replace("4.0b3", "9.0.4"))) == []
