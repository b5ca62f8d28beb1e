"""The consistency report as a process of its own makes it, so that the pages go on meanwhile."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from validation.report import Report
from zhengmai.errors import ZhengmaiError
from zhengmai.workspace import Workspace, read_sources

DRAWN = 60  # documents whose tables a report can draw: more would be read for minutes


def made(folder: str, snapshot: str) -> Report:
    """Return the report of a snapshot of the workspace in ``folder``, with the tables of the documents it is about.

    :raises ZhengmaiError: when the graph cannot be read.
    """
    from lineage.report_sources import source_document
    from loaders.held import read_held
    from validation.graph import load_data
    from validation.report import make_report
    from validation.runner import all_rules, validate_store

    workspace = Workspace(Path(folder))
    store = load_data(Path(snapshot) / "graph.nq", trusted=True)
    found = validate_store(store)
    named = {finding.document for finding in found}
    entries = [entry for entry in read_sources(workspace) if entry.slug in named]
    sources = []
    for entry in entries if len(entries) <= DRAWN else ():
        with suppress(ZhengmaiError):  # a file that is gone leaves its findings without a table
            sources.append(source_document(entry, read_held(workspace, entry.slug).extraction, workspace.path))
    return make_report(found, graph_version=Path(snapshot).name, rules=all_rules(found, store), sources=sources)
