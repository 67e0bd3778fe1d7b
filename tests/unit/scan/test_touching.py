"""What a move touches is counted by file, line and API, and nothing is run."""

from __future__ import annotations

import json

import pytest

from recommender.scan.folder import ScanError
from recommender.scan.touching import move

MODEL = """\
import tensorflow as tf
from tensorflow import keras


class Net(keras.Model):
    def __init__(self):
        self.dense = keras.layers.Dense(2, activation=tf.nn.relu)


def train(model, rows):
    model.compile(loss=keras.losses.MeanSquaredError())
    model.fit(tf.data.Dataset.from_tensor_slices(rows).batch(2))
"""


@pytest.fixture
def moved(tmp_path, pack):
    def run(files, new="pytorch", **how):
        for path, text in files.items():
            target = tmp_path / "repo" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        return move(str(tmp_path / "repo"), pack, new, **how)

    return run


def lines(found):
    return {each.api: each.lines for each in found.touches}


def test_each_line_counts_once_for_an_api_and_once_in_all(moved):
    found = moved({"net.py": MODEL, "other.py": "import os\n"})
    assert (found.old, found.new) == ("tensorflow", "pytorch")
    assert (found.files, found.all_files, found.all_lines) == (1, 2, 13)
    assert found.lines == 6  # 1, 2, 5, 7, 11, 12
    assert lines(found) == {
        "tensorflow-data": 1,
        "keras-layers": 3,
        "tensorflow-operations": 2,
        "keras-losses": 1,
        "keras-training": 2,
    }


def test_the_parts_stand_in_the_order_of_the_stages(moved, pack):
    stages = [pack.moving.apis[each.api].stage for each in moved({"net.py": MODEL}).touches]
    assert stages == sorted(stages, key=list(pack.moving.stages).index)


def test_methods_count_only_where_the_framework_is_imported(moved):
    fits = "model.fit(x)\nmodel.compile()\n"
    found = moved({"net.py": "import keras\n", "forest.py": f"import sklearn\n{fits}"})
    assert lines(found) == {"keras-layers": 1}
    found = moved({"net.py": f"import keras\n{fits}"})
    assert lines(found)["keras-training"] == 2


def test_what_most_lines_touch_is_moved_unless_another_is_named(moved):
    files = {"a.py": "import torch\nx = torch.ones(1)\n", "b.py": "import keras\n"}
    assert moved(files, "jax").old == "pytorch"
    assert moved(files, "jax", old="tensorflow").lines == 1


def test_the_repository_s_own_modules_are_none_of_it(moved):
    with pytest.raises(ScanError, match="no Python in it touches"):
        moved({"keras.py": "x = 1\n", "use.py": "import keras\nkeras.x\n"})


def test_notebooks_and_python_2_are_read_and_what_cannot_be_is_told(moved):
    cell = {"cell_type": "code", "source": ["%time\n", "import torch\n", "torch.save(x, 'y')"]}
    found = moved(
        {
            "a.ipynb": json.dumps({"cells": [cell]}),
            "b.py": "import torch\nprint torch.ones(1)\n",
            "c.ipynb": "no notebook",
            "d.py": b"import torch\n\xff\xfe = 1\n",
        },
        "tensorflow",
    )
    assert lines(found)["torch-checkpoints"] == 1
    assert found.files == 3
    assert [each.partition(":")[0] for each in found.remarks] == ["c.ipynb"]


def test_of_many_files_that_cannot_be_read_some_are_named(moved):
    broken = {f"n{number:02}.ipynb": "no notebook" for number in range(15)}
    found = moved({"net.py": MODEL, **broken})
    assert len(found.remarks) == 13
    assert found.remarks[-1] == "3 more could not be read"


def test_model_files_stay(moved):
    found = moved({"net.py": MODEL, "app/net.tflite": b"\x1c\0\0\0TFL3" + bytes(20)})
    assert [str(at) for at in found.formats["tflite"]] == ["app/net.tflite"]


def test_nothing_is_run_and_a_file_is_no_repository(moved, tmp_path):
    trap = f"import torch\nopen({str(tmp_path / 'ran')!r}, 'w')\n"
    moved({"setup.py": trap}, "jax")
    assert not (tmp_path / "ran").exists()
    with pytest.raises(ScanError, match="is no folder"):
        move(str(tmp_path / "ran"), None, "jax")


def test_what_takes_too_long_is_left_out_and_told(moved):
    with pytest.raises(ScanError):
        moved({"net.py": MODEL}, seconds=-1)


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        ("data-input", "transformers.DataCollatorWithPadding lightning.LightningDataModule tensorflow.keras.utils.image_dataset_from_directory keras.datasets.mnist tensorflow.train.Example"),
        ("layers", "torch.nn.Linear timm.models.layers.DropPath tensorflow.layers.dense"),
        ("losses", "torch.nn.HuberLoss transformers.AdamW tensorflow.nn.softmax_cross_entropy_with_logits flax.optim.Adam"),
        ("training-loops", "transformers.Trainer transformers.TrainingArguments trl.SFTTrainer accelerate.Accelerator lightning.Trainer torch.nn.utils.clip_grad_norm_ torch.inference_mode keras.callbacks.EarlyStopping tensorflow.keras.mixed_precision.set_global_policy flax.nnx.value_and_grad"),
        ("distribution", "torch.utils.data.distributed.DistributedSampler keras.utils.multi_gpu_model"),
        ("checkpoints", "tensorflow.compat.v1.train.Saver tensorflow.keras.saving.load_model"),
        ("pretrained", "transformers.AutoModel torchaudio.pipelines.WAV2VEC2_BASE keras.applications.VGG16"),
        ("serving", "torch.ao.quantization.quantize_dynamic tensorflow.compat.v1.lite.Interpreter"),
    ],
)  # fmt: skip
def test_a_part_of_an_api_belongs_to_the_stage_in_which_it_is_moved(moved, pack, stage, names):
    others = {"keras": "tensorflow", "tensorflow": "tensorflow", "flax": "jax"}
    for name in names.split():
        head = name.partition(".")[0]
        old = others.get(head, "pytorch")
        new = "jax" if old == "pytorch" else "pytorch"
        found = moved({"train.py": f"import {head}\n{name}(1)\n"}, new, old=old)
        told = [pack.moving.apis[each.api].stage for each in found.touches if name in each.names]
        assert (name, told) == (name, [stage])
