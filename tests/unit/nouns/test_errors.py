"""Faults: a place, what is wrong and the remedy, in one line each."""

from __future__ import annotations

import pytest

from recommender import PackError, ProfileError, RecommenderError
from recommender.nouns.errors import (
    Fault,
    ObservationError,
    Place,
    UsageError,
    did_you_mean,
    listing,
)


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (Fault(None, "too late"), "too late"),
        (Fault(None, "too late", "go home"), "too late; go home"),
        (Fault(Place("p.yaml"), "is empty"), "p.yaml: is empty"),
        (Fault(Place("p.yaml", 3), "is empty", "fill it"), "p.yaml:3: is empty; fill it"),
        (Fault(Place("p.yaml", 3, 9), "is empty"), "p.yaml:3: is empty"),
    ],
)
def test_a_fault_is_one_line(fault, line):
    assert str(fault) == line


def test_a_place_can_name_its_column():
    assert (Place("p", 3, 9).exact, Place("p", 3).exact, Place("p").exact) == ("p:3:9", "p:3", "p")


def test_places_sort_as_a_reader_goes():
    places = [Place("b", 1), Place("a", 10), Place("a", 9, 2), Place("a", 9, 1), Place("a")]
    assert list(map(str, sorted(places))) == ["a", "a:9", "a:9", "a:10", "b:1"]


def test_an_error_carries_every_fault():
    faults = [Fault(Place("p", line), "wrong") for line in (1, 2)]
    assert str(PackError(faults)) == "p:1: wrong\np:2: wrong"
    assert PackError(iter(faults)).faults == tuple(faults)
    assert str(PackError(faults[0])) == "p:1: wrong"
    assert ProfileError("just this").faults == (Fault(None, "just this"),)


@pytest.mark.parametrize("error", [PackError, ProfileError, ObservationError, UsageError])
def test_one_class_catches_every_error(error):
    assert issubclass(error, RecommenderError)


@pytest.mark.parametrize(
    ("word", "known", "says"),
    [
        ("moblie", ["mobile", "browser"], "did you mean `mobile`?"),
        ("zzz", ["tea", "coffee"], "one of: tea, coffee"),
        ("zzz", [], ""),
        (7, ["tea"], "one of: tea"),
        (None, iter(["none", "some"]), "did you mean `none`?"),
        ("x", [f"name-{i}" for i in range(14)], f"one of: {', '.join(f'name-{i}' for i in range(14))}"),
    ],
)  # fmt: skip
def test_the_nearest_known_word_is_suggested_or_the_few_there_are(word, known, says):
    assert did_you_mean(word, known) == says


def test_a_long_list_says_how_much_it_leaves_out():
    assert (listing([]), listing(["a"]), listing(["a", "b", "c"], 1)) == ("", "a", "a and 2 more")
