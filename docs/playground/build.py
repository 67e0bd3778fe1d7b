"""Build the playground: `python docs/playground/build.py FOLDER`.

That is the engine in the reader's browser. It takes Pyodide's core from npm, pinned and checked,
and puts beside it the compiled rules and the part of the package that advises and writes pages,
with Jinja, MarkupSafe and PyYAML in pure Python, as they are installed here. All of it is
compiled by that Python, run in Node. Any web server may serve the folder, by https or on the same
machine.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from recommender.loading.compiler import compile_pack
from recommender.web.style import SCRIPT, SHEET

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

VERSION = "314.0.7"
INTEGRITY = (
    "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="
)
"""The SHA-512 of Pyodide's package, as npm tells it."""

CORE = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)
PURE = ("jinja2", "markupsafe", "pyyaml")
AWAY = ("authoring", "batch", "cli", "mcp", "probe", "scan", "start", "web")
"""Doors and edges of the package that stay away; all below them is taken."""

DOOR = ("address.py", "pages.py", "result.py", "templates/*.html")
"""What the playground takes of `recommender/web`, whose server needs more than a browser has."""

STATIC = ("index.html", "shell.css", "shell.js", "worker.js")
MOST = 15_000_000


def pyodide(folder: Path) -> None:
    """Put Pyodide's core into a folder; raises `SystemExit` where npm has not what is pinned."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not installed: it brings Pyodide")
    with tempfile.TemporaryDirectory() as place:
        command = [npm, "pack", f"pyodide@{VERSION}", "--silent"]
        if subprocess.run(command, cwd=place, check=False, capture_output=True).returncode:
            raise SystemExit(f"npm could not bring pyodide@{VERSION}")
        packed = next(Path(place).glob("*.tgz")).read_bytes()
    if base64.b64encode(hashlib.sha512(packed).digest()).decode() != INTEGRITY:
        raise SystemExit(f"pyodide@{VERSION} is not what is pinned here")
    folder.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for name in CORE:
            found = archive.extractfile(f"package/{name}")
            assert found is not None  # noqa: S101  (each is a file)
            (folder / name).write_bytes(found.read())


def sources() -> Iterator[tuple[str, bytes]]:
    """Yield what the engine is, as paths and contents."""
    package = ROOT / "recommender"
    paths = [
        path
        for path in package.rglob("*.py")
        if path.relative_to(package).parts[0] not in (*AWAY, "_shipped")
    ]
    for name in DOOR:
        paths += (package / "web").glob(name)
    for path in sorted(set(paths)):
        yield path.relative_to(ROOT).as_posix(), path.read_bytes()
    yield "recommender/web/__init__.py", b'"""The pages alone: the server stays away."""\n'
    for name in PURE:
        for file in distribution(name).files or ():
            if file.suffix == ".py" or "LICENSE" in file.name.upper():
                yield file.as_posix(), Path(str(file.locate())).read_bytes()
    # Reports tell how packages are kept, from the pack's snapshot of their indexes.
    for path in sorted((ROOT / "rules" / "index").rglob("*")):
        if path.is_file():
            yield path.relative_to(ROOT).as_posix(), path.read_bytes()
    yield "pack.json", compile_pack(str(ROOT))
    yield "play.py", (HERE / "play.py").read_bytes()


def compiled(core: Path, into: Path) -> None:
    """Write the engine as an archive of compiled modules."""
    node = shutil.which("node")
    if node is None:
        raise SystemExit("node is not installed: it runs Pyodide to compile the engine")
    with tempfile.TemporaryDirectory() as place:
        packed = Path(place) / "sources.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in sources():
                archive.writestr(zipfile.ZipInfo(name), content)
        command = [
            node,
            str(HERE / "compile.mjs"),
            str(core.resolve()),
            str(packed),
            str(into.resolve()),
        ]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"the engine could not be compiled:\n{done.stderr[-2000:]}")


def build(folder: Path) -> None:
    """Write the playground into a folder, which it replaces."""
    shutil.rmtree(folder, ignore_errors=True)
    pyodide(folder / "pyodide")
    compiled(folder / "pyodide", folder / "recommender.zip")
    (folder / "app").mkdir()
    (folder / "app" / "page.css").write_text(SHEET, "utf-8")
    (folder / "app" / "page.js").write_text(SCRIPT, "utf-8")
    shutil.copy(HERE / "frame.js", folder / "app" / "frame.js")
    for name in STATIC:
        shutil.copy(HERE / name, folder / name)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > MOST:
        raise SystemExit(f"the playground takes {size:,} bytes, more than {MOST:,}")
    front = folder / "index.html"
    front.write_text(front.read_text("utf-8").replace("MEGABYTES", str(round(size / 1e6))), "utf-8")
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    digest = hashlib.sha256()
    for name in names:
        digest.update((folder / name).read_bytes())
    worker = (HERE / "service-worker.js").read_text("utf-8")
    worker = worker.replace("playground-VERSION", f"playground-{digest.hexdigest()[:12]}")
    worker = worker.replace("const FILES = [];", f"const FILES = {json.dumps(names)};")
    (folder / "service-worker.js").write_text(worker, "utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
