"""Resolver: lock an environment by uv where it is there, else by pip; no version is made up."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from recommender.language import Say, in_english
from recommender.nouns.errors import RecommenderError

if TYPE_CHECKING:
    from .templates import Device

LIMIT = 180
"""Seconds that resolving may take."""

INDEX_WORDS = {
    "unused": "the index for this build could not be reached or had nothing that fits, so all is "
    "from where the resolver looks by itself; PyTorch may then come in a build for GPUs, which is "
    "large",
}


class UnresolvableError(RecommenderError):
    """No set of published versions meets the requirements; holds the resolver's reason."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Locked requirements, the index that they need besides, and what to know of them.

    `says` is a phrase: the file has it as it stands, since pip may read it in another encoding.
    """

    lines: tuple[str, ...]
    resolver: str
    index: str
    says: str

    def text(self, stem: str, python: str, platform: str) -> str:
        """Return the lock as the file `stem`.txt, with its explanation at the head."""
        head = [
            f"# Locked by {self.resolver} for Python {python} on {platform}.",
            f"# {self.says}.",
            f"# Made from {stem}.in; install it with",
            f"#   python -m pip install --no-deps -r {stem}.txt",
        ]
        index = [f"--extra-index-url {self.index}"] if self.index else []
        return "\n".join([*head, *index, *self.lines]) + "\n"


def without_bounds(requirement: str) -> str:
    """Return a requirement without the versions that it asks for.

    >>> without_bounds("tensorflow[and-cuda]>=2.20; sys_platform == 'linux'")
    "tensorflow[and-cuda]; sys_platform == 'linux'"
    >>> without_bounds("numpy>=1.26  # arrays")
    'numpy'
    """
    asked, semicolon, marker = requirement.partition("#")[0].partition(";")
    name = re.match(r"\s*[\w.-]+(\[[\w,\s-]*\])?", asked)
    return (name[0] if name else asked).strip() + semicolon + marker.rstrip()


def find_uv(asked: str = "") -> str:
    """Return the uv to use: the one asked for, else that on the path; empty for pip.

    >>> find_uv("none")
    ''
    """
    return "" if asked == "none" else asked or shutil.which("uv") or ""


def lock(
    requirements: Sequence[str],
    device: Device,
    python: Path,
    *,
    constraints: str = "",
    uv: str = "",
    say: Say = in_english,
) -> Lock:
    """Resolve requirements for an interpreter.

    `uv` is the program to use; by default the one on the path, `none` for pip. Raises
    `UnresolvableError` with the resolver's reason, quoted in the words of `say`.
    """
    program = find_uv(uv)
    with tempfile.TemporaryDirectory() as name:
        asked = Path(name, "requirements.in")
        asked.write_text("\n".join(requirements) + "\n", "utf-8")
        limits = [constraints] if constraints else []
        if program:
            return _by_uv(program, asked, limits, device, python, say)
        return _by_pip(asked, limits, device, python, say)


def _by_uv(uv: str, asked: Path, limits: list[str], device: Device, python: Path, say: Say) -> Lock:
    locked = asked.with_suffix(".txt")
    words = [uv, "pip", "compile", str(asked), "--quiet", "--generate-hashes", "--no-header"]
    words += ["--python", str(python), "--output-file", str(locked)]
    words += [word for limit in limits for word in ("--constraints", limit)]
    backend = ["--torch-backend", device.backend] if device.backend else []
    ran = _run([*words, *backend], say)
    says, index = device.says, device.index
    if ran.returncode and device.index and urlsplit(device.index).netloc in ran.stderr:
        says, index = INDEX_WORDS["unused"], ""
        ran = _run(words, say)
    if ran.returncode:
        raise _refused("uv", ran.stderr, say)
    lines = locked.read_text("utf-8").replace(str(asked), asked.name).splitlines()
    return Lock(tuple(lines), "uv", index, says)


def _by_pip(asked: Path, limits: list[str], device: Device, python: Path, say: Say) -> Lock:
    report = asked.with_name("report.json")
    words = [str(python), "-m", "pip", "install", "--dry-run", "--ignore-installed"]
    words += ["--no-input", "--retries", "1", "--report", str(report), "-r", str(asked)]
    words += [word for limit in limits for word in ("-c", limit)]
    ran = _run([*words, *(["--extra-index-url", device.index] if device.index else [])], say)
    if ran.returncode:
        # pip tells what is in conflict only where it tells how it goes on.
        conflict = re.search(r"The conflict is caused by:.*?(?=\n\s*\n|\Z)", ran.stdout, re.DOTALL)
        raise _refused("pip", f"{ran.stderr}\n{conflict[0] if conflict else ''}", say)
    found = json.loads(report.read_text("utf-8"))["install"]
    lines = sorted((_pin(each) for each in found), key=str.lower)
    # Taken from the index, or only wished to be: what pip downloads from tells.
    domain = ".".join(urlsplit(device.index).netloc.split(".")[-2:])
    used = bool(domain) and any(
        (urlsplit(each["download_info"]["url"]).hostname or "").endswith(domain) for each in found
    )
    index = device.index if used else ""
    says = device.says if used or not device.index else INDEX_WORDS["unused"]
    return Lock(tuple(lines), "pip", index, says)


def _pin(found: dict[str, Any]) -> str:
    """Return one locked line of pip's report, with the hash of the file that was chosen.

    >>> _pin({"metadata": {"name": "tea", "version": "1.0"}, "download_info": {"archive_info":
    ...     {"hashes": {"sha256": "ab"}}}})
    'tea==1.0 --hash=sha256:ab'
    """
    meta = found["metadata"]
    hashes = found["download_info"].get("archive_info", {}).get("hashes", {})
    return " ".join(
        [f"{meta['name']}=={meta['version']}"]
        + [f"--hash={kind}:{value}" for kind, value in sorted(hashes.items())]
    )


def _run(words: Sequence[str], say: Say = in_english) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            words, capture_output=True, text=True, check=False, timeout=LIMIT, errors="replace"
        )
    except subprocess.TimeoutExpired:
        what = say("resolving took more than {seconds} s", seconds=LIMIT)
        raise UnresolvableError(what) from None


def _refused(resolver: str, told: str, say: Say) -> UnresolvableError:
    """Return the resolver's reason in its own words, without its warnings."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    noise = ("WARNING", "[notice]", "ERROR: ResolutionImpossible")
    said = [line for line in lines if not line.startswith(noise)] or lines
    broken = re.search("connection broken by .*", told)
    if broken and "(from versions: none)" in told:  # no index at all, of which pip only warns
        said.append(re.sub("<[^>]*>: ", "", broken[0]))
    if not said:
        what = say("the requirements do not resolve; {resolver} gives no reason", resolver=resolver)
        return UnresolvableError(what)
    return UnresolvableError(
        say(
            "the requirements do not resolve; {resolver} says: “{reason}”",
            resolver=resolver,
            reason=" ".join(said)[-400:],
        )
    )
