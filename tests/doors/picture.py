"""Pictures for the documentation: a terminal's screen as SVG, a part of a page as PNG, each with its text."""

from __future__ import annotations

import io
import re
from html import escape, unescape
from itertools import groupby
from xml.etree import ElementTree as ET

import pytest

from recommender.output.wrap import cell_len

COLOURS = {"brown": "yellow", "brightbrown": "bright_yellow", "default": "default"}
"""What pyte calls colours that rich knows by another name; "bright" and a colour it writes in one."""

FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""Rich's fonts come from another site; where they are missing the reader's own will do."""


TEXT = re.compile(
    r'<text class="([^"]*)" x="([^"]*)" y="([^"]*)" textLength="([^"]*)" clip-path="([^"]*)">([^<]*)</text>'
)
RUN = re.compile("[\u2e80-\u9fff\uff00-\uffef]+|[^\u2e80-\u9fff\uff00-\uffef]+")


def lighter(png):
    """Return a PNG in a frame, in as many colours as text on plain ground needs: a third of the bytes."""
    pytest.importorskip("PIL")
    from PIL import Image, ImageOps

    image = ImageOps.expand(Image.open(io.BytesIO(png)).convert("RGB"), 16, "white")
    framed = ImageOps.expand(image, 1, "silver").quantize(64)
    written = io.BytesIO()
    framed.save(written, "PNG", optimize=True)
    return written.getvalue()


def drawn(screen, title):
    """Return what stands on a screen of pyte's as SVG, down to its last line."""
    pytest.importorskip("rich")
    from rich.console import Console
    from rich.text import Text

    lines = [_line(screen.buffer[row], screen.columns) for row in range(screen.lines)]
    while lines and not lines[-1].plain.strip():
        lines.pop()
    console = Console(record=True, width=screen.columns, file=io.StringIO(), force_terminal=True)
    console.print(Text("\n").join(lines))
    return TEXT.sub(_aligned, FONT.sub("", console.export_svg(title=title, unique_id="screen")))


def _aligned(found):
    """Give each run of Chinese the length of its cells: rich counts characters, and squeezes it."""
    look, x, y, length, clip, text = found.groups()
    cell = float(length) / len(unescape(text))
    parts, start = [], float(x)
    for run in RUN.findall(unescape(text)):
        long = cell * cell_len(run)
        shown = escape(run).replace(" ", "&#160;")
        parts.append(
            f'<text class="{look}" x="{start:g}" y="{y}" textLength="{long:g}" clip-path="{clip}">{shown}</text>'
        )
        start += long
    return "".join(parts)


def _line(cells, columns):
    from rich.style import Style
    from rich.text import Text

    line = Text()
    # Behind a wide character stands an empty cell; the first part of a cell is what it holds.
    for look, run in groupby((cells[column] for column in range(columns)), lambda cell: cell[1:]):
        foreground, background, bold, italic, underlined, _, reverse, *_ = look
        style = Style(
            color=_colour(foreground), bgcolor=_colour(background), bold=bold, italic=italic,
            underline=underlined, reverse=reverse,
        )  # fmt: skip
        line.append("".join(cell.data for cell in run), style)
    line.rstrip()
    return line


def _colour(name):
    if re.fullmatch("[0-9a-f]{6}", name):
        return f"#{name}"
    name = COLOURS.get(name, name)
    return re.sub("^bright(?=[a-z])", "bright_", name)


def said(svg):
    """Return the lines of text that stand in a picture of a terminal."""
    rows: dict[float, str] = {}
    ends: dict[float, float] = {}
    for part in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        if "clip-path" in part.attrib:
            x, y = float(part.attrib["x"]), float(part.attrib["y"])
            gap = " " if x > ends.get(y, 0) else ""  # a blank part is not drawn
            rows[y] = rows.get(y, "") + gap + (part.text or "")
            ends[y] = x + float(part.attrib["textLength"]) + 1
    return [" ".join(line.split()) for line in rows.values() if line.strip()]
