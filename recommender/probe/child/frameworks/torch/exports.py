"""Exports of PyTorch's models."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import torch

from ...protocol import Skip, need
from .models import exportable


def onnx_files(folder: str) -> dict[str, str]:
    """Export to ONNX, and return the file of each way to do it."""
    need("onnx", "onnxscript")
    model, inputs, _ = exportable()
    path = str(Path(folder) / "model.onnx")
    torch.onnx.export(model, (torch.tensor(inputs),), path, dynamo=True, verbose=False)
    return {"torch.onnx.export": path}


def litert_files(folder: str) -> dict[str, tuple[str, float]]:
    """Convert to LiteRT, and return the file and the allowed difference of each way to do it."""
    need("litert_torch")
    import litert_torch

    model, inputs, _ = exportable()
    path = str(Path(folder) / "model.tflite")
    litert_torch.convert(model, (torch.tensor(inputs),)).export(path)
    return {"float32": (path, 1e-5)}


def executorch_outputs() -> Any:
    """Lower to ExecuTorch with XNNPACK, run it in its runtime, and return the outputs."""
    need("executorch")
    from executorch.backends.xnnpack.partition.xnnpack_partitioner import XnnpackPartitioner
    from executorch.exir import to_edge_transform_and_lower
    from executorch.runtime import Runtime

    model, inputs, _ = exportable()
    given = torch.tensor(inputs)
    lowered = to_edge_transform_and_lower(
        torch.export.export(model, (given,)), partitioner=[XnnpackPartitioner()]
    )
    program = Runtime.get().load_program(lowered.to_executorch().buffer)
    return program.load_method("forward").execute([given])[0].tolist()


def program_outputs(folder: str) -> dict[str, Any]:
    """Save the model as a program with a free batch size, load it, and run it."""
    model, inputs, _ = exportable()
    given = torch.tensor(inputs)
    batch = torch.export.Dim("batch", min=1, max=64)
    exported = torch.export.export(model, (given,), dynamic_shapes=({0: batch},))
    path = str(Path(folder) / "model.pt2")
    torch.export.save(exported, path)
    loaded = torch.export.load(path).module()
    row = [loaded(given[:1]).tolist()[0], loaded(given[1:]).tolist()[0]]
    return {"torch.export": loaded(given).tolist(), "torch.export with another batch size": row}


def quantised_outputs() -> dict[str, Any]:
    """Quantise the small model in each way available, and return the outputs."""
    need("torchao")
    from torchao.quantization import (
        Int8DynamicActivationInt8WeightConfig,
        Int8WeightOnlyConfig,
        quantize_,
    )

    model, inputs, _ = exportable()
    given = torch.tensor(inputs)
    outputs = {}
    ways = {
        "int8 weights (torchao)": Int8WeightOnlyConfig,
        "int8 dynamic (torchao)": Int8DynamicActivationInt8WeightConfig,
    }
    for name, config in ways.items():
        small = copy.deepcopy(model)
        quantize_(small, config())
        with torch.no_grad():
            outputs[name] = small(given).tolist()
    return outputs


CPP = r"""
#include <torch/torch.h>
#include <iostream>
int main() {
  torch::manual_seed(0);
  torch::nn::Linear model(4, 1);
  auto x = torch::arange(32, torch::kFloat).reshape({8, 4}) / 32;
  auto y = x.sum(1, true);
  torch::optim::SGD optimiser(model->parameters(), 0.2);
  float first = 0, last = 0;
  for (int step = 0; step < 50; ++step) {
    optimiser.zero_grad();
    auto loss = torch::mse_loss(model(x), y);
    loss.backward();
    optimiser.step();
    last = loss.item<float>();
    if (step == 0) first = last;
  }
  auto product = torch::tensor({{1., 2.}, {3., 4.}}).mm(torch::tensor({{5., 6.}, {7., 8.}}));
  std::cout << product.sum().item<float>() << " " << first << " " << last << std::endl;
}
"""


def cpp_program(folder: str) -> tuple[str, list[str], list[str], dict[str, str], str]:
    """Return source, compiler flags, arguments, environment and the first line printed."""
    home = Path(torch.__file__).parent
    if not (home / "include" / "torch").exists():
        raise Skip("this build brings no C++ headers")
    del folder
    includes = [home / "include", home / "include/torch/csrc/api/include"]
    flags = [f"-I{place}" for place in includes] + ["-std=c++20", f"-L{home / 'lib'}"]
    flags += [f"-Wl,-rpath,{home / 'lib'}", "-ltorch", "-ltorch_cpu", "-lc10"]
    flags += [f"-D_GLIBCXX_USE_CXX11_ABI={int(torch.compiled_with_cxx11_abi())}"]
    return CPP, flags, [], {}, "134"
