"""Every reader on a small file of its kind: the clues, and the lines where they stand."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from recommender.scan.source_file import Unread

TABLE = [
    ("requirements.txt", "# x\ntorch==2.1.0\ntensorflow>=1.4,<2  # old\n-r other.txt\n",
     [("package", "pypi:torch", 2, ("2",)), ("package", "pypi:tensorflow", 3, ("1",))]),
    ("requirements.txt", "--extra-index-url https://download.pytorch.org/whl/cu118\n", [("setting", "index:cu118", 1, ())]),
    ("pyproject.toml", '[project]\nrequires-python = ">=3.8,<3.10"\ndependencies = [\n  "jax>=0.4",\n]\n',
     [("package", "pypi:jax", 4, ()), ("python", "required", 2, ("3.8", "3.9"))]),
    ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.7"\ntensorflow = {version = "^2.9", optional = true}\n',
     [("package", "pypi:tensorflow", 3, ("2",))]),
    ("Pipfile", '[packages]\ntorch = "*"\n[requires]\npython_version = "3.9"\n',
     [("package", "pypi:torch", 2, ()), ("python", "required", 4, ("3.9",))]),
    ("setup.py", "from setuptools import setup\nsetup(\n  install_requires=[\n    'keras>=3',\n  ],\n)\n",
     [("setting", "python:package", 2, ()), ("package", "pypi:keras", 4, ("3", "4", "5", "6", "7"))]),
    ("setup.cfg", "[options]\ninstall_requires =\n  torch\npython_requires = <3.9\n",
     [("python", "required", 4, ("3.5", "3.6", "3.7", "3.8")), ("package", "pypi:torch", 3, ())]),
    ("environment.yml", "dependencies:\n  - python=3.8\n  - pytorch=1.12\n  - pip:\n    - timm==0.9.1\n",
     [("python", "required", 2, ("3.8",)), ("package", "pypi:torch", 3, ("1",)), ("package", "pypi:timm", 5, ("0",))]),
    ("poetry.lock", '[[package]]\nname = "torch"\nversion = "2.3.0"\n', [("package", "pypi:torch", 2, ("2",))]),
    ("package.json", '{"dependencies": {\n"@tensorflow/tfjs": "^4.2.0"}}', [("package", "npm:@tensorflow/tfjs", 2, ("4",))]),
    ("pubspec.yaml", "dependencies:\n  tflite_flutter: ^0.10\n", [("package", "pub:tflite_flutter", 2, ())]),
    ("app/build.gradle", "plugins { id 'com.android.application' }\nimplementation 'org.tensorflow:tensorflow-lite:2.9'\n",
     [("setting", "gradle:application", 1, ()), ("package", "gradle:org.tensorflow:tensorflow-lite", 2, ())]),
    ("Podfile", "pod 'TensorFlowLiteSwift'\n", [("package", "pod:TensorFlowLiteSwift", 1, ())]),
    ("Package.swift", '.package(url: "https://github.com/argmaxinc/WhisperKit.git", from: "0.9")', [("package", "swift:WhisperKit", 1, ())]),
    ("Cargo.toml", '[dependencies]\nort = "2"\n', [("package", "cargo:ort", 2, ())]),
    ("CMakeLists.txt", "find_package(Torch REQUIRED)\n", [("package", "cmake:Torch", 1, ())]),
    ("a.csproj", '<PackageReference Include="TorchSharp" Version="0.1" />', [("package", "nuget:TorchSharp", 1, ())]),
    ("go.mod", "require (\n\tgithub.com/yalue/onnxruntime_go v1.9.0\n)\n", [("package", "go:github.com/yalue/onnxruntime_go", 2, ())]),
    ("build.sh", "git clone --depth 1 https://github.com/ggml-org/whisper.cpp.git && cd whisper.cpp\n",
     [("package", "git:whisper.cpp", 1, ())]),
    ("Main.kt", 'System.loadLibrary("ncnn")\nval run = "$dir/libwhisper.so -m"\n',
     [("package", "lib:ncnn", 1, ()), ("package", "lib:whisper", 2, ())]),
    ("Net.cs", '[DllImport("onnxruntime")]\n', [("package", "lib:onnxruntime", 1, ())]),
    ("gpu.js", "const p = device.createComputePipeline({});\n", [("call", "js.createComputePipeline", 1, ())]),
    ("Dockerfile", "FROM nvidia/cuda:12.1-base\nRUN pip install torch==2.1\nCMD uvicorn app:app\n",
     [("image", "nvidia/cuda:12.1-base", 1, ()), ("package", "pypi:torch", 2, ("2",)), ("setting", "run:uvicorn", 3, ())]),
    ("Dockerfile", "FROM python:3.8-slim\n", [("image", "python:3.8-slim", 1, ()), ("python", "image", 1, ("3.8",))]),
    ("train.sh", "#SBATCH --nodes=4\n#SBATCH --gres=gpu:a100:8\ntorchrun --nproc_per_node=8 train.py\n",
     [("setting", "slurm:nodes=several", 1, ()), ("setting", "slurm:gpus=several", 2, ()),
      ("setting", "run:torchrun", 3, ()), ("setting", "run:nproc_per_node=several", 3, ())]),
    ("k8s/job.yaml", "kind: PyTorchJob\n  image: rocm/pytorch\n  limits: {nvidia.com/gpu: 1}\n",
     [("setting", "k8s:PyTorchJob", 1, ()), ("image", "rocm/pytorch", 2, ()), ("setting", "device:nvidia.com/gpu", 3, ())]),
    (".github/workflows/r.yml", "- uses: pypa/gh-action-pypi-publish@v1\n", [("setting", "ci:pypi-publish", 1, ())]),
    ("old/.github/workflows/r.yml", "- run: twine upload x\n- run: pip install torch\n", [("package", "pypi:torch", 2, ())]),
    ("README.md", "sdk: gradio\n", [("setting", "space:gradio", 1, ())]),
    ("a.py", "from tkinter import _flatten, NO\nfrom tkinter.messagebox import askyesno\n",
     [("import", "tkinter.messagebox", 2, ()), ("use", "tkinter.messagebox.askyesno", 2, ())]),
    ("README.md", "# Net\n```\n# no heading\n```\n## Citation\n", [("heading", "net", 1, ()), ("heading", "citation", 5, ())]),
    ("README.md", "pip install -q net-x\nconda create -n e -c forge net-y\nhttps://pypi.org/project/net-z\n",
     [("setting", "readme:net-x", 1, ()), ("setting", "readme:e", 2, ()), ("setting", "readme:forge", 2, ()),
      ("setting", "readme:net-y", 2, ()), ("setting", "readme:net-z", 3, ())]),
    ("a.cpp", '#include "tensorflow/lite/interpreter.h"\n', [("package", "include:tensorflow/lite/interpreter.h", 1, ())]),
    ("A.kt", "import org.tensorflow.lite.Interpreter\n", [("package", "java:org.tensorflow.lite.Interpreter", 1, ())]),
    ("a.swift", "import CoreML\n", [("package", "swift:CoreML", 1, ())]),
    ("a.ts", "import * as tf from '@tensorflow/tfjs';\nconst x = require('./x')\n", [("package", "npm:@tensorflow/tfjs", 1, ())]),
    ("a.html", '<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.1.0/dist/tf.min.js">', [("package", "npm:@tensorflow/tfjs", 1, ())]),
    ("a.html", '<script type="module" src = "build/tf.min.js"></script>', [("package", "npm:tf", 1, ())]),
    ("a.cs", "using Unity.Barracuda;\nusing System;\n  x.using();\n", [("package", "nuget:Unity.Barracuda", 1, ()), ("package", "nuget:System", 2, ())]),
    ("fit.R", "library(keras)\nx <- torch::nn_linear(1, 2)\n", [("package", "cran:keras", 1, ()), ("package", "cran:torch", 2, ())]),
    ("a.Rmd", "`library('luz')`\n", [("package", "cran:luz", 1, ())]),
    ("net.jl", "using Flux, CUDA\nimport Zygote: gradient\n",
     [("package", "julia:Flux", 1, ()), ("package", "julia:CUDA", 1, ()), ("package", "julia:Zygote", 2, ())]),
    ("net.m", "function y = net(x)\ny = trainNetwork(x);\n", [("package", "matlab:function", 1, ()), ("package", "matlab:trainNetwork", 2, ())]),
    ("net.lua", "require 'nn'\n", [("package", "lua:nn", 1, ())]),
    ("a.html", '<script src="https://cdnjs.cloudflare.com/ajax/libs/tensorflow/4.2.0/tf.min.js">', [("package", "npm:tensorflow", 1, ())]),
    ("Project.toml", 'name = "Net"\nuuid = "x"\n[deps]\nFlux = "587475ba-b771-5e3f-ad9e-33799f191a9c"\n',
     [("setting", "julia:package", 2, ()), ("package", "julia:Flux", 4, ())]),
    ("DESCRIPTION", "Package: net\nImports: torch,\n    luz (>= 0.4)\nTitle: Nets, of nets\n",
     [("setting", "r:package", 1, ()), ("package", "cran:torch", 2, ()), ("package", "cran:luz", 3, ())]),
    ("Gemfile", "gem 'torch-rb'\n", [("package", "gem:torch-rb", 1, ())]),
    ("mix.exs", '{:axon, "~> 0.6"}\n', [("package", "hex:axon", 1, ())]),
    ("meson.build", "dependency('onnxruntime')\n", [("package", "cmake:onnxruntime", 1, ())]),
    ("conanfile.txt", "[requires]\nlibtorch/2.0\n", [("package", "cmake:libtorch", 2, ())]),
    ("Directory.Packages.props", '<PackageVersion Include="Avalonia" Version="11" />', [("package", "nuget:Avalonia", 1, ())]),
    ("a.csproj", "<OutputType>WinExe</OutputType>\n", [("setting", "dotnet:desktop", 1, ())]),
    ("manifest.json", '{"manifest_version": 3}\n', [("setting", "web:extension", 1, ())]),
    ("manifest.json", '{"domain": "x",\n"iot_class": "local_push"}\n', [("setting", "home-assistant:component", 2, ())]),
    ("package.json", '{"engines": {"vscode": "^1.80.0"}}', [("setting", "npm:vscode-extension", 1, ())]),
    ("a.js", "await model.fit(x, y);\n", [("call", "js.fit", 1, ())]),
    ("README.rst", "Course\n======\n", [("heading", "course", 1, ())]),
    ("README.md", "```\ngit clone https://x.org/a\npip install .\npython3 train.py\n```\nhttps://play.google.com/x\n",
     [("setting", "readme:run git", 2, ()), ("setting", "readme:install here", 3, ()),
      ("setting", "readme:run python", 4, ()), ("setting", "link:play.google.com", 6, ())]),
    ("README.md", "pip install -e .\n", []),
    ("README.md", "`pip install -r a.txt` for zoo, `pip install -e zoo`\n`pip install net` trains\n", [("setting", "readme:net", 2, ())]),
    ("README.md", "```\nexport A=/home/pi/a # MYRIAD\n```\n",
     [("setting", "readme:home of pi", 2, ()), ("setting", "readme:compute stick", 2, ())]),
    ("README.md", "![v](https://img.shields.io/crates/v/net)\nhttps://crates.io/crates/ort\n", [("setting", "readme:published", 1, ())]),
    (".github/workflows/t.yml", "python-version: ['3.9', '3.12']\nname: '3.8'\n",
     [("setting", "ci:python=3.9", 1, ()), ("setting", "ci:python=3.12", 1, ())]),
    (".travis.yml", "python:\n  - 3.6\n  - '3.11'\nscript: x 3.5\n",
     [("setting", "ci:python=3.6", 2, ()), ("setting", "ci:python=3.11", 3, ())]),
    ("setup.py", "classifiers=['Programming Language :: Python :: 3.11'],\n",
     [("setting", "classifier:Programming Language :: Python :: 3.11", 1, ())]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "expected"), TABLE, ids=[f"{row[0]}-{n}" for n, row in enumerate(TABLE)]
)
def test_what_a_file_says(seen, path, text, expected):
    found = [each for each in seen(path, text) if each.kind not in ("subject", "phrase")]
    assert [each[:4] for each in found] == expected


SUBJECTS = [
    ("README.md", "# [Tea](https://x.org/cups)\n![cup](milk.png) <b>Time</b>\n```\nsugar\n```\n",
     [("tea", 1), ("time", 2)]),
    ("README.md", "tea " * 200 + "\nsugar\n", [("tea", 1), ("tea tea", 1)]),
    ("pyproject.toml", '[project]\ndescription = "Tea"\nkeywords = ["cups"]\n', [("tea", 2), ("cups", 3)]),
    ("setup.py", "setup(\n    description='Tea',\n)\n", [("tea", 2)]),
    ("package.json", '{\n"description": "Tea",\n"keywords": ["cups"]}', [("tea", 2), ("cups", 3)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text", "expected"), SUBJECTS, ids=[f"{row[0]}-{n}" for n, row in enumerate(SUBJECTS)]
)
def test_the_words_that_say_what_it_is_for(seen, path, text, expected):
    found = [each for each in seen(path, text) if each.kind == "subject"]
    assert [each[1:3] for each in found] == expected


@pytest.mark.parametrize(
    ("data", "built"),
    [
        ({"name": "a", "main": "a.js"}, True),
        ({"name": "a", "exports": {}}, False),
        ({"name": "a", "main": "a.js", "private": True}, False),
        ({"name": "a"}, False),
    ],
)
def test_a_package_for_npm_is_known_by_what_it_gives_out(seen, data, built):
    found = seen("package.json", json.dumps(data))
    assert any(each.name == "npm:package" for each in found) == built


@pytest.mark.parametrize(
    ("path", "head", "format_"),
    [
        ("a.tflite", b"\x1c\0\0\0TFL3", "tflite"),
        ("a_edgetpu.tflite", b"\x1c\0\0\0TFL3", "tflite-edgetpu"),
        ("a.pte", b"\x1c\0\0\0ET12", "executorch"),
        ("a.onnx", b"\x08\x07\x12\x07pytorch", "onnx"),
        ("a.gguf", b"GGUF\x03", "gguf"),
        ("a.h5", b"\x89HDF\r\n\x1a\n", "hdf5"),
        ("a.pth", b"\x80\x02}q", "torch"),
        ("saved_model.pb", b"\x08\x01", "savedmodel"),
        ("model.ckpt-10.index", b"\0\0", "tensorflow-checkpoint"),
        ("a.onnx", b"version https://git-lfs.github.com/spec/v1\n", "named:onnx"),
        ("model.json", b'{"format": "layers-model", "modelTopology": {}}', "tfjs"),
        ("a.mlpackage/Manifest.json", b"{}", "coreml"),
        (
            "a.safetensors",
            (24).to_bytes(8, "little") + b'{"__metadata__":{"format":"pt"}}',
            "safetensors-torch",
        ),
    ],
)
def test_a_model_file_is_known_by_its_header(seen, path, head, format_):
    if path.endswith(".safetensors"):
        body = head[8:]
        head = len(body).to_bytes(8, "little") + body
    assert [each.name for each in seen(path, head)] == [format_]


def zipped(*names):
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name in names:
            archive.writestr(name, "{}")
    return raw.getvalue()


@pytest.mark.parametrize(
    ("path", "names", "format_"),
    [
        ("a.pt", ("a/data.pkl", "a/version"), "torch"),
        ("a.pt", ("a/data.pkl", "a/code/net.py"), "torchscript"),
        ("a.keras", ("metadata.json", "config.json", "model.weights.h5"), "keras"),
        ("a.mar", ("MAR-INF/MANIFEST.json",), "torchserve-archive"),
    ],
)
def test_a_zipped_model_is_known_by_the_names_in_it(seen, path, names, format_):
    assert [each.name for each in seen(path, zipped(*names))] == [format_]


@pytest.mark.parametrize("path", ["a.tflite", "a.onnx", "a.safetensors", "a.keras"])
def test_a_name_alone_makes_no_model(seen, path):
    with pytest.raises(Unread, match="none by its header"):
        seen(path, b"nothing of the kind")


def test_code_is_read_with_its_aliases(seen):
    found = seen(
        "net.py",
        "import tensorflow as tf\nfrom torch import nn as n\n\nclass A(n.Module):\n    x = tf.keras.layers.Dense\n",
    )
    names = {(each.kind, each.name): each.line for each in found}
    assert names["use", "tensorflow.keras.layers.Dense"] == 5
    assert names["use", "torch.nn.Module"] == 4
    assert names["import", "torch"] == 2


def test_python_2_is_read_by_line(seen):
    found = seen("net.py", "import tensorflow as tf\nprint 'x'\nwith tf.Session() as s: pass\n")
    assert ("use", "tensorflow.Session", 3) in [each[:3] for each in found]


def test_of_a_notebook_only_code_cells_are_read(seen):
    cells = [
        {"cell_type": "markdown", "source": ["import jax"]},
        {
            "cell_type": "code",
            "source": ["!pip install timm\n", "import torch\n"],
            "outputs": [{"text": "import mxnet"}],
        },
    ]
    assert [each.name for each in seen("a.ipynb", json.dumps({"cells": cells}))] == [
        "pypi:timm",
        "torch",
    ]


def test_development_requirements_stand_aside(seen):
    assert seen("requirements-dev.txt", "torch\n")[0].aside
    assert not seen("requirements.txt", "torch\n")[0].aside


def test_the_service_in_which_a_notebook_was_run_is_seen(seen):
    notebook = {
        "metadata": {"colab": {"name": "a"}, "kaggle": {}, "accelerator": "GPU"},
        "cells": [],
    }
    found = [each.name for each in seen("a.ipynb", json.dumps(notebook))]
    assert found == ["notebook:colab", "notebook:accelerator"]


@pytest.mark.parametrize(
    ("version", "expected"),
    [("3.10.12", "python 3.10"), ("2.7.15", "python 2"), (None, ""), (3, "")],
)
def test_the_python_that_ran_a_notebook_is_seen(seen, version, expected):
    notebook = {"metadata": {"language_info": {"version": version}}, "cells": []}
    found = [each.name for each in seen("a.ipynb", json.dumps(notebook))]
    assert found == ([f"notebook:{expected}"] if expected else [])
    assert not list(seen("a.ipynb", json.dumps(notebook | {"metadata": {"language_info": "R"}})))


def test_what_python_code_calls_is_seen_unless_it_is_of_an_import(seen):
    found = seen("net.py", "import re\nre.compile('x')\nmodel.compile()\n")
    assert [each[1:3] for each in found if each.kind == "call"] == [("compile", 3)]
    old = seen("net.py", "print 'x'\nloss.backward()\n")
    assert [each[1:3] for each in old if each.kind == "call"] == [("backward", 2)]


FORWARDS = [
    ("self, x", "return x if self.deep else self.head(x)", "fixed"),
    ("self, x, mask=None", "return x if mask is None else x * mask", "fixed"),
    ("self, x, mode", "return x if mode == 'train' else x + 1", "fixed"),
    ("self, x", "return [f(x) for f, _ in zip(self.layers, x)]", "fixed"),
    ("self, xs", "return [x for x in xs if x.shape[0] > 1]", "fixed"),
    ("self, x", "self.seen = x\n  return x if self.seen else x", "fixed"),
    ("self, x", "return [self.cell(x) for _ in range(x.size(1))]", "open"),
    ("self, x", "y = self.gate(x)\n  return x if y > 0 else y", "open"),
    ("self, x", "return x if x.max().item() > 0 else -x", "branches"),
    ("self, x", "while x.sum() > 1: x = x / 2", "branches"),
]


@pytest.mark.parametrize(("arguments", "body", "verdict"), FORWARDS)
def test_whether_a_forward_pass_hangs_on_the_data(seen, arguments, body, verdict):
    code = f"class A(Module):\n def forward({arguments}):\n  {body}\n"
    found = seen("net.py", code)
    assert [each[:3] for each in found if each.kind == "setting"] == [
        ("setting", f"forward:{verdict}", 2)
    ]


@pytest.mark.parametrize(
    "code", ["def forward(self, x): ...", "class A(B):\n def forward(self): ..."]
)
def test_a_forward_pass_is_of_a_class_and_takes_something(seen, code):
    assert [each for each in seen("net.py", code) if each.kind == "setting"] == []
