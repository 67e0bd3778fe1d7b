"""A whole examination of fake frameworks: healthy, absent, crashing, hanging, noisy and lying ones."""

import ast
import getpass
import importlib
import json
import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recommender.nouns.errors import UsageError
from recommender.probe import (
    catalogue,
    check_ids,
    examine,
    interpreter,
    plan,
    scheduler,
)
from recommender.probe.child import checks
from tests.probe.conftest import wrapper

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the fakes' wrappers are shell scripts")
CHEAP = ["import", "devices", "accelerator"]


def row(report, candidate, check):
    return next(
        r for r in report["observations"] if (r["candidate"], r["check"]) == (candidate, check)
    )


def test_a_healthy_one_is_present_and_a_missing_one_absent(fake, bare, statuses):
    fake("torch")
    report = examine(pythons={"tensorflow": bare}, checks=CHEAP)
    assert report["candidates"]["pytorch"]["status"] == "present"
    assert report["candidates"]["tensorflow"]["status"] == "absent"
    assert statuses(report) == {
        ("pytorch", "import"): "pass",
        ("pytorch", "devices"): "pass",
        ("pytorch", "accelerator"): "skip",
    }


def test_neither_installed_is_still_a_report(bare):
    report = examine(pythons={"pytorch": bare, "tensorflow": bare})
    assert {c["status"] for c in report["candidates"].values()} == {"absent"}
    assert report["observations"] == []


def test_a_left_over_folder_is_no_framework(tmp_path, bare, monkeypatch):
    (tmp_path / "left" / "torch").mkdir(parents=True)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "left"))
    report = examine(pythons={"torch": bare, "tensorflow": bare}, checks=CHEAP)
    assert report["candidates"]["pytorch"]["status"] == "absent"


@pytest.mark.parametrize(
    ("source", "status", "reason"),
    [
        ("import os; os.abort()", "crashed", "SIGABRT"),
        ("import os; os.kill(os.getpid(), 4)", "crashed", "SIGILL"),
        ("import os; os.kill(os.getpid(), 9)", "killed", "out of memory"),
        ("import os; os._exit(0)", "garbled", "without finishing"),
        (
            "raise ImportError('libfoo.so.3: cannot open shared object file')",
            "fail",
            "library libfoo.so.3",
        ),
        ("import no_such_part", "fail", "no_such_part"),
        ("raise RuntimeError('out of order')", "fail", "out of order"),
        ("import sys; sys.exit(3)", "fail", "SystemExit"),
    ],
)
def test_a_broken_one_is_told_and_the_other_still_examined(
    fake, bare, statuses, source, status, reason
):
    fake("torch")
    fake("tensorflow", source)
    report = examine(checks=CHEAP)
    assert report["candidates"]["tensorflow"]["status"] == "broken"
    assert reason in report["candidates"]["tensorflow"]["because"]
    seen = statuses(report)
    assert seen["tensorflow", "import"] == status
    assert seen["tensorflow", "devices"] == "not-run"
    assert seen["pytorch", "devices"] == "pass"


def test_a_crash_costs_only_its_own_check(fake, bare, statuses):
    fake(
        "torch",
        extra="import os\nclass version:\n    @property\n    def hip(self): os.abort()\nversion = version()\n",
    )
    report = examine(pythons={"tensorflow": bare}, checks=[*CHEAP, "numerics"])
    seen = statuses(report)
    assert seen["pytorch", "import"] == "pass"
    assert seen["pytorch", "accelerator"] == seen["pytorch", "devices"] == "crashed"
    assert (
        seen["pytorch", "numerics"] == "fail"
    )  # it ran, in a third child, and this fake has no conv2d


SPOILED = """
asked = []
def manual_seed(seed):
    asked.append(seed)
    if len(asked) > 1: {fault}
    raise NotImplementedError("fresh")
"""


@pytest.mark.parametrize("fault", ["raise RuntimeError('spoiled')", "__import__('os').abort()"])
def test_a_refusal_in_a_shared_process_counts_only_where_nothing_ran_before(fake, bare, fault):
    fake("torch", extra=SPOILED.replace("{fault}", fault))
    heard = []
    report = examine(
        pythons={"tensorflow": bare},
        checks=["export-executorch", "quantisation"],
        progress=lambda *each: heard.append(each),
    )
    for check in ("export-executorch", "quantisation"):
        assert "fresh" in row(report, "pytorch", check)["because"]
    assert heard.count(("start", "pytorch", "quantisation")) == 2
    assert [each[2] for each in heard].count("export-executorch") == 2  # its start and its end


def test_what_shares_a_process_name_shares_a_child_and_the_long_go_before_the_short():
    adapter = catalogue.find_adapters()["torch"]
    cards = catalogue.find_checks().values()
    ordered = [[c.id for c in job.checks] for job in plan.order(plan.jobs(adapter, cards))]
    assert ordered[0][0] == "import"
    assert ordered[1] == ["export-executorch", "export-mobile", "export-onnx", "quantisation"]
    assert ordered.index(["compiled"]) < ordered.index(["keras-fit-on-torch"])
    assert ordered[-1] == ["throughput"]
    assert sorted(each for job in ordered for each in job) == sorted(
        card.id for card in cards if not card.only or "torch" in card.only
    )


@pytest.mark.parametrize(("check", "threads"), [("save-load", "2"), ("throughput", None)])
def test_side_by_side_each_has_half_of_the_cores(fake, bare, monkeypatch, check, threads):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr("recommender.probe.machine.usable_cores", lambda: 4)
    tell = "raise ValueError('threads ' + str(__import__('os').environ.get('OMP_NUM_THREADS')))"
    fake("torch", extra=f"def manual_seed(seed): {tell}\n")
    report = examine(pythons={"tensorflow": bare}, checks=[check])
    assert f"threads {threads}" in row(report, "pytorch", check)["because"]


def test_an_interpreter_that_keeps_silent_is_within_the_budget(tmp_path, bare):
    mute = wrapper(tmp_path / "mute", "sleep 60")
    began = time.monotonic()
    report = examine(pythons={"torch": mute, "tensorflow": bare}, budget=1)
    assert time.monotonic() - began < 10
    assert report["candidates"]["pytorch"]["status"] == "not-examined"


def test_a_hang_is_cut_at_the_limit_of_its_check(fake, bare, monkeypatch, statuses):
    monkeypatch.setattr(scheduler, "LOADING", 5)
    monkeypatch.setattr("recommender.probe.child.checks.devices.LIMIT", 0.5)
    fake(
        "torch",
        extra="import time\nclass cuda:\n    is_available = staticmethod(lambda: time.sleep(99))\n",
    )
    report = examine(pythons={"tensorflow": bare}, checks=["devices"])
    seen = row(report, "pytorch", "devices")
    assert seen["status"] == "timeout"
    assert "no answer in 0.5 s; it hung in" in seen["because"]


def test_noise_on_stdout_is_not_believed(fake, bare, statuses):
    lie = '{"event": "result", "check": "import", "status": "fail", "figures": {}}'
    fake("torch", extra=f"print('{lie}' * 1000)\nimport os; os.write(1, b'x' * 10**6)")
    report = examine(pythons={"tensorflow": bare}, checks=CHEAP)
    assert statuses(report)["pytorch", "import"] == "pass"


def test_a_file_beside_the_project_shadows_nothing(fake, bare, tmp_path, monkeypatch):
    fake("torch")
    (tmp_path / "torch.py").write_text("raise SystemExit('shadowed')")
    monkeypatch.chdir(tmp_path)
    report = examine(pythons={"tensorflow": bare}, checks=CHEAP)
    assert report["candidates"]["pytorch"]["status"] == "present"


CUDA = "class cuda:\n    is_available = staticmethod(lambda: {})\nclass version:\n    cuda = '13.0'\n    hip = None\n"


def accelerator(fake, bare, extra):
    fake("torch", extra=extra)
    report = examine(pythons={"tensorflow": bare}, checks=CHEAP)
    return row(report, "pytorch", "accelerator"), report


def test_an_accelerator_that_works_is_confirmed_and_named_unexercised(fake, bare):
    seen, report = accelerator(fake, bare, CUDA.format(True))
    assert (seen["verdict"], seen["figures"]["ran_on"]) == ("confirmed", "cuda")
    assert "not exercised by our tests" in seen["because"]
    assert "cuda" in report["not_exercised"]


def test_built_but_absent_is_unavailable(fake, bare):
    seen, _ = accelerator(fake, bare, CUDA.format(False))
    assert (seen["status"], seen["because"]) == (
        "skip",
        "no accelerator in sight; this build is made for cuda",
    )


def test_silent_fallback_to_the_cpu_is_caught(fake, bare):
    seen, _ = accelerator(fake, bare, CUDA.format(True) + "Tensor.to = lambda self, place: self\n")
    assert (seen["verdict"], seen["because"]) == (
        "refuted",
        "says cuda is there, but silently ran on the CPU",
    )


def test_wrong_numbers_are_caught(fake, bare):
    seen, _ = accelerator(
        fake, bare, CUDA.format(True) + "Tensor.__matmul__ = lambda self, other: self\n"
    )
    assert "wrong product" in seen["because"]


def test_an_operation_that_fails_there_is_told(fake, bare):
    seen, _ = accelerator(
        fake,
        bare,
        CUDA.format(True) + "def bad(*_): raise RuntimeError('no kernel image')\nTensor.to = bad\n",
    )
    assert "an operation fails: no kernel image" in seen["because"]


@pytest.mark.parametrize("kind", ["mps", "xpu", "rocm"])
def test_other_back_ends_are_told_apart(fake, bare, kind):
    extra = {
        "mps": "class backends:\n    class mps:\n        is_built = is_available = staticmethod(lambda: True)\n",
        "xpu": "class xpu:\n    _is_compiled = is_available = staticmethod(lambda: True)\n",
        "rocm": CUDA.format(True) + "version.hip = '7.0'\n",
    }[kind]
    seen, _ = accelerator(fake, bare, extra)
    assert (seen["status"], seen["figures"]["kind"]) == ("pass", kind)


FAKE_TF_GPU = """
__version__ = "9.9.9-fake"
import contextlib
float32 = None
def device(place): return contextlib.nullcontext()
class Tensor:
    device = "/job:localhost/replica:0/task:0/device:{where}:0"
    def __init__(self, values): self.values = values
    def numpy(self): return self
    def tolist(self): return self.values
    def __matmul__(self, other): return Tensor([[19.0, 22.0], [43.0, 50.0]])
def constant(values, dtype=None): return Tensor(values)
class config: list_physical_devices = staticmethod(lambda kind: ["gpu"] if kind == "GPU" else [])
class test: is_built_with_cuda = staticmethod(lambda: True); is_built_with_rocm = staticmethod(lambda: False)
"""


@pytest.mark.parametrize(("where", "status"), [("GPU", "pass"), ("CPU", "fail")])
def test_tensorflow_is_not_taken_at_its_word_either(fake, bare, where, status):
    fake("tensorflow", FAKE_TF_GPU.replace("{where}", where))
    report = examine(pythons={"torch": bare}, checks=CHEAP)
    assert row(report, "tensorflow", "accelerator")["status"] == status


def test_a_gpu_in_the_machine_that_is_not_used_is_refuted(fake, bare, monkeypatch):
    monkeypatch.setattr(
        "recommender.probe.machine.gpus", lambda: [{"name": "NVIDIA T4", "vendor": "NVIDIA"}]
    )
    seen, _ = accelerator(fake, bare, "")
    assert (
        seen["because"]
        == "this machine has NVIDIA T4, and it finds no accelerator: this build is for the CPU alone"
    )
    assert seen["verdict"] == "refuted"


def test_wrong_arithmetic_is_refuted(fake, bare):
    extra = "def tensor(values, dtype=None): return Tensor([[v * 1.001 for v in row] for row in values])\n"
    fake("torch", extra=extra)
    seen = row(examine(pythons={"tensorflow": bare}, checks=["numerics"]), "pytorch", "numerics")
    assert seen["verdict"] == "refuted"


def test_ctrl_c_keeps_what_is_finished(fake, bare, statuses):
    fake("torch")

    def interrupting(event, candidate, check):
        if (event, check) == ("pass", "devices"):
            raise KeyboardInterrupt

    report = examine(
        pythons={"tensorflow": bare}, checks=[*CHEAP, "numerics"], progress=interrupting
    )
    seen = statuses(report)
    assert seen["pytorch", "devices"] == "pass"
    assert "not-run" in seen.values() or seen["pytorch", "numerics"] == "fail"
    assert report["interrupted"]


def test_reports_name_no_user_host_or_variable(fake, bare, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "hunter2")
    home = str(Path.home())
    fake(
        "torch",
        f"raise ImportError('{home}/lib/x.so and {sys.prefix}/y ' + __file__ + __import__('platform').node())",
    )
    text = json.dumps(examine(pythons={"tensorflow": bare}, checks=CHEAP))
    for word in (
        home + "/",
        platform.node(),
        f"/{getpass.getuser()}/",
        "hunter2",
        "SECRET_TOKEN",
        sys.prefix,
    ):
        assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text), word


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"tier": "quik"}, "did you mean `quick`"),
        ({"checks": ["inport"]}, "did you mean `import`"),
        ({"pythons": {"tourch": "x"}}, "no framework is called tourch"),
        ({"pythons": {"torch": "/no/such/python"}}, "cannot be run"),
    ],
)
def test_what_does_not_exist_is_told(arguments, message):
    with pytest.raises(UsageError, match=message):
        examine(**arguments)


def test_something_that_is_no_python_is_told(tmp_path, bare):
    odd = tmp_path / "odd"
    odd.write_text("#!/bin/sh\nexit 7\n")
    odd.chmod(0o755)
    report = examine(pythons={"torch": str(odd), "tensorflow": bare}, checks=CHEAP)
    assert report["candidates"]["pytorch"]["status"] == "broken"
    assert "did not answer as a Python" in report["candidates"]["pytorch"]["because"]


def test_the_parent_imports_no_framework(fake, bare):
    code = "import sys, recommender.probe as p; p.check_ids(); p.catalogue.find_checks(); p.catalogue.find_adapters(); print(sorted({'torch', 'tensorflow', 'numpy', 'matplotlib', 'yaml', 'pydantic'} & set(sys.modules)))"
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)
    }
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
    )
    assert done.stdout.strip() == "[]"


def test_the_child_parses_on_its_oldest_python():
    for file in Path(interpreter.CHILD).rglob("*.py"):
        ast.parse(file.read_text(), feature_version=interpreter.OLDEST)


def test_every_check_states_its_card():
    cards = catalogue.find_checks()
    assert tuple(sorted(cards)) == check_ids()
    for card in cards.values():
        assert card.claim.endswith(".")
        assert importlib.import_module(f"{checks.__name__}.{card.id.replace('-', '_')}").__doc__
        assert card.tier in catalogue.TIERS
        assert card.limit >= 30
        assert set(card.only) <= set(catalogue.find_adapters())


def test_the_documentation_lists_every_check_as_it_is():
    page = Path(__file__).parents[2].joinpath("docs", "probe.md").read_text(encoding="utf-8")
    for card in catalogue.find_checks().values():
        assert f"| `{card.id}` | {card.tier} | {card.claim} |" in page
