"""Code that any candidate runs (Keras 3) binds to none: either will do, until something decides."""

from __future__ import annotations

import pytest

from recommender import decide, load_pack, load_profile
from recommender.judging.completion import complete

PACK = load_pack()
KERAS = {"existing-code": ["keras-3"]}
BESIDE = {"existing-code": ["keras-3", "pytorch"]}


def told(answers):
    return decide(load_profile({"answers": answers}, PACK), PACK)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"goal": "product"},
        {"goal": "research"},
        {"targets": ["server"]},
        {"team-experience": ["keras"]},
        {"team-experience": ["pytorch"]},
        {"hardware": ["nvidia"], "training-scale": "one-gpu"},
        {"goal": "free-tool", "targets": ["users-machines"], "users": ["researchers"]},
    ],
)
def test_either_will_do_for_keras_3_code_where_nothing_known_decides(more):
    found = told({**KERAS, **more})
    assert (found.outcome, found.basis) == ("either", "default")


@pytest.mark.parametrize(
    ("more", "best"),
    [
        ({"hardware": ["windows-gpu"]}, "pytorch"),
        ({"model-source": ["library"], "source-framework": "pytorch"}, "pytorch"),
        ({"targets": ["browser"], "trains-on-device": True}, "tensorflow"),
        ({"targets": ["server"], "serving-stack": ["tf-serving"]}, "tensorflow"),
        ({"hardware": ["cpu-without-avx"]}, "pytorch"),
    ],
)
def test_what_is_known_decides_for_keras_3_code_too(more, best):
    found = told({**KERAS, **more})
    assert found.outcome in ("clear", "close")
    assert (found.best, found.basis) == (best, "decided")


def test_code_in_a_framework_beside_it_binds():
    assert told(BESIDE).basis == "decided"


def test_what_any_back_end_runs_starts_from_nothing_that_one_framework_alone_loads():
    profile = load_profile({"answers": {**KERAS, "model-source": ["hub"]}}, PACK)
    assert not {"pytorch", "tensorflow"} & {
        *complete(PACK, profile.answers).answers["source-framework"]
    }
    beside = load_profile({"answers": {**BESIDE, "model-source": ["hub"]}}, PACK)
    assert "pytorch" in complete(PACK, beside.answers).answers["source-framework"]
