"""The plan: what stays, what to build in, how it ships."""

from dataclasses import replace

import pytest

from recommender import load_pack, load_profile, recommend, render
from recommender.judging.case import Case
from recommender.judging.plan import plan_of
from recommender.loading.reports import load_observations
from recommender.output.plan import plan_told

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


def told(**answers):
    answers = {name.replace("_", "-"): value for name, value in answers.items()}
    return plan_told(recommend(load_profile({"answers": answers}, PACK), PACK, samples=0))


def test_who_trains_nothing_builds_nothing_and_runs_the_model():
    assert acts(training_scale="nothing", **PYTORCH) == [("run", "pytorch", "")]
    assert told(training_scale="nothing", **PYTORCH) == ["Run the model in PyTorch."]


def test_who_trains_nothing_and_ships_takes_the_way_alone():
    found = acts(training_scale="nothing", targets=["browser"], **PYTORCH)
    assert [act for act, *_ in found] == ["convert", "ship"]


def test_what_is_all_new_is_built_and_trained_in_one_line():
    assert told(goal="research", **PYTORCH) == ["Build and train in PyTorch."]


def test_beside_code_that_stays_what_is_new_has_a_line_of_its_own():
    said = told(
        goal="research", existing_code=["tensorflow-2"], rewrite_due=False, deployment_tied=False,
        migration_budget="some", shared_packages=["needs-pytorch"], team_experience=["pytorch"],
        **PYTORCH,
    )  # fmt: skip
    assert "Write what is new in PyTorch." in said
    assert "Train in PyTorch." in said


def test_keras_3_code_is_kept_whoever_is_advised():
    for answers in ({}, PYTORCH, {"model-source": ["hub"], "source-framework": "tensorflow"}):
        first, *rest = told(existing_code=["keras-3"], **answers)
        assert first == (
            "Keep the Keras 3 code, and build on it; which back end runs it is a setting."
        )
        assert not any("Write" in each or "Build" in each for each in rest)


def test_keras_3_code_beside_another_framework_is_no_setting():
    found = plan(existing_code=["keras-3", "pytorch"], **PYTORCH)
    assert [(step.act, step.because) for step in found if step.act == "keep"] == [("keep", "")]


@pytest.mark.parametrize("language", ["java", "go", "rust", "dotnet", "swift", "javascript", "cpp"])
@pytest.mark.parametrize("framework", ["pytorch", "tensorflow"])
def test_a_server_in_another_language_is_shipped_onnx(language, framework):
    found = plan(
        targets=["server"], serving_language=[language], model_source=["hub"],
        source_framework=framework, existing_code=[framework],
    )  # fmt: skip
    (step,) = [each for each in found if each.act == "ship"]
    assert (step.route, step.format) == (f"{framework}-server-onnx", "onnx")


@pytest.mark.parametrize(
    "said",
    [
        {"serving_language": ["java", "python"]},
        {"serving_language": ["java"], "serving_stack": ["neutral"]},
        {"serving_language": ["java"], "model_source": ["llm"]},
        {},
    ],
)
def test_a_server_that_python_or_a_stack_runs_is_not(said):
    found = plan(targets=["server"], **{**PYTORCH, **said})
    assert "pytorch-server-onnx" not in {step.route for step in found}


def test_a_python_without_packages_is_waited_for_or_an_older_one_taken():
    tied = {"existing_code": ["tensorflow-2"], "deployment_tied": True}
    first = plan(python_version="newest", **tied)[0]
    assert (first.act, first.candidate) == ("wait", "tensorflow")
    assert told(python_version="newest", **tied)[0] == (
        "Install TensorFlow under Python 3.13, in an environment of its own, or wait: "
        f"on {first.resolved} it had no packages for a newer one."
    )
    for version in ("current", "older"):
        assert "wait" not in {step.act for step in plan(python_version=version, **tied)}
    assert "wait" not in {step.act for step in plan(python_version="newest", **PYTORCH)}


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
        ({"migration_budget": "nothing"}, "wait"),
        ({"rewrite_due": True, "migration_budget": "nothing"}, "port"),
        ({"deployment_tied": False, "rewrite_due": False, "migration_budget": "some"}, "freeze"),
        ({"deployment_tied": False, "rewrite_due": True}, "port"),
        ({"rewrite_due": True}, "port"),
        ({}, "port"),
    ],
)
def test_what_becomes_of_code_in_the_other_framework(said, act):
    # An architecture that only PyTorch has: who is advised does not hang on the code.
    pack = replace(PACK, constraints={}, rules={
        name: rule for name, rule in PACK.rules.items() if "existing-code" not in str(rule.when)
    })  # fmt: skip
    found = acts(pack, existing_code=["tensorflow-2"], goal="research", **PYTORCH, **said)
    stays = [step for step, candidate, _ in found if candidate == "tensorflow"]
    assert stays == [act]
    assert ("build", "pytorch", "") in found


TF_CODE = {"existing_code": ["tensorflow-2"], "goal": "research"}


def test_what_is_ported_says_what_it_hangs_on():
    known = {"deployment_tied": False, "rewrite_due": True}
    assert told(**TF_CODE, **PYTORCH, **known)[0] == "Port the code in TensorFlow to PyTorch."
    assert told(**TF_CODE, **PYTORCH)[0] == (
        "Port the code in TensorFlow to PyTorch, or leave it as it is: that depends on “Is what "
        "runs today tied to that framework's own artefacts?” and “Is a rewrite of that code due "
        "anyway?”."
    )


@pytest.mark.parametrize(
    ("said", "act"),
    [
        ({"rewrite_due": True}, "rewrite"),
        ({"rewrite_due": True, "deployment_tied": True}, "rewrite"),
        ({"rewrite_due": False}, "keep"),
        ({"deployment_tied": True}, "keep"),
        ({}, "keep"),
    ],
)
def test_code_of_the_one_advised_is_rewritten_where_that_is_due(said, act):
    tied = {
        "existing_code": ["tensorflow-1"],
        "serving_stack": ["tf-serving"],
        "targets": ["server"],
    }
    assert acts(team_experience=["tensorflow"], **tied, **said)[0] == (act, "tensorflow", "")


@pytest.mark.parametrize(
    ("said", "act", "open_"),
    [
        ({}, "port", ("deployment-tied", "rewrite-due")),
        ({"rewrite_due": True}, "port", ("deployment-tied",)),
        ({"deployment_tied": False}, "port", ("rewrite-due",)),
        ({"deployment_tied": False, "rewrite_due": True}, "port", ()),
        ({"deployment_tied": False, "rewrite_due": False}, "freeze", ("migration-budget",)),
        ({"migration_budget": "nothing"}, "wait", ("deployment-tied",)),
    ],
)
def test_what_is_unanswered_stays_open(said, act, open_):
    step = plan(**TF_CODE, **PYTORCH, **said)[0]
    assert (step.act, step.candidate, step.open) == (act, "tensorflow", open_)


def test_of_code_in_both_what_is_ported_is_the_rewrite_and_the_rest_is_kept():
    known = {"deployment_tied": False, "rewrite_due": True}
    assert told(
        **{**TF_CODE, "existing_code": ["tensorflow-1", "pytorch"]}, **PYTORCH, **known
    ) == [
        "Port the code in TensorFlow to PyTorch.",
        "Keep the code in PyTorch, and build on it.",
        "Train in PyTorch.",
    ]


def test_code_that_none_of_them_runs_is_left_and_only_where_it_is_there():
    left = (
        "Leave the code in other frameworks or languages as it is until what you build takes its "
        "place."
    )
    said = told(existing_code=["other", "tensorflow-2"], goal="research", **PYTORCH)
    assert said[0].startswith("Port the code in TensorFlow")
    assert said[1] == left
    assert left not in told(goal="research", **PYTORCH)
    (step,) = [each for each in plan(existing_code=["other"]) if not each.candidate]
    assert (step.act, step.way[1:]) == ("keep", ("", "", "", ""))


def test_where_either_will_do_no_code_is_ported():
    said = {**PYTORCH, "existing_code": ["tensorflow-2"], "rewrite_due": True, "goal": "library"}
    assert ("keep", "tensorflow", "") in acts(**said)


def test_what_is_built_names_the_libraries_that_serve_it():
    said = {"goal": "research", "model_kind": ["graph", "vision"], **PYTORCH}
    (line,) = told(**said)
    assert line == (
        "Build and train in PyTorch. Use PyTorch Geometric for graph networks and timm for image "
        "networks."
    )
    (build,) = [each for each in plan(**said) if each.act == "build"]
    assert build.libraries == ("pyg", "timm")
    assert not any(each.libraries for each in plan(existing_code=["pytorch"], **said))


def test_a_sentence_names_four_libraries_and_the_whole_account_what_the_others_are_for():
    kinds = ["graph", "language", "generative", "audio", "tabular", "vision"]
    start = {"goal": "research", "model-source": ["hub"], "source-framework": "pytorch"}
    profile = load_profile({"answers": {**start, "model-kind": kinds, "targets": "none"}}, PACK)
    advice = recommend(profile, PACK, samples=0)
    (line,) = plan_told(advice)
    assert line == (
        "Build and train in PyTorch. Use PyTorch Geometric for graph networks, Transformers for "
        "pretrained language models, Diffusers for diffusion models, SpeechBrain for speech and 2 "
        "more."
    )
    assert len(advice.plan[0].libraries) == 6
    whole = render(advice, full=True)
    assert "PyTorch Geometric: rules" in whole
    assert "timm for image networks: rules" in whole


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
