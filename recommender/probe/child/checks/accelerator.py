"""Does an operation really run on the accelerator that the framework claims to see?

Built in, said to be available, and ran there are three different things: a framework may quietly
compute on the CPU instead.
"""

from __future__ import annotations

from ..protocol import Finding, Framework, Skip, Wrong

CLAIM = "Operations really run on this machine's accelerator."
TIER = "quick"
LIMIT = 60
UNEXERCISED = ("cuda", "rocm", "mps", "xpu", "tpu")
"""Back-ends that no real run of our own tests has covered."""


def run(framework: Framework) -> Finding:
    """Multiply two small matrices on the first accelerator, and look where the product lies."""
    listed = framework.devices()
    usable = [device for device in listed if device["available"]]
    if not usable:
        built = ", ".join(device["kind"] for device in listed if device["built"])
        why = f"this build is made for {built}" if built else "this build is for the CPU alone"
        if framework.gpus:
            raise Wrong(f"this machine has {framework.gpus}, and it finds no accelerator: {why}")
        raise Skip(f"no accelerator in sight; {why}")
    device = usable[0]
    kind = device["kind"]
    figures = {"kind": kind, "built": device["built"], "available": True, "ran": False}
    try:
        left = framework.tensor([[1.0, 2.0], [3.0, 4.0]], "float32", device["place"])
        right = framework.tensor([[5.0, 6.0], [7.0, 8.0]], "float32", device["place"])
        product = left @ right
        seen, place = framework.to_list(product), framework.where(product)
    except Exception as error:
        first = (str(error).splitlines() or [""])[0]
        raise Wrong(f"says {kind} is there, but an operation fails: {first}", **figures) from error
    figures["ran_on"] = place
    if place == "cpu":
        raise Wrong(f"says {kind} is there, but silently ran on the CPU", **figures)
    if seen != [[19.0, 22.0], [43.0, 50.0]]:
        raise Wrong(f"ran on {kind}, with a wrong product: {seen}", **figures)
    figures["ran"] = True
    note = " (a back-end not exercised by our tests)" if kind in UNEXERCISED else ""
    return f"a product ran on {kind}{note}", figures
