"""Libraries: named for what is surely so, and for the candidate that is built in alone."""

from __future__ import annotations

import pytest

from recommender import load_pack, load_profile
from recommender.judging.case import Case
from recommender.judging.libraries import libraries_of, library_state

PACK = load_pack()


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ({}, "unknown"),
        ({"model-kind": frozenset({"graph", "vision"})}, "fires"),
        ({"model-kind": frozenset({"vision"})}, "silent"),
        ({"model-kind": frozenset()}, "silent"),
    ],
)
def test_only_what_is_surely_so_names_one(answers, state):
    assert library_state(PACK.libraries["pyg"], answers) == state


def test_a_question_that_does_not_apply_names_none():
    answers = {"model-kind": frozenset({"graph"})}
    assert library_state(PACK.libraries["pyg"], answers, {"model-kind"}) == "silent"


def test_each_candidate_has_its_own_and_nothing_is_named_twice():
    answers = {"model-kind": ["physics", "vision"], "federated": True, "model-source": ["hub"]}
    case = Case.of(load_profile({"answers": answers}, PACK), PACK)
    named = {name: [e.name for e in libraries_of(case, name)] for name in PACK.candidates}
    assert named == {
        "pytorch": ["DeepXDE", "Flower", "timm"],
        "tensorflow": ["KerasHub", "DeepXDE", "Flower"],
    }


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, ["PyTorch Geometric", "TorchRec", "PhysicsNeMo", "DeepXDE"]),
        ({"python-version": "3.14"}, ["PyTorch Geometric", "TorchRec", "PhysicsNeMo", "DeepXDE"]),
        ({"python-version": "3.15"}, ["PyTorch Geometric", "DeepXDE"]),
        ({"python-version": "newest"}, ["PyTorch Geometric", "TorchRec", "PhysicsNeMo", "DeepXDE"]),
        # Nobody looked at a Python that the framework itself has left.
        ({"python-version": "3.9"}, []),
        # For NVIDIA's GPUs without WSL2, TorchRec has nothing.
        ({"hardware": ["windows-gpu"]}, ["PyTorch Geometric", "DeepXDE"]),
        ({"hardware": ["nvidia", "windows-gpu"]}, ["PyTorch Geometric", "TorchRec", "PhysicsNeMo", "DeepXDE"]),
    ],
)  # fmt: skip
def test_none_is_named_that_does_not_install_there(said, told):
    answers = {
        "model-kind": ["graph", "recommender", "physics"],
        "training-scale": "many-nodes",
        "hardware": ["nvidia"],
    }
    case = Case.of(load_profile({"answers": {**answers, **said}}, PACK), PACK)
    assert [each.name for each in libraries_of(case, "pytorch")] == told


def test_where_an_older_python_is_taken_anyway_its_libraries_are_named():
    answers = {"model-kind": ["recommender"], "python-version": "3.14"}
    case = Case.of(load_profile({"answers": answers}, PACK), PACK)
    assert [each.name for each in libraries_of(case, "tensorflow")] == ["Keras Recommenders"]


def test_each_is_still_released_and_says_where_it_is_read():
    for each in PACK.libraries.values():
        assert all(claim.startswith("idle-months(") for claim in each.holds), each.id
        assert each.sources, each.id
        assert each.packages, each.id
        assert each.checked is not None, each.id
        assert each.expires is not None, each.id
