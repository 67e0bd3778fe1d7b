"""What people in the field call the choices: understood in a file, a conversation and by agents alike."""

from __future__ import annotations

import json

import pytest

from recommender import ProfileError, load_pack, load_profile
from recommender.mcp.tools import tools
from tests.doors.command import recommender

PACK = load_pack()

READ = {
    "targets": {"iphone": "ios", "esp32": "microcontroller", "jetson": "edge-accelerator",
                "lambda": "server", "flutter": "cross-platform-app", "wasm": "browser"},
    "hardware": {"mps": "apple", "ROCm": "amd", "tpu": "cloud-tpu"},
    "serving-language": {"C#": "dotnet", "c++": "cpp", "C": "cpp", "Node.js": "javascript"},
    "existing-code": {"tf2": "tensorflow-2", "torch": "pytorch"},
}  # fmt: skip
ASKED = [
    ({"hardware": "cuda"}, "did you mean `nvidia` or `windows-gpu`?"),
    ({"targets": ["web"]}, "did you mean `server` or `browser`?"),
    ({"targets": ["npm"]}, "did you mean `server` or `desktop` or `browser`?"),
]


@pytest.mark.parametrize("question", READ)
def test_the_names_of_the_field_are_read_as_the_choices(question):
    for name, choice in READ[question].items():
        profile = load_profile({"answers": {question: name}}, PACK)
        assert profile.answers[question] == {choice}
        assert profile.readings


def test_versions_of_python_are_read_with_and_without_quotes():
    meant = {"older": (3.9, "3.9"), "current": ("3.10", 3.11, 3.13), "newest": (3.14, "3.15")}
    for choice, versions in meant.items():
        for version in versions:
            profile = load_profile({"answers": {"python-version": version}}, PACK)
            assert profile.answers["python-version"] == choice


def test_formats_are_read_by_their_ending_too():
    answers = {"targets": ["android"], "fixed-artefact": "mediapipe", "fixed-formats": [".tflite", "torchscript"]}  # fmt: skip
    profile = load_profile({"answers": answers}, PACK)
    assert profile.answers["fixed-formats"] == {"tflite", "pytorch"}


@pytest.mark.parametrize(("answers", "says"), ASKED)
def test_a_name_of_several_is_asked_about(answers, says):
    with pytest.raises(ProfileError, match=says.replace("?", r"\?")):
        load_profile({"answers": answers}, PACK)


def test_agents_are_told_what_was_read_as_what():
    told = json.loads(tools(PACK)["recommend"]({"answers": {"hardware": "rocm"}, "detail": "full"}))
    assert [each["read"] for each in told["readings"]] == ["hardware: [amd]"]
    told = json.loads(tools(PACK)["recommend"]({"answers": {"hardware": ["rocm"]}}))
    assert told["readings"] == ["“hardware: [rocm]” is read as “hardware: [amd]”."]
    told = json.loads(tools(PACK)["recommend"]({"answers": {"targets": ["iOS"], "users": []}}))
    assert told["readings"] == [
        "“targets: [iOS]” is read as “targets: [ios]”.",
        "“users: []” is read as “users: none”.",
    ]
    told = json.loads(tools(PACK)["questions"]({}))
    hardware = next(each for each in told["questions"] if each["id"] == "hardware")
    assert hardware["also"]["amd"] == ["mi300", "radeon", "rocm"]


def test_whoever_types_is_told_too():
    ran = recommender("ask", stdin="web\nesp32, iphone\ndone\n\n")
    assert "Did you mean “A web page, inside the browser”?" in ran.err
    assert "“esp32, iphone” is read as “An iOS or macOS app; A microcontroller" in ran.err
    ran = recommender("ask", stdin="Android;iOS\ndone\n\n")
    assert "“Android, iOS” is read as “An Android app; An iOS or macOS app" in ran.err
