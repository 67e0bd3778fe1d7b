"""What is told of a Mac: the system's own words, which programs of the same name say here."""

import os
import platform
import subprocess
import sys

import pytest

from recommender.probe import machine, process_tree

INTEL = {
    "machdep.cpu.features machdep.cpu.leaf7_features": "FPU SSE4.2 AVX1.0 F16C\nAVX2 SMEP",
    "machdep.cpu.brand_string": "Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz",
}
APPLE = {"machdep.cpu.brand_string": "Apple M2"}


@pytest.fixture
def mac(tmp_path, monkeypatch):
    """Give a function that lays a Mac's `sysctl` before the search path, with its answers."""
    if os.name != "posix":
        pytest.skip("a shell script takes the place of sysctl")

    def lay(answers, arch):
        cases = "\n".join(f"  '{key}') printf '%s\\n' '{said}' ;;" for key, said in answers.items())
        script = tmp_path / "sysctl"
        script.write_text(f'#!/bin/sh\nshift\ncase "$*" in\n{cases}\n  *) exit 1 ;;\nesac\n')
        script.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        monkeypatch.setattr(sys, "platform", "darwin")
        monkeypatch.setattr(platform, "machine", lambda: arch)
        monkeypatch.setattr(machine, "first_answer", lambda path: "")  # there is no /proc

    return lay


def test_an_intel_mac_tells_its_flags_and_has_no_apple_gpu(mac):
    mac(INTEL, "x86_64")
    told = machine.describe()
    assert told["avx"] is True
    assert told["cpu_flags"] == ["avx", "avx2", "f16c"]
    assert told["cpu"] == "Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz"
    assert all(gpu["vendor"] != "Apple" for gpu in told["gpus"])


def test_an_apple_processor_has_neon_no_avx_and_a_gpu(mac):
    mac(APPLE, "arm64")
    told = machine.describe()
    assert (told["avx"], told["cpu_flags"]) == (False, ["neon"])
    assert told["gpus"] == [{"vendor": "Apple", "name": "Apple M2 GPU"}]


@pytest.mark.skipif(os.name != "posix", reason="there is no ps")
def test_without_proc_the_system_lists_the_memory_of_a_child(tmp_path, monkeypatch):
    monkeypatch.setattr(process_tree, "PROC", tmp_path / "none")
    words = [sys.executable, "-c", "import sys; held = bytes(40_000_000); print(1, flush=True); sys.stdin.read()"]  # fmt: skip
    child = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    with child:
        child.stdout.readline()
        assert process_tree.resident_mb(child.pid) > 5
        child.stdin.close()
    assert process_tree.resident_mb(child.pid) == 0
