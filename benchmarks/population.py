"""Write the pack's population from the panel: what is known of each project, without its outcome.

    python -m benchmarks.population

The panel (`tests/pack/panel`) says of each project what it chose; the population, from which open
answers are completed, does not. Projects of one organisation, one library family or one line of
work share a cluster and are left out together where one of them is examined.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from recommender import load_pack, load_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recommender.nouns.condition import Answer
    from recommender.nouns.pack import Pack
    from recommender.nouns.profile import Profile

ROOT = Path(__file__).parents[1]
PANEL = ROOT / "tests" / "pack" / "panel"
BATCHES = ("development", "unseen", "second-unseen", "third-unseen")
"""The batches that were described blind, by whoever saw neither rules nor outcome."""
FILE = ROOT / "rules" / "population" / "projects.yaml"

CLUSTERS = {
    "background-blur": ("backscrub", "jitsi-background"),
    "google": ("coral-micro-regressor", "google-kws", "speciesnet", "teachable-machine",
               "guesslang-in-editor", "ddsp-vst"),
    "keyword-spotting": ("honk", "wekws", "micro-wake-word", "open-wake-word",
                         "wyoming-openwakeword", "zephyr-hifi4-keywords",
                         "max78000-keyword-spotting", "silero-vad", "speech-detector-rewrite"),
    "microscopy": ("stardist", "instanseg-in-qupath", "careamics", "cellfinder",
                   "galaxy-imaging-course"),
    "nvidia": ("sionna", "stylegan2-ada", "jetson-inference"),
    "photo-tagging": ("photils-cli", "photoprism-labels", "immich", "nextcloud-recognize",
                      "image-go-nord"),
    "pose-tracking": ("deeplabcut", "sleap"),
    "reinforcement-learning": ("pfrl", "stable-baselines", "rllib", "practical-rl", "rlcard",
                               "compiler-gym"),
    "shared-recommenders": ("recommenders", "librecommender", "lenskit", "torcheasyrec"),
    "voice-effects": ("neutone", "neural-amp-modeler"),
    "wildlife-cameras": ("megadetector", "cat-prey-detector"),
    "small-chip-libraries": ("nnom", "tinymaix", "tasmota", "openmv"),
    "nudity-filters": ("nsfwjs", "wingman-jr"),
    "children-and-machines": ("ml-for-kids", "microbit-ml-machine", "ml5"),
    "whisper-phones": ("whisper-ime", "whisperkit-android"),
    "ocr": ("doctr", "eynollah", "byzantine-chant-ocr"),
}  # fmt: skip

HEAD = """\
# Real projects by which the open answers of a profile are completed. What each of them chose is
# not here, and is never read in completing. Written from the panel by
# `python -m benchmarks.population`.
"""


def cluster_of(name: str) -> str:
    """Name the cluster of a project: its own id where it stands alone."""
    return next((key for key, members in CLUSTERS.items() if name in members), name)


def described_blind(batch: str, pack: Pack) -> Iterator[tuple[Profile, dict[str, Any]]]:
    """Yield each project of a batch, as it was described, and how it ended."""
    folder = ROOT / "tests" / "pack" / batch
    answers = yaml.safe_load((folder / "answers.yaml").read_text(encoding="utf-8"))
    for line in (folder / "outcomes.jsonl").read_text(encoding="utf-8").splitlines():
        ended: dict[str, Any] = json.loads(line)
        yield load_profile(answers[ended["name"]], pack), ended


def text() -> str:
    """Write the population as YAML, in the words of the questions as they are now."""
    pack, entries = load_pack(), []
    for path in sorted(PANEL.glob("*.yaml")):
        profile = load_profile(str(path), pack)
        answers = {name: _plain(pack, name, each) for name, each in profile.answers.items()}
        entry = {"id": path.stem, "source": profile.extras["x-source"], "answers": answers}
        if cluster_of(path.stem) != path.stem:
            entry["cluster"] = cluster_of(path.stem)
        entries.append(entry)
    body = yaml.safe_dump(
        {"population": entries}, sort_keys=False, default_flow_style=None, width=100,
        allow_unicode=True,
    )  # fmt: skip
    return HEAD + body


def _plain(pack: Pack, name: str, answer: Answer) -> Any:
    if not isinstance(answer, frozenset):
        return answer
    return [choice for choice in pack.questions[name].choices if choice in answer] or "none"


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
