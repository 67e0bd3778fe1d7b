"""Can training curves be written for TensorBoard, and read back? Neither framework brings it."""

from __future__ import annotations

import tempfile

from ..protocol import Finding, Framework, Wrong, need

CLAIM = "Training curves are written as TensorBoard events, and TensorBoard reads them back."
TIER = "standard"
LIMIT = 90
VALUES = [2.0, 1.0, 0.5, 0.25]


def run(framework: Framework) -> Finding:
    """Write a curve with the framework, read it with TensorBoard."""
    need("tensorboard")
    with tempfile.TemporaryDirectory() as folder:
        framework.write_events(folder, "loss", VALUES)
        seen = read_back(folder, "loss")
    if seen != VALUES:
        raise Wrong(f"wrote {VALUES}, read back {seen}")
    return "events written and read back", {"events": len(seen)}


def read_back(folder: str, tag: str) -> list[float]:
    """Read a curve as TensorBoard does; TensorFlow writes its scalars as tensors."""
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.util import tensor_util

    events = EventAccumulator(folder)
    events.Reload()
    tags = events.Tags()
    if tag in tags["scalars"]:
        return [event.value for event in events.Scalars(tag)]
    return [float(tensor_util.make_ndarray(e.tensor_proto)) for e in events.Tensors(tag)]
