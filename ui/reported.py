"""The consistency report on the pages: begun once for each version of the graph, waited for where it is read, counted where it is ready."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import replace
from datetime import date

import streamlit as st

from ui.answers import version
from validation.report import Report
from validation.trend import apply_waivers, read_waivers
from validation.waivers import FILE as WAIVERS
from zhengmai.bounded import run_bounded
from zhengmai.errors import ZhengmaiError
from zhengmai.workspace import current_workspace

SECONDS, MEMORY_BYTES = 1800.0, 12_000_000_000  # of a graph of millions of quads


def report() -> Report:
    """Return the consistency report of the graph, what somebody explained marked so; some seconds the first time.

    :raises ZhengmaiError: when it could not be made; the next call tries again.
    :raises BadConfiguration: when curated/waivers.csv cannot be read.
    """
    making = _begun()
    try:
        found = making.result()
    except ZhengmaiError:
        _making.clear()
        raise
    return _with_waivers(found)


def report_if_ready() -> Report | None:
    """Return the report when it is there already, else begin it and return None.

    :raises ZhengmaiError: as :func:`report`.
    """
    return report() if _begun().done() else None


def _begun() -> Future[Report]:
    now = version()
    workspace = current_workspace()
    return _making(now, str(workspace.path), str(workspace.built_dir / "snapshots" / now))


def _with_waivers(found: Report) -> Report:
    today = date.today().isoformat()  # noqa: DTZ011 (the visitor's own day is what is meant)
    return replace(found, findings=apply_waivers(found.findings, read_waivers(current_workspace().curated_dir / WAIVERS), today))


@st.cache_resource(max_entries=2, show_spinner=False)
def _making(version: str, _folder: str, _snapshot: str) -> Future[Report]:
    """The same version holds the same graph wherever it lies: what begins with _ is no part of the key."""
    made: Future[Report] = Future()

    def make() -> None:
        try:
            report = run_bounded("ui.reporting:made", _folder, _snapshot, seconds=SECONDS, memory_bytes=MEMORY_BYTES, behind=True)
            made.set_result(report)
        except ZhengmaiError as error:
            made.set_exception(error)

    threading.Thread(target=make, name="zhengmai-report", daemon=True).start()
    return made
