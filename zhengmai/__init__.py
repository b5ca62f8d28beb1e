"""zhengmai 政脉: how policy is carried out, as a graph one can ask. The spine: errors, settings, store.

From Python: ``zhengmai.open_graph``, ``ask``, ``trace``, ``extract`` and ``align``, see docs/python.md. They come from zhengmai.api, which
stands above all rooms and is loaded when one of them is first named.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
PUBLIC = ("open_graph", "ask", "trace", "extract", "align")


def __getattr__(name: str) -> Any:
    if name not in PUBLIC:
        raise AttributeError(f"module 'zhengmai' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module("zhengmai.api"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *PUBLIC])
