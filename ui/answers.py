"""The rooms below, asked once for each version of the graph: what a page shows comes from here.

Every call looks which snapshot is current, so a new build is picked up without restart. Answers are frozen values that
no page changes, so visitors share them as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from queries.catalogue import find_query, load_catalogue, query_files
from queries.ids import full_id
from queries.run import Answer, run_query
from queries.saved import Param, SavedQuery
from validation.report import Report
from zhengmai.errors import BadConfiguration
from zhengmai.store import OpenStore, current_snapshot, open_store
from zhengmai.workspace import Workspace, current_workspace

PICK_WORDS: dict[str, tuple[str, ...]] = {
    "clause": ("number", "heading"),
    "task": ("task", "task_text"),
    "department": ("authority", "department"),
    "document": ("name",),
}


def version() -> str:
    """Return the version of the graph in use now.

    :raises BadStore: when nothing was built yet.
    """
    return current_snapshot(current_workspace().built_dir).name


def catalogue() -> tuple[tuple[SavedQuery, ...], tuple[BadConfiguration, ...]]:
    """Return the questions there are, and the errors of those that cannot be read."""
    own = current_workspace().queries_dir
    return _catalogue(str(own), tuple((str(path), path.stat().st_mtime_ns) for path in query_files(own).values()))


def ask(name: str, params: Mapping[str, str] | None = None) -> Answer:
    """Return the answer to a saved question, from memory when it was asked before of this graph.

    :raises BadQuery: when there is no such question, or a parameter does not fit.
    """
    workspace = current_workspace()
    file = find_query(name, workspace.queries_dir).path
    return _answer(str(workspace.path), version(), name, file.stat().st_mtime_ns, tuple(sorted((params or {}).items())))


def picks(param: Param) -> dict[str, str]:
    """Return the values of a pick-list with the words to show for each; empty when the parameter has none."""
    if not param.pick_query:
        return {}
    answer = ask(param.pick_query)
    several = len({row.get("document") for row in answer.rows}) > 1
    titles = document_titles() if several else {}
    found = {}
    for row, iris in zip(answer.rows, answer.iris, strict=True):
        column = next((column.name for column in answer.columns if column.kind == "id"), answer.columns[0].name)
        value = iris[column] if param.type == "department" else full_id(iris[column])
        words = [str(row[key]) for key in PICK_WORDS[param.type] if row.get(key)]
        title = titles.get(str(row.get("document")), "") if param.type != "document" else ""
        found[value] = " ".join(words)[:60] + (f"（{title[:24]}）" if title else "")
    return found


def document_titles() -> dict[str, str]:
    """Return the title of each document that is held, by its id."""
    return {str(row["document"]): str(row["name"]) for row in ask("list-documents").rows}


def report() -> Report:
    """Return the consistency report of the graph; some seconds the first time."""
    return _report(str(current_workspace().path), version())


@st.cache_resource(max_entries=4, show_spinner=False)
def _catalogue(own: str, stamps: tuple[tuple[str, int], ...]) -> tuple[tuple[SavedQuery, ...], tuple[BadConfiguration, ...]]:
    return load_catalogue(Path(own))


@st.cache_resource(max_entries=2, show_spinner=False)
def _store(folder: str, version: str) -> OpenStore:
    return open_store(Workspace(Path(folder)), engine="auto")


@st.cache_resource(max_entries=200, show_spinner=False)
def _answer(folder: str, version: str, name: str, stamp: int, params: tuple[tuple[str, str], ...]) -> Answer:
    return run_query(name, dict(params), _store(folder, version), own=Workspace(Path(folder)).queries_dir)


@st.cache_data(max_entries=2, show_spinner=False)
def _report(folder: str, version: str) -> Report:
    from validation.graph import load_data
    from validation.report import make_report
    from validation.runner import validate_store

    found = validate_store(load_data(_store(folder, version).path / "graph.nq"))
    return make_report(found, graph_version=version)
