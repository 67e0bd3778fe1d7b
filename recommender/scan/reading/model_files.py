"""Model files, by their headers and names; no pickle in them is read, and nothing is unpacked."""

from __future__ import annotations

import json
import re
import struct
import zipfile

from recommender.scan.source_file import Clues, Seen, SourceFile, Unread

_FORMATS = {
    ".tflite": "tflite", ".lite": "tflite", ".onnx": "onnx", ".pt": "torch", ".pth": "torch",
    ".ckpt": "checkpoint", ".keras": "keras", ".h5": "hdf5", ".hdf5": "hdf5",
    ".pb": "tensorflow-graph", ".safetensors": "safetensors", ".gguf": "gguf",
    ".pte": "executorch", ".ptl": "torch-mobile", ".mlmodel": "coreml", ".engine": "tensorrt",
    ".trt": "tensorrt", ".hef": "hailo", ".rknn": "rknn", ".caffemodel": "caffe",
    ".mar": "torchserve-archive", ".pt2": "torch-export",
}  # fmt: skip
_CHECKPOINT = re.compile(
    r"\.(ckpt[\w-]*|data-\d+-of-\d+)(\.index|\.meta)?$|\.ckpt[\w.-]*\.(index|meta)$"
)
_HEADED = (".tflite", ".lite", ".onnx", ".keras", ".gguf", ".pte")
_UNHEADED = (".engine", ".trt", ".hef", ".rknn", ".caffemodel")
_MOST_PARTS = 20_000
_MOST_INDEX = 2_000_000
_LFS = b"version https://git-lfs"


def reads(path: str) -> bool:
    """Return whether a path is that of a model file.

    >>> reads("a/net.tflite"), reads("web/model.json"), reads("net.py")
    (True, True, False)
    """
    name = path.rpartition("/")[2]
    if name in ("model.json", "saved_model.pb", "Manifest.json") or _CHECKPOINT.search(name):
        return name != "Manifest.json" or ".mlpackage/" in path
    return f".{name.rpartition('.')[2].lower()}" in _FORMATS and "." in name


def read(file: SourceFile) -> Clues:
    """Yield the format of a model file; `named:` stands before what its name alone tells."""
    name, suffix = file.name, f".{file.name.rpartition('.')[2].lower()}"
    if name == "Manifest.json":
        yield Seen("model", "coreml")
        return
    if name == "model.json":
        yield from _tfjs(file)
        return
    head = file.beginning(4096)
    if not head:
        raise Unread("is empty")
    if head[:4] == b"PK\x03\x04":
        yield from _zipped(file, suffix)
    elif suffix == ".safetensors" and not head.startswith(_LFS):
        yield from _safetensors(file, head)
    elif known := _known(name, suffix, head):
        yield Seen("model", known)
    elif suffix in _HEADED:
        raise Unread(f"is named {suffix}, but is none by its header")


def _known(name: str, suffix: str, head: bytes) -> str:
    """Return the format that a header says, or a name where the header cannot; else nothing."""
    if name == "saved_model.pb":
        return "savedmodel"
    if head.startswith(_LFS):
        return f"named:{_FORMATS.get(suffix, 'checkpoint')}"
    if head[4:8] == b"TFL3":
        return "tflite-edgetpu" if "_edgetpu" in name else "tflite"
    if suffix == ".pte" and head[4:6] == b"ET":
        return "executorch"
    for begun, format_ in ((b"GGUF", "gguf"), (b"\x89HDF\r\n\x1a\n", "hdf5")):
        if head.startswith(begun):
            return format_
    if suffix in (".onnx", ".pb", ".mlmodel") and head[:1] in (b"\x08", b"\x0a"):
        return _FORMATS[suffix]
    if suffix in (".pt", ".pth", ".ckpt") and head[:1] == b"\x80":
        return "torch"
    if _CHECKPOINT.search(name) and suffix != ".ckpt":
        return "tensorflow-checkpoint"
    return _FORMATS.get(suffix, "") if suffix in _UNHEADED else ""


def _tfjs(file: SourceFile) -> Clues:
    head = file.beginning(4096)
    if b"modelTopology" in head or b'"layers-model"' in head or b'"graph-model"' in head:
        yield Seen("model", "tfjs", 1)


def _safetensors(file: SourceFile, head: bytes) -> Clues:
    length = int.from_bytes(head[:8], "little")
    if not 2 <= length <= 100_000_000 or head[8:9] != b"{":  # noqa: PLR2004
        raise Unread("is named .safetensors, but is none by its header")
    meta: dict[str, object] = {}
    if length < _MOST_INDEX:
        try:
            meta = json.loads(file.beginning(8 + length)[8:]).get("__metadata__") or {}
        except (ValueError, RecursionError, AttributeError):
            raise Unread("is named .safetensors, but its header is broken") from None
    made = {"pt": "-torch", "tf": "-tensorflow", "flax": "-flax"}
    yield Seen("model", f"safetensors{made.get(str(meta.get('format')), '')}")


def _zipped(file: SourceFile, suffix: str) -> Clues:
    """Yield what a zip file is by the names in it; none of it is unpacked."""
    names = _names(file)
    if any(name.endswith(("/data.pkl", "data.pkl")) for name in names):
        script = any("/code/" in f"/{name}" for name in names)
        yield Seen("model", "torchscript" if script else "torch")
    elif "metadata.json" in names and "config.json" in names:
        yield Seen("model", "keras")
    elif any(name.endswith("MANIFEST.json") for name in names) and suffix == ".mar":
        yield Seen("model", "torchserve-archive")
    elif any("models/" in name and name.endswith(".json") for name in names) and suffix == ".pt2":
        yield Seen("model", "torch-export")
    else:
        raise Unread(f"is named {suffix}, but holds no model")


def _names(file: SourceFile) -> list[str]:
    """Return the names in a zip file, if its index is of a size that a model's can have."""
    with file.open() as stream:
        stream.seek(max(0, file.size - 66_000))
        tail = stream.read(66_000)
        end = tail.rfind(b"PK\x05\x06")
        if end < 0 or len(tail) < end + 22:
            raise Unread("is no whole zip file")
        count, length = struct.unpack("<HI", tail[end + 10 : end + 16])
        if count > _MOST_PARTS or length > _MOST_INDEX:
            raise Unread(f"is a zip file of {count:,} parts, which no model needs")
        try:
            with zipfile.ZipFile(stream) as archive:
                return archive.namelist()[:_MOST_PARTS]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Unread(f"is no whole zip file: {error}") from None
