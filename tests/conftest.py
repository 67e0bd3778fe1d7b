"""What every test may use: the toy pack, the golden files, and how hard Hypothesis looks."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from recommender import Profile, load_pack
from recommender.judging.case import Case

os.environ["RECOMMENDER_CACHE"] = "off"  # no test writes into the user's own

# A shell starts what runs in the background deaf to Ctrl-C, and children inherit that.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parent.parent
TOY = ROOT / "tests" / "toy" / "rules"
GOLDEN = ROOT / "tests" / "golden"

# `ci` is the same on every run and bounded; `thorough` looks elsewhere each time:
# HYPOTHESIS_PROFILE=thorough pytest tests/laws
slow_machines_are_fine = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", max_examples=60, derandomize=True, **slow_machines_are_fine)
settings.register_profile("thorough", max_examples=2000, **slow_machines_are_fine)
# One example kills a mutant as well as the smallest does (docs/mutation.md).
settings.register_profile(
    "mutants", settings.get_profile("ci"), phases=[Phase.explicit, Phase.generate], database=None
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def slowness(clock):
    """How much longer anything takes now than where twenty million numbers add up in .25 seconds."""
    begun = clock()
    sum(range(20_000_000))
    return max(1, (clock() - begun) / 0.25)


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="rewrite tests/golden/ from what the code says now; read the diff before committing",
    )


@pytest.fixture
def golden(request):
    """Compare a text with tests/golden/<name>; `--update-golden` rewrites the file."""

    def compare(name, text):
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.exists(), f"no tests/golden/{name}: run pytest --update-golden"
        assert text == path.read_text(encoding="utf-8"), f"tests/golden/{name} says otherwise"

    return compare


@pytest.fixture(scope="session")
def toy():
    """The pack about tea and coffee, without its optional cocoa."""
    return load_pack(TOY)


@pytest.fixture(scope="session")
def turned():
    """A project in which either will do, though by points another leads than the default."""
    pack = load_pack()
    for known in pack.population:
        for left_out in known.answers:
            answers = {name: each for name, each in known.answers.items() if name != left_out}
            case = Case.of(Profile(answers, name="turned"), pack)
            if case.decision.outcome == "either" and case.ranking.leader not in (
                None,
                case.decision.best,
            ):
                return case.profile
    raise AssertionError("no project is of this kind: find another for what is said of them")


@pytest.fixture(scope="session")
def toy_with_cocoa():
    """The same pack with cocoa in it."""
    return load_pack(TOY, with_=["cocoa"])
