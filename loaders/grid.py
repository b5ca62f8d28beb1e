"""From the cells a reader found to a grid: every row laid on the table's columns, merged cells filled, with what is certain about it.

A format that knows its merges (``spans_known``) is taken at its word. In a text dump or CSV a merged cell is a blank cell, so the
rules of :mod:`loaders.merges` decide, and say when an empty cell is as likely.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement

from loaders.blocks import Cell, Table
from loaders.columns import TEXT_ROLES, assign, fold, header_roles, is_header, looks_like

_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its role (None for a column we keep but do not use), and its header as published."""

    role: str | None
    header: str


@dataclass(slots=True)
class GridRow:
    """One row laid out. ``cells`` maps a role to its own cell; ``absent`` are roles merged away sideways in this row."""

    row: int
    cells: dict[str, Cell]
    others: dict[str, str]
    absent: frozenset[str] = frozenset()
    covered: dict[str, Cell] = field(default_factory=dict)
    all_cells: tuple[Cell, ...] = ()

    @property
    def blank(self) -> bool:
        return not any(cell.text.strip() for cell in self.all_cells)

    def filled(self) -> list[str]:
        return [role for role, cell in self.cells.items() if cell.text.strip()]


@dataclass(frozen=True, slots=True)
class Grid:
    columns: tuple[Column, ...]
    header_row: int
    rows: tuple[GridRow, ...]
    repeated_headers: tuple[int, ...]
    spans_known: bool


def find_header(table: Table) -> int | None:
    """Return the index of the header row of a task table, None when no row is one."""
    for at, row in enumerate(table.rows[:12]):
        if is_header([cell.text for cell in row]):
            return at
    return None


def lay_out(table: Table) -> Grid | None:
    """Return the table as a grid, None when it has no header of a task table."""
    at = find_header(table)
    if at is None:
        return None
    header = table.rows[at]
    names = [" ".join(cell.text.split()) for cell in header]
    folded = [fold(name) for name in names]
    body: list[tuple[Cell, ...]] = []
    repeated: list[tuple[Cell, ...]] = []
    for row in table.rows[at + 1 :]:
        (repeated if [fold(c.text) for c in row] == folded else body).append(row)
    columns = _columns(header, names, body, table.spans_known)
    return Grid(
        columns,
        header[0].row if header else 1,
        tuple(_rows(body, columns, table.spans_known)),
        tuple(r[0].row for r in repeated),
        table.spans_known,
    )


def _columns(header: Sequence[Cell], names: Sequence[str], body: Sequence[Sequence[Cell]], spans_known: bool) -> tuple[Column, ...]:
    roles = header_roles([cell.text for cell in header])
    if spans_known:
        widths = [cell.colspan for cell in header]
        values = _by_position(body, sum(widths))
    else:
        usual = _usual_width(body, len(header))
        sample = [row for row in body if len(row) == usual]
        values = [[row[at].text for row in sample] for at in range(usual)]
        widths = _spread(roles, values)
    columns: list[Column] = []
    at = 0
    for role, name, width in zip(roles, names, widths, strict=True):
        stretch = values[at : at + width]
        for inner, own in enumerate(_text_roles(role, stretch, taken={c.role for c in columns} | set(roles))):
            columns.append(Column(own, name if own == role or width == 1 else f"{name} #{inner + 1}"))
        at += width
    return tuple(columns)


def _usual_width(body: Sequence[Sequence[Cell]], least: int) -> int:
    widths = Counter(len(row) for row in body if len(row) >= min(least, 3))
    return max(widths, key=lambda width: (widths[width], width)) if widths else least


def _by_position(body: Sequence[Sequence[Cell]], width: int) -> list[list[str]]:
    """Return the words that start in each column (a merged cell counts once)."""
    values: list[list[str]] = [[] for _ in range(width)]
    for row in body:
        for cell in row:
            if 1 <= cell.column <= width:
                values[cell.column - 1].append(cell.text)
    return values


def _spread(roles: Sequence[str | None], values: Sequence[Sequence[str]]) -> list[int]:
    """Say how many columns each header cell stands over, so that contents fit best; where equal, the measure's spreads."""
    extra = len(values) - len(roles)
    if extra <= 0:
        return [1] * len(values) + [0] * (len(roles) - len(values))
    best: tuple[float, list[int]] | None = None
    for where in combinations_with_replacement(range(len(roles)), min(extra, 3)):
        widths = [1 + where.count(at) + (extra - 3 if extra > 3 and at == where[-1] else 0) for at in range(len(roles))]
        score, at = 0.0, 0
        for role, width in zip(roles, widths, strict=True):
            for column in values[at : at + width]:
                sample = column[:_SAMPLE]
                score += sum(looks_like(role, text) for text in sample) / max(1, len(sample))
            score -= (width - 1) * (0.0 if role == "measure" else 0.05 if role in TEXT_ROLES else 1.0)
            at += width
        if best is None or score > best[0] + 1e-9:
            best = (score, widths)
    return best[1] if best else [1] * len(roles)


def _text_roles(role: str | None, values: Sequence[Sequence[str]], taken: set[str | None]) -> list[str | None]:
    """Roles of the columns under one header cell: a sparse column before the measure is its group, one after it a sub-measure."""
    if len(values) <= 1 or role not in TEXT_ROLES:
        return [role, *[None] * (len(values) - 1)] if values else []
    if role != "measure":
        return [role, "group" if "group" not in taken else None, *[None] * (len(values) - 2)]
    fill = [sum(bool(v.strip()) for v in column) for column in values]
    main = max(at for at, count in enumerate(fill) if count >= 0.5 * max(fill))
    roles: list[str | None] = [None] * len(values)
    roles[main] = "measure"
    if main > 0:
        roles[main - 1] = "group" if "group" not in taken else None
    if main + 1 < len(values):
        roles[main + 1] = "sub_measure"
    return roles


def _rows(body: Sequence[Sequence[Cell]], columns: Sequence[Column], spans_known: bool) -> list[GridRow]:
    if spans_known:
        return _spanned_rows(body, columns)
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
        row.absent = frozenset(c.role for at, c in enumerate(columns) if at not in used and c.role)
        found.append(row)
    return found


def _spanned_rows(body: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> list[GridRow]:
    """A cell over several columns belongs to the first; the others are absent. A cell over several rows covers the rows below."""
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
            column = columns[cell.column - 1]
            if above and column.role:
                row.covered[column.role] = cell
            elif not above:
                _put(row, column, cell)
            absent |= {c.role for c in columns[cell.column : cell.column + cell.colspan - 1] if c.role}
        row.absent = frozenset(absent)
        open_ += [c for c in cells if c.rowspan > 1]
        found.append(row)
    return found


def _put(row: GridRow, column: Column, cell: Cell) -> None:
    row.others[column.header] = cell.text
    if column.role:
        row.cells[column.role] = cell
