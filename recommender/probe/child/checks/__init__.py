"""One file per check, found by its name: `export-onnx` is in `export_onnx.py`.

A check states `CLAIM` (what it tests, in one sentence), `TIER` and `LIMIT` (seconds). It may
state `ONLY` (the frameworks it is about), `PROCESS` (checks of one name run in one child process;
by default the cheap ones share one), `ALONE` (nothing may run beside it, since it is timed) and
`LOADS` (`False` if only its workers need the framework). `run(framework)` returns one line and
figures, or raises `Skip`, `Unsupported` or `Wrong`.
"""
