"""What is told of a table as a whole: headers that do not fit, columns mostly blank, labels that stand in a line of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.blocks import Cell, Table
from loaders.records import Finding, Place, TaskRow, Text2
from loaders.tables.columns import fold
from loaders.tables.exchanged import header_cell, mislabelled
from loaders.tables.grid import Grid
from loaders.tables.merges import FilledRow, Stray

MANY, HALF, LABELS = 10, 0.5, 3  # rows; share of blank cells; blocks whose first row is blank, which no merged cell goes over
FULL = {"measure": "举措", "unit": "责任单位", "lead": "牵头部门", "responsible": "责任部门", "deadline": "完成时限"}


def cell_place(table: Table, cell: Cell) -> Place:
    """The place of a cell's words, outer blanks left out, so that quotes stand where they say."""
    lead = len(cell.text) - len(cell.text.lstrip())
    return Place(
        start=cell.start + lead,
        end=cell.start + lead + len(cell.text.strip()),
        table=table.number,
        row=cell.row,
        column=cell.column,
        sheet=table.sheet,
        cell=cell.name,
    )


def header_findings(table: Table, grid: Grid, rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """Yield what is told at the header: columns that hold another kind of thing, that their cells alone explain, that have no header."""
    for told in mislabelled(rows):
        cell = header_cell(table, grid.header, told.field)
        if cell:
            place = _head_place(table, grid, cell, told.field)
            yield Finding("header-mismatch", "warning", place, cell.text.strip(), Text2(told.zh, told.en))
    for column in grid.columns:
        cell = header_cell(table, grid.header, column.role) if column.by_content and column.role else None
        if cell:
            zh = "该栏标题不在表头词表中，按栏内内容判定用途。"
            en = "Its header is not among the words for headers; what it is for was told by its cells."
            place = _head_place(table, grid, cell, column.role)
            yield Finding("column-by-content", "info", place, cell.text.strip(), Text2(zh, en))
    yield from _too_few(table, grid)


def _head_place(table: Table, grid: Grid, cell: Cell, field: str | None) -> Place:
    """The place of a header's cell, in the column it heads: where one label goes over two columns those behind it have moved."""
    column = next((at for at, one in enumerate(grid.columns, 1) if one.role == field), cell.column)
    return replace(cell_place(table, cell), column=cell.column if grid.spans_known else column)


def _too_few(table: Table, grid: Grid) -> Iterator[Finding]:
    """Six labels over seven columns: one column has no header of its own; told at the label that two columns share."""
    labels = [cell for cell in table.rows[grid.header.at] if cell.text.strip()] if grid.header.depth == 1 else []
    if grid.spans_known or not labels or len(table.rows[grid.header.at]) >= len(grid.columns):
        return
    shared = {column.header.partition(" #")[0] for column in grid.columns if " #" in column.header}
    for cell in [cell for cell in labels if cell.text.strip() in shared][:1] or labels[-1:]:
        zh = f"表头只有 {len(labels)} 个标题，各行有 {len(grid.columns)} 栏：有一栏没有自己的标题。"
        en = f"{len(labels)} labels over {len(grid.columns)} columns: one column has no header of its own."
        yield Finding("header-mismatch", "info", cell_place(table, cell), cell.text.strip(), Text2(zh, en))


def blank_columns(table: Table, grid: Grid, filled: Sequence[FilledRow], rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """Yield a column that is blank in half of the rows and more, also where new blocks begin: at its header and its first blank cell."""
    for field, name in FULL.items():
        having = [(row, out) for row, out in zip(filled, rows, strict=True) if field in row.source.cells]
        blank = [(row, out) for row, out in having if not row.source.cells[field].text.strip()]
        if field == "measure" and any("sub_measure" in row.source.filled() for row, _ in blank):
            continue
        begun = sum(bool({"task", "group"} & set(row.source.filled())) for row, _ in blank)
        labelled = any({"task", "group"} & set(row.source.filled()) for row, _ in having)
        if len(having) < MANY or len(blank) < HALF * len(having) or len(blank) == len(having) or (labelled and begun < LABELS):
            continue
        share = round(100 * len(blank) / len(having))
        zh = f"“{name}”一栏 {len(having)} 行中有 {len(blank)} 行空白（{share}%）。"
        en = f"{len(blank)} of the {len(having)} cells of this column ({field}) are blank ({share} %)."
        first = blank[0][0].source.cells[field]
        places = [replace(blank[0][1].place, column=first.column)]
        head = header_cell(table, grid.header, field)
        places += [_head_place(table, grid, head, field)] if head else []
        for place, quote in zip(places, ("", head.text.strip() if head else ""), strict=False):
            yield Finding("column-blank", "info", place, quote, Text2(zh, en))


def merged_blocks(table: Table, filled: Sequence[FilledRow], rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """Yield once, at its first row, a run of rows whose blank cells were read as merged with the one above them."""
    if table.spans_known:
        return
    for field in FULL:
        run: list[TaskRow] = []
        for row, out in [*zip(filled, rows, strict=True), (None, None)]:
            own = row.source.cells.get(field) if row else None
            blank = own is not None and not own.text.strip()
            if row and out and blank and field in out.inherited and field not in out.doubtful:
                run.append(out)
                continue
            if len(run) > 1:
                column = filled[rows.index(run[0])].source.cells[field].column
                zh = f"自本项起 {len(run)} 行（至第{run[-1].row}项）“{FULL[field]}”空白，按与上一行合并读；也可能本来为空。"
                en = f"From here on {len(run)} rows (to {run[-1].row}) are blank: read as merged with the one above, they may be empty."
                related = tuple(Place(table=one.place.table, row=one.place.row) for one in run[1:20])
                yield Finding("doubtful-merge", "info", replace(run[0].place, column=column), "", Text2(zh, en), related)
            run = []


def stray_findings(stray: Stray, table: Table, filled: Sequence[FilledRow], rows: Sequence[TaskRow], place: Place) -> Iterator[Finding]:
    """Yield the label at its own line, and at the rows around it and the row where its block begins."""
    zh, en = "合并单元格的标签单独成行，归入其所在的合并块。", "The label of a merged cell stands in a line of its own; given to its block."
    yield Finding("stray-label", "info", place, stray.cell.text, Text2(zh, en))
    mine = [out for row, out in zip(filled, rows, strict=True) if row.cells.get(stray.role) is stray.cell]
    line = stray.source.row
    around = [*[row for row in rows if (row.place.row or 0) < line][-1:], *[row for row in rows if (row.place.row or 0) > line][:1]]
    label, first = fold(stray.cell.text), mine[0].row if mine else ""
    for out in sorted({row.row: row for row in (*mine[:1], *around)}.values(), key=lambda row: row.order):
        zh = f"归组标题“{label}”写在本项附近单独的一行，应在第{first}项起首处。"
        en = f"The label {label} stands in a line of its own near this row; it belongs at row {first}, where its block begins."
        yield Finding("stray-label", "info", replace(out.place, column=stray.cell.column), "", Text2(zh, en), (place,))
