"""Forty faults planted in the three documents at once: each is reported at its row and column, or at its clause."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence

import pytest
from planted import FAULTS, Planted
from seed_graph import seed_findings
from seeds import ROOT

from validation.findings import ReportFinding
from validation.graph import load_data
from validation.report import make_report
from validation.runner import validate_store
from zhengmai.commands._pipeline import build
from zhengmai.commands._sources import source_documents
from zhengmai.store import open_store
from zhengmai.workspace import Workspace, read_sources


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Sequence[ReportFinding]:
    """Return what is reported of the planted documents and not of the published ones."""
    home = tmp_path_factory.mktemp("planted") / "graph_data"
    shutil.copytree(ROOT / "graph_data", home, ignore=shutil.ignore_patterns("built"))
    workspace = Workspace(home)
    for entry in read_sources(workspace):
        text = entry.path.read_text(encoding="utf-8")
        for fault in FAULTS:
            if fault.document == entry.slug:
                text = planted(text, fault)
        entry.path.write_text(text, encoding="utf-8")
    listed = workspace.sources_file
    listed.write_text(re.sub(r"\n\s*sha256:.*", "", listed.read_text(encoding="utf-8")), encoding="utf-8")
    build(workspace)
    found = validate_store(load_data(open_store(workspace).path / "graph.nq"))
    before = {finding.key for finding in seed_findings()}
    return [f for f in make_report(found, sources=source_documents(workspace)).findings if f.key not in before]


def planted(text: str, fault: Planted) -> str:
    anchor = text.find(fault.anchor)
    at = text.find(fault.old, anchor)
    assert anchor >= 0
    assert at >= 0
    return text[:at] + fault.new + text[at + len(fault.old) :]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.document[:5]}-{fault.where}-{fault.what}")
def test_a_planted_fault_is_reported_at_its_place(fault: Planted, reported: Sequence[ReportFinding]) -> None:
    here = [f for f in reported if f.document == fault.document and f.code in fault.codes]
    assert [f for f in here if f.notation == fault.where and (not fault.field or f.field == fault.field)]


def test_there_are_forty_and_each_is_told_by_a_rule_of_its_own_kind() -> None:
    assert len(FAULTS) == 40
    assert all(fault.codes for fault in FAULTS)
