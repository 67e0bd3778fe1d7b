"""The plan: what stays, what to build in, how it ships."""

from dataclasses import replace

import pytest

from recommender import load_pack, load_profile
from recommender.judging.case import Case
from recommender.judging.plan import plan_of
from recommender.loading.reports import load_observations

PACK = load_pack()
TOY = load_pack("tests/toy/rules")
PYTORCH = {"model-source": ["hub"], "source-framework": "pytorch"}


def plan(pack=PACK, *, observations=None, **answers):
    answers = {name.replace("_", "-"): value for name, value in answers.items()}
    profile = load_profile({"answers": answers}, pack)
    return plan_of(Case.of(profile, pack, observations=observations))


def acts(*args, **kwargs):
    return [(step.act, step.candidate, step.format) for step in plan(*args, **kwargs)]


def test_a_model_that_leaves_its_framework_is_converted_to_what_is_shipped():
    found = acts(targets=["ios"], **PYTORCH)
    assert found == [
        ("build", "pytorch", ""),
        ("train", "pytorch", ""),
        ("convert", "pytorch", "coreml"),
        ("ship", "pytorch", "coreml"),
    ]


def test_a_framework_that_is_shipped_itself_converts_nothing():
    found = acts(targets=["users-machines"], demands=[], training_scale="one-gpu", **PYTORCH)
    assert ("ship", "pytorch", "pytorch") in found
    assert "convert" not in {act for act, *_ in found}


def test_a_light_dependency_is_met_by_a_runtime():
    found = acts(targets=["users-machines"], demands=["light-dependency"], **PYTORCH)
    assert ("convert", "pytorch", "onnx") in found


def test_who_trains_nothing_has_no_step_for_it():
    assert "train" not in {act for act, *_ in acts(training_scale="nothing", **PYTORCH)}


def test_the_format_is_an_accepted_one():
    found = acts(
        targets=["android"], fixed_artefact=["phone-sdk"], fixed_formats=["tflite"],
        model_source=["scratch"],
    )  # fmt: skip
    assert {format_ for act, _, format_ in found if act == "ship"} == {"tflite"}


def test_a_target_without_a_way_is_a_named_gap():
    (step,) = [s for s in plan(TOY, hour="evening", place=["train"]) if s.act == "ship"]
    assert (step.candidate, step.target, step.gap) == ("tea", "train", True)


def test_no_retired_way_is_taken():
    for answers in ({"targets": [each]} for each in PACK.questions["targets"].choices):
        for step in plan(**answers):
            route = next((r for r in PACK.routes if r.id == step.route), None)
            assert route is None or route.maturity != "retired"


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ({"deployment_tied": True}, "keep"),
        ({"deployment_tied": False, "rewrite_due": False, "migration_budget": "nothing"}, "wait"),
        ({"deployment_tied": False, "rewrite_due": False, "migration_budget": "some"}, "freeze"),
        ({"deployment_tied": False, "rewrite_due": True}, None),
        ({}, None),
    ],
)
def test_what_becomes_of_code_in_the_other_framework(said, act):
    # An architecture that only PyTorch has: who is advised does not hang on the code.
    pack = replace(PACK, constraints={}, rules={
        name: rule for name, rule in PACK.rules.items() if "existing-code" not in str(rule.when)
    })  # fmt: skip
    found = acts(pack, existing_code=["tensorflow-2"], goal="research", **PYTORCH, **said)
    stays = [step for step, candidate, _ in found if candidate == "tensorflow"]
    assert stays == ([act] if act else [])
    assert ("build", "pytorch", "") in found


def test_code_in_what_is_advised_is_kept():
    assert ("keep", "pytorch", "") in acts(existing_code=["pytorch"], **PYTORCH)


def test_a_way_that_failed_here_is_taken_last_and_what_was_seen_is_told():
    def seen(verdict):
        rows = [{"check": "export-program", "candidate": "pytorch", "verdict": verdict}]
        return load_observations({"schema": 1, "kind": "probe-report", "observations": rows})

    ways = {}
    for verdict in ("confirmed", "refuted"):
        steps = plan(targets=["ios"], observations=seen(verdict), **PYTORCH)
        ways[verdict] = next(step for step in steps if step.act == "ship")
    assert (ways["confirmed"].route, ways["confirmed"].proof) == ("pytorch-ios-coreml", "confirmed")
    assert ways["refuted"].route != "pytorch-ios-coreml"
