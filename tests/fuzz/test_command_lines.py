"""Any words after `recommender` end in an answer or an error of a line, never in a traceback."""

import contextlib
import io
import os
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommender.cli import run
from tests.conftest import ROOT

TOY = str(ROOT / "tests" / "toy" / "rules")
OWL = str(ROOT / "tests" / "toy" / "examples" / "night-owl.yaml")
CODES = {0, 1, 2, 3, 4, 5}

COMMANDS = (
    "score",
    "ask",
    "test",
    "lint",
    "compare",
    "claims",
    "schema",
    "next",
    "diff",
    "recheck",
    "batch",
    "new",
)
OPTIONS = (
    "--rules", "--with", "--lens", "--probe", "--format", "--lang", "--output", "--force", "--samples", "--seed",
    "-v", "--verbose", "--as-of", "--save", "--resume", "--name", "--all", "--mutate", "--at-least", "--update",
    "--panel", "--stats", "--fix", "--help", "-h", "--version", "--", "-", "",
)  # fmt: skip
VALUES = (
    TOY, OWL, OWL.replace("night-owl", "early-bird"), "cocoa", "tea", "document", "today", "measured", "now", "text", "json",
    "markdown", "html", "adr", "junit", "github", "sarif", "en", "zh", "xx", "0", "1", "-1", "1e9", "99999999999999999999",
    "2026-11-23", "2026-13-01", "0000-00-00", "project", "pack", "nowhere.yaml", ".", "/", "/dev/null", "/proc/self/mem",
    "\udcff", "a\nb", "\x1b[31m", "é", "x" * 5000, "~", "*", "..", "%s", "{0}",
)  # fmt: skip
words = st.lists(
    st.sampled_from(OPTIONS) | st.sampled_from(VALUES) | st.text(max_size=8), max_size=6
)


def quietly(*args):
    """Run a command in an empty folder that nothing of it survives; give its code and what it says."""
    out, err, given_ = (
        io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(3)
    )
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch.object(sys, "stdin", given_),
    ):
        code = run(list(args))
    return code, err.buffer.getvalue().decode()


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECOMMENDER_CACHE", "off")
    yield tmp_path
    os.chdir("/")


SETTINGS = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SETTINGS
@given(st.sampled_from(COMMANDS), words)
def test_any_words_after_a_command(nowhere, command, args):
    if command in ("lint", "test", "new") and {"--fix", "--update", "/"} & set(args):
        return  # they write into the folder that they are given, as they say
    code, err = quietly(command, *(arg for arg in args if arg != "now"), "--rules", TOY)
    assert code in CODES, err
    assert "Traceback" not in err
    assert "internal error" not in err


@SETTINGS
@given(st.lists(st.sampled_from(OPTIONS) | st.text(max_size=12), max_size=4))
def test_any_words_at_all(nowhere, args):
    code, err = quietly(*args)
    assert code in CODES, err
    assert "internal error" not in err


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.text(st.characters(exclude_characters="\r\n"), max_size=10)
        | st.sampled_from(
            ["1", "2", "back", "?", "", "1,2", "0", "none", "-1", "1e400", "nan", "inf", "9" * 400]
        ),
        max_size=14,
    )
)
def test_anything_typed_at_the_questions(nowhere, lines):
    typed = "\n".join(lines).encode("utf-8", "replace")
    given_ = io.TextIOWrapper(io.BytesIO(typed), "utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch.object(sys, "stdin", given_),
    ):
        code = run(
            ["ask", "--all", "--rules", TOY, "--samples", "0", "--save", "a.yaml", "--force"]
        )
        assert code in CODES, err.buffer.getvalue()
        if Path("a.yaml").exists():
            assert run(["score", "a.yaml", "--rules", TOY, "--samples", "0"]) in CODES - {3}, (
                "what it saved can be read"
            )
