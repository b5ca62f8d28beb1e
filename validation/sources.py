"""The documents behind a graph, as a report needs them: the table to draw, the text to quote, the file to name.

The graph keeps no cell that nothing cites, so the command hands the documents in as they were read; without them a report has
places and quotes, but draws no table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from validation.findings import ReportFinding

AROUND = 60
USUAL = 200  # rows that show what a column holds
QUOTED = re.compile("“([^”]+)”")
ENDS = "。！？；\n\t"


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell of a row: its column, its words as published, and where they stand in the normalised text."""

    column: int
    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a task table; ``cells`` by neutral column name, inherited ones left out."""

    table: int
    row: int
    notation: str
    cells: Mapping[str, SourceCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One document. ``headers`` are (as published, neutral name or ""); ``provisions`` are (start, end, number) of clauses and sentences.

    ``tables`` holds the headers of each table alone, by its number, in the order of its columns.
    ``lines`` are the offsets where the lines of the raw file start, and ``raw_runs`` map the normalised text to it (text formats).
    """

    slug: str
    title: str
    file: str
    sha256: str
    text: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    tables: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    rows: tuple[SourceRow, ...] = ()
    provisions: tuple[tuple[int, int, str], ...] = ()
    raw_runs: tuple[tuple[int, int, int], ...] = ()
    lines: tuple[int, ...] = ()

    def line_and_column(self, at: int) -> tuple[int, int] | None:
        """Return where a character of the normalised text stands in the raw file, both from 1; None for other formats than text."""
        index = bisect_right(self.raw_runs, (at, float("inf"), 0)) - 1
        if index < 0 or not self.lines:
            return None
        start, raw, length = self.raw_runs[index]
        there = raw + min(at - start, length)
        line = bisect_right(self.lines, there)
        return line, there - self.lines[line - 1] + 1


def with_sources(findings: Sequence[ReportFinding], sources: Sequence[SourceDocument]) -> tuple[ReportFinding, ...]:
    """Return the findings with what only the documents know: headers, whole cells and sentences around a fault, numbers of provisions."""
    known = {source.slug: _Index(source) for source in sources}
    return tuple(_completed(f, known[f.document]) if f.document in known else f for f in findings)


class _Index:
    """A document by row, and by the character its cells start at."""

    def __init__(self, source: SourceDocument) -> None:
        self.source = source
        self.rows = {(row.table, row.row): row for row in source.rows}
        spans = ((cell.start, cell.end, at, name) for at, row in enumerate(source.rows) for name, cell in row.cells.items() if cell.column)
        self._spans = sorted(spans)
        self._starts = [start for start, *_ in self._spans]
        self.usual_field = cache(lambda column: _usual_field(source, column))

    def cell_around(self, start: int, end: int) -> tuple[SourceRow, str] | None:
        """Return the row and the column a stretch of the text stands in, None for one outside of cells or across them."""
        at = bisect_right(self._starts, start) - 1
        if at < 0 or end > self._spans[at][1]:
            return None
        _, _, row, name = self._spans[at]
        return self.source.rows[row], name


def _completed(finding: ReportFinding, index: _Index) -> ReportFinding:
    """Return the finding with row and column from its offsets, then the header and the words of its cell, or of its sentence."""
    source = index.source
    f = _placed(finding, index)
    row = index.rows.get((f.table or 0, f.row or 0))
    name = f.field
    if not name and f.column:
        own = (role for role, cell in (row.cells.items() if row else ()) if cell.column == f.column)
        name = next(own, "") or index.usual_field(f.column)
    headers = source.tables.get(f.table or 0, ())
    header = next((words for words, role in (*headers, *source.headers) if role == name), "") if name else ""
    column = f.column
    if column is None and header:
        column = 1 + next(at for at, (words, _) in enumerate((*headers, *source.headers)) if words == header)
    elif column and not name:
        header = headers[column - 1][0] if column <= len(headers) else ""
    if (name, header, column) != (f.field, f.header, f.column):
        f = replace(f, field=name, header=header, column=column)
    cell = row.cells.get(name) if row and name else None
    return _in_cell(f, cell) if cell else _in_text(f, source)


def _usual_field(source: SourceDocument, column: int) -> str:
    """Return what most rows have in a column: a blank cell has no words of its own to tell by."""
    counts = Counter(role for row in source.rows[:USUAL] for role, cell in row.cells.items() if cell.column == column)
    return max(counts, key=lambda role: (counts[role], role)) if counts else ""


def _placed(f: ReportFinding, index: _Index) -> ReportFinding:
    """Return the finding at the row and cell its offsets fall into, where they fall into one.

    The words at fault may stand in another row than the one that is linked: a sentence carried out by two rows has one list of changes.
    """
    if f.start is None or f.end is None:
        return f
    around = index.cell_around(f.start, f.end)
    if around and (f.column is None and not f.field or f.row is not None and (f.table, f.row) != (around[0].table, around[0].row)):
        row, name = around
        cell = row.cells[name]
        zh = f"第{row.notation}项（表{row.table} 第{row.row}行 第{cell.column}列）"
        en = f"task {row.notation} (table {row.table}, row {row.row}, column {cell.column})"
        at = (row.table, row.row, cell.column)
        return replace(f, table=at[0], row=at[1], column=at[2], field=name, notation=row.notation, place_zh=zh, place_en=en)
    number = f.notation or _provision(index.source, f.start)
    if f.column is not None or f.field or not number or f.notation:
        return f
    zh, en = f.place_zh or f"第{f.start}–{f.end}字", f.place_en or f"characters {f.start}–{f.end}"
    return replace(f, notation=number, place_zh=f"{number}（{zh}）", place_en=f"{number} ({en})")


def _in_cell(f: ReportFinding, cell: SourceCell) -> ReportFinding:
    if f.start is None:
        f = replace(f, start=cell.start, end=cell.end)
    if "▇" in f.quote or "▇" in f.context:
        return f
    if f.source == "reader" and f.quote:
        at = _inside(cell, f, f.quote)
        return replace(f, context=cell.text, marks=((at, at + len(f.quote)),) if at >= 0 else ())
    if (
        f.start is not None
        and f.end is not None
        and cell.start <= f.start < f.end <= cell.end
        and (f.start, f.end) != (cell.start, cell.end)
    ):
        return replace(f, context=cell.text, marks=((f.start - cell.start, f.end - cell.start),))
    words = cell.text.strip()
    if not words or (f.quote and f.quote in cell.text):
        return f
    named = (name for name in QUOTED.findall(f.message_zh) if name in words)  # the cell's own words, not those of the whole row
    fault = next(named, words)
    at = cell.text.find(fault)
    return replace(f, quote=words, context=cell.text, marks=((at, at + len(fault)),))


def _in_text(f: ReportFinding, source: SourceDocument) -> ReportFinding:
    if "▇" in f.quote or f.start is None or f.end is None or not source.text or f.source == "shacl":
        return f
    if f.source == "check" and f.marks:
        return f
    left, right = _sentence(source.text, f.start, f.end)
    return replace(f, context=source.text[left:right], marks=((f.start - left, f.end - left),))


def _inside(cell: SourceCell, f: ReportFinding, fault: str) -> int:
    """Return where the fault starts in the cell's words: at the place the reader gave when the words stand there, else where first met."""
    told = (f.start or 0) - cell.start
    return told if f.start is not None and cell.text[told : told + len(fault)] == fault else cell.text.find(fault)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = min(start, len(text)), min(end, len(text))  # V13 tells a place beyond the text
    while left > 0 and start - left < AROUND and text[left - 1] not in ENDS:
        left -= 1
    while right < len(text) and right - end < AROUND and text[right - 1] not in ENDS:
        right += 1
    return left, right


def _provision(source: SourceDocument, at: int) -> str:
    """Return the number of the smallest provision around a character."""
    around = [(end - start, number) for start, end, number in source.provisions if start <= at < max(end, start + 1)]
    return min(around)[1] if around else ""
