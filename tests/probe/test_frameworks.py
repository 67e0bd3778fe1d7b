"""The real PyTorch and TensorFlow, examined on the machine that runs the tests."""

import importlib.util
import os
import shutil
import sys

import pytest

from recommender.probe import catalogue, examine, plan
from tests.probe.conftest import wrapper

pytestmark = pytest.mark.frameworks
FRAMEWORKS = {"pytorch": "torch", "tensorflow": "tensorflow"}


@pytest.fixture(scope="module")
def installed():
    missing = [name for name in FRAMEWORKS.values() if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"{missing} not installed")


@pytest.fixture(scope="module")
def quick(installed):
    # A busy machine with a cold disk must not fail the tests.
    report = examine("quick", budget=600, patience=8)
    return {(row["candidate"], row["check"]): row for row in report["observations"]}


@pytest.mark.parametrize("candidate", FRAMEWORKS)
@pytest.mark.parametrize(
    "check",
    [
        "import",
        "devices",
        "numerics",
        "dtypes",
        "gradient",
        "control-flow-eager",
        "debug-eager",
        "save-load",
        "training-step",
    ],
)
def test_the_quick_tier_is_confirmed(quick, candidate, check):
    row = quick[candidate, check]
    assert row["status"] == "pass", row["because"]


def test_dtypes_tell_the_two_apart(quick):
    table = {c: quick[c, "dtypes"]["figures"]["dtypes"] for c in FRAMEWORKS}
    assert "matmul" in table["pytorch"]["int8"]
    assert "matmul" not in table["tensorflow"]["int8"]


def test_a_cpu_without_avx(installed, tmp_path):
    """TensorFlow stops with an illegal instruction there; PyTorch works."""
    if not shutil.which("qemu-x86_64") or os.uname().machine != "x86_64":
        pytest.skip("needs qemu-x86_64 (Debian: qemu-user) on x86-64")
    # NumPy's OpenBLAS does not always take the emulator's word for the processor: it is told.
    told = (
        f'export OPENBLAS_CORETYPE=Nehalem; exec qemu-x86_64 -cpu Nehalem "{sys.executable}" "$@"'
    )
    old = wrapper(tmp_path / "python", told)
    report = examine(
        pythons={"torch": old, "tensorflow": old},
        checks=["import", "gradient"],
        budget=900,
        patience=8,
    )
    rows = {(row["candidate"], row["check"]): row for row in report["observations"]}
    assert rows["tensorflow", "import"]["status"] == "crashed"
    assert rows["tensorflow", "import"]["verdict"] == "refuted"
    assert "AVX" in rows["tensorflow", "import"]["because"]
    assert report["candidates"]["tensorflow"]["status"] == "broken"
    assert rows["pytorch", "gradient"]["status"] == "pass"


EXPECTED = {
    # (check, candidate): status; what is not listed for a candidate is not about it
    ("mixed-precision", "pytorch"): "pass",
    ("mixed-precision", "tensorflow"): "pass",
    ("control-flow-compiled", "pytorch"): "pass",
    ("control-flow-compiled", "tensorflow"): "pass",
    ("control-flow-keras", "tensorflow"): "unsupported",
    ("debug-compiled", "pytorch"): "fail",
    ("debug-compiled", "tensorflow"): "fail",
    ("debug-keras-fit", "tensorflow"): "fail",
    ("nan-trace", "pytorch"): "pass",
    ("nan-trace", "tensorflow"): "pass",
    ("tfdbg", "tensorflow"): "pass",
    ("tensorboard", "pytorch"): "pass",
    ("tensorboard", "tensorflow"): "pass",
    ("keras-layers", "pytorch"): "pass",
    ("keras-layers", "tensorflow"): "pass",
    ("keras-fit", "tensorflow"): "pass",
    ("keras-fit-on-torch", "pytorch"): "pass",
    ("export-program", "pytorch"): "pass",
    ("export-program", "tensorflow"): "pass",
    ("export-onnx", "pytorch"): "pass",
    ("export-onnx", "tensorflow"): "pass",
    ("export-mobile", "tensorflow"): "pass",
    ("export-executorch", "pytorch"): "pass",
    ("quantisation", "pytorch"): "pass",
    ("quantisation", "tensorflow"): "pass",
    ("compiled", "pytorch"): "pass",
    ("compiled", "tensorflow"): "pass",
    ("ddp", "pytorch"): "pass",
    ("fsdp2", "pytorch"): "pass",
    ("mirrored", "tensorflow"): "pass",
    ("multi-worker", "tensorflow"): "pass",
    ("training-picture", "pytorch"): "pass",
    ("training-picture", "tensorflow"): "pass",
    ("cpp", "pytorch"): "pass",
    ("cpp", "tensorflow"): "pass",
    ("throughput", "pytorch"): "pass",
    ("throughput", "tensorflow"): "pass",
}
ELSEWHERE = {("export-mobile", "pytorch")}  # in an interpreter of its own, below
OPTIONAL = {  # what a check needs beyond the frameworks: without it, it is skipped and never failed
    "export-onnx": ("onnxruntime", "onnxscript", "tf2onnx"),
    "export-mobile": ("ai_edge_litert",),
    "export-executorch": ("executorch",),
    "quantisation": ("torchao",),
    "tensorboard": ("tensorboard",),
}


@pytest.fixture(scope="module")
def everything(installed):
    """Every other check once, in one examination."""
    asked = sorted({check for check, _ in EXPECTED})
    report = examine("full", checks=asked, budget=1500, patience=6)
    return {(row["check"], row["candidate"]): row for row in report["observations"]}


@pytest.mark.slow
@pytest.mark.parametrize(("check", "candidate"), EXPECTED)
def test_each_check_ends_as_it_was_measured(everything, check, candidate):
    row = everything[check, candidate]
    wanted = EXPECTED[check, candidate]
    missing = [m for m in OPTIONAL.get(check, ()) if importlib.util.find_spec(m) is None]
    if row["status"] == "skip" and missing:
        pytest.skip(row["because"])
    if check in {"cpp", "compiled"} and not shutil.which("g++"):
        pytest.skip("needs g++")
    assert row["status"] == wanted, row["because"]


@pytest.mark.slow
def test_litert_from_pytorch_in_an_interpreter_of_its_own(bare):
    """litert-torch cannot live beside the rest: `.ci/run` gives it an environment (CONTRIBUTING)."""
    python = os.environ.get("RECOMMENDER_LITERT_PYTHON")
    if not python:
        pytest.skip("RECOMMENDER_LITERT_PYTHON names no interpreter with PyTorch and litert-torch")
    places = {"torch": python, "tensorflow": bare}
    report = examine(checks=["export-mobile"], pythons=places, budget=600, patience=6)
    rows = {(row["check"], row["candidate"]): row for row in report["observations"]}
    row = rows["export-mobile", "pytorch"]
    assert row["status"] == "pass", row["because"]
    assert row["figures"]["float32"]["error"] < 1e-5
    assert {"torch", "litert-torch"} <= set(report["candidates"]["pytorch"]["versions"])


@pytest.mark.slow
def test_every_check_is_covered(everything):
    quick = {card.id for card in catalogue.find_checks().values() if card.tier == "quick"}
    for adapter in catalogue.find_adapters().values():
        for job in plan.jobs(adapter, catalogue.find_checks().values()):
            for check in job.checks:
                pair = check.id, adapter.candidate
                assert check.id in quick or pair in EXPECTED or pair in ELSEWHERE


@pytest.mark.slow
def test_the_same_model_learns_the_same_in_both(everything):
    curves = [everything["training-picture", c]["figures"]["losses"] for c in FRAMEWORKS]
    assert curves[0] == pytest.approx(curves[1], rel=1e-3)


@pytest.mark.slow
def test_the_nets_of_both_have_the_same_number_of_weights(everything):
    nets = [everything["throughput", c]["figures"]["nets"] for c in FRAMEWORKS]
    for kind in nets[0]:
        assert nets[0][kind]["weights"] == nets[1][kind]["weights"]
        assert nets[0][kind]["eager"]["steps_per_second"] > 0
