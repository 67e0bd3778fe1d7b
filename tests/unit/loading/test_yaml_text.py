"""YAML in: plain values with their lines, and every way to surprise or exhaust a reader closed."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from recommender.loading import yaml_text
from recommender.loading.yaml_text import DEPTH_LIMIT, SIZE_LIMIT, read_file, read_text, spot_of


@pytest.fixture(autouse=True, params=["libyaml", "pure Python"])
def loader(request, monkeypatch):
    """Run every test on both of PyYAML's parsers: which one is there is not ours to choose."""
    if request.param == "pure Python":
        monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")


def fault_of(text):
    faults = []
    read_text(text, "x.yaml", faults)
    assert len(faults) == 1, faults
    return str(faults[0])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        # YAML 1.1 would twist all of these.
        ("yes", "yes"), ("No", "No"), ("on", "on"), ("OFF", "OFF"), ("y", "y"), ("n", "n"),
        ("12:30", "12:30"), ("1:2:3", "1:2:3"), ("0o17", "0o17"), ("0x1F", "0x1F"),
        ("010", 10), ("1_000", "1_000"), ("2026-11-23", "2026-11-23"), ("=", "="), ("<<", "<<"),
        # And these are what they look like.
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("7", 7), ("-7", -7), ("+7", 7), ("1.5", 1.5), (".5", 0.5), ("5.", 5.0), ("1.5e3", 1500.0),
        # Numbers that no answer can be stay text.
        (".nan", ".nan"), (".inf", ".inf"), ("-.inf", "-.inf"), ("nan", "nan"), ("inf", "inf"),
        ("1e400", "1e400"), ("1.0e400", "1.0e400"), ("9" * 400, "9" * 400),
        # Quoted is text, whatever it says.
        ("'true'", "true"), ('"7"', "7"), ("''", ""), ("'~'", "~"), ("! 7", 7),
        ("|\n  two\n  lines\n", "two\nlines\n"), (">\n  one\n  line\n", "one line\n"),
    ],
)  # fmt: skip
def test_a_scalar_is_what_it_looks_like(written, read):
    faults = []
    value = read_text(f"a: {written}", "x.yaml", faults)
    assert not faults
    assert value == {"a": read}
    assert type(value["a"]) is type(read)


@pytest.mark.parametrize("key", ["yes", "12:30", "true", "7", "null", "2026-11-23", "''"])
def test_a_key_is_always_text(key):
    assert list(read_text(f"{key}: 1", "x.yaml", [])) == [key.strip("'")]


DEEP = 1_000_000
SHALLOW = 900  # newer libyaml itself stops at 1,000


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\nb: 2\na: 3", "x.yaml:3: `a` is written twice, first at line 1"),
        ("a: {b: 1,\n  b: 2}", "x.yaml:2: `b` is written twice, first at line 1"),
        ("a: 1\n---\nb: 2", "x.yaml:2: holds several documents"),
        ("a: 1\n---\n", "x.yaml:2: holds several documents"),
        ("a: &x [1]\nb: *x", "x.yaml:2: uses the alias *x"),
        ("a: &x {c: 1}\nb: {<<: *x}", "x.yaml:2: uses the alias *x"),
        ("a: &a [*a]", "x.yaml:1: uses the alias *a"),
        ("a: !!python/object/apply:os.system ['true']", "x.yaml:1: uses the tag tag:yaml.org,2002:python"),
        ("a: !!int '3'", "x.yaml:1: uses the tag tag:yaml.org,2002:int"),
        ("a: !mine 3", "x.yaml:1: uses the tag !mine"),
        ("!!str a: 3", "x.yaml:1: has a key that is not a word"),
        ("? [a, b]\n: 3", "x.yaml:1: has a key that is not a word"),
        ("{{a: 1}: 2}", "x.yaml:1: has a key that is not a word"),
        ("z: 0\na: [1,\n2,\nb: 2", "x.yaml:2: is not YAML: "),
        ("z: 0\na: {b: 1,\nc: [1}\n", "x.yaml:3: is not YAML: "),
        ("z: 0\na: 'open\nb: 2\n", "x.yaml:2: is not YAML: found unexpected end of stream up to line 4; close what"),
        ("a:\n\t- b", "x.yaml:2: is not YAML: a tab cannot indent it; use spaces"),
        ("a:\n  b:c\n  d: e", "x.yaml:2: is not YAML: a key without its colon; write `b: `, with a space"),
        ("a:\n  b：c\n\n  d: e", "x.yaml:2: is not YAML: a key without its colon; write `b: `, with the colon of"),
        ("a: b: c", "x.yaml:1: is not YAML: mapping values are not allowed"),
        ("a: 1\n  b: 2", "x.yaml:2: is not YAML: mapping values are not allowed"),
        ("a:\n  b: 1\n  c", "x.yaml:3: is not YAML: could not find expected ':'; finish this line as"),
        ("a: @x", "x.yaml:1: is not YAML: found character"),
        ("a: 1\nb: \x00", "x.yaml:2: is not YAML: "),
        ("a: \x07", "x.yaml:1: is not YAML: "),
        (b"a: 1\nb: \xff", "x.yaml:2: is not UTF-8 text"),
        ("a: é".encode("latin-1"), "x.yaml:1: is not UTF-8 text"),
        ("a: 1".encode("utf-16"), "x.yaml:1: is not UTF-8 text"),
        ("a: \ud800", "x.yaml:1: is not UTF-8 text"),
        ("a: " + "x" * SIZE_LIMIT, "x.yaml: is larger than 1,000,000 bytes"),
        ("a: " + "é" * (SIZE_LIMIT // 2), "x.yaml: is larger than 1,000,000 bytes"),
        ("[" * DEEP, "x.yaml:1: is nested deeper than 32 levels"),
        ("- " * (DEEP // 2), "x.yaml:1: is nested deeper than 32 levels"),
        ("{a: " * (DEEP // 4), "x.yaml:1: is nested deeper than 32 levels"),
        ("{" * SHALLOW, "x.yaml:1: has a key that is not a word"),
        ("? " * SHALLOW, "x.yaml:1: has a key that is not a word"),
        ("[" + "1," * 50_000 + "]", "x.yaml:1: holds more than 50,000 values"),
    ],
)  # fmt: skip
def test_a_trap_is_one_fault_at_its_line(text, says):
    assert fault_of(text).startswith(says)


def test_a_second_colon_is_told_what_mends_it():
    assert fault_of("a: b: c").endswith("; put the text in quotes")
    assert fault_of("a: 1\n  b: 2").endswith("; indent it as far as the line above")
    assert "mapping values are not allowed" in fault_of("a: 1\x85b: 2\x85c: d: e")


@pytest.mark.parametrize("text", ["{" * DEEP, "? " * (DEEP // 2)])
def test_whichever_limit_comes_first_a_deep_key_is_one_fault(text):
    says = ("x.yaml:1: has a key that is not a word", "x.yaml:1: is nested deeper than 32 levels")
    assert fault_of(text).startswith(says)


def test_an_alias_bomb_costs_nothing():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    faults = []
    read = read_text("\n".join(lines), "x.yaml", faults)
    assert read == {"a0": ["x"] * 10, **{f"a{i}": [] for i in range(1, 12)}}
    assert [fault.place.line for fault in faults] == [i for i in range(2, 13) for _ in range(10)]


def test_what_follows_an_alias_is_read_too():
    faults = []
    read = read_text("a: &x none\nb: *x\nc: [1, *x]\nd: 2", "x.yaml", faults)
    assert read == {"a": "none", "b": None, "c": [1], "d": 2}
    assert [str(fault.place) for fault in faults] == ["x.yaml:2", "x.yaml:3"]


def test_depth_is_refused_only_past_the_limit():
    faults = []
    assert read_text("[" * DEPTH_LIMIT + "]" * DEPTH_LIMIT, "x.yaml", faults)
    assert not faults


@pytest.mark.parametrize(
    "empty", ["", " \n", "# a comment\n", "---\n", "---\n...\n", "\ufeff", "~"]
)
def test_an_empty_document_is_nothing_and_no_fault(empty):
    faults = []
    assert read_text(empty, "x.yaml", faults) is None
    assert not faults


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffa: 1\nb: [2, 3]\n",
        "a: 1\r\nb: [2, 3]\r\n",
        "---\na: 1\nb: [2, 3]\n...\n",
        b"\xef\xbb\xbfa: 1\nb: [2, 3]",
    ],
)
def test_byte_order_marks_line_ends_and_document_marks_are_nothing(text):
    assert read_text(text, "x.yaml", []) == {"a": 1, "b": [2, 3]}


def test_an_anchor_without_an_alias_is_harmless():
    assert read_text("a: &x 1", "x.yaml", []) == {"a": 1}


def test_duplicate_keys_are_all_told_and_the_first_is_kept():
    faults = []
    value = read_text("a: 1\na: 2\nb: {c: 3, c: 4}\na: 5", "x.yaml", faults)
    assert [fault.place.line for fault in faults] == [2, 3, 4]
    assert value == {"a": 1, "b": {"c": 3}}


@pytest.mark.parametrize(
    ("path", "spot"),
    [
        ((), (1, 1)),
        (("b",), (2, 1)),
        (("b", 1), (3, 5)),
        (("b", 1, "c"), (3, 6)),
        (("b", 9), (2, 1)),
        (("z",), (1, 1)),
    ],
)
def test_everything_knows_its_line_and_column(path, spot):
    assert spot_of(read_text("a: 1\nb: [x,\n    {c: 2}]", "x.yaml", []), path) == spot


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "is a folder; name a file in it"),
        (lambda path: path.symlink_to(path), "cannot be read: "),
        (lambda path: path.symlink_to("nowhere"), "there is no such file"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault(tmp_path, make, says):
    path = tmp_path / "x.yaml"
    make(path)
    faults = []
    assert read_file(path, "x.yaml", faults) is None
    assert [str(fault)[: len(says) + 8] for fault in faults] == [f"x.yaml: {says}"]


def test_a_device_without_end_is_read_no_further_than_the_limit():
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero here")
    faults = []
    assert read_file(Path("/dev/zero"), "zero", faults) is None
    assert "is larger than" in str(faults[0])
