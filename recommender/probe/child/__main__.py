"""Examines one framework and reports by JSON lines; run by path, in any Python from 3.9.

    python …/child --framework torch --checks import,devices     examine
    python …/child --framework torch --facts                     versions, without importing it
    python …/child --framework torch --worker ddp --rank 0 --meeting FILE   one of two processes

The lines go to the descriptor PROBE_FD (or are appended to the file PROBE_FILE): `facts`, then
`start` and `result` for each check, then `end`. Stdout is turned into stderr: frameworks chatter.
"""

import sys

# First of all: beside this script lie files whose names may shadow a real module.
if sys.path and sys.path[0] and __file__.startswith(sys.path[0]):
    del sys.path[0]

import importlib
import importlib.util
import os

FOLDER = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - no more imports than needed
PACKAGE = "_recommender_probe_child"


def adopt() -> None:
    """Make the files beside this one importable, under a package name of our own."""
    spec = importlib.util.spec_from_file_location(
        PACKAGE,
        os.path.join(FOLDER, "__init__.py"),  # noqa: PTH118
        submodule_search_locations=[FOLDER],
    )
    if spec is None or spec.loader is None:
        sys.exit("the probe's own files cannot be read")
    package = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    adopt()
    importlib.import_module(PACKAGE + ".examination").main(sys.argv[1:])
