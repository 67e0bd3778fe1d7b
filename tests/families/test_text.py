"""Text is good at any width, in any encoding, with colour and without."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from recommender import load_pack, load_profile, recommend, render
from recommender.cli._screen import drawn
from recommender.output.document import Span, spans, words
from recommender.output.report import tell
from recommender.output.wrap import wrap


@pytest.fixture(scope="module")
def advice():
    pack = load_pack()
    return recommend(load_profile("examples/research-lab.yaml", pack), pack, samples=50)


def shown(advice, width, *, language="en", **options):
    return drawn(tell(advice, language=language, full=True), width, **options)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(advice, width, language):
    lines = shown(advice, width, language=language).splitlines()
    assert all(cell_len(line) <= width for line in lines)
    assert len(lines) > 20


def test_a_pipe_gets_what_render_writes(advice):
    assert shown(advice, 80) == render(advice, "text", full=True)


def test_a_terminal_gets_colours_and_links(advice):
    text = shown(advice, 80, colour=True)
    assert "\x1b[1m" in text
    assert "\x1b]8;;https://" in text
    plain = re.sub(r"\x1b\[\d+m|\x1b\]8;;[^\x1b]*\x1b\\", "", text)
    assert plain == shown(advice, 80)


def test_an_ascii_stream_gets_ascii(advice):
    text = shown(advice, 80, encoding="ascii")
    assert text.isascii()
    assert "->" in text or '"' in text


def test_a_western_stream_keeps_what_it_can_carry(advice):
    assert "·" in shown(advice, 80, encoding="latin-1")


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("tea or coffee", 8, ["tea or", "coffee"]),
        ("a-very-long-word", 6, ["a-very", "-long-", "word"]),
        ("茶还是咖啡，都行。", 8, ["茶还是咖", "啡，都", "行。"]),
        ("用 PyTorch 训练", 10, ["用 PyTorch", "训练"]),
        ("先喝（茶），再喝咖啡", 6, ["先喝", "（茶）", "，再喝", "咖啡"]),
        ("“茶”和“咖啡”", 8, ["“茶”和", "“咖啡”"]),
        ("见“tea”…再喝茶", 8, ["见“tea”…", "再喝茶"]),
        ("「“tea”」茶", 6, ["「", "“tea”", "」茶"]),
        ("", 5, [""]),
    ],
)
def test_lines_break_where_a_reader_of_either_language_expects(text, width, lines):
    assert [words(line) for line in wrap(spans(text), width)] == lines


def test_words_that_touch_across_two_spans_stay_together_and_keep_their_dress():
    line = spans(Span("tea", "strong"), ", ", "or", Span(" ::coffee", "dim"))
    assert wrap(line, 6) == [
        (Span("tea", "strong"), Span(",")),
        (Span("or"),),
        (Span(": :coff", "dim"),),
        (Span("ee", "dim"),),
    ]
