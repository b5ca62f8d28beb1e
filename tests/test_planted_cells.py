"""Faults the readers tell by themselves: each is found at its row and column, and not in the document as published."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache

import pytest
from planted_cells import CELLS, GZ, HECHI, SAT, WORDS, Cell, Words
from planted_grids import GZ as GZ_SLUG
from planted_grids import HECHI as HECHI_SLUG
from planted_grids import cell as grid_cell
from render_docx import docx, p, seed_docx
from render_sheets import as_delimited, as_xlsx
from seed_tables import SeedTable, guangzhou, hechi
from seeds import NATIONAL, ROOT, SOURCES

from loaders.extract import extract_bytes
from loaders.records import Extraction, Finding

OURS = ROOT / "tests" / "data" / "gold" / "ours"
CITY = {"task": 2, "measure": 3, "lead": 4, "responsible": 5, "supporting": 5, "deadline": 6}
FORMATS = {GZ: seed_docx, HECHI: as_xlsx, "care": as_delimited, "bizenv": as_xlsx, "disability": as_delimited}
PREFIXES = {GZ: GZ_SLUG, HECHI: HECHI_SLUG}


def place(document: str, row: int, field: str) -> tuple[int, int]:
    return grid_cell(PREFIXES[document], row, field) if document in PREFIXES else (row + 1, CITY[field])


def grid(document: str) -> SeedTable:
    if document in PREFIXES:
        return {GZ: guangzhou, HECHI: hechi}[document]()
    lines = list(csv.reader((OURS / document / "city.csv").open(encoding="utf-8")))
    words = {(r, c): text for r, line in enumerate(lines[1:], 1) for c, text in enumerate(line, 1)}
    return SeedTable([lines[0][0]], [], words, [], len(lines) - 1, len(lines[1]))


@cache
def read(document: str, *, planted: bool) -> Extraction:
    if document not in FORMATS:
        return text(document, [fault for fault in WORDS if fault.document == document] if planted else [])
    table = grid(document)
    for fault in CELLS:
        if planted and fault.document == document:
            at = place(document, fault.row, fault.field)
            assert fault.old in table.words[at], fault
            table.words[at] = table.words[at].replace(fault.old, fault.new, 1) if fault.old else fault.new
    data = FORMATS[document](table)
    kind = {seed_docx: "docx", as_xlsx: "xlsx", as_delimited: "csv"}[FORMATS[document]]
    return extract_bytes(data, f"{document}.{kind}")


def text(document: str, faults: Sequence[Words]) -> Extraction:
    if document == SAT:
        words = re.sub(r"\n+", "\n", (SOURCES / NATIONAL).read_text(encoding="utf-8").replace("@@", ""))
    else:
        words = (OURS / document / "upper.txt").read_text(encoding="utf-8")
    for fault in faults:
        assert fault.old in words, fault
        words = words.replace(fault.old, fault.new, 1)
    return extract_bytes(docx("".join(p(line) for line in words.split("\n") if line.strip())), f"{document}.docx")


def told(document: str, code: str, *, planted: bool) -> list[Finding]:
    return [finding for finding in read(document, planted=planted).findings if finding.code == code]


@pytest.mark.parametrize("fault", CELLS, ids=lambda fault: f"{fault.document}-{fault.row}-{fault.field}-{fault.code}")
def test_a_fault_in_a_cell_is_told_at_its_row_and_column(fault: Cell) -> None:
    grid_row, column = place(fault.document, fault.row, fault.told or fault.field)
    row = grid_row + (len(grid(fault.document).before) if fault.document not in (GZ,) else 0)
    column = column if fault.code != "number-order" else 1

    def here(planted: bool) -> list[Finding]:
        found = told(fault.document, fault.code, planted=planted)
        return [f for f in found if f.place.row in (row, grid_row) and f.place.column in (column, None)]

    assert here(True)
    assert not [f for f in here(False) if f.place.column == column]


@pytest.mark.parametrize("fault", WORDS, ids=lambda fault: f"{fault.document}-{fault.quote}")
def test_a_fault_in_running_text_is_told_with_its_words(fault: Words) -> None:
    assert [f for f in told(fault.document, fault.code, planted=True) if fault.quote in f.quote]
    assert not [f for f in told(fault.document, fault.code, planted=False) if fault.quote in f.quote]
