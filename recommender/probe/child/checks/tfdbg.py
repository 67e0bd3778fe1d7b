"""Does TensorFlow's debugger dump (tfdbg) still work, and does it find the not-a-numbers?"""

from __future__ import annotations

import tempfile

from ..protocol import Finding, Framework, Wrong, need

CLAIM = "TensorFlow's debugger dump (tfdbg) records which operations gave not-a-number."
TIER = "standard"
LIMIT = 60
ONLY = ("tensorflow",)
PROCESS = "compiling"  # and last there, for it hooks into every later operation


def run(framework: Framework) -> Finding:
    """Dump a run of a compiled function and read the dump back."""
    need("tensorflow.python.debug.lib.debug_events_reader")
    with tempfile.TemporaryDirectory() as folder:
        operations, infinite = framework.dump_debug(folder)
    if not infinite:
        raise Wrong(f"the dump of {operations} operations shows no not-a-number")
    return f"dump read back: {operations} operations, {infinite} with NaN or infinity", {
        "operations": operations,
        "infinite": infinite,
    }
