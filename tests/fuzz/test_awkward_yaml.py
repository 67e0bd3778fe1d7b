"""The corners of YAML that trip readers, in the spirit of the YAML test suite: each read or refused."""

import pytest

from recommender import RecommenderError, load_pack
from recommender.loading import read_profile
from recommender.loading.yaml_text import read_text

PACK = load_pack("tests/toy/rules")

CASES = {
    # text: what our reader makes of it; `...` where it must refuse
    "a: 'it''s'": {"a": "it's"},
    'a: "\\x41\\u0042\\U00000043"': {"a": "ABC"},
    'a: "\\ud800"': ...,
    "a: |\n  x\n   y\n\n": {"a": "x\n y\n"},
    "a: |+\n  x\n\n": {"a": "x\n\n"},
    "a: |-\n  x\n": {"a": "x"},
    "a: >\n  x\n  y\n\n  z\n": {"a": "x y\nz\n"},
    "a: |2\n    x\n": {"a": "  x\n"},
    "a: >-9\n x": ...,
    "a: x\n  y\n  z": {"a": "x y z"},
    "? a\n: 1": {"a": 1},
    "? [a]\n: 1": ...,
    "? {a: b}\n: 1": ...,
    "{a, b: c}": {"a": None, "b": "c"},
    "{a: , b: }": {"a": None, "b": None},
    "[a, , b]": ...,
    "[a, [b, {c: d}]]": ["a", ["b", {"c": "d"}]],
    "a: {b: 1,}": {"a": {"b": 1}},
    "{'a':1}": {"a": 1},
    '{"a":1}': {"a": 1},
    "- - a\n  - b": [["a", "b"]],
    "-": [None],
    "- a: 1\n  b: 2": [{"a": 1, "b": 2}],
    "a:\n- b\n- c": {"a": ["b", "c"]},
    "a: - b": ...,
    "a: b: c": ...,
    "a: 'b": ...,
    "a:\n\tb: c": ...,
    "\ta: b": ...,
    "a: b\n c: d": ...,
    "a: &x 1": {"a": 1},
    "a: *x": ...,
    "&a": None,
    "a: !!str 1": ...,
    "a: !x 1": ...,
    "a: ! 1": {"a": 1},
    "%YAML 1.1\n---\na: 1": {"a": 1},
    "%YAML 1.2\n---\na: yes": {"a": "yes"},
    "%YAML 3.0\n---\na: 1": ...,
    "%TAG ! tag:x:\n---\na: 1": ...,
    "%FOO bar\n---\na: 1": ...,
    "---\na: 1\n...": {"a": 1},
    "--- a": "a",
    "---": None,
    "...": ...,
    "---\n---": ...,
    "a: 1\n---\nb: 2": ...,
    "# only a comment": None,
    "a: 1 # x": {"a": 1},
    "a: 1#x": {"a": "1#x"},
    "a: 'x' #": {"a": "x"},
    "\ufeffa: 1": {"a": 1},
    "a: \ufeff1": {"a": "\ufeff1"},
    "a: 1\r\nb: 2\r\n": {"a": 1, "b": 2},
    "a: 1\rb: 2": {"a": 1, "b": 2},
    "a: 1\u2028b: 2": {"a": 1, "b": 2},
    "a: 1\x00": ...,
    "a: \x07": ...,
    "a: \x7f": ...,
    "a: 010": {"a": 10},
    "a: 0o10": {"a": "0o10"},
    "a: 0x1F": {"a": "0x1F"},
    "a: 1_000": {"a": "1_000"},
    "a: 12:30:45": {"a": "12:30:45"},
    "a: 2026-11-23": {"a": "2026-11-23"},
    "a: 1e5": {"a": 1e5},
    "a: 1e999": {"a": "1e999"},
    "a: .inf": {"a": ".inf"},
    "a: -.INF": {"a": "-.INF"},
    "a: .NaN": {"a": ".NaN"},
    "a: +.5": {"a": 0.5},
    "a: 5.": {"a": 5.0},
    "a: -0": {"a": 0},
    "a: " + "9" * 30: {"a": "9" * 30},
    "a: ~": {"a": None},
    "a: Null": {"a": None},
    "a: nULL": {"a": "nULL"},
    "a: TRUE": {"a": True},
    "a: tRUE": {"a": "tRUE"},
    "a: y": {"a": "y"},
    "a: off": {"a": "off"},
    "a: 'true'": {"a": "true"},
    "true: 1": {"true": 1},
    "1: 1\n'1': 2": ...,
    "~: 1": {"~": 1},
    "<<: {a: 1}": {"<<": {"a": 1}},
    "=: 1": {"=": 1},
    ": 1": ...,
    "a: 1\na: 2": ...,
    "": None,
    " ": None,
    "\n\n": None,
    "'": ...,
    "@a": ...,
    "`a": ...,
    "a: @b": ...,
    "a: %b": ...,
    "a: [": ...,
    "a: ]": ...,
    "}": ...,
    "a: {": ...,
    "a: -b": {"a": "-b"},
    "a: ?b": {"a": "?b"},
    "a: :b": {"a": ":b"},
    "a: http://x/y": {"a": "http://x/y"},
    "- !!python/object/apply:os.system [id]": ...,
}  # fmt: skip

BYTES = [
    "a: é".encode("latin-1"), "a: 1".encode("utf-16"), "a: 1".encode("utf-32"), b"a: \xed\xa0\x80", b"a: \xc0\xaf",
    b"a: \xf4\x90\x80\x80", b"\xff\xfea", b"\x00\x00\x00a", b"a: 1\n" + b"\xff",
]  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_a_corner_of_yaml(text):
    faults = []
    found = read_text(text, "x.yaml", faults)
    if CASES[text] is ...:
        assert faults
        assert all(str(fault).startswith("x.yaml") for fault in faults)
    else:
        assert not faults
        assert found == CASES[text]
        assert type(found) is type(CASES[text]) or isinstance(found, dict | list)


@pytest.mark.parametrize("raw", BYTES)
def test_bytes_that_are_no_text(raw):
    faults = []
    read_text(raw, "x.yaml", faults)
    assert faults
    with pytest.raises(RecommenderError):
        read_profile(b"answers: {}\nname: " + raw, "x.yaml", PACK)


@pytest.mark.parametrize("text", [t for t in CASES if "a:" in t])
def test_the_same_corners_in_a_project(text):
    try:
        profile = read_profile(text.replace("a:", "answers:", 1), "x.yaml", PACK)
    except RecommenderError as error:
        assert error.faults
    else:
        assert not profile.answers
