"""A document as the consistency report needs it: its tables to draw, its text to quote, its file to name."""

from __future__ import annotations

from itertools import accumulate, groupby
from pathlib import Path

from loaders.records import Extraction, TaskRow
from loaders.tables.own_columns import table_columns
from validation.sources import SourceCell, SourceDocument, SourceRow
from zhengmai.workspace import SourceEntry


def source_document(entry: SourceEntry, extraction: Extraction, home: Path) -> SourceDocument:
    """Return a document of a workspace (its folder is ``home``) as it was read, for the report."""
    headers = [(words, role or f"+{words}") for words, role in extraction.ingest.columns]
    if any("sub_measure" in row.cells for row in extraction.rows) and "sub_measure" not in {role for _, role in headers}:
        at = next((n for n, (_, role) in enumerate(headers, start=1) if role == "measure"), len(headers))
        headers.insert(at, (f"{headers[at - 1][0]} #2" if headers else "", "sub_measure"))
    file = entry.path.relative_to(home).as_posix() if entry.path.is_relative_to(home) else entry.path.name
    return SourceDocument(
        slug=entry.slug,
        title=entry.title or extraction.meta.title,
        file=file,
        sha256=entry.sha256,
        text=extraction.text,
        headers=tuple(dict.fromkeys(headers)),
        tables=_tables(extraction),
        rows=tuple(_row(row, headers) for row in extraction.rows),
        provisions=tuple((p.place.start or 0, p.place.end or 0, p.id) for p in extraction.provisions),
        raw_runs=extraction.raw_runs,
        lines=_line_starts(entry.path, extraction.source.encoding) if extraction.raw_runs else (),
    )


def _tables(extraction: Extraction) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return the columns of each task table by its number: sheets may call the same column by other names."""
    found = {}
    for _, group in groupby(extraction.rows, key=lambda row: row.table):
        rows = list(group)
        columns = tuple((words, role or "") for words, role in table_columns(extraction.ingest.columns, rows))
        found.update({table: columns for row in rows if columns and (table := row.place.table)})
    return found


def _row(row: TaskRow, headers: list[tuple[str, str]]) -> SourceRow:
    cells = {
        role: SourceCell(cell.place.column or 0, cell.raw, cell.place.start or 0, cell.place.end or 0)
        for role, cell in row.cells.items()
        if cell.place.row == row.place.row and cell.place.table == row.place.table
    }
    for words, role in headers:
        if role not in cells and row.columns.get(words):
            cells[role] = SourceCell(0, row.columns[words], row.place.start or 0, row.place.end or 0)
    return SourceRow(row.place.table or 0, row.place.row or 0, row.row, cells)


def _line_starts(path: Path, encoding: str) -> tuple[int, ...]:
    try:
        text = path.read_bytes().decode(encoding or "utf-8")
    except (OSError, UnicodeDecodeError, LookupError):
        return ()
    lines = text.splitlines(keepends=True)
    return (0, *accumulate(len(line) for line in lines[:-1]))
