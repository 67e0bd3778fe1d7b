"""What a pack's head says of plans: read where it fits, told where it does not."""

import pytest

from recommender import load_pack
from recommender.nouns.condition import holds
from tests.unit.conftest import WHOLE

HEAD = WHOLE["pack.yaml"]
STAYS = "  plan: {stays: [{act: keep, when: {milk: true}, because: It works., format: oatmeal}]}\n"


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ("  plan: {trains: {milky: true}}\n", "no question `milky`; did you mean `milk`?"),
        ("  plan: {existing: {te: {milk: true}}}\n", "no candidate `te`; did you mean `tea`?"),
        ("  plan: {existing: {tea: {milky: true}}}\n", "no question `milky`; did you mean `milk`?"),
        (STAYS, "no format `oatmeal`"),
        (
            "  plan: {portable: {act: keep, when: {milky: true}, because: It works.}}\n",
            "no question `milky`; did you mean `milk`?",
        ),
        (
            "  plan: {foreign: {act: keep, when: {milky: true}, because: It works.}}\n",
            "no question `milky`; did you mean `milk`?",
        ),
        (STAYS.replace("keep", "drop"), "`act` cannot be `drop`; one of: keep, freeze, wait, port"),
        (STAYS.replace("because: It works., ", ""), "`because` is missing"),
    ],
)
def test_a_plan_that_does_not_fit_is_told_with_its_place(folder, plan, says):
    (fault,) = [each for each in folder.faults({"pack.yaml": HEAD + plan}) if says in each]
    assert "pack.yaml:9" in fault


def test_the_first_that_holds_says_what_becomes_of_code():
    planning = load_pack().planning
    known = {"existing-code": frozenset({"tensorflow-2"}), "deployment-tied": True}
    assert set(planning.existing) == {"pytorch", "tensorflow"}
    assert holds(planning.existing["tensorflow"], known) is True
    assert next(each.act for each in planning.stays if holds(each.when, known)) == "keep"
