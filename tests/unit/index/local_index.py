"""An index in a folder: pages as JSON and as HTML, and the metadata of one wheel; and served."""

import json
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

METADATA = """\
Metadata-Version: 2.1
Name: tea
Version: 1.1
Requires-Dist: cup<3,>=1.2
Requires-Dist: milk[oat]; extra == 'white'
"""


def file(filename, day, python="", **more):
    """One file as a page of the index lists it."""
    entry = {"filename": filename, "url": f"../../files/{filename}", "hashes": {}, **more}
    entry |= {"upload-time": f"{day}T10:00:00.000000Z"} if day else {}
    return {**entry, **({"requires-python": python} if python else {})}


TEA = [
    file("tea-1.0.tar.gz", "2025-03-01", ">=3.9", yanked="too hot"),
    file("tea-1.1-cp313-cp313-win_amd64.whl", "2025-12-06", ">=3.10", yanked=False),
    file("tea-1.1-py3-none-any.whl", "2026-01-20", ">=3.10", **{"core-metadata": {"sha256": "0"}}),
    file("tea-1.2rc1-py3-none-any.whl", "2026-05-01"),
    file("tea-1.4-py3-none-any.whl", ""),  # of a local mirror, which gives no days
]
CUP = [file("cup-2.9.tar.gz", "2025-06-01")]


def write_index(folder):
    """Write the index."""
    for name, files in (("tea", TEA), ("cup", CUP)):
        page = folder / "simple" / name
        page.mkdir(parents=True)
        data = {"meta": {"api-version": "1.1"}, "name": name, "files": files}
        (page / "index.json").write_text(json.dumps(data))
        rows = (f'<a href="{each["url"]}"{_marks(each)}>{each["filename"]}</a>' for each in files)
        listed = [row for row in rows if "tea-1.4" not in row]
        (page / "index.html").write_text(f"<!DOCTYPE html><body>{'<br>'.join(listed)}</body>")
    (folder / "files").mkdir()
    (folder / "files" / "tea-1.1-py3-none-any.whl.metadata").write_text(METADATA)


def _marks(entry):
    python = entry.get("requires-python", "").replace(">", "&gt;")
    yanked = ' data-yanked="too hot"' if entry.get("yanked") else ""
    return (f' data-requires-python="{python}"' if python else "") + yanked


class _Pages(SimpleHTTPRequestHandler):
    """Serves the pages of an index as JSON, and files as they are."""

    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.hold.wait(60)
        if self.path.endswith("/"):
            self.path += "index.json"
        super().do_GET()

    def guess_type(self, path):
        return "application/vnd.pypi.simple.v1+json" if path.endswith(".json") else "text/plain"

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def serving(folder, *, hold=None):
    """Serve an index on the loopback: its address, and the paths that are asked for.

    Nothing is answered before the event `hold` is set, if it is given.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=folder))
    server.asked, server.hold = [], hold or threading.Event()
    if hold is None:
        server.hold.set()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple/", server.asked
    finally:
        server.hold.set()
        server.shutdown()
        thread.join()
        server.server_close()


def configured(monkeypatch, address):
    """Configure pip by its own variables, over what the machine has."""
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null" if sys.platform != "win32" else "nul")
    monkeypatch.setenv("PIP_INDEX_URL", address)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
