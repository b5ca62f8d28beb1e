"""The two seed tables as they were in Word: a grid with true merges, made from what the text dump says, for the renderers of formats."""

from __future__ import annotations

from dataclasses import dataclass

from seeds import GUANGZHOU, HECHI, fold, seed

from loaders.records import Extraction, TaskRow

COLUMNS = {
    GUANGZHOU: ("number", "task", "group", "measure", "lead", "responsible", "deadline"),
    HECHI: ("number", "task", "group", "measure", "sub_measure", "unit", "lead", "responsible", "supporting", "deadline"),
}
HEADERS = {
    GUANGZHOU: (("序号", 1), ("主要任务", 1), ("具体举措", 2), ("牵头部门", 1), ("责任部门", 1), ("完成时限", 1)),
    HECHI: (
        ("序号", 1),
        ("推行任务", 1),
        ("工作措施", 3),
        ("责任单位", 1),
        ("牵头部门", 1),
        ("责任部门", 1),
        ("配合部门", 1),
        ("完成时限", 1),
    ),
}
FIELDS = ("task", "group", "measure", "sub_measure", "unit", "lead", "responsible", "supporting")


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the grid, counting from 1; covered places have none."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


def merged_rows(name: str) -> list[list[GridCell]]:
    """Return the header and the rows of a seed's table."""
    roles = COLUMNS[name]
    taken = [_row_cells(row, roles) for row in seed(name).rows]
    rows: list[list[GridCell]] = [[]]
    at = 1
    for text, width in HEADERS[name]:
        rows[0].append(GridCell(text, 1, at, 1, width))
        at += width
    for index, cells in enumerate(taken):
        row = []
        for column, (key, text, width) in cells.items():
            if key and index and taken[index - 1].get(column, (None,))[0] == key:
                continue
            height = 1
            while key and index + height < len(taken) and taken[index + height].get(column, (None,))[0] == key:
                height += 1
            row.append(GridCell(text, index + 2, column, height, width))
        rows.append(row)
    return rows


def words_around(name: str) -> tuple[list[str], list[str]]:
    """Return the lines above and below a seed's table."""
    extraction = seed(name)
    lines = extraction.text.split("\n")
    first = next(at for at, line in enumerate(lines) if line.startswith("序号\t"))
    return lines[:first], [note.value for note in extraction.footnotes]


def differences(name: str, other: Extraction) -> list[tuple[str, str, str, str]]:
    """Return what a rendering's extraction reads otherwise than the seed's: (row, field, wanted, found)."""
    wanted = {row.row: row for row in seed(name).rows}
    found = {row.row: row for row in other.rows}
    wrong = [(key, "row", "", "") for key in (*(k for k in wanted if k not in found), *(k for k in found if k not in wanted))]
    for key in (k for k in wanted if k in found):
        for field in FIELDS:
            one, two = wanted[key].text(field), found[key].text(field)
            if fold(one) != fold(two):
                wrong.append((key, field, one, two))
        for role in ("lead", "responsible", "supporting", "addressee"):
            one, two = (sorted(m.actor.name for m in rows[key].roles if m.role == role) for rows in (wanted, found))
            if one != two:
                wrong.append((key, f"actors of {role}", "|".join(one), "|".join(two)))
        one, two = (rows[key].deadline.raw if rows[key].deadline else "" for rows in (wanted, found))
        if fold(one) != fold(two):
            wrong.append((key, "deadline", one, two))
    return wrong


def _row_cells(row: TaskRow, roles: tuple[str, ...]) -> dict[int, tuple[object, str, int]]:
    """Column -> (where the words were found, words, width). A measure without a group beside it begins in the group's column."""
    own: dict[int, tuple[object, str, int]] = {1: (None, row.number or "", 1)}
    at = 2
    while at <= len(roles):
        role = roles[at - 1]
        width = 1
        if role == "group" and role not in row.cells:
            role, width = "measure", 2
        if role == "measure" and "sub_measure" in roles and not row.text("sub_measure"):
            width += 1
        cell = row.cells.get(role)
        own[at] = (cell.place.start if cell and cell.raw.strip() else None, cell.raw.strip("\n") if cell else "", width)
        at += width
    return own
