"""Which back-ends was this build made for, and which of them find a device?"""

from __future__ import annotations

from ..protocol import Finding, Framework

CLAIM = "Each accelerator back-end says whether it was built in and whether a device is there."
TIER = "quick"
LIMIT = 30


def run(framework: Framework) -> Finding:
    """Ask the framework; `accelerator` then checks its word."""
    listed = framework.devices()
    built = [device["kind"] for device in listed if device["built"]]
    there = [device["kind"] for device in listed if device["available"]]
    found = ", ".join(there) or "no accelerator"
    return f"built for {', '.join(['cpu', *built])}; finds {found}", {"devices": listed}
