"""What code imports only where it is installed, and takes nothing of, is no code for it."""

from __future__ import annotations

import pytest

KERAS = "import tensorflow as tf\nm = tf.keras.Sequential([tf.keras.layers.Dense(1)])\nm.fit(0)\n"
TRIED = "try:\n    import torch\nexcept ImportError:\n    torch = None\n"


@pytest.mark.parametrize(
    "idle",
    [
        TRIED,
        f"{TRIED}THERE = torch is not None\n",
        "try:\n    from torch import nn\nexcept (ModuleNotFoundError, OSError):\n    nn = None\n",
        "try:\n    import torch\nexcept Exception:\n    THERE = False\n",
        "try:\n    import torch\n    THERE = True\nexcept ImportError:\n    THERE = False\n",
        "import importlib.util\nif importlib.util.find_spec('torch'):\n    import torch\n",
        "if TYPE_CHECKING:\n    import torch\ndef show(net: torch.nn.Module): ...\n",
    ],
)
def test_what_is_only_tried_is_only_possible_beside_what_is_used(repository, idle):
    found = repository({"compare.py": idle, "train.py": KERAS}).inferences["existing-code"]
    assert (found.answer, found.sure) == ({"tensorflow-2"}, "certain")
    assert {each.sure for each in found.indications if each.answer == "pytorch"} == {"possible"}


@pytest.mark.parametrize(
    "used",
    [
        f"{TRIED}x = torch.ones(1)\n",
        f"{TRIED}def load():\n    import torch\n",
        "try:\n    import torch\nexcept ImportError:\n    raise SystemExit('pip install torch')\n",
        "try:\n    import torch\nexcept ImportError:\n    sys.exit('pip install torch')\n",
        "try:\n    import torch\nexcept ImportError:\n    import numpy as torch\n",
        "try:\n    import torch\n    work()\nexcept Exception:\n    print('it failed')\n",
        "if not TYPE_CHECKING:\n    import torch\n",
    ],
)
def test_what_is_used_or_needed_counts_however_it_is_imported(repository, used):
    found = repository({"net.py": used, "train.py": KERAS})
    assert found.answers["existing-code"] == {"tensorflow-2", "pytorch"}


def test_the_only_framework_counts_though_it_is_only_tried(repository):
    assert repository({"compare.py": TRIED}).answers["existing-code"] == {"pytorch"}
