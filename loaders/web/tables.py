"""HTML tables to raw tables: which are tables at all, where each cell stands, and which rows and columns it covers.

The grid follows the HTML standard's table model (rowspan 0 to the end of the group, overlaps pushed right); columns that no cell
begins in are layout and are folded away, so a title over 100 columns does not make a table of 100 columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loaders.blocks import RawCell, RawTable
from loaders.web.lines import SILENT, Line, TableItem, fold_blanks, lines_of, raw_text

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_COLUMNS = 500
MOST_CELLS = 600_000
_CELLS = ("td", "th")
_MISPLACED = ("form", "div", "span", "center", "p", "b", "strong")
_GROUPS = ("thead", "tbody", "tfoot")


@dataclass(slots=True)
class Placed:
    """A cell laid on the grid, counting from 0."""

    element: _Element | None
    row: int
    column: int
    rowspan: int
    colspan: int


def is_data_table(table: _Element) -> bool:
    """Say whether a table holds data. One that only places blocks on the page (one column, one cell with most words) is layout."""
    if (table.get("role") or "").strip().lower() in ("presentation", "none"):
        return False
    rows = [row for row, _ in _rows(table)]
    wide = [row for row in rows if len(row) > 1]
    if not wide:
        return False
    if any(cell.tag == "th" for row in rows for cell in row) or table.find("thead") is not None:
        return True
    sizes = [_size(cell) for row in rows for cell in row]
    words = sum(sizes)
    if not words:
        return False
    inner = sum(_size(nested) for nested in table.iterdescendants("table") if _outer_table(nested) is table)
    if inner > 0.5 * words:
        return False
    filled = [row for row in wide if sum(1 for cell in row if _size(cell)) > 1]
    if len(filled) < 2:
        return False
    return not (max(sizes) > 300 and max(sizes) > 0.6 * words and len(filled) < 4)


def read_table(table: _Element) -> tuple[list[RawTable], bool]:
    """Return a table, then the tables nested in its cells; and whether its merges contradict each other.

    A nested table's words stand in its own raw table only; a nested layout table's words stay in the cell.
    """
    placed, odd = _lay(table)
    rows: dict[int, list[RawCell]] = {}
    nested: list[_Element] = []
    for cell in placed:
        text = ""
        if cell.element is not None:
            items = lines_of(cell.element, is_data_table)
            text = "\n".join(item.text for item in items if isinstance(item, Line))
            nested += [item.element for item in items if isinstance(item, TableItem)]
        rows.setdefault(cell.row, []).append(RawCell(text, cell.row + 1, cell.column + 1, cell.rowspan, cell.colspan))
    found = [RawTable(tuple(tuple(rows[at]) for at in sorted(rows)), spans_known=True)] if rows else []
    for inner in nested:
        tables, inner_odd = read_table(inner)
        found += tables
        odd = odd or inner_odd
    return found, odd


def captions(table: _Element) -> list[str]:
    """Return the lines that stand in a table but in none of its cells: its caption, and words a browser moves out of it."""
    found: list[str] = []
    for element in table.iter():
        inside = next((e for e in (element, *element.iterancestors()) if e is table or e.tag in (*_CELLS, "caption")), table)
        if element.tag == "caption" and _outer_table(element) is table:
            found += [item.text for item in lines_of(element, lambda _: False) if isinstance(item, Line)]
        if inside is table and element is not table and element.tag not in SILENT:
            found.append(fold_blanks(element.text or ""))
        above = element.getparent() if element is not table else None
        if above is not None and not any(e.tag in (*_CELLS, "caption") for e in _up_to(above, table)):
            found.append(fold_blanks(element.tail or ""))
    return [line for line in [fold_blanks(table.text or ""), *found] if line]


def _up_to(element: _Element, table: _Element) -> Iterator[_Element]:
    at: _Element | None = element
    while at is not None and at is not table:
        yield at
        at = at.getparent()


def _size(element: _Element) -> int:
    return len(re.sub(r"\s+", "", raw_text(element)))


def _outer_table(table: _Element) -> _Element | None:
    return next(table.iterancestors("table"), None)


def _rows(table: _Element) -> Iterator[tuple[list[_Element], int]]:
    """Yield the cells of each row with the number of their group; the foot comes last wherever it is written."""
    groups: list[list[list[_Element]]] = [[]]
    feet: list[list[list[_Element]]] = []
    for child in table:
        if child.tag in _GROUPS:
            (feet if child.tag == "tfoot" else groups).append(_rows_below(child, table))
            groups.append([])
        elif child.tag == "tr":
            groups[-1].append([cell for cell in child if cell.tag in _CELLS])
        elif child.tag in _CELLS:  # a row whose <tr> is missing
            before = child.getprevious()
            if before is None or before.tag not in _CELLS or not groups[-1]:
                groups[-1].append([])
            groups[-1][-1].append(child)
        elif child.tag in _MISPLACED:  # rows below it are rows
            groups[-1] += _rows_below(child, table)
    for at, group in enumerate([g for g in (*groups, *feet) if g]):
        for row in group:
            yield row, at


def _rows_below(group: _Element, table: _Element) -> list[list[_Element]]:
    found = [[cell for cell in row if cell.tag in _CELLS] for row in group.iterdescendants("tr") if _outer_table(row) is table]
    loose = [cell for cell in group if cell.tag in _CELLS]
    return found or ([loose] if loose else [])


def _lay(table: _Element) -> tuple[list[Placed], bool]:
    """Lay the cells on the grid; a place no cell covers gets an empty one. True when rows stick out over the usual width."""
    rows = list(_rows(table))
    ends = {group: at for at, (_, group) in enumerate(rows)}
    taken: dict[int, int] = {}  # column -> first row that is free again
    placed: list[Placed] = []
    for at, (row, group) in enumerate(rows):
        column = 0
        for cell in row:
            while taken.get(column, 0) > at:
                column += 1
            if column >= MOST_COLUMNS or len(placed) >= MOST_CELLS:
                return _compact(placed, len(rows)), True
            width = _span(cell.get("colspan"), 1000)
            width = next(
                (k for k in range(1, min(width, MOST_COLUMNS - column)) if taken.get(column + k, 0) > at), min(width, MOST_COLUMNS - column)
            )
            left = ends[group] - at + 1
            height = left if (cell.get("rowspan") or "").strip() == "0" else min(_span(cell.get("rowspan"), 65_534), left)
            placed.append(Placed(cell, at, column, height, width))
            for covered in range(column, column + width):
                taken[covered] = at + height
            column += width
    compact = _compact(placed, len(rows))
    return compact, _sticks_out(compact)


def _span(text: str | None, most: int) -> int:
    hit = re.match(r"\s*(\d{1,6})", text or "")
    return max(1, min(int(hit[1]), most)) if hit else 1


def _compact(placed: list[Placed], height: int) -> list[Placed]:
    """Fold away the columns no cell begins in, and fill the places nothing covers with empty cells."""
    starts = sorted({cell.column for cell in placed})
    rank = {column: at for at, column in enumerate(starts)}
    found = [
        replace_columns(cell, rank[cell.column], sum(1 for s in starts if cell.column <= s < cell.column + cell.colspan)) for cell in placed
    ]
    covered: list[bytearray] = [bytearray(len(starts)) for _ in range(height)]
    for cell in found:
        for row in range(cell.row, cell.row + cell.rowspan):
            covered[row][cell.column : cell.column + cell.colspan] = b"\1" * cell.colspan
    holes = [Placed(None, row, column, 1, 1) for row, marks in enumerate(covered) for column, mark in enumerate(marks) if not mark]
    return sorted([*found, *holes], key=lambda c: (c.row, c.column))


def replace_columns(cell: Placed, column: int, colspan: int) -> Placed:
    return replace(cell, column=column, colspan=max(1, colspan))


def _sticks_out(placed: list[Placed]) -> bool:
    """A rowspan one too large pushes a full row out over the table's right edge: such rows are few, and the last columns theirs alone."""
    widths: dict[int, int] = {}
    for cell in placed:
        if cell.element is not None:
            widths[cell.row] = max(widths.get(cell.row, 0), cell.column + cell.colspan)
    if len(widths) < 4:
        return False
    widest = max(widths.values())
    return sum(1 for width in widths.values() if width == widest) <= max(1, len(widths) // 10)
