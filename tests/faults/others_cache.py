"""Write a cache that lies: the toy pack, whole and sealed, in which tea is called Owned.

    python -m tests.faults.others_cache FOLDER

For `test_ordinary_user.py`, run by another user than the tests.
"""

import os
import sys
from pathlib import Path

from recommender.loading import cache
from recommender.loading.serialization import dump_pack, sealed

RULES = ("tests/toy/rules",)


def main(folder):
    os.environ[cache.VARIABLE] = str(folder)
    text = dump_pack(cache.load_cached(RULES)).replace(b'"Tea"', b'"Owned"')
    folder.chmod(0o755)
    for entry in folder.iterdir():
        entry.write_bytes(sealed(text))
        entry.chmod(0o644)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
