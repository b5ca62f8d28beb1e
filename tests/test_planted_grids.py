"""Faults planted in the three documents written in other formats: each is reported at its row and column, or at its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from unittest.mock import patch

import pytest
from merged_seeds import GridCell
from planted_grids import EDITIONS, FAULTS, GZ, HECHI, SAT, Fault
from render_docx import docx, p, seed_docx
from render_html import paragraphs, table
from render_sheets import as_delimited, as_xlsx
from seed_graph import seed_findings, seed_workspace
from seed_tables import SeedTable, guangzhou, hechi
from seeds import NATIONAL, SOURCES

from validation.findings import ReportFinding
from validation.graph import load_data
from validation.report import make_report
from validation.runner import validate_store
from zhengmai.commands._pipeline import build
from zhengmai.commands._sources import source_documents
from zhengmai.store import open_store
from zhengmai.workspace import Workspace

TABLES = {GZ: guangzhou, HECHI: hechi}
TITLES = {
    GZ: ("广州市国家税务局", "city", "null"),
    HECHI: ("河池市税务局", "city", "null"),
    SAT: ("国家税务总局", "national", "2017-04-27"),
}


@cache
def reported(edition: str, *, planted: bool) -> Sequence[ReportFinding]:
    """Return the report on an edition of the three documents, with its faults or as published.

    As published nothing is aligned: what the links of the three documents bring stands in ``seed_findings``, whatever their format.
    """
    home = Path(mkdtemp(prefix="zhengmai-planted-"))
    (home / "sources").mkdir()
    (home / "curated").mkdir()
    listed = ["sources:"]
    for slug, kind in EDITIONS[edition].items():
        faults = [fault for fault in FAULTS if planted and (fault.edition, fault.document) == (edition, slug)]
        (home / "sources" / f"{slug}.{kind}").write_bytes(_written(slug, kind, faults))
        issuer, level, date = TITLES[slug]
        listed += [f"  - slug: {slug}", f"    file: {slug}.{kind}", f"    issuer: {issuer}", f"    level: {level}", f"    date: {date}"]
    (home / "sources.yaml").write_text("\n".join(listed) + "\n", encoding="utf-8")
    workspace = Workspace(home)
    with nullcontext() if planted else patch("zhengmai.commands._pipeline.align_all", return_value=([], 0)):
        build(workspace)
    found = validate_store(load_data(open_store(workspace).path / "graph.nq"))
    return make_report(found, sources=source_documents(workspace)).findings


def _written(slug: str, kind: str, faults: Sequence[Fault]) -> bytes:
    if slug == SAT:
        lines = _national(faults)
        if kind == "docx":
            return docx("".join(map(p, lines)))
        return (paragraphs("\n".join(lines)) if kind == "html" else "\n\n".join(lines)).encode()
    grid = TABLES[slug]()
    for fault in faults:
        assert fault.change
        fault.change(grid)
    if kind == "html":
        above, below = ("".join(f"<p>{line}</p>" for line in lines) for lines in (grid.before, grid.after))
        return f"{above}{table(_cells(grid))}{below}".encode()
    return {"docx": seed_docx, "xlsx": as_xlsx, "csv": as_delimited}[kind](grid)


def _national(faults: Sequence[Fault]) -> list[str]:
    text = (SOURCES / NATIONAL).read_text(encoding="utf-8").replace("@@", "")
    text = re.sub(r"\n+", "\n", text)
    for fault in faults:
        old = fault.old.removesuffix("$")
        assert old.strip() in text, fault.what
        where = text.rfind(old.strip()) if fault.old.endswith("$") else text.find(old)
        text = text[:where] + fault.new + text[where + len(old.strip() if fault.old.endswith("$") else old) :]
    return [line for line in text.split("\n") if line.strip()]


def _cells(grid: SeedTable) -> list[list[GridCell]]:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in grid.merges}
    covered = {(r, c) for top, left, bottom, right in grid.merges for r in range(top, bottom + 1) for c in range(left, right + 1)} - set(
        spans
    )
    places = [[(row, column) for column in range(1, grid.columns + 1) if (row, column) not in covered] for row in range(1, grid.rows + 1)]
    return [[GridCell(grid.words.get(at, ""), *at, *spans.get(at, (1, 1))) for at in row] for row in places]


@cache
def as_published(edition: str) -> Sequence[ReportFinding]:
    return (*reported(edition, planted=False), *make_report(seed_findings(), sources=source_documents(seed_workspace())).findings)


def hits(fault: Fault) -> list[ReportFinding]:
    """Return what is reported at the place of a fault and is not reported there of the document as published."""
    before = {(f.code, f.notation, f.field, f.message_zh) for f in as_published(fault.edition) if f.document == fault.document}
    new = [
        f
        for f in reported(fault.edition, planted=True)
        if f.document == fault.document and (f.code, f.notation, f.field, f.message_zh) not in before
    ]
    here = [f for f in new if {f.notation or f.quote, f.notation.partition(".s")[0]} & set(fault.where)]
    return [f for f in here if not fault.fields or f.field in fault.fields]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.edition}-{fault.document[:5]}-{fault.where[0]}-{fault.what}")
def test_a_planted_fault_is_reported_at_its_place(fault: Fault) -> None:
    assert hits(fault)
