"""Excel 工作簿：每类一张表 · one workbook, a sheet a class; ids are text."""

from __future__ import annotations

from typing import BinaryIO

from lineage.tables.page import Column, Page, Sheet, cell
from lineage.tables.write_xlsx import write_xlsx
from ontology.labels import label, labels
from zhengmai.exports._classes import Table, tables
from zhengmai.exports._graph import SharedGraph
from zhengmai.progress import language

BINARY = True


def write(graph: SharedGraph, out: BinaryIO) -> None:
    """Write every class as a sheet; the last sheet says which graph it is and what was left out."""
    lang = language()
    facts = [
        (label("ui/graph-version", lang), graph.version),
        *((label("note/title", lang), said) for said in (graph.said[lang == "en"],) if said),
    ]
    sheets = tuple(_sheet(table) for table in tables(graph))
    out.write(write_xlsx(Page("zhengmai", sheets, tuple(facts), lang, label("table/notes", lang))))


def _sheet(table: Table) -> Sheet:
    columns = tuple(Column(name, name, 30 if name in ("text", "rawText") else 12) for name in table.columns)
    rows = tuple(tuple(cell(value) for value in row) for row in table.rows)
    title = labels().get(f"term/{table.name}", (table.name, table.name))[0]
    return Sheet(table.name, title, (), columns, rows, frozen=1)
