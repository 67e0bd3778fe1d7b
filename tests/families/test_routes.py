"""Ways to where a model runs: those that end in what is accepted there, and where there is none."""

import html
import json
import re

import pytest

from recommender import load_pack, load_profile, recommend, render
from recommender.loading.full_pack import load_whole
from recommender.output.brief import brief
from recommender.output.document import words
from recommender.output.headline import headline
from recommender.output.teller import Teller

PACK = load_pack()
FIXED = {
    "goal": "product", "targets": ["browser"], "fixed-artefact": ["existing-app"], "model-source": ["hub"],
    "source-framework": "pytorch", "existing-code": "pytorch", "deployment-tied": False, "rewrite-due": False,
    "team-experience": "pytorch", "hardware": "none", "trains-on-device": False,
}  # fmt: skip


def advised(**answers):
    return recommend(load_profile({"name": "x", "answers": answers}, PACK), PACK, samples=200)


def test_a_way_that_ends_in_another_format_is_none():
    advice = advised(**FIXED, **{"fixed-formats": ["tfjs"]})
    assert advice.best == "pytorch"
    assert advice.routes == ()
    assert dict(advice.unreached) == {"pytorch": ("browser",)}
    text = render(advice, "text")
    assert "no way is known that delivers what is accepted there" in " ".join(text.split())
    assert "ONNX Runtime Web (production)" not in text
    assert 'failures="1"' in render(advice, "junit")


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "adr", "json", "github", "junit"])
def test_what_is_told_first_says_that_a_target_is_not_reached(format_):
    said = "But no way to “A web page, inside the browser” is known."
    missed = advised(**FIXED, **{"fixed-formats": ["tfjs"]})
    reached = advised(**FIXED, **{"fixed-formats": ["tfjs", "onnx"]})
    assert said in words(headline(Teller(missed, "en")))
    assert said not in words(headline(Teller(reached, "en")))
    assert said in " ".join(html.unescape(render(missed, format_)).split())
    assert said in brief(missed)["headline"]


def test_a_way_that_ends_in_an_accepted_format_is_open():
    advice = advised(**FIXED, **{"fixed-formats": ["tfjs", "onnx"]})
    assert [told.route.id for told in advice.routes] == ["pytorch-browser-onnx"]
    assert not advice.unreached
    assert 'failures="0"' in render(advice, "junit")


def test_pytorch_reaches_an_app_that_loads_tflite_on_whatever_phone():
    fixed = {
        "fixed-artefact": ["phone-sdk"],
        "fixed-formats": ["tflite"],
        "existing-code": "pytorch",
    }
    for target in ("android", "cross-platform-app"):
        advice = advised(targets=[target], **fixed)
        assert (advice.best, dict(advice.unreached)) == ("pytorch", {})


def test_where_nothing_is_fixed_every_way_is_open():
    advice = advised(**{**FIXED, "fixed-artefact": "none"})
    assert "pytorch-browser-onnx" in [told.route.id for told in advice.routes]


def test_what_speaks_against_the_first_is_answered_by_a_way_to_the_same_place():
    whole = {**FIXED, "targets": ["browser", "microcontroller"], "fixed-artefact": "none"}
    lines = " ".join(render(advised(**whole), "text", full=True).split())
    against = lines.split("What speaks against it")[1].split("How firm")[0]
    assert "LiteRT for Microcontrollers" in against
    assert (
        "There is a way all the same: torch.export → ExecuTorch Cortex-M back-end (beta)."
        in against
    )


EXHIBITS = sorted(load_whole().full.examples, key=lambda each: each.project)


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda each: each.project.rsplit("/", 1)[-1])
def test_the_rules_named_for_a_change_pushed_that_way(exhibit):
    advice = recommend(load_profile(exhibit.project, PACK), PACK, samples=0)
    for shift in advice.shifts:
        before, after = advice.rankings[shift.before], advice.rankings[shift.after]
        first = after.order[0]
        rival = next(name for name in (*before.order, *after.order[1:]) if name != first)
        told = {"document": advice.document, "today": advice.explanation}

        def lead(lens, ranking, rule="", first=first, rival=rival, told=told):
            moved = (
                r.contribution(first, rival) for r in told[lens].reasons if rule in ("", r.rule)
            )
            return sum(moved) / max(1, ranking.stake)

        whole = lead(shift.after, after) - lead(shift.before, before)
        for rule in shift.rules:
            pushed = lead(shift.after, after, rule) - lead(shift.before, before, rule)
            assert pushed * whole > 0, rule


def test_a_rule_whose_review_turned_it_is_told_by_its_review_alone():
    advice = advised(goal="product", targets=["server"], **{"existing-code": "none"})
    lines = " ".join(render(advice, "text").split())
    assert advice.best == "pytorch"
    assert "calls TensorFlow the best" not in lines.split("Why PyTorch")[1].split("What speaks")[0]


IOS = {"targets": ["ios"], "model-source": ["hub"], "source-framework": "pytorch"}


def lines_of(advice, **how):
    return " ".join(render(advice, "text", **how).split())


def test_the_screen_warns_of_packages_that_cannot_be_installed_together_there():
    no = "torch and coremltools cannot be installed together on Windows"
    advice = advised(**IOS, hardware=["windows"])
    assert no in lines_of(advice)
    assert no in lines_of(advice, full=True)
    for fine in (advised(**IOS, hardware=["apple"]), advised(**IOS)):
        assert "cannot be installed together" not in lines_of(fine)


def test_the_whole_account_says_with_what_versions_they_install():
    told = lines_of(advised(**IOS, hardware=["apple"]), full=True)
    assert re.search(
        r"As of [\d-]+ torch [\d.]+ and coremltools [\d.]+ install together on Macs with Apple silicon",
        told,
    )
    assert "Its packages install together, resolved on" in told
    nowhere = lines_of(advised(**IOS), full=True)
    assert re.search(r"install together on x86-64 Linux.* Not on ARM Linux and Windows\.", nowhere)


def test_the_resolution_stands_in_the_data():
    routes = json.loads(render(advised(**IOS, hardware=["windows"]), "json"))["routes"]
    found = next(each["installing"] for each in routes if each["id"] == "pytorch-ios-coreml")
    assert (found["installs_on"], found["fails_on"]) == ({}, ["windows-x86_64"])
    assert found["packages"] == ["torch", "coremltools>=8"]
    assert found["because"]


def test_it_is_said_under_which_python_a_way_does_not_install():
    advice = advised(
        targets=["android"], **{"existing-code": "pytorch", "python-version": "newest"}
    )
    said = "Its packages install together, but not under Python 3.15, as of "
    for full in (False, True):
        assert said in " ".join(render(advice, full=full).split())
    for version, fails in ((3.12, False), (3.14, False), (3.15, True)):
        advice = advised(
            targets=["android"], **{"existing-code": "pytorch", "python-version": version}
        )
        text = " ".join(render(advice, full=True).split())
        assert said not in text
        assert ("cannot be installed together on any platform (Python 3.15)" in text) == fails


def test_that_there_are_no_packages_is_said_once():
    kept = {"existing-code": "tensorflow-2", "deployment-tied": True, "rewrite-due": False}
    advice = advised(targets=["server"], **kept, **{"python-version": "3.14"})
    text = " ".join(render(advice).split())
    assert "Install TensorFlow under Python 3.13, in an environment of its own, or wait" in text
    assert "cannot be installed" not in text
    assert "no release has wheels" not in text


def test_of_an_old_python_the_last_release_is_named():
    for version in ("3.9", "3.10"):
        advice = advised(
            targets=["server"], **{"existing-code": "pytorch", "python-version": version}
        )
        said = f"is the last release with wheels for Python {version}."
        assert said in " ".join(render(advice).split())


TFLITE = {
    "model-source": ["hub"], "source-framework": "tensorflow", "existing-code": "none",
    "fixed-artefact": ["existing-app"], "fixed-formats": ["tflite"], "training-scale": "nothing",
}  # fmt: skip
EVERYWHERE = [
    "android", "ios", "cross-platform-app", "browser", "microcontroller", "edge-tpu",
    "edge-accelerator", "single-board", "desktop",
]  # fmt: skip


@pytest.mark.parametrize("target", EVERYWHERE)
@pytest.mark.parametrize("framework", ["pytorch", "tensorflow"])
def test_a_tflite_file_reaches_what_loads_it_from_either(target, framework):
    said = {"source-framework": framework, "existing-code": [framework]}
    advice = advised(**{**TFLITE, **said}, targets=[target])
    assert not [step for step in advice.plan if step.gap]


def test_a_finished_file_needs_no_conversion_and_only_where_nothing_is_trained():
    already = "A model that is LiteRT / TensorFlow Lite (.tflite) already needs no conversion"
    for full in (False, True):
        assert already in lines_of(advised(**TFLITE, targets=["edge-tpu"]), full=full)
        training = advised(**{**TFLITE, "training-scale": "one-gpu"}, targets=["edge-tpu"])
        assert already not in lines_of(training, full=full)


def test_a_gap_says_what_is_missing_and_what_to_try():
    told = lines_of(advised(**TFLITE, targets=["fpga"]))
    assert (
        "TensorFlow to “An FPGA”: no way is known that delivers what is accepted there. TensorFlow "
        "can write “LiteRT / TensorFlow Lite (.tflite)”: try a small model with what loads it "
        "there. Known ways end in “Keras models (.keras, .h5)”: ask whether one is accepted."
    ) in told


def test_a_gap_that_no_format_makes_names_who_gets_there():
    hub = {"model-source": ["hub"], "source-framework": "pytorch"}
    told = lines_of(advised(**hub, **{"trains-on-device": True}, targets=["android"]))
    assert (
        "PyTorch to “An Android app”: no way is known for what was answered. "
        "There is a way from TensorFlow."
    ) in told


def test_the_screen_names_the_targets_that_it_has_no_room_for():
    told = lines_of(advised(**TFLITE, targets=["fpga", "audio-plugin", "edge-tpu"]))
    said = told.split("The plan")[1].split("Why TensorFlow")[0]
    for name in ("A Coral Edge TPU", "A real-time audio plug-in or effect", "An FPGA"):
        assert name in said
