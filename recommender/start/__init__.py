"""Start: from a recommendation to a folder that trains, exports and runs.

Templates are data (`templates/`, docs/start.md); copier renders them, and uv or pip locks what they
need. The route is walked before the folder is handed over.
"""

from .handover import Handover, begin
from .templates import Template, find_templates

__all__ = ["Handover", "Template", "begin", "find_templates"]
