"""The pages of `recommender web` without a server: an address in, a page out."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qsl

from recommender.loading.serialization import parse_pack, unsealed
from recommender.web.pages import FILES, SEE_OTHER, Pages, Visit

HERE = Path(__file__).parent
HOME = b"\\u0000"
"""Stands in the compiled pack for the folder that its rules are in (loading/compiled.py)."""

SHOWN = {"": Visit.start, "ask": Visit.ask, "all": Visit.every, "advice": Visit.advice}
SCRIPT = '<script src="page.js" defer></script>'


def _pages() -> Pages:
    entry = (HERE / "pack.json").read_bytes().partition(b"\n")[2]
    return Pages(parse_pack(unsealed(entry).replace(HOME, str(HERE).encode())))


PAGES = _pages()


def answer(path: str, query: str, language: str) -> str:
    """Return the answer to an address below app/, as JSON: its status, media type and text."""
    visit = PAGES.visit(parse_qsl(query, keep_blank_values=True), language)
    name = path.removeprefix("files/")
    kind = "text/html"
    if path in SHOWN:
        reply = SHOWN[path](visit)
    elif name != path and name in FILES:
        reply, kind = visit.file(name), FILES[name][0]
    else:
        return json.dumps({"status": 404, "type": "text/plain", "text": "There is no such page."})
    if reply.status == SEE_OTHER:
        return json.dumps({"status": reply.status, "location": reply.text})
    text = reply.text
    if path in SHOWN:
        text = text.replace(SCRIPT, SCRIPT.replace("page.js", "frame.js") + SCRIPT)
    return json.dumps({"status": reply.status, "type": kind, "text": text})
