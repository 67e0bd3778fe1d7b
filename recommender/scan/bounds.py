"""Bounds: how much of a repository is read, so that a huge or hostile one does no harm."""

from __future__ import annotations

MOST_ENTRIES = 400_000
"""Files and folders that are looked at."""

DEEPEST = 40
"""Folders within folders."""

LARGEST_TEXT = 1_000_000
"""Bytes that are read of one text; of a longer one its beginning."""

LARGEST_NOTEBOOK = 8_000_000
"""Bytes of a notebook, which cannot be read in part; mostly pictures, which are not looked at."""

MOST_CODE = 6_000_000
"""Bytes of code that are parsed: about three seconds of it, tests and examples last."""

MOST_TEXT = 64_000_000
"""Bytes of other texts that are read."""

MOST_CLUES = 20_000
"""Different clues that are kept."""

MOST_OF_A_FILE = 5_000
"""Clues that are taken from one file."""

SECONDS = 60.0
"""After which the scan ends with what it has."""
