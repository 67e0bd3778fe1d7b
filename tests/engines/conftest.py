"""Starting clusters takes minutes: these run when they are asked for, with `-m engines`."""

import pytest


def pytest_collection_modifyitems(config, items):
    if "engines" in (config.getoption("-m") or ""):
        return
    for item in items:
        if item.get_closest_marker("engines"):
            item.add_marker(pytest.mark.skip(reason="ask for the engines with -m engines"))
