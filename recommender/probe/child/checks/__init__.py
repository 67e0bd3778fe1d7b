"""One file per check, found by its name: `export-onnx` lives in `export_onnx.py`.

A check states `ID`, `CLAIM` (what it tests, in one sentence), `TIER` and `LIMIT` (seconds). It may
state `ONLY` (the frameworks it is about), `ROOM` (a name: those that share it share a child, apart
from the cheap), `ALONE` (nothing beside it: it is timed) and `LOADS` (False where only its workers
need the framework). `run(framework)` gives one line and figures, or raises `Skip`, `Unsupported` or
`Wrong`.
"""
