"""Dockerfiles, compose files and shell scripts: images, commands and what they install."""

from __future__ import annotations

import re

from identify import identify

from recommender.scan.source_file import Clues, Seen, SourceFile
from recommender.scan.versions import pythons

from .requirements import installed

_FROM = re.compile(r"^\s*FROM\s+(?:--\S+\s+)*(?P<image>[\w./:@${}-]+)", re.IGNORECASE)
_PYTHON = re.compile(r"(?:^|/)python:(3\.\d+)")
_RUN = re.compile(
    r"\b(torchrun|torch\.distributed\.(?:launch|run)|accelerate launch|deepspeed|horovodrun|mpirun|"
    r"uvicorn|gunicorn|tensorflow_model_server|torchserve|tritonserver|vllm serve|"
    r"vllm\.entrypoints\S*|ollama|streamlit run|hypercorn)\b"
)
_CLONED = re.compile(
    r"\bgit clone\b[^#;&|]*?\s\S*[/:](?P<name>[\w.+-]+?)(?:\.git)?(?=[\s\"';&|]|$)"
)
_PROCESSES = re.compile(
    r"--(?P<what>nnodes|nproc[_-]per[_-]node|num_machines|num_processes|num_gpus)[ =](?P<many>\d+)"
)
_SLURM = re.compile(r"^#SBATCH\s+(?P<what>--[\w-]+|-[NnGp])[ =]?(?P<value>\S*)")
_GPUS = re.compile(r"(?:^|[:=])(\d+)$")


def reads(path: str) -> bool:
    """Return whether a path is that of a Dockerfile, or of a script of a shell or of Slurm."""
    name = path.rpartition("/")[2]
    if name.lower().startswith(("dockerfile", "containerfile")):
        return True
    tags = identify.tags_from_filename(name)
    return "dockerfile" in tags or "shell" in tags or name.endswith((".sbatch", ".slurm", ".def"))


def read(file: SourceFile) -> Clues:
    """Yield images, the Python in them, what they install, and how things are started."""
    for number, line in file.lines():
        if found := _FROM.match(line):
            yield from image(found["image"], number)
        if found := _SLURM.match(line):
            yield from _slurm(found["what"], found["value"], number)
            continue
        if line.lstrip().startswith("#"):
            continue
        yield from installed(line, number)
        yield from commands(line, number)


def image(name: str, number: int) -> Clues:
    """Yield an image, and the Python that it is for."""
    if name.lower() == "scratch" or "$" in name:
        return
    yield Seen("image", name.lower(), number)
    if found := _PYTHON.search(name):
        yield Seen("python", "image", number, pythons(found[1]))


def commands(line: str, number: int) -> Clues:
    """Yield launchers and servers in a line, and how many processes they are given."""
    for found in _RUN.finditer(line):
        yield Seen("setting", f"run:{found[1]}", number)
    for found in _CLONED.finditer(line):
        yield Seen("package", f"git:{found['name']}", number)
    for found in _PROCESSES.finditer(line):
        what = found["what"].replace("-", "_")
        yield Seen("setting", f"run:{what}={_many(found['many'])}", number)


def _many(count: str) -> str:
    return "several" if int(count[:6]) > 1 else "one"


def _slurm(what: str, value: str, number: int) -> Clues:
    if what in ("--nodes", "-N") and value[:1].isdigit():
        count = re.split(r"\D", value)[0]
        yield Seen("setting", f"slurm:nodes={_many(count)}", number)
    if what in ("--gres", "--gpus", "--gpus-per-node", "-G", "--gpus-per-task"):
        found = _GPUS.search(value)
        count = found[1] if found else "1"
        yield Seen("setting", f"slurm:gpus={_many(count)}", number)
