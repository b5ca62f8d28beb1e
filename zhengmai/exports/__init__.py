"""The graph for other tools: one file a format, each with ``write`` (one file) or ``write_folder`` (several), and a first line that says
what the format is for. A name that starts with ``_`` is no format. What may leave is decided once, in ``_graph``; a format gets only that.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def formats() -> tuple[str, ...]:
    """Return the names of the formats there are, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))


def exporter(name: str) -> ModuleType:
    """Return the module that writes a format."""
    return importlib.import_module(f"{__name__}.{name}")
