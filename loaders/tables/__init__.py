"""From a task table to rows: one :class:`TaskRow` a numbered line, and an account of every line that is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.actors import split_actors
from loaders.actors.marked import led_by_mark
from loaders.actors.notes import read_role_text
from loaders.actors.people import names_people, without_people
from loaders.blocks import Cell, Table
from loaders.deadlines import DeadlineContext, read_deadline
from loaders.records import CellText, Deadline, Finding, Place, RoleMention, Skipped, TaskRow, Text2
from loaders.tables.columns import ACTOR_ROLES, fold
from loaders.tables.grid import lay_out
from loaders.tables.groups import SECTION_ROW
from loaders.tables.heads import blank_columns, cell_place, header_findings, merged_blocks, stray_findings
from loaders.tables.merges import FilledRow, fill
from loaders.tables.noted import limit_among_names, noted
from loaders.words import words

FIELDS = ("task", "group", "measure", "sub_measure", "unit", "lead", "responsible", "supporting", "deadline")
ROLE_OF_COLUMN = {"lead": "lead", "responsible": "responsible", "supporting": "supporting", "unit": "addressee"}
_YEAR = re.compile(r"(?<!\d)(20\d\d|19\d\d)\s*年")
_NEAR = 5
_NO_CONTEXT = DeadlineContext()


@dataclass(frozen=True, slots=True)
class _Reading:
    """What holds for all rows of a table.

    ``known`` names are whole; ``first_leads``: the first of a list leads; ``mark`` stands beside those who lead; ``columns`` are the roles
    of the table's columns: where none is of bodies, or none of time limits, notes in the words may say them; ``people`` those whose header
    names people too (牵头单位及责任人).
    """

    known: frozenset[str]
    first_leads: bool
    mark: str
    columns: frozenset[str]
    people: frozenset[str] = frozenset()

    @property
    def bodies_in_words(self) -> bool:
        return not self.columns & {"lead", "responsible", "supporting"}


@dataclass(frozen=True, slots=True)
class TableReading:
    """What one table gave: its rows, the lines left out with the reason, findings, and notes below it."""

    rows: tuple[TaskRow, ...]
    skipped: tuple[Skipped, ...]
    seen: int
    findings: tuple[Finding, ...]
    footnotes: tuple[CellText, ...]
    columns: tuple[tuple[str, str | None], ...]


def read_table(
    table: Table,
    *,
    ordinal: int,
    context: DeadlineContext = _NO_CONTEXT,
    known: frozenset[str] = frozenset(),
    prefix: str = "",
    first_leads: bool = False,
    mark: str = "",
    owner: Cell | None = None,
) -> TableReading | None:
    """Return the task rows of a table, None when its header is not a task table's.

    ``ordinal`` counts the document's task tables: from the second on, row ids carry it (t2.27), and in an
    attachment its id (a1.3). ``context`` is what the document gives to its time limits; ``known`` are actor names.
    ``first_leads``: the document rules that the first of a list leads; that holds where no column names who leads.
    ``mark``: the document says that those marked so (★) lead.
    ``owner``: the body that the line above the table names; it holds where no column names who acts.
    """
    grid = lay_out(table)
    if grid is None:
        return None
    filled, strays = fill(grid)
    notes = [row for row in filled if _is_note(row)]
    totals = [row for row in filled if _is_total(row)]
    apart = {id(row) for row in (*notes, *totals)}
    left = [(row, any(r in row.source.filled() for r in ("measure", "sub_measure", "task"))) for row in filled if id(row) not in apart]
    tasks, others = [row for row, is_task in left if is_task], [row for row, is_task in left if not is_task]
    if owner is not None and not {"lead", "responsible"} & grid.roles:
        for row in tasks:
            row.cells["responsible"] = replace(owner, row=row.source.row)
            row.inherited["responsible"] = SECTION_ROW
    names = known | _names(tasks)
    years = [_years(row) for row in tasks]
    people = frozenset(column.role for column in grid.columns if column.role and names_people(column.header))
    rule = _Reading(names, first_leads and "lead" not in grid.roles, mark, grid.roles, people)
    rows, findings = [], []
    ids = _ids(tasks, "".join(f"{p}." for p in (prefix, "" if ordinal == 1 else f"t{ordinal}") if p))
    for at, row in enumerate(tasks):
        near = tuple(y for k in range(max(0, at - _NEAR), min(len(tasks), at + _NEAR + 1)) for y in years[k])
        rows.append(_task_row(row, ids[at], at + 1, table, rule, replace(context, measure=_measure_text(row), neighbour_years=near)))
    findings += [f for row, out in zip(tasks, rows, strict=True) for f in _row_findings(row, out, table)]
    for stray in strays:
        findings += stray_findings(stray, table, tasks, rows, _place(table, stray.source.all_cells))
    findings += header_findings(table, grid, rows)
    findings += blank_columns(table, grid, tasks, rows)
    findings += merged_blocks(table, tasks, rows)
    measures = [row.source.cells["measure"].column for row in tasks if "measure" in row.source.cells]
    usual = max(set(measures), key=lambda column: (measures.count(column), -column), default=None)
    ends = max((row.source.row for row in tasks), default=0)
    findings += [_without_measure(row, table, usual) for row in others if _number(row) and (_is_named(row) or row.source.row < ends)]
    skipped = [Skipped(_place(table, stray.source.all_cells), "merged-label-row", stray.cell.text) for stray in strays]
    skipped += [Skipped(_place(table, row.all_cells), "section-row", row.section.text.strip()) for row in grid.rows if row.section]
    skipped += [Skipped(Place(table=table.number, row=number), "repeated-header") for number in grid.repeated_headers]
    skipped += [Skipped(_place(table, row.source.all_cells), "note", row.source.all_cells[0].text) for row in notes]
    skipped += [Skipped(_place(table, row.source.all_cells), "total-row", _joined(row)) for row in totals]
    skipped += [Skipped(_place(table, row.source.all_cells), "no-task-or-measure", _joined(row)) for row in others]
    skipped += [Skipped(_place(table, row.all_cells), "blank") for row in grid.rows if row.blank]
    return TableReading(
        rows=tuple(rows),
        skipped=tuple(sorted(skipped, key=lambda s: s.place.row or 0)),
        seen=len(grid.rows) + len(grid.repeated_headers),
        findings=tuple(findings),
        footnotes=tuple(
            CellText(c.text.strip(), c.text, cell_place(table, c)) for row in notes for c in row.source.all_cells if c.text.strip()
        ),
        columns=tuple((c.header, c.role) for c in grid.columns),
    )


def _is_named(row: FilledRow) -> bool:
    return any(role in row.source.filled() for role in (*ACTOR_ROLES, "deadline"))


def _is_note(row: FilledRow) -> bool:
    filled = [cell.text for cell in row.source.all_cells if cell.text.strip()]
    return len(filled) == 1 and any(re.match(rf"\s*{re.escape(word)}\s*[:：]", filled[0]) for word in words("headers")["notes"])


def _is_total(row: FilledRow) -> bool:
    """合计 | 4项: a line that counts the rows, with nobody to act."""
    first = next((fold(cell.text) for cell in row.source.all_cells if cell.text.strip()), "")
    return first in words("headers")["totals"] and not _is_named(row)


def _joined(row: FilledRow) -> str:
    return " ".join(cell.text.strip() for cell in row.source.all_cells if cell.text.strip())


def _names(rows: Sequence[FilledRow]) -> frozenset[str]:
    """Names that stand alone in a role cell are whole names, also where they are met inside a list."""
    alone = {row.cells[role].text.strip() for row in rows for role in ACTOR_ROLES if role in row.cells}
    return frozenset(text for text in alone if text and len(text) <= 20 and not re.search(r"[、，；,;\s]", text) and _is_one_name(text))


def _is_one_name(text: str) -> bool:
    actors = split_actors(text)
    return len(actors) == 1 and not actors[0].alternatives


def _years(row: FilledRow) -> tuple[int, ...]:
    cell = row.cells.get("deadline")
    return tuple(int(year) for year in _YEAR.findall(cell.text)) if cell and "deadline" not in row.inherited else ()


def _measure_text(row: FilledRow) -> str:
    return " ".join(row.cells[role].text for role in ("measure", "sub_measure") if role in row.cells)


def _ids(rows: Sequence[FilledRow], prefix: str) -> list[str]:
    """The number as printed; -2 when met again; 9-u1 for the first line without a number after 9; running where there is no column."""
    numbered = any("number" in row.source.cells and row.source.cells["number"].text.strip() for row in rows)
    ids: list[str] = []
    seen: dict[str, int] = {}
    last, unnumbered = "0", 0
    for at, row in enumerate(rows, 1):
        own = _number(row) if numbered else str(at)
        if own:
            last, unnumbered = own, 0
        else:
            unnumbered += 1
            own = f"{last}-u{unnumbered}"
        seen[own] = seen.get(own, 0) + 1
        ids.append(prefix + (own if seen[own] == 1 else f"{own}-{seen[own]}"))
    return ids


def _number(row: FilledRow) -> str:
    cell = row.source.cells.get("number") or row.source.covered.get("number")
    return re.sub(r"^\((.*)\)$", r"\1", fold(cell.text)).rstrip(".、") if cell else ""


def _task_row(row: FilledRow, own: str, order: int, table: Table, reading: _Reading, context: DeadlineContext) -> TaskRow:
    cells = {role: _cell_text(role, row.cells[role], table, row.inherited.get(role)) for role in FIELDS if role in row.cells}
    roles = _roles(cells, reading)
    if reading.bodies_in_words and (said := noted(cells, reading.known)).roles:
        roles = (*roles, *said.roles) if "responsible" not in cells else roles
        cells = {**said.cells, **cells}
        if said.limit and "deadline" not in reading.columns:
            cells["deadline"] = said.limit
    elif "deadline" not in reading.columns and (limit := limit_among_names(cells)):
        cells["deadline"] = limit
    return TaskRow(
        row=own,
        number=_number(row) or None,
        order=order,
        table=table.number,
        place=_place(table, row.source.all_cells),
        cells=cells,
        roles=roles,
        deadline=_deadline(cells, context),
        columns=dict(row.source.others) | ({"sub_measure": row.source.cells["sub_measure"].text} if _is_extra(row) else {}),
        inherited=tuple(role for role in ("number", *FIELDS) if role in row.inherited),
        doubtful=tuple(role for role in FIELDS if role in row.doubtful),
    )


def _is_extra(row: FilledRow) -> bool:
    cell = row.source.cells.get("sub_measure")
    return cell is not None and cell.text not in row.source.others.values()


def _cell_text(role: str, cell: Cell, table: Table, rule: str | None) -> CellText:
    value, how = cell.text.strip(), rule
    if role in ("task", "group") and "\n" in value:
        value, how = re.sub(r"\s*\n\s*", "", value), rule or "join-broken-label"
    elif role in ("measure", "sub_measure") and "\n" in value:
        value = re.sub(r"\s*\n\s*", "\n", value)
    return CellText(value, cell.text, cell_place(table, cell), how)


def _roles(cells: dict[str, CellText], reading: _Reading) -> tuple[RoleMention, ...]:
    found: list[RoleMention] = []
    for column, role in ROLE_OF_COLUMN.items():
        if column in cells and cells[column].value:
            first = reading.first_leads and column == "responsible"
            bodies = without_people(cells[column].value, named=column in reading.people)
            said = read_role_text(bodies, default_role=role, known=reading.known, first_leads=first)  # type: ignore[arg-type]
            found += led_by_mark(said, bodies, reading.mark) if reading.mark else said
    return tuple(found)


def _deadline(cells: dict[str, CellText], context: DeadlineContext) -> Deadline | None:
    cell = cells.get("deadline")
    return read_deadline(cell.value, context) if cell else None


def _place(table: Table, cells: Sequence[Cell]) -> Place:
    if not cells:
        return Place(table=table.number, sheet=table.sheet)
    return Place(start=cells[0].start, end=cells[-1].end, table=table.number, row=cells[0].row, sheet=table.sheet)


def _row_findings(row: FilledRow, out: TaskRow, table: Table) -> list[Finding]:
    found = []
    if "number" in row.source.cells and out.number is None:
        found.append(
            Finding(
                "unnumbered-row",
                "info",
                out.place,
                out.text("measure"),
                Text2(f"该行无序号，编为 {out.row}。", f"The row has no number; its id is {out.row}."),
            )
        )
    for role in out.doubtful:
        place = replace(out.place, column=row.source.cells[role].column if role in row.source.cells else None)
        found.append(
            Finding(
                "doubtful-merge",
                "info",
                place,
                "",
                Text2(
                    "空白单元格：可能与上一行合并，也可能本来为空。",
                    "A blank cell: it may be merged with the one above, or be truly empty.",
                ),
            )
        )
    for cell in row.source.cells.values():
        if cell.text.strip() and cell.text != cell.text.rstrip(" \u3000\n\xa0"):
            found.append(
                Finding(
                    "trailing-blank",
                    "info",
                    replace(cell_place(table, cell)),
                    cell.text.strip(),
                    Text2("单元格末尾有多余空白。", "Stray blanks at the end of the cell."),
                )
            )
    if out.deadline:
        found += _deadline_findings(out)
    return found


def _deadline_findings(out: TaskRow) -> list[Finding]:
    place, found = out.cells["deadline"].place, []
    inferred = {i.rule for d in (out.deadline, *(out.deadline.parts if out.deadline else ())) if d for i in d.inferred}
    if "missing-day-character" in inferred:
        found.append(
            Finding(
                "missing-day-character",
                "warning",
                place,
                out.text("deadline"),
                Text2("时限疑似漏“日”字。", "The deadline seems to lack the character 日."),
            )
        )
    if inferred & {"year-from-title", "year-from-number", "year-from-neighbours", "year-from-document"}:
        found.append(
            Finding(
                "year-missing",
                "info",
                place,
                out.text("deadline"),
                Text2(
                    "时限未写年份，按标题、相邻行或成文日期推定。",
                    "No year in the deadline; taken from the title, its neighbours or the document.",
                ),
            )
        )
    return found


def _without_measure(row: FilledRow, table: Table, column: int | None) -> Finding:
    """A line with a number whose measure is blank: left out, and told, unless it is one of the blank lines a form ends with."""
    zh = "该行有序号，举措却空白；未收为任务。"
    en = "The line has a number but no measure; not read as a task."
    place = replace(_place(table, row.source.all_cells), column=column)
    return Finding("cell-blank", "warning", place, _number(row), Text2(zh, en))
