"""The inputs and the outputs of the data-dependent function that every adapter defines."""

from __future__ import annotations

START = [3.0, -4.0, 12.0]
END = [4.5, -6.0, 18.0]
"""START halved until its norm of 13 is at most 1 (4 times), then times 24: its sum is positive."""
