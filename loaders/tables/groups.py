"""The groups of a task table: its main tasks and measure groups, numbered in the order they are met (4, 4.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loaders.records import CellText, TaskRow
from loaders.tables.columns import fold

Key = tuple[str, str]
SECTION_ROW = "section-row"


@dataclass(frozen=True, slots=True)
class Group:
    """One group. ``cells`` are the cells its heading stands in (a page break may repeat it); ``order`` counts within its parent."""

    number: str
    level: int
    order: int
    parent: str | None
    heading: str
    cells: tuple[CellText, ...]


def keys_of(row: TaskRow) -> tuple[Key | None, Key | None]:
    """Return the keys of the group and the sub-group a row stands in."""
    task, group = (fold(row.text(field)) for field in ("task", "group"))
    if fields_of(row) == ("group",):
        return (group, ""), None
    return (task, "") if task else None, (task, group) if task and group else None


def fields_of(row: TaskRow) -> tuple[str, ...]:
    """Return the fields that hold a row's headings, the outer first: a line over the whole table heads a row whose task is all it says."""
    band = row.cells.get("group")
    return ("group",) if band and band.value and band.rule == SECTION_ROW and not row.text("measure") else ("task", "group")


def groups_of(rows: Iterable[TaskRow]) -> dict[Key, Group]:
    """Return every group by key; headings that are equal but for blanks are one group."""
    found: dict[Key, Group] = {}
    counts: dict[str, int] = {}
    for row in rows:
        for level, (key, field) in enumerate(zip(keys_of(row), fields_of(row), strict=False), 1):
            if key is None:
                continue
            cell = row.cells[field]
            if key in found:
                if all(cell.place != c.place for c in found[key].cells):
                    known = found[key]
                    found[key] = Group(known.number, known.level, known.order, known.parent, known.heading, (*known.cells, cell))
                continue
            parent = found[key[0], ""].number if level == 2 else None
            counts[parent or ""] = order = counts.get(parent or "", 0) + 1
            found[key] = Group(f"{parent}.{order}" if parent else str(order), level, order, parent, cell.value, (cell,))
    return found
