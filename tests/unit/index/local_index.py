"""An index in a folder: pages as JSON and as HTML, and the metadata of one wheel."""

import json

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
