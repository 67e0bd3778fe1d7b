"""Fuzzing guided by coverage (atheris): whatever the bytes, a file is read or refused, at once.

    python -m tests.fuzz -max_total_time=600 [-seed=1] [FOLDER]

The first byte of an input chooses how the rest is read. Real files are the seeds; FOLDER, if one is
named, keeps every input that reached new code. An input that breaks the promise ends the run and is
written to `crash-...`; `python -m tests.fuzz crash-...` repeats it.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["recommender"]):
    from .guided import Readers

from .mutations import TOKENS, mutated


def main(arguments):
    options = [each for each in arguments if each.startswith("-")]
    places = [each for each in arguments if not each.startswith("-")]
    given = dict(each.lstrip("-").split("=", 1) for each in options if "=" in each)
    chance = random.Random(int(given.get("seed", "1")))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "seeds").mkdir()
        readers = Readers(place / "toy")
        originals = readers.seeds()
        for number, seed in enumerate(originals):
            (place / "seeds" / str(number)).write_bytes(seed)
        lines = ["".join(f"\\x{byte:02x}" for byte in token) for token in TOKENS]
        (place / "words").write_text("".join(f'"{line}"\n' for line in lines))

        def change(data, size, _):
            """Change half of the inputs as people and editors do, half as libFuzzer does."""
            changed = mutated(data, chance, originals) if chance.random() < 0.5 else data
            return (changed if changed != data else atheris.Mutate(data, size))[:size]

        options = ["-seed=1", "-max_len=8192", f"-dict={place / 'words'}", *options]
        if not any(Path(each).is_file() for each in places):
            places.append(str(place / "seeds"))
        atheris.Setup([sys.argv[0], *options, *places], readers.read, custom_mutator=change)
        atheris.Fuzz()


main(sys.argv[1:])
