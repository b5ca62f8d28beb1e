"""What a blank cell means: merged with the cell above, or truly empty. Each value filled in says so, and doubts are marked.

Where the format knows its merges they are followed. Else (product.md and the rules merged-cell-down, stray-group-label):

* a blank task or group cell continues the label above; a new task ends the group;
* a row with a label and nothing else gives its label to the block it stands in, above and below;
* when two or more of unit, lead, responsible and deadline are blank together, the row is part of a merged block: these are inherited
  and so is a blank supporting cell, which is doubtful (it may be empty in its own right);
* one of them blank alone is inherited and doubtful; supporting blank alone is empty, and doubtful when the cell straight above it,
  in the same group, has words (merges follow the groups).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.blocks import Cell
from loaders.outline.numbering import read_mark
from loaders.tables.columns import fold
from loaders.tables.grid import Grid, GridRow
from loaders.tables.groups import SECTION_ROW
from loaders.tables.owners import owners_in_bands

LABELS = ("task", "group")
DEPTHS = ("portion", "part", "chapter", "division", "section", "clause", "item")
DITTO = frozenset(("同上", "〃", "″", "同前", "同上。"))
_NONE = Cell("", 0, 0, 0)
MANDATORY = ("unit", "lead", "responsible", "deadline")
VALUES = (*MANDATORY, "supporting")


@dataclass(slots=True)
class FilledRow:
    """A row with its blanks decided: ``cells`` may be another row's (then the role is in ``inherited``)."""

    source: GridRow
    cells: dict[str, Cell]
    inherited: dict[str, str] = field(default_factory=dict)
    doubtful: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stray:
    """A row that holds a label and nothing else; ``rows`` are the rows it was given to."""

    source: GridRow
    role: str
    cell: Cell


def fill(grid: Grid) -> tuple[list[FilledRow], list[Stray]]:
    """Return the rows with merged cells filled, and the stray label rows that were used up."""
    strays = [stray for row in grid.rows if not row.section and (stray := _stray(row))]
    apart = {stray.source.row for stray in strays} | {row.row for row in grid.rows if row.section or row.blank}
    rows = [row for row in grid.rows if row.row not in apart]
    filled = _spanned(rows) if grid.spans_known else _guessed(rows, strays)
    _ditto(filled)
    sections = [row for row in grid.rows if row.section]
    owners = owners_in_bands([row.section for row in sections if row.section]) if not {"lead", "responsible"} & grid.roles else {}
    if owners:
        _give_owners(filled, owners)
    elif "task" not in grid.roles:
        _head_by_sections(filled, sections)
    elif not {"measure", "group"} & grid.roles:
        _group_by_sections(filled, sections)
    return filled, strays


def _ditto(rows: Sequence[FilledRow]) -> None:
    """同上 and 〃 stand for the words of the cell above."""
    last: dict[str, Cell] = {}
    for row in rows:
        for role, cell in list(row.cells.items()):
            if fold(cell.text) in DITTO and role in last:
                row.cells[role] = last[role]
                row.inherited[role] = "ditto-mark"
            elif cell.text.strip():
                last[role] = cell


def _head_by_sections(rows: Sequence[FilledRow], sections: Sequence[GridRow]) -> None:
    """A table without a column for the task takes it from the lines over its whole width; of two depths the inner is the group."""
    depths = [_depth(section) for section in sections]
    outer = min((depth for depth in depths if depth is not None), default=None)
    for row in rows:
        above = [at for at, section in enumerate(sections) if section.row < row.source.row]
        upper = next((at for at in reversed(above) if depths[at] in (None, outer)), None)
        inner = above[-1] if above and above[-1] != upper and "group" not in row.cells else None
        for role, at in (("task", upper), ("group", inner)):
            if at is not None and (label := sections[at].section):
                row.cells[role] = label
                row.inherited[role] = SECTION_ROW


def _give_owners(rows: Sequence[FilledRow], owners: dict[int, Cell]) -> None:
    """Where the lines over the rows name bodies and no column does, the rows below each are theirs."""
    for row in rows:
        above = [number for number in owners if number < row.source.row]
        if above:
            row.cells["responsible"] = owners[max(above)]
            row.inherited["responsible"] = SECTION_ROW


def _group_by_sections(rows: Sequence[FilledRow], sections: Sequence[GridRow]) -> None:
    """Where the task's column is all the words a table has, the line above its rows is their group."""
    for row in rows:
        above = [s.section for s in sections if s.row < row.source.row and s.section]
        if above:
            row.cells["group"] = above[-1]
            row.inherited["group"] = SECTION_ROW


def _depth(section: GridRow) -> int | None:
    """How deep the number of a line over the table stands: 一、 above （一）."""
    mark = read_mark("".join(cell.text.strip() for cell in section.all_cells)) or read_mark(f"{section.all_cells[0].text.strip()}、")
    return DEPTHS.index(mark.depth) if mark and mark.depth in DEPTHS else None


def _stray(row: GridRow) -> Stray | None:
    words = row.filled()
    if len(words) == 1 and words[0] in LABELS and "measure" in row.cells and len([c for c in row.all_cells if c.text.strip()]) == 1:
        return Stray(row, words[0], row.cells[words[0]])
    return None


def _spanned(rows: Sequence[GridRow]) -> list[FilledRow]:
    found: list[FilledRow] = []
    last: dict[str, Cell] = {}
    for row in rows:
        out = FilledRow(row, dict(row.cells))
        for role, cell in row.covered.items():
            out.cells[role] = cell
            out.inherited[role] = "merged-cell-down"
        _labels(out, row, last, doubt=True)
        found.append(out)
    return found


def _guessed(rows: Sequence[GridRow], strays: Sequence[Stray]) -> list[FilledRow]:
    given = _give_strays(rows, strays)
    found: list[FilledRow] = []
    labels: dict[str, Cell] = {}
    values: dict[str, Cell] = {}
    before: FilledRow | None = None
    for row in rows:
        out = FilledRow(row, dict(row.cells))
        for stray in given.get(row.row, ()):
            labels[stray.role] = stray.cell
        fresh_task = _labels(out, row, labels, doubt=False, keep=[s.role for s in given.get(row.row, ())])
        for stray in given.get(row.row, ()):
            out.cells[stray.role] = stray.cell
            out.inherited[stray.role] = "stray-group-label"
        if "measure" in row.cells and not row.cells["measure"].text.strip() and "sub_measure" in row.cells and "measure" in values:
            out.cells["measure"] = values["measure"]
            out.inherited["measure"] = "merged-cell-down"
        _values(out, row, values, before, fresh_task)
        values.update({role: cell for role, cell in row.cells.items() if cell.text.strip()})
        before = out
        found.append(out)
    return found


def _labels(out: FilledRow, row: GridRow, last: dict[str, Cell], *, doubt: bool, keep: Sequence[str] = ()) -> bool:
    """Carry task and group labels down; return whether the row starts a task of its own."""
    task = row.cells.get("task")
    fresh = bool(task and task.text.strip() and ("task" not in last or fold(task.text) != fold(last["task"].text)))
    if fresh and "group" not in keep:
        last.pop("group", None)
    for role in LABELS:
        cell = out.cells.get(role)
        if cell and cell.text.strip():
            last[role] = cell
        elif role in last and role not in row.absent and (cell is not None or role in row.covered):
            out.cells[role] = last[role]
            out.inherited[role] = "merged-cell-down"
            if doubt:
                out.doubtful.append(role)
        if role == "group" and role in row.absent:
            last.pop("group", None)
    return fresh


def _give_strays(rows: Sequence[GridRow], strays: Sequence[Stray]) -> dict[int, list[Stray]]:
    """A stray label belongs to the blank cells of its column above it, up to the task's start, and to the next row below."""
    given: dict[int, list[Stray]] = {}
    for stray in strays:
        below = next((row for row in rows if row.row > stray.source.row), None)
        if below and _is_blank(below, stray.role):
            given.setdefault(below.row, []).append(stray)
        for row in reversed([r for r in rows if r.row < stray.source.row]):
            if not _is_blank(row, stray.role):
                break
            given.setdefault(row.row, []).append(stray)
            if stray.role == "group" and row.cells.get("task") and row.cells["task"].text.strip():
                break
    return given


def _is_blank(row: GridRow, role: str) -> bool:
    cell = row.cells.get(role)
    return cell is not None and not cell.text.strip()


def _values(out: FilledRow, row: GridRow, above: dict[str, Cell], before: FilledRow | None, fresh_task: bool) -> None:
    blank = [role for role in MANDATORY if _is_blank(row, role)]
    block = len(blank) >= 2
    for role in blank:
        if role in above:
            out.cells[role] = above[role]
            out.inherited[role] = "merged-cell-down"
            if not block:
                out.doubtful.append(role)
    if not _is_blank(row, "supporting") or "supporting" not in above:
        return
    if block:
        out.cells["supporting"] = above["supporting"]
        out.inherited["supporting"] = "merged-cell-down"
        out.doubtful.append("supporting")
    elif before and not fresh_task and not _is_blank(before.source, "supporting") and _same_group(out, before):
        out.doubtful.append("supporting")


def _same_group(one: FilledRow, other: FilledRow) -> bool:
    """Do two rows stand under the same lowest label, so that a cell merged over both is likely?

    Where a table has groups, a row outside any stands alone.
    """
    if any("group" in row.source.absent or "group" in row.source.cells for row in (one, other)) and not one.cells.get("group", _NONE).text:
        return False
    return all(fold(one.cells[r].text if r in one.cells else "") == fold(other.cells[r].text if r in other.cells else "") for r in LABELS)
