"""Build the documentation site: `python docs/site/build.py [FOLDER] [--playground]`.

Where no folder is named it is build/site; the site itself is in its `html`. Its pages are gathered
as plain Markdown in `pages`: those of docs/, with the README as the front page, and one for each
entry of the pack and each kind of lint finding. Then Zensical builds them, and stops at a link that
leads nowhere. It needs the extra `docs`; with the playground, `web`, npm and Node too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from entries import Entries

HERE = Path(__file__).parent
DOCS, ROOT = HERE.parent, HERE.parents[1]

MOVED = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "LICENSE": "licence.txt",
    "docs/README.md": "index.md",
    "docs/planning.ipynb": "planning.md",
    "docs/zh/README.md": "zh/index.md",
}
"""Where a file of the repository stands in the site, if not where it stands in docs/."""

WITHOUT = (
    '<!doctype html><html lang="en"><title>No playground</title><p>This copy of the site was built '
    "without the playground.</p></html>\n"
)

FENCE = re.compile(r"(^ *```.*?^ *```$)", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(<?([^)>#\s]+)(#[^)>\s]*)?>?\)")
NAMED = re.compile(r"(?<!\[)`((?:docs/[\w/-]+\.(?:md|ipynb))|CONTRIBUTING\.md)`")


def gather(pages: Path) -> None:
    """Write all pages of the site into a folder, as Markdown."""
    for path in sorted(DOCS.rglob("*.md")):
        if path != DOCS / "README.md":
            _copy(path, pages)
    for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md"):
        _copy(ROOT / name, pages)
    for path in (DOCS / "ci-example.yml", *DOCS.glob("*.svg")):
        shutil.copy(path, pages / path.name)
    shutil.copytree(DOCS / "pictures", pages / "pictures", ignore=shutil.ignore_patterns("*.txt"))
    shutil.copy(ROOT / "LICENSE", pages / MOVED["LICENSE"])
    _write(pages / "planning.md", notebook(DOCS / "planning.ipynb"))
    for name, text in Entries().pages():
        _write(pages / name, text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _copy(path: Path, pages: Path) -> None:
    place = placed(path)
    assert place  # noqa: S101  (a Markdown page of ours has one)
    _write(pages / place, relinked(path.read_text("utf-8"), path, place))


def placed(path: Path) -> str | None:
    """Return where a file of the repository stands in the site, if it is there."""
    if not path.is_relative_to(ROOT):
        return None
    name = path.relative_to(ROOT).as_posix()
    if name in MOVED:
        return MOVED[name]
    inside = name.removeprefix("docs/")
    shown = path.suffix in (".md", ".svg", ".yml") and name != inside and path.is_file()
    return inside if shown else None


def relinked(text: str, path: Path, place: str) -> str:
    r"""Return a page whose links lead to pages of the site; what is not there is named in code."""

    def led(found: re.Match[str]) -> str:
        label, target, heading = found[1], found[2], found[3] or ""
        if "://" in target or target.startswith("mailto:"):
            return found[0]
        there = placed((path.parent / target).resolve())
        if there is None:
            return label if label.startswith("`") else f"{label} (`{target}`)"
        return f"[{label}]({_relative(there, place)}{heading})"

    def named(found: re.Match[str]) -> str:
        there = placed(ROOT / found[1])
        return f"[{found[0]}]({_relative(there, place)})" if there and there != place else found[0]

    parts = FENCE.split(text)
    for number, part in enumerate(parts):
        if not part.lstrip().startswith("```"):
            parts[number] = NAMED.sub(named, LINK.sub(led, _unescaped(part)))
    return "".join(parts)


def _unescaped(text: str) -> str:
    """Write `<` and `>` as HTML has them: the site's Markdown knows no backslash before these."""
    return text.replace("\\<", "&lt;").replace("\\>", "&gt;")


def _relative(there: str, place: str) -> str:
    return Path(os.path.relpath(there, Path(place).parent)).as_posix()


def notebook(path: Path) -> str:
    """Return a notebook as a page: its words, and its code in blocks."""

    def cells() -> Iterator[str]:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            said = "".join(cell["source"])
            yield said if cell["cell_type"] == "markdown" else f"```python\n{said}\n```"

    return "\n\n".join(cells()) + "\n"


def build(folder: Path, *, playground: bool = False) -> int:
    """Gather the pages in a folder and build the site beside them; return Zensical's exit code."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pages").mkdir(parents=True)
    gather(folder / "pages")
    if playground:
        made = [
            sys.executable,
            str(DOCS / "playground" / "build.py"),
            str(folder / "pages" / "play"),
        ]
        subprocess.run(made, check=True)
    else:
        _write(folder / "pages" / "play" / "index.html", WITHOUT)
    shutil.copy(HERE / "zensical.toml", folder / "zensical.toml")
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--playground"]
    place = Path(words[0]) if words else ROOT / "build" / "site"
    sys.exit(build(place.resolve(), playground="--playground" in sys.argv))
