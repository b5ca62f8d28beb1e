"""The graph of the three documents, built once a test process in a workspace of its own (two builds of one workspace would collide)."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from seeds import ROOT

from validation.findings import ReportFinding
from validation.graph import load_data
from validation.runner import validate_store
from zhengmai.commands._pipeline import build
from zhengmai.store import OpenStore, open_store
from zhengmai.workspace import Workspace


@cache
def seed_workspace() -> Workspace:
    """Return a copy of the checkout's workspace, built."""
    folder = Path(tempfile.mkdtemp(prefix="zhengmai-seeds-")) / "graph_data"
    shutil.copytree(ROOT / "graph_data", folder, ignore=shutil.ignore_patterns("built"))
    workspace = Workspace(folder)
    build(workspace)
    return workspace


@cache
def seed_store() -> OpenStore:
    return open_store(seed_workspace(), engine="memory")


@cache
def seed_findings() -> tuple[ReportFinding, ...]:
    """Return the consistency findings of the graph (a few seconds)."""
    return tuple(validate_store(load_data(seed_store().path / "graph.nq")))
