"""Looking into TensorFlow: graphs, debuggers, not-a-numbers, events, ready-made parts."""

from __future__ import annotations

from typing import Any, Callable

import tensorflow as tf

from ...pdb_session import stops

UNCOMPILED = "tf.config.run_functions_eagerly(True)"


def compiled_paths(function: Callable[[Any], Any], start: list[float]) -> dict[str, Any]:
    """Compile a function in both ways and count its graphs."""
    graph, xla = tf.function(function), tf.function(function, jit_compile=True)
    given = tf.constant(start)
    answers = {"function": graph(given).numpy().tolist(), "xla": xla(given).numpy().tolist()}
    graph(tf.constant([0.5 for _ in start]))  # another path through the same graph
    count = graph.experimental_get_tracing_count()
    return {"answers": answers, "graphs": count, "one_graph": count == 1, "refusal": ""}


def run_eagerly(eagerly: bool) -> None:
    """Run compiled functions as written from now on, or compiled again."""
    tf.config.run_functions_eagerly(eagerly)


def trace_nan() -> tuple[str, str]:
    """Make a NaN, and return the framework's message and the operation that caused it."""
    tf.debugging.enable_check_numerics()
    try:
        tf.math.log(tf.constant([-1.0]))
    except tf.errors.InvalidArgumentError as error:
        return str(error), "log"
    finally:
        tf.debugging.disable_check_numerics()
    return "nothing", "log"


def dump_debug(folder: str) -> tuple[int, int]:
    """Dump a compiled run for tfdbg; count operations, and those with NaN or infinity."""
    from tensorflow.python.debug.lib import debug_events_reader

    writer = tf.debugging.experimental.enable_dump_debug_info(folder, "FULL_HEALTH", -1)
    try:
        tf.function(lambda x: tf.math.log(x) + 1.0)(tf.constant([-1.0, 1.0]))
        writer.FlushNonExecutionFiles()
        writer.FlushExecutionFiles()
    finally:
        tf.debugging.experimental.disable_dump_debug_info()
    with debug_events_reader.DebugDataReader(folder) as reader:
        reader.update()
        traces = reader.graph_execution_traces()
        # FULL_HEALTH: six numbers about the tensor, then how many -inf, +inf and NaN, and the rest.
        bad = sum(any((trace.debug_tensor_value or ())[5:8]) for trace in traces)
    return len(traces), bad


def write_events(folder: str, tag: str, values: list[float]) -> None:
    """Write a curve for TensorBoard."""
    with tf.summary.create_file_writer(folder).as_default():
        for step, value in enumerate(values):
            tf.summary.scalar(tag, value, step)


def ready_made(public: Callable[[Any, type], int]) -> dict[str, int | bool]:
    """Return how many layers and the like come along; of some things, whether there is one."""
    keras = tf.keras

    models = [name for name in dir(keras.applications) if name[0].isupper()]
    return {
        "layers and losses": public(keras.layers, keras.layers.Layer)
        + public(keras.losses, keras.losses.Loss),
        "optimisers": public(keras.optimizers, keras.optimizers.Optimizer),
        "whole models": len(models),
        "fit loop": hasattr(keras.Model, "fit"),
        "transformer layer": hasattr(keras.layers, "TransformerEncoder"),
    }


def fit_stops(eagerly: bool) -> list[Any]:
    """Fit with a breakpoint inside a layer; return what a debugger sees at each stop."""

    class Doubling(tf.keras.layers.Layer):  # type: ignore[misc]
        def call(self, x: Any) -> Any:
            hidden = x * 2
            return hidden  # noqa: RET504 - something to look at

    model = tf.keras.Sequential([tf.keras.Input((4,)), Doubling(), tf.keras.layers.Dense(1)])
    model.compile("sgd", "mse", run_eagerly=eagerly)

    def fit(data: Any) -> None:
        model.fit(data, tf.ones((8, 1)), batch_size=4, epochs=1, verbose=0)

    return stops(Doubling.call, fit, [tf.ones((8, 4))])


def keras_loops() -> dict[str, str]:
    """Put a data-dependent loop into a layer and predict: as written, and with each remedy."""

    class Halving(tf.keras.layers.Layer):  # type: ignore[misc]
        def call(self, x: Any) -> Any:
            while tf.norm(x) > 1:
                x = x / 2
            return x

    class Sized(Halving):
        def compute_output_shape(self, shape: Any) -> Any:
            return shape

    class Traced(tf.keras.layers.Layer):  # type: ignore[misc]
        call = tf.function(Halving.call)

    class Looping(tf.keras.layers.Layer):  # type: ignore[misc]
        def call(self, x: Any) -> Any:
            ops = tf.keras.ops
            (end,) = ops.while_loop(lambda v: ops.norm(v) > 1, lambda v: (v / 2,), (x,))
            return end

    def attempt(layer: Any, *, eagerly: bool = False) -> str:
        try:
            model = tf.keras.Sequential([tf.keras.Input((3,)), layer()])
            model.compile(run_eagerly=eagerly)
            seen = model.predict(tf.constant([[3.0, -4.0, 12.0]]), verbose=0).tolist()
        except Exception as error:  # noqa: BLE001 - refusing is the answer, in whatever words
            return type(error).__name__
        return "ran" if seen == [[0.1875, -0.25, 0.75]] else "wrong"

    return {
        "as written": attempt(Halving),
        "@tf.function on call": attempt(Traced),
        "keras.ops.while_loop": attempt(Looping),
        "run_eagerly=True and compute_output_shape": attempt(Sized, eagerly=True),
    }
