"""Exports of TensorFlow's models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tensorflow as tf

from ...protocol import Skip, need
from .models import exportable, small_model


def onnx_files(folder: str) -> dict[str, str]:
    """Export to ONNX, and return the file of each way to do it."""
    need("onnx", "tf2onnx")
    import tf2onnx

    model, inputs, _ = exportable()
    path, other = str(Path(folder) / "function.onnx"), str(Path(folder) / "keras.onnx")
    signature = [tf.TensorSpec([None, len(inputs[0])], tf.float32, name="x")]
    tf2onnx.convert.from_function(
        tf.function(lambda x: model(x)),  # noqa: PLW0108 - a Keras model is no function
        input_signature=signature,
        output_path=path,
    )
    model.export(other, format="onnx", verbose=False)
    return {"tf2onnx": path, "keras.export": other}


def litert_files(folder: str) -> dict[str, tuple[str, float]]:
    """Convert to LiteRT, and return the file and the allowed difference of each way to do it."""
    model, inputs, _ = exportable()
    files = {}
    for name, allowed in (("float32", 1e-5), ("dynamic range", 5e-2), ("int8", 5e-2)):
        converter = tf.lite.TFLiteConverter.from_keras_model(model)
        if name != "float32":
            converter.optimizations = [tf.lite.Optimize.DEFAULT]
        if name == "int8":  # all of it, as microcontrollers and the Edge TPU want it
            converter.representative_dataset = lambda: ([tf.constant([row])] for row in inputs)
            converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        path = Path(folder) / f"{name.replace(' ', '-')}.tflite"
        path.write_bytes(converter.convert())
        files[name] = (str(path), allowed)
    return files


def program_outputs(folder: str) -> dict[str, Any]:
    """Save the model as a program with a free batch size, load it, and run it."""
    model, inputs, _ = exportable()
    given = tf.constant(inputs)
    model.export(folder, verbose=False)
    alive = tf.saved_model.load(folder)  # its variables live as long as it does
    loaded = alive.serve
    row = [loaded(given[:1]).numpy().tolist()[0], loaded(given[1:]).numpy().tolist()[0]]
    return {"SavedModel": loaded(given).numpy().tolist(), "SavedModel with another batch size": row}


def quantised_outputs() -> dict[str, Any]:
    """Quantise the small model in each way available, and return the outputs."""
    _, inputs, _ = exportable()
    outputs = {}
    for width in ("int8", "int4"):
        model = small_model()
        if not hasattr(model, "quantize"):
            raise Skip("this Keras has no quantize")
        model.quantize(width)
        outputs[f"{width} weights (Keras)"] = model(tf.constant(inputs)).numpy().tolist()
    return outputs


CPP = r"""
#include <tensorflow/c/c_api.h>
#include <cstdio>
int main(int, char** words) {
  TF_Status* status = TF_NewStatus();
  TF_Graph* graph = TF_NewGraph();
  TF_SessionOptions* options = TF_NewSessionOptions();
  const char* tags[] = {"serve"};
  TF_Session* session = TF_LoadSessionFromSavedModel(
      options, nullptr, words[1], tags, 1, graph, nullptr, status);
  if (TF_GetCode(status) != TF_OK) { std::fprintf(stderr, "%s\n", TF_Message(status)); return 1; }
  const int64_t shape[] = {2, 8};
  TF_Tensor* given = TF_AllocateTensor(TF_FLOAT, shape, 2, 16 * sizeof(float));
  for (int i = 0; i < 16; ++i) static_cast<float*>(TF_TensorData(given))[i] = -2.0f + 4.0f * i / 15;
  TF_Output in = {TF_GraphOperationByName(graph, words[2]), 0};
  TF_Output out = {TF_GraphOperationByName(graph, words[3]), 0};
  TF_Tensor* result = nullptr;
  TF_SessionRun(session, nullptr, &in, &given, 1, &out, &result, 1, nullptr, 0, nullptr, status);
  if (TF_GetCode(status) != TF_OK) { std::fprintf(stderr, "%s\n", TF_Message(status)); return 1; }
  std::printf("%.4f\n", static_cast<float*>(TF_TensorData(result))[0]);
}
"""


def cpp_program(folder: str) -> tuple[str, list[str], list[str], dict[str, str], str]:
    """Return source, compiler flags, arguments, environment and the first line printed."""
    from tensorflow.core.protobuf import saved_model_pb2

    home = Path(tf.sysconfig.get_lib())
    library = next(iter(sorted(home.glob("libtensorflow_cc.*"))), None)
    if library is None:
        raise Skip("this build brings no C library")
    model, _, outputs = exportable()
    saved = str(Path(folder) / "saved")
    model.export(saved, verbose=False)
    whole = saved_model_pb2.SavedModel.FromString(Path(saved, "saved_model.pb").read_bytes())
    signature = whole.meta_graphs[0].signature_def["serving_default"]
    ends = [next(iter(side.values())).name for side in (signature.inputs, signature.outputs)]
    names = [end.split(":")[0] for end in ends]
    flags = [*tf.sysconfig.get_compile_flags(), f"-L{home}", f"-Wl,-rpath,{home}"]
    # Without this the linker drops the library, and no session can be made.
    flags += ["-Wl,--no-as-needed", f"-l:{library.name}"]
    flags += [f"-l:{each.name}" for each in sorted(home.glob("libtensorflow_framework.so.*"))[:1]]
    return CPP, flags, [saved, *names], {"TF_CPP_MIN_LOG_LEVEL": "3"}, f"{outputs[0][0]:.4f}"
