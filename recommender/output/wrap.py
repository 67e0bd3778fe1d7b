"""Line breaking: spans at a width in terminal cells, in English and in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from recommender.nouns.errors import unled

from .document import Span, Spans, words

_FIRST_WIDE = "\u2e80"
_LATIN_OPENING = "“‘"
_OPENING = "（「『《【" + _LATIN_OPENING
_CLOSING = "，。、；：！？）」』》】”’…·"
_PLAIN_UNIT = re.compile(r"\s+|\S+")


def _is_wide(character: str) -> bool:
    """Return whether a line may be broken beside a character, as beside Chinese."""
    return character >= _FIRST_WIDE and (
        character <= "\u9fff"
        or "\uac00" <= character <= "\ud7af"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uffef"
    )


@cache
def _cells(character: str) -> int:
    """Return the terminal cells of a character that the report uses, 0 for any other.

    Latin, and the signs that the report uses, take a cell each; Chinese and its punctuation two.
    """
    if (
        " " <= character <= "~"
        or "\u00a0" <= character <= "\u02ff"
        or "\u2010" <= character <= "\u2027"
        or "\u2190" <= character <= "\u21ff"
        or "\u2200" <= character <= "\u22ff"
        or "\u2500" <= character <= "\u257f"
        or character == "\u2713"
    ):
        return 1
    if (
        "\u3001" <= character <= "\u3011"
        or "\u4e00" <= character <= "\u9fff"
        or "\uff01" <= character <= "\uff60"
    ):
        return 2
    return 0


def cell_len(text: str) -> int:
    """Return how many terminal cells a text takes.

    >>> cell_len("tea → cup"), cell_len("茶")
    (9, 2)
    """
    if text.isascii():
        return len(text)
    cells = list(map(_cells, text))
    if all(cells):
        return sum(cells)
    from rich.cells import cell_len  # noqa: PLC0415  (slow to load, and rarely needed)

    return cell_len(text)


def wrap(line: Spans, width: int) -> list[Spans]:
    """Return a line of spans broken into parts that fit a width; a longer word is cut.

    >>> from .document import spans, words
    >>> [words(part) for part in wrap(spans("tea or coffee"), 8)]
    ['tea or', 'coffee']
    """
    return [_part(line, start, end) for start, end in _rows(line, width)]


def _rows(line: Spans, width: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each row in a line, without the blanks around it."""
    text = words(line)
    start = end = used = at = 0
    for cluster in _clusters(line):
        begin, at, size = at, at + len(cluster), cell_len(cluster)
        if cluster.isspace():
            used += size
            continue
        if start < end and used + size > width:
            yield start, end
            start = end
        if start == end:
            start, used = begin, 0
        while size > width and at - start > 1:  # a word longer than a row
            cut = start + _fitting(text[start:at], width)
            yield start, cut
            start, size = cut, cell_len(text[cut:at])
        end, used = at, used + size
    yield start, end


def _fitting(word: str, width: int) -> int:
    """Return how many characters of a word fit a width, at least one."""
    return next(count for count in range(1, len(word)) if cell_len(word[: count + 1]) > width)


def _clusters(line: Spans) -> list[str]:
    """Return the unbreakable parts of a line; words that touch across spans stay together."""
    clusters: list[str] = []
    for span in line:
        units = _units(span.text)
        if units and clusters and not _apart(clusters[-1], units[0]):
            units[0] = clusters.pop() + units[0]
        clusters += units
    return clusters


def _units(text: str) -> list[str]:
    """Return a text's blanks, words, and wide characters with what must not begin a line."""
    if text.isascii() or max(text) < _FIRST_WIDE:
        return _PLAIN_UNIT.findall(text)
    # No pattern: to compile one with all these ranges takes longer than to lay out a report.
    units = []
    while text:
        rest = text.lstrip() if text[0].isspace() else text[_stem(text) :].lstrip(_CLOSING)
        units.append(text[: len(text) - len(rest)])
        text = rest
    return units


def _stem(text: str) -> int:
    """Return the length of a word, or of a wide character with the brackets that open before it.

    If nothing wide follows the brackets, the last wide bracket counts as that character.
    """
    opened = len(text) - len(text.lstrip(_OPENING))
    if _is_wide(text[opened : opened + 1]):
        return opened + 1
    ends = (i for i, each in enumerate(text) if each.isspace() or _is_wide(each))
    return len(text[:opened].rstrip(_LATIN_OPENING)) or next(ends, len(text))


def _apart(before: str, after: str) -> bool:
    """Return whether a line may be broken between two units of different spans."""
    if before[-1].isspace() or after[0].isspace():
        return True
    if after[0] in _CLOSING:
        return False
    return (
        before[-1] in _CLOSING or _is_wide(before[-1]) or _is_wide(after.lstrip(_LATIN_OPENING)[:1])
    )


def _part(line: Spans, start: int, end: int) -> Spans:
    """Return the part of a line between two places, with neighbours of one role joined."""
    part: list[Span] = []
    for span in line:
        text = span.text[max(start, 0) : max(end, 0)]
        start, end = start - len(span.text), end - len(span.text)
        if text:
            if part and (part[-1].kind, part[-1].url) == (span.kind, span.url):
                text = part.pop().text + text
            part.append(Span(text if part else unled(text), span.kind, span.url))
    return tuple(part)


_SENTENCE = r"(?<=[.?!])\s+(?=[^a-z])|(?<=[。？！])"
"""Where a sentence ends; what goes on in a small letter is no new one."""


def sentences(text: str) -> list[str]:
    """Split a text into its sentences.

    >>> sentences("It is mild. Since then: not so, e.g. in the morning.")
    ['It is mild.', 'Since then: not so, e.g. in the morning.']
    """
    return [part for part in re.split(_SENTENCE, text.strip()) if part] or [""]


def clipped(text: str, cells: int) -> str:
    """Shorten a text to so many terminal cells, between words, with an ellipsis.

    >>> clipped("tea and coffee", 14), clipped("tea and coffee", 10)
    ('tea and coffee', 'tea and…')
    """
    if cell_len(text) <= cells:
        return text
    first = next(iter(wrap((Span(text),), max(cells - 1, 1))))
    return words(first).rstrip(" ,;:，；：、(（“") + "…"


def brought_to(text: str, cells: int) -> str:
    """Shorten a text to so many cells: by whole sentences where one fits, else between words.

    >>> brought_to("It is mild. It is also brown.", 20)
    'It is mild.'
    """
    whole = ""
    for part in sentences(text):
        longer = f"{whole} {part}" if whole and part[0].isascii() else f"{whole}{part}"
        if cell_len(longer) > cells:
            break
        whole = longer
    return whole or clipped(text, cells)
