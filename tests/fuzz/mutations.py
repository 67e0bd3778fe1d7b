"""Changes that hands, editors, networks and enemies make to a file."""

from __future__ import annotations

import os

TOKENS = (
    b": ", b"- ", b"[", b"]", b"{", b"}", b"'", b'"', b"#", b"|", b">", b"&a", b"*a", b"!!", b"%", b"@", b"`", b"?", b"---\n",
    b"...\n", b"\n", b"\r\n", b"\r", b"\t", b"  ", b"\0", b"\x1b", b"\x85", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80",
    b"\xe2\x80\xa8", b"\xf4\x90\x80\x80", b"\xc0\x80", b"null", b"true", b"no", b"~", b"0", b"-1", b"1e999", b".nan", b".inf", b"9" * 400,
    b"0x1f", b"0o7", b"1_000", b"2026-11-23", b"2026-13-45", b"12:30", b"<<: ", b"=", b"unknown", b"none", b"any: ", b"all: []", b"not: ",
    b"includes: ", b"at_least: ", b"when: {}", b"favors: ", b"id: ", b"candidate: ", b"locale: zh", b"extends: ", b"reweigh: ", b"retire: ",
    "é".encode(), "中".encode(), "🤷".encode(), "\u202e".encode(),
)  # fmt: skip


def rounds(default):
    """Tell how often to try: FUZZ_ROUNDS times as often by hand as in the default run."""
    return default * int(os.environ.get("FUZZ_ROUNDS", "1"))


def mutated(raw, chance, others=()):
    """Change bytes once or a few times."""
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        raw = _mutated(raw, chance, others)
    return raw


def _mutated(raw, chance, others):
    start = chance.randrange(len(raw) + 1)
    end = min(len(raw), start + chance.choice((0, 1, 2, 5, 20, 200)))
    kind = chance.randrange(9)
    if kind == 0:
        return raw[:start] + raw[end:]
    if kind == 1:
        return raw[:start] + chance.choice(TOKENS) + raw[start:]
    if kind == 2:
        return raw[:start] + chance.choice(TOKENS) + raw[end:]
    if kind == 3:
        return raw[:start] + raw[start:end] * chance.choice((2, 3, 50)) + raw[end:]
    if kind == 4:
        return raw[:start] + bytes([chance.randrange(256)]) + raw[start + 1 :]
    if kind == 5:
        return raw[:start]
    lines = raw.splitlines(keepends=True)
    if len(lines) < 2:
        return raw
    here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
    if kind == 6:
        lines[here], lines[there] = lines[there], lines[here]
    elif kind == 7:
        lines[here] = chance.choice((b"  ", b" ", b"")) + lines[here].lstrip(
            chance.choice((b" ", b"- "))
        )
    elif others:
        more = chance.choice(others).splitlines(keepends=True)
        at = chance.randrange(len(more))
        lines[here:here] = more[at : at + chance.choice((1, 3, 10))]
    return b"".join(lines)
