"""A small index of wheels on this machine, with days and metadata; the wheels themselves are not there."""

import json
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

TEAS = {
    # Until May, tea wants an old cup and coffee a new one: they cannot be installed together.
    "tea": [
        ("1.0", "2026-01-10", "py3-none-any", ["cup<2"]),
        ("1.1", "2026-05-20", "py3-none-any", ["cup<3"]),
        ("2.0rc1", "2026-06-01", "py3-none-any", ["cup"]),
    ],
    "coffee": [("3.0", "2026-02-01", "py3-none-any", ["cup>=2"])],
    "cup": [
        ("1.5", "2025-12-01", "py3-none-any", []),
        ("2.2", "2026-02-01", "py3-none-any", []),
        ("3.1", "2026-05-01", "py3-none-any", []),
    ],
    # Leaves come for one platform and one Python alone.
    "leaf": [("0.4", "2026-03-01", "cp313-cp313-manylinux_2_28_x86_64", [])],
    # Nobody says when milk came.
    "milk": [("1.0", "", "py3-none-any", [])],
}


class Index(SimpleHTTPRequestHandler):
    """Serves the pages of the index as JSON, and metadata as text."""

    def do_GET(self):
        if self.path.endswith("/"):
            self.path += "index.json"
        super().do_GET()

    def guess_type(self, path):
        return "application/vnd.pypi.simple.v1+json" if path.endswith(".json") else "text/plain"

    def log_message(self, *_):
        """Say nothing."""


def write(folder, packages):
    """Write pages and metadata of packages: version, day, tag and requirements of each wheel."""
    for name, wheels in packages.items():
        home = folder / "simple" / name
        home.mkdir(parents=True)
        files = []
        for version, day, tag, requires in wheels:
            wheel = f"{name}-{version}-{tag}.whl"
            lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
            lines += [f"Requires-Dist: {each}" for each in requires]
            (home / f"{wheel}.metadata").write_text("\n".join(lines) + "\n")
            entry = {"filename": wheel, "url": wheel, "hashes": {}, "core-metadata": True}
            files.append(entry | ({"upload-time": f"{day}T10:00:00.000000Z"} if day else {}))
        page = {"meta": {"api-version": "1.1"}, "name": name, "files": files}
        (home / "index.json").write_text(json.dumps(page))


@contextmanager
def served(folder, packages=None):
    """Serve an index on this machine while it lasts; gives its address."""
    write(folder, TEAS if packages is None else packages)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Index, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
