"""Where things are and how far they may go; read from the environment, so that worker processes see the same."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

BASE_IRI = "https://w3id.org/zhengmai/"
CHECKOUT = Path(__file__).resolve().parents[1]
WORKSPACE_VARIABLE = "ZHENGMAI_WORKSPACE"
_VARIABLE_BYTES = WORKSPACE_VARIABLE.encode()


def workspace_dir() -> Path:
    """Return the workspace in use: ZHENGMAI_WORKSPACE (set by --workspace, or by standing in one), else ``graph_data/`` of the checkout."""
    named = os.environ.get(WORKSPACE_VARIABLE)
    return Path(named).expanduser().resolve() if named else CHECKOUT / "graph_data"


def rules_dir() -> Path:
    """Return the folder where a researcher's own word lists extend ours (asked for at every word list, hence kept)."""
    named = os.environb.get(_VARIABLE_BYTES)  # without the decoding that os.environ does at every look
    return _rules_of(named, "" if named is None or named.startswith(b"/") else str(Path.cwd()))


@cache
def _rules_of(_named: bytes | None, _folder: str) -> Path:
    return workspace_dir() / "rules"
