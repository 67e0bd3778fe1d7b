"""Scan: what a repository says about a project, read as text and never run.

It opens files for reading alone, follows no link, imports and unpickles nothing of theirs, and
looks nothing up.
"""

from .folder import scan

__all__ = ["scan"]
