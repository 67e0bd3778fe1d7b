"""Figures as inline SVG, which stand in a table beside the numbers that they draw.

A figure says nothing that its row does not say in words, and is hidden from screen readers. It
scales with the row, has no inline style (a strict content policy allows none), and takes its
colours from classes.
"""

from __future__ import annotations


def bar(value: int, lowest: int, highest: int) -> str:
    """Return a bar for a signed value: to the right of zero for, to the left against.

    >>> 'width="50"' in bar(5, 0, 10)
    True
    """
    scale = 100 / (highest - lowest or 1)
    zero, size = round(-lowest * scale, 2), round(abs(value) * scale, 2)
    left = zero if value >= 0 else round(zero - size, 2)
    side = "for" if value >= 0 else "against"
    return _svg(
        "-1 0 102 10",
        f'<rect class="{side}" x="{left:g}" y="1" width="{size:g}" height="8"/>',
        f'<line class="axis" x1="{zero:g}" x2="{zero:g}" y1="0" y2="10"/>',
    )


def stacked(shares: list[float]) -> str:
    """Return shares of a whole as one bar, first to last from left to right, paler by rank."""
    drawn, left = [], 0.0
    for rank, share in enumerate(shares):
        size = round(100 * share, 2)
        name = f"rank-{min(rank + 1, 3)}"
        drawn.append(f'<rect class="{name}" x="{left:g}" y="1" width="{size:g}" height="8"/>')
        left = round(left + size, 2)
    return _svg("0 0 100 10", '<rect class="track" x="0" y="1" width="100" height="8"/>', *drawn)


def slider(weight: int, low: float, high: float) -> str:
    """Return a weight on a scale from 0 to 10, with the span in which the same candidate leads."""
    low, high = max(0.0, low), min(10.0, high)
    ticks = (f'<line class="tick" x1="{x}" x2="{x}" y1="7" y2="10"/>' for x in range(11))
    return _svg(
        "-0.3 0 10.6 10",
        '<rect class="track" x="0" y="4" width="10" height="2"/>',
        f'<rect class="for" x="{low:g}" y="4" width="{max(0.0, high - low):g}" height="2"/>',
        *ticks,
        f'<rect class="knob" x="{weight - 0.12:g}" y="0.5" width="0.24" height="9"/>',
    )


def curve(points: list[tuple[float, float]], here: tuple[float, float]) -> str:
    """Return a curve over a square from 0 to 100, its diagonal, and a mark at one point of it."""
    line = " ".join(f"{x:g},{100 - y:g}" for x, y in points)
    return (
        '<svg class="curve" viewBox="-2 -2 104 104" aria-hidden="true" focusable="false">'
        '<path class="axis" d="M0 0V100H100"/><path class="diagonal" d="M0 100L100 0"/>'
        f'<polyline class="line" points="{line}"/>'
        f'<circle class="knob" cx="{here[0]:g}" cy="{100 - here[1]:g}" r="3"/></svg>'
    )


def _svg(box: str, *drawn: str) -> str:
    return (
        f'<svg class="figure" viewBox="{box}" preserveAspectRatio="none" aria-hidden="true" '
        f'focusable="false">{"".join(drawn)}</svg>'
    )
