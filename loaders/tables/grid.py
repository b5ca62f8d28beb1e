"""From the cells a reader found to a grid: every row laid on the table's columns, merged cells filled, with what is certain about it.

A format that knows its merges (``spans_known``) is taken at its word. In a text dump or CSV a merged cell is a blank cell, so the
rules of :mod:`loaders.tables.merges` decide, and say when an empty cell is as likely.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.blocks import Cell, Table
from loaders.outline.numbering import read_mark
from loaders.tables.columns import assign, fold, looks_like
from loaders.tables.header import Column, Header, read_header


@dataclass(slots=True)
class GridRow:
    """One row laid out. ``cells`` maps a role to its own cell; ``absent`` are roles merged away sideways in this row."""

    row: int
    cells: dict[str, Cell]
    others: dict[str, str]
    absent: frozenset[str] = frozenset()
    covered: dict[str, Cell] = field(default_factory=dict)
    all_cells: tuple[Cell, ...] = ()
    section: Cell | None = None

    @property
    def blank(self) -> bool:
        return not any(cell.text.strip() for cell in self.all_cells)

    def filled(self) -> list[str]:
        return [role for role, cell in self.cells.items() if cell.text.strip()]


@dataclass(frozen=True, slots=True)
class Grid:
    """A task table: its columns, its rows in order, and the rows that only repeat the header."""

    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    repeated_headers: tuple[int, ...]
    spans_known: bool
    header: Header

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(column.role for column in self.columns if column.role)


def lay_out(table: Table) -> Grid | None:
    """Return the table as a grid, None when it has no header of a task table."""
    header = read_header(table)
    if header is None:
        return None
    body, repeated = _without_repeats(table, header)
    rows = _spanned_rows(body, header.columns) if table.spans_known else _dumped_rows(body, header.columns)
    counted = any(fold(row.cells["number"].text)[:1].isdecimal() for row in rows if "number" in row.cells)
    for row in rows:
        row.section = _section_label(row, header.columns, counted=counted)
    return Grid(header.columns, tuple(rows), repeated, table.spans_known, header)


def _without_repeats(table: Table, header: Header) -> tuple[list[tuple[Cell, ...]], tuple[int, ...]]:
    """Leave out the rows that print the header again after a page break."""
    lines = [[fold(c.text) for c in row if c.text.strip()] for row in table.rows[header.at : header.at + header.depth]]
    body: list[tuple[Cell, ...]] = []
    repeated: list[int] = []
    for row in table.rows[header.at + header.depth :]:
        if row and [fold(c.text) for c in row if c.text.strip()] in lines:
            repeated.append(row[0].row)
        else:
            body.append(row)
    return body, tuple(repeated)


def _section_label(row: GridRow, columns: Sequence[Column], *, counted: bool) -> Cell | None:
    """A line over the whole width that holds one text and is no row: 一、优化营商环境. Its words head the rows below.

    ``counted``: the rows are numbered 1, 2, 3; then 一 and （一） number what stands over them.
    """
    filled = [cell for cell in row.all_cells if cell.text.strip()]
    if row.covered:
        return None
    heads = row.filled() == ["number", "task"] or counted and row.filled() == ["number", "measure"]
    if len(filled) == 2 and heads and "measure" in row.cells and _is_han_number(filled[0].text):
        return filled[1]
    if len(filled) != 1:
        return None
    cell = filled[0]
    wide = cell.colspan >= max(2, len(columns) - 1)
    at_number = columns[0].role == "number" and cell.column == 1 and looks_like("number", cell.text) < 0
    mark = read_mark(cell.text.strip())
    marked = mark is not None and mark.depth in ("part", "chapter", "section", "clause") and "measure" not in row.filled()
    return cell if (wide or at_number or marked) and len(cell.text.strip()) <= 60 else None


def _is_han_number(text: str) -> bool:
    """Sections of a table whose rows are numbered 1, 2, 3 are numbered 一, 二, 三."""
    return bool(re.fullmatch(r"[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?", fold(text)))


def _dumped_rows(body: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> list[GridRow]:
    """Rows of a format that knows no merges: laid straight on the columns, or at least cost where the numbers differ."""
    found = []
    roles = [column.role for column in columns]
    for cells in body:
        laid = list(range(len(cells))) if len(cells) == len(columns) else assign([c.text for c in cells], roles)
        row = GridRow(cells[0].row, {}, {}, all_cells=tuple(cells))
        for cell, at in zip(cells, laid, strict=True):
            if at is None:
                row.cells["sub_measure"] = cell
                continue
            _put(row, columns[at], cell)
        used = {at for at in laid if at is not None}
        if len(cells) == len(columns):
            used -= _widen_measure(row, columns)
        row.absent = frozenset(c.role for at, c in enumerate(columns) if at not in used and c.role)
        found.append(row)
    return found


def _widen_measure(row: GridRow, columns: Sequence[Column]) -> set[int]:
    """Words in the group column of a row without a measure, but with actors or a time limit, are a measure merged over both columns.

    Returns the columns that are merged away.
    """
    group, measure, sub = (row.cells.get(role) for role in ("group", "measure", "sub_measure"))
    stretch = [at for at, column in enumerate(columns) if column.role in ("group", "measure", "sub_measure")]
    if group is None or measure is None or stretch != list(range(stretch[0], stretch[-1] + 1)) or columns[stretch[0]].role != "group":
        return set()
    others = [role for role in row.filled() if role not in ("number", "task", "group")]
    if not group.text.strip() or measure.text.strip() or (sub and sub.text.strip()) or not others:
        return set()
    row.cells["measure"] = group
    for role in ("group", "sub_measure"):
        row.cells.pop(role, None)
    return {at for at in stretch if columns[at].role != "measure"}


def _spanned_rows(body: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> list[GridRow]:
    """A cell over several columns is the measure where it goes over that, else it belongs to the first; the others are absent.

    A cell over several rows covers the rows below.
    """
    found: list[GridRow] = []
    open_: list[Cell] = []
    for cells in body:
        number = cells[0].row if cells else (found[-1].row + 1 if found else 1)
        row = GridRow(number, {}, {}, all_cells=tuple(cells))
        absent: set[str] = set()
        open_ = [c for c in open_ if c.row + c.rowspan > number]
        for cell, above in [*((c, False) for c in cells), *((c, True) for c in open_)]:
            if not 1 <= cell.column <= len(columns):
                continue
            over = columns[cell.column - 1 : cell.column - 1 + cell.colspan]
            column = next((c for c in over if c.role == "measure"), over[0])
            if above and column.role:
                row.covered[column.role] = cell
            elif not above:
                _put(row, column, cell)
            absent |= {c.role for c in over if c.role and c is not column}
        row.absent = frozenset(absent)
        open_ += [c for c in cells if c.rowspan > 1]
        found.append(row)
    return found


def _put(row: GridRow, column: Column, cell: Cell) -> None:
    row.others[column.header] = cell.text
    if column.role:
        row.cells[column.role] = cell
