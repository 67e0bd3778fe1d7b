"""The trial tells which test of a pack fails, what is untested, and what its tests would miss."""

from recommender.authoring.test import mutate, try_pack
from recommender.authoring.test.mutation import mutants
from recommender.cli import run
from recommender.loading.full_pack import load_whole

PACK = """
pack: {id: soup, schema: 1, version: 1.0.0, title: Soup, dated: 2026-11-23}
questions: [{id: cold, ask: Is it cold?, type: flag}, {id: hunger, ask: How hungry?, type: scale}]
criteria: [{id: warmth, title: Warmth, weight: 5}]
rules:
  - id: cold-days-want-soup
    criterion: warmth
    when: {cold: true, hunger: {at_least: 3}}
    favors: {soup: 1, salad: 0}
    weight: 2
    because: Soup warms.
    tests:
      - {given: {cold: true, hunger: 3}, expect: fires}
      - {given: {cold: false, hunger: 3}, expect: silent}
      - {given: {cold: true, hunger: 2}, expect: silent}
      - {given: {cold: true}, expect: unknown}
examples: [{project: winter.yaml, expect: {today: {best: soup, lead: 1}}}]
"""


def write(tmp_path, pack=PACK, project="answers: {cold: true, hunger: 5}"):
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "pack.yaml").write_text(pack)
    for name in ("soup", "salad"):
        (rules / f"{name}.yaml").write_text(f"candidate: {{id: {name}, title: {name.title()}}}")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples/winter.yaml").write_text(project)
    return rules


def test_a_sound_pack_passes(tmp_path):
    trial = try_pack(load_whole(write(tmp_path)))
    assert trial.passed
    assert [len(trial.cases), len(trial.examples)] == [4, 1]
    assert trial.coverage.fired_by_examples == ("cold-days-want-soup",)


def test_a_wrong_case_is_told_at_its_line(tmp_path):
    trial = try_pack(load_whole(write(tmp_path, PACK.replace("hunger: 2}", "hunger: 4}"))))
    (failure,) = trial.failures
    assert failure.place.line == 15
    assert failure.failure == "expected silent, but it is fires"


def test_a_wrong_example_is_told(tmp_path):
    trial = try_pack(load_whole(write(tmp_path, project="answers: {cold: false, hunger: 5}")))
    (failure,) = trial.failures
    assert "expected soup" in failure.failure


def test_an_example_that_cannot_be_read_fails(tmp_path):
    trial = try_pack(load_whole(write(tmp_path, project="answers: {cld: true}")))
    assert "no question `cld`" in trial.failures[0].failure


def test_a_rule_without_a_silent_case_is_untested(tmp_path):
    pack = "\n".join(line for line in PACK.splitlines() if "silent" not in line)
    trial = try_pack(load_whole(write(tmp_path, pack)))
    assert trial.coverage.untested == ("cold-days-want-soup",)
    assert not trial.passed


def test_every_operator_and_value_mutant_is_noticed(tmp_path):
    mutation = mutate(load_whole(write(tmp_path)))
    assert mutation.killed("operator") == mutation.made["operator"] == 4
    assert mutation.killed("value") == mutation.made["value"] == 2


def test_a_survivor_names_its_line(tmp_path):
    pack = PACK.replace("      - {given: {cold: true, hunger: 2}, expect: silent}\n", "")
    survivors = mutate(load_whole(write(tmp_path, pack))).survivors
    assert any("pack.yaml:6: cold-days-want-soup: hunger: 3 becomes 2" in str(s) for s in survivors)


def test_mutants_never_touch_the_pack(tmp_path):
    whole = load_whole(write(tmp_path))
    before = repr(whole.full.rules)
    assert list(mutants(whole))
    assert repr(whole.full.rules) == before


def test_the_command_exits_with_one_on_a_failure(tmp_path, capsys):
    rules = write(tmp_path, PACK.replace("hunger: 2}", "hunger: 4}"))
    assert run(["test", str(rules)]) == 1
    assert "pack.yaml:15: cold-days-want-soup[3]" in capsys.readouterr().out


def test_the_command_fails_below_the_floor(tmp_path):
    rules = write(
        tmp_path, PACK.replace("      - {given: {cold: true, hunger: 2}, expect: silent}\n", "")
    )
    assert run(["test", str(rules), "--mutate"]) == 0
    assert run(["test", str(rules), "--mutate", "--at-least", "100"]) == 1


def test_update_writes_leads_and_nothing_else(tmp_path):
    rules = write(tmp_path, PACK.replace("lead: 1}", "lead: 0.3}"))
    assert run(["test", str(rules)]) == 1
    assert run(["test", str(rules), "--update"]) == 0
    assert (rules / "pack.yaml").read_text() == PACK


def test_an_overlay_is_tried_over_the_shipped_pack_alone(tmp_path):
    (tmp_path / "house.yaml").write_text(
        "rules:\n  - {id: we-like-it, criterion: team, when: {team-experience: {includes: keras}},"
        " favors: {pytorch: 1}, weight: 1, because: We do.}\n"
    )
    trial = try_pack(load_whole(tmp_path))
    assert trial.coverage.untested == ("we-like-it",)
    assert trial.cases == ()
