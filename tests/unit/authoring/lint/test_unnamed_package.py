"""Steps that name a package which is not resolved with the route."""

import pytest

from tests.unit.authoring.conftest import rule

ROUTES = """
routes:
  - {candidate: soup, target: home, steps: [Pot], maturity: production, check: x, packages: [pot-lid]}
  - {candidate: soup, target: park, steps: [%s], maturity: %s, check: x%s}
"""


@pytest.mark.parametrize(
    ("steps", "maturity", "packages", "count"),
    [
        ("closed by pot-lid", "production", "", 1),
        ("pot-lid", "beta", ", packages: ['pot-lid>=2']", 0),
        ("pot-lid", "retired", "", 0),
        ("pot-lid or foil", "production", "", 0),
        ("Pot-Lid", "production", "", 0),
        ("ladle", "production", "", 0),
    ],
)
def test_a_package_in_the_steps(examine, steps, maturity, packages, count):
    found = examine(rule("a") + ROUTES % (steps, maturity, packages), raw=True)
    told = [each.what for each in found if each.code == "P029"]
    assert len(told) == count
    assert all("name `pot-lid`, and its packages do not" in each for each in told)
