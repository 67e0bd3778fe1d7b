"""Manifests and imports of many languages: what each line names."""

from __future__ import annotations

import pytest


def names(seen, path, text):
    return [f"{each.kind} {each.name} {each.line}" for each in seen(path, text)]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.podspec", "s.dependency 'TensorFlowLiteC', '~> 2'\n", ["package pod:TensorFlowLiteC 1"]),
        ("Package.swift", '.product(name: "MLX", package: "mlx-swift"), .linkedFramework("CoreML")',
         ["package swift:MLX 1", "package swift:mlx-swift 1", "package swift:CoreML 1"]),
        ("A.xcodeproj/project.pbxproj",
         'repositoryURL = "https://github.com/argmaxinc/WhisperKit.git";\n  A1 /* CoreML.framework in Frameworks */,\n path = Net.mlmodel;',
         ["package swift:WhisperKit 1", "package swift:CoreML 2", "setting bundled:coreml 3"]),
        ("Package.resolved", '"location" : "https://github.com/argmaxinc/WhisperKit",', ["package swift:WhisperKit 1"]),
        ("Cartfile", 'github "tensorflow/swift-lite" "1.0"', ["package swift:swift-lite 1"]),
        ("CMakeLists.txt", "target_link_libraries(app PRIVATE onnxruntime ${OpenCV_LIBS}\n  ncnn)",
         ["package lib:onnxruntime 1", "package lib:ncnn 1"]),
        ("CMakeLists.txt", ('GIT_REPOSITORY https://github.com/x/RTNeural.git)\nadd_subdirectory("lib/pico-tflmicro" EXCLUDE)\n'
         'CPMAddPackage("gh:ggml-org/llama.cpp#b1")\npkg_check_modules(OV REQUIRED openvino)\nfind_library(LIB ncnn)'),
         ["package git:RTNeural 1", "package git:pico-tflmicro 2", "package git:llama.cpp 3", "package lib:openvino 4", "package lib:ncnn 5"]),
        ("CMakeLists.txt", "add_subdirectory(src)\n", []),
        ("CMakeLists.txt", "add_library(net STATIC net.cpp)\n", ["setting cmake:library 1"]),
        ("Package.swift", '  .library(name: "Net", targets: ["Net"]),', ["setting swift:library 1"]),
        ("build.gradle", "plugins {\n  id 'maven-publish'\n}", ["setting gradle:published 2"]),
        ("Net.csproj", "<PackageId>Net</PackageId>", ["setting dotnet:package 1"]),
        (".gitmodules", "\turl = https://github.com/raspberrypi/pico-tflmicro.git\n\turl = git@github.com:Tencent/ncnn\n",
         ["package git:pico-tflmicro 1", "package git:ncnn 2"]),
        ("vcpkg.json", '{"dependencies": [\n "onnxruntime",\n]}', ["package lib:onnxruntime 2"]),
        ("conanfile.py", 'self.requires("ncnn/2022")', ["package lib:ncnn 1"]),
        ("MODULE.bazel", 'bazel_dep(name = "tflite-micro", version = "1")', ["package git:tflite-micro 1"]),
        ("build.gradle", "implementation group: 'ai.djl', name: 'api', version: '1'\nnoCompress 'tflite'",
         ["package gradle:ai.djl:api 1", "setting bundled:tflite 2"]),
        ("libs.versions.toml", 'a = { group = "org.tensorflow", name = "tensorflow-lite" }', ["package gradle:org.tensorflow:tensorflow-lite 1"]),
        ("build.sbt", 'libraryDependencies += "ai.djl" % "api" % "0.2"', ["package gradle:ai.djl:api 1"]),
        ("project.clj", '[org.deeplearning4j/deeplearning4j-core "1.0"]', ["package maven:deeplearning4j-core 1"]),
        ("deps.edn", '{:deps {clj-djl/clj-djl {:mvn/version "1"}}}', ["package maven:clj-djl 1"]),
        ("composer.json", '{"require": {"ankane/onnxruntime": "^0.1"}}', ["package composer:ankane/onnxruntime 1"]),
        ("a.cabal", "  , hasktorch\n  , grenade >= 0.1", ["package hackage:hasktorch 1", "package hackage:grenade 2"]),
        ("dune", "(libraries base torch)", ["package opam:torch 1"]),
        ("shard.yml", "dependencies:\n  shainet:\n    github: x", ["package shard:shainet 2"]),
        ("x.nimble", 'requires "nim >= 1", "arraymancer"', ["package nimble:nim 1", "package nimble:arraymancer 1"]),
        ("prj.conf", "CONFIG_TENSORFLOW_LITE_MICRO=y\nCONFIG_SERIAL=y", ["package arduino:tensorflow_lite_micro 1"]),
        ("idf_component.yml", "dependencies:\n  espressif/esp-tflite-micro: '*'", ["package arduino:espressif/esp-tflite-micro 2"]),
        ("Packages/manifest.json", '"com.unity.sentis": "1.2"', ["package unity:com.unity.sentis 1"]),
        ("Foo.asmdef", '"references": [\n  "Unity.Sentis"]', ["package nuget:Unity.Sentis 2"]),
        ("A.Build.cs", 'new string[] {"NNE" }', ["package unreal:NNE 1"]),
        ("A.uproject", '{"Name": "NNERuntimeORT"', ["package unreal:NNERuntimeORT 1"]),
        ("a.vb", "Imports Microsoft.ML", ["package nuget:Microsoft.ML 1"]),
        ("a.dart", "import 'package:tflite_flutter/tflite_flutter.dart';\nimport 'net.dart';", ["package pub:tflite_flutter 1"]),
        ("a.go", 'import (\n\tort "github.com/yalue/onnxruntime_go"\n\t"fmt"\n)', ["package go:github.com/yalue/onnxruntime_go 2"]),
        ("a.rb", "require 'onnxruntime'", ["package gem:onnxruntime 1"]),
        ("a.hs", "import qualified Torch as T", ["package haskell:Torch 1"]),
        ("a.ml", "open Torch\nopen Base", ["package opam:Torch 1"]),
        ("a.m", "@import CoreML;", ["package swift:CoreML 1"]),
    ],
)  # fmt: skip
def test_what_a_line_names(seen, path, text, expected):
    assert names(seen, path, text) == expected


def test_a_package_of_unity_is_no_package_of_npm(seen):
    text = '{"dependencies": {"com.unity.sentis": "1.2", "left-pad": "1"}}'
    assert names(seen, "Packages/x/package.json", text)[:2] == [
        "package unity:com.unity.sentis 1",
        "package npm:left-pad 1",
    ]


@pytest.mark.parametrize("line", ["auto n = cv::dnn::readNet(x);", "var n = CvDnn.ReadNet(x);"])
def test_that_opencv_reads_a_network_is_seen(seen, line):
    assert "call cv.readNet 1" in names(seen, "a.cpp", line)
