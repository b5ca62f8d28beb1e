"""Cells that hold another kind of thing than their column, columns nearly blank, and cells far longer than their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from loaders.actors.names import name_words
from loaders.actors.notes import is_note
from loaders.deadlines import read_deadline
from loaders.doubts.telling import at_cell, at_row, own, tables
from loaders.records import Extraction, Finding, Place, TaskRow, Text2
from loaders.tables.columns import fold, is_actor_cell
from loaders.tables.exchanged import mislabelled

ACTORS = {"lead": "牵头部门", "responsible": "责任部门", "supporting": "配合部门", "unit": "适用单位"}
COLUMNS = (*ACTORS, "measure", "sub_measure", "deadline")
BLANK, MANY, MOST_OF = 0.95, 10, 0.8
VARIED = 4  # different values of another role
LONG, TIMES = 120, 10
_TIME = re.compile(r"\d{4}\s*年|\d+\s*个?(?:工作日|小时)|\d+月\d+日|持续|长期|年底|月底")
_OF_TIME = re.compile(r"[\d年月日底末初前后内起止至到每半季度周次个]|工作日|小时|之前|以前|完成")
_TIME_INSIDE = re.compile(r"\d{4}\s*年|\d月\d|\d+个?工作日|年底前|月底前|持续开展")
_BY_REFERENCE = re.compile(r"(?:按照?|根据|依据|依照).{2,30}(?:要求|规定|安排|部署|需要|计划)(?:执行|实施|组织实施|开展)?")
_DEPARTMENTS = re.compile("(?:部门|处室|科室|股室|司局|委办局)$")
_SENTENCE = re.compile(r"[。；;]|[，,].{6,}[，,]")


def column_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        told = {column.field for column in mislabelled(rows)}  # at the header, once
        yield from _kinds(rows, told)
        yield from _units(rows)
        yield from _authorities(rows)
        yield from _lengths(rows)
        yield from _blank(rows)
        yield from _uniform(rows)
    yield from _shifted(document)


def _kinds(rows: Sequence[TaskRow], told: set[str]) -> Iterator[Finding]:
    limits = {fold(own(row, "deadline")) for row in rows if own(row, "deadline") and row.deadline and row.deadline.kind != "not-a-deadline"}
    for row in rows:
        for field, name in ACTORS.items():
            value = own(row, field)
            if not value or field in told or not re.search(r"\w", value) or fold(value) in name_words().nobody:  # /, — and 无 name nobody
                continue
            if (is_actor_cell(value) or is_note(value)) and not _BY_REFERENCE.fullmatch(fold(value)):
                if _TIME_INSIDE.search(value):
                    said = f"“{name}”一栏夹有时间。", f"The column {field} holds a time beside the names."
                    yield at_cell("type-mismatch", "warning", row, field, said)
                continue
            if _BY_REFERENCE.fullmatch(fold(value)):
                said = f"“{name}”一栏写的像是时限或要求。", f"The column {field} seems to hold a time limit by reference."
                yield at_cell("type-mismatch", "warning", row, field, said)
                continue
            limit = read_deadline(value) if _TIME.search(value) else None
            if (limit and limit.kind != "not-a-deadline") or re.fullmatch(r"[\d.、]+", fold(value)):
                said = f"“{name}”一栏写的是时间或数字。", f"The column {field} holds a time or a number."
                yield at_cell("type-mismatch", "warning", row, field, said)
            elif len(fold(value)) > 30 and _SENTENCE.search(value):
                said = f"“{name}”一栏写的像是任务内容。", f"The column {field} seems to hold words of a task."
                yield at_cell("type-mismatch", "warning", row, field, said)
            elif piece := next((one for one in re.split(r"[、，,\s]+", value) if re.fullmatch("[一-鿿]", one)), ""):
                said = f"“{piece}”不是完整的名称。", f"{piece} is no whole name."
                yield at_cell("unknown-actor", "warning", row, field, said)
            elif len(fold(value)) <= 12 and not any(is_actor_cell(name) for name in re.split(r"[、，,\s]+", value) if name):
                said = (
                    f"“{name}”一栏的文字不像部门或机关的名称。",
                    f"The words in the column {field} do not look like a department or authority.",
                )
                yield at_cell("unknown-actor", "warning", row, field, said)
        value = own(row, "deadline")
        if value and "deadline" not in told and row.deadline and row.deadline.kind == "not-a-deadline" and is_actor_cell(value):
            said = "“完成时限”一栏写的是部门。", "The deadline column holds a department."
            yield at_cell("type-mismatch", "warning", row, "deadline", said)
        measure = own(row, "measure")
        limit_of_others = fold(measure) in limits or _is_time(measure)
        if measure and 1 < len(fold(measure)) <= 12 and (is_actor_cell(measure) and not _SENTENCE.search(measure) or limit_of_others):
            said = "“举措”一栏写的像是部门或时间。", "The measure column seems to hold a department or a time."
            yield at_cell("type-mismatch", "warning", row, "measure", said)


def _units(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """A department where nearly all rows of the column name a class of authorities (各级税务机关)."""
    named = {row.row: [m.actor for m in row.roles if m.role == "addressee"] for row in rows}
    classes = [row for row in rows if any(actor.generic_kind in ("authority-class", "universal") for actor in named[row.row])]
    if len(classes) < MANY or len(classes) < MOST_OF * sum(map(bool, named.values())):
        return
    for row in rows:
        actors = named[row.row] if own(row, "unit") else []
        if actors and all(actor.generic_kind == "functional" or _DEPARTMENTS.search(actor.name) for actor in actors):
            said = (
                "“适用单位”一栏写的是部门，同栏其他各行写的是机关或一类机关。",
                "The unit column names a department, where the other rows name authorities or classes of them.",
            )
            yield at_cell("type-mismatch", "warning", row, "unit", said)


def _authorities(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """A class of authorities (作出决定的税务机关) in a column of departments, in a table that has a column of units for them."""
    if not any(own(row, "unit") for row in rows):
        return
    for field, name in (("lead", "牵头部门"), ("responsible", "责任部门"), ("supporting", "配合部门")):
        named = [(row, m.actor) for row in rows if own(row, field) for m in row.roles if m.role == field]
        odd = [(row, actor) for row, actor in named if actor.generic_kind == "authority-class" and actor.name in own(row, field)]
        if len(named) < MANY or not 0 < len(odd) <= max(1, len(named) // 20):
            continue
        for row, actor in odd:
            said = (
                f"“{name}”一栏写的“{actor.name}”是一类机关，同栏其他各行写的是部门。",
                f"{actor.name} is a class of authorities; the other rows of the column {field} name departments.",
            )
            yield at_cell("type-mismatch", "info", row, field, said, actor.name)


def _is_time(text: str) -> bool:
    """A time and nothing else: 每半年公布一批失信企业 is a duty."""
    limit = read_deadline(text) if _TIME.search(text) else None
    return bool(limit and limit.kind not in ("not-a-deadline", "ongoing", "discretionary")) and len(_OF_TIME.sub("", fold(text))) <= 2


def _lengths(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    for field in COLUMNS:
        lengths = [len(own(row, field)) for row in rows if own(row, field)]
        if len(lengths) < MANY:
            continue
        usual = median(lengths)
        for row in rows:
            length = len(own(row, field))
            if length >= LONG and length >= TIMES * usual:
                said = (
                    f"文字有 {length} 字，为同栏中位数的 {length / usual:.0f} 倍。",
                    f"{length} characters, {length / usual:.0f} times the median of its column.",
                )
                yield at_cell("cell-long", "info", row, field, said)


def _blank(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    for field in COLUMNS:
        having = [row for row in rows if field in row.cells]
        filled = [row for row in having if own(row, field)]
        if len(having) >= MANY and len(having) - len(filled) >= BLANK * len(having) and field != "sub_measure":
            said = (
                f"整列 {len(having)} 行中只有 {len(filled)} 行有内容。",
                f"Only {len(filled)} of the {len(having)} rows of this column are filled.",
            )
            yield at_cell("column-blank", "info", having[0], field, said, "")
        for row in having:
            cell = row.cells[field]
            if cell.raw and not cell.raw.strip() and cell.place.row == row.place.row and field not in row.inherited:
                said = "单元格只有空白字符。", "The cell holds nothing but blanks."
                yield Finding("trailing-blank", "info", cell.place, "", Text2(*said))


def _uniform(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """One department in every cell of a role column, where another role changes from row to row: perhaps filled down by mistake."""
    values = {field: [fold(own(row, field)) for row in rows if own(row, field)] for field in ("lead", "responsible", "supporting")}
    for field, said_in in values.items():
        other = max((len(set(cells)) for name, cells in values.items() if name != field and len(cells) >= MANY), default=0)
        if len(said_in) < max(MANY, MOST_OF * len(rows)) or len(set(said_in)) > 1 or other < VARIED:
            continue
        first = next(row for row in rows if own(row, field))
        said = (
            f"“{ACTORS[field]}”一栏 {len(said_in)} 行全是“{said_in[0]}”，其他角色各行不同。",
            f"All {len(said_in)} cells of the column {field} are {said_in[0]}; other roles change from row to row.",
        )
        yield at_cell("column-uniform", "info", first, field, said)


def _shifted(document: Extraction) -> Iterator[Finding]:
    """Rows whose deadline stands in another physical column than the header's, because cells were merged or left out."""
    for rows in tables(document):
        columns = [row.cells["deadline"].place.column for row in rows if own(row, "deadline")]
        counted = sorted({column for column in columns if column})
        if len(counted) < 2:
            continue
        usual = max(counted, key=lambda column: (columns.count(column), -column))
        moved = [row for row in rows if own(row, "deadline") and row.cells["deadline"].place.column != usual]
        names = "、".join(row.row for row in moved)
        said = (
            f"各行单元格数不一：第{names}项的列位与其余各行不同，已按内容对列。",
            f"Rows have different numbers of cells: rows {names} were laid on the columns by their content.",
        )
        yield at_row("column-shift", "info", moved[0], said, related=[Place(table=r.place.table, row=r.place.row) for r in moved[1:20]])
        yield from _either(rows, moved)


def _either(rows: Sequence[TaskRow], moved: Sequence[TaskRow]) -> Iterator[Finding]:
    """A row with a cell less: the one actor it has may stand in the other column, whose own cell may be the one that got lost."""
    usual = [field for field in ACTORS if sum(bool(own(row, field)) for row in rows) > len(rows) / 2]
    for row in moved:
        filled, lost = ([field for field in usual if bool(own(row, field)) is there] for there in (True, False))
        if len(filled) == len(lost) == 1:
            names = ACTORS[filled[0]], ACTORS[lost[0]]
            said = (
                f"本行少一格：此处的名称也可能属于“{names[1]}”一栏，缺的是“{names[0]}”。",
                f"The row has a cell less: this name may belong to the column {lost[0]}, and {filled[0]} be the one that is missing.",
            )
            yield at_cell("column-shift", "info", row, filled[0], said)
