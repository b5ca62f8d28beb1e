"""Headers that do not fit what stands under them: 牵头部门 and 责任部门 exchanged, departments under 完成时限, times under 责任部门.

A few cells of another kind are told cell by cell (loaders/doubts/columns); a whole column is told once, at its header.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from loaders.blocks import Cell, Table
from loaders.deadlines import read_deadline
from loaders.records import TaskRow
from loaders.tables.columns import fold, is_actor_cell
from loaders.tables.header import Header

ACTORS = ("lead", "responsible", "supporting", "unit")
LEAST, MOST_OF, SOME = 5, 0.6, 0.15  # filled cells; share of another kind; share of rows that say which of two columns is the wider


@dataclass(frozen=True, slots=True)
class Mislabelled:
    """A column (its role by the header) and what is told of its header."""

    field: str
    zh: str
    en: str


def mislabelled(rows: Sequence[TaskRow]) -> tuple[Mislabelled, ...]:
    """Return the columns of a table whose header does not fit their cells, in no order."""
    return (*_kinds(rows), *_roles(rows))


def header_cell(table: Table, header: Header, field: str) -> Cell | None:
    """Return the cell that heads the column of a role, the lowest of a stack."""
    column = next((at for at, one in enumerate(header.columns, 1) if one.role == field), 0)
    stack = [cell for row in table.rows[header.at : header.at + header.depth] for cell in row if cell.text.strip()]
    if column and sum(cell.colspan for cell in table.rows[header.at]) < len(header.columns):  # a label over two columns of a text dump
        name = fold(header.columns[column - 1].header.partition(" #")[0])
        return next((cell for cell in stack if fold(cell.text) == name), None)
    over = [cell for cell in stack if cell.column <= column < cell.column + cell.colspan]
    return over[-1] if over else None


def _kinds(rows: Sequence[TaskRow]) -> Iterator[Mislabelled]:
    timed = [field for field in ACTORS if _mostly(rows, field, _is_time)]
    if _mostly(rows, "deadline", is_actor_cell):
        also = "，可能与时间所在一栏的标题对调" if timed else ""
        yield Mislabelled("deadline", f"标题是时限，内容多为部门{also}。", "Headed as a deadline, but it holds departments.")
    for field in timed:
        yield Mislabelled(field, "标题是部门或单位，内容多为时间，可能与时限一栏的标题对调。", "Headed as departments, but it holds times.")


def _roles(rows: Sequence[TaskRow]) -> Iterator[Mislabelled]:
    """Those who lead are some of those responsible; where it is the other way round throughout, the two headers changed places."""
    pairs = [(_names(row, "lead"), _names(row, "responsible")) for row in rows if "lead" in row.cells and "responsible" in row.cells]
    wider, usual = sum(lead > other and bool(other) for lead, other in pairs), sum(lead < other and bool(lead) for lead, other in pairs)
    within = wider >= max(LEAST - 2, SOME * len(pairs)) and usual * 5 <= wider
    unled, several = sum(not lead and bool(other) for lead, other in pairs), sum(len(lead) > 1 for lead, _ in pairs)
    alone = all(len(other) == 1 for _, other in pairs) and several >= 2 and unled >= len(pairs) / 4
    if len(pairs) >= LEAST and (within or alone):
        zh = "“牵头”一栏多于“责任”一栏：两栏的标题可能对调。"
        for field in ("lead", "responsible"):
            yield Mislabelled(field, zh, "More lead than are responsible: the two headers may have changed places.")


def _names(row: TaskRow, role: str) -> set[str]:
    return {mention.actor.name for mention in row.roles if mention.role == role}


def _mostly(rows: Sequence[TaskRow], field: str, is_kind: Callable[[str], bool]) -> bool:
    texts = [row.cells[field].value for row in rows if field in row.cells and row.cells[field].value and field not in row.inherited]
    return len(texts) >= LEAST and sum(map(is_kind, texts)) >= MOST_OF * len(texts)


def _is_time(text: str) -> bool:
    if is_actor_cell(text) or len(fold(text)) > 40:
        return False
    limit = read_deadline(text)
    return limit is not None and limit.kind != "not-a-deadline"
