"""Tables without a column for those who act, where the line above the rows or above the table names them: 一、县教育局（共2项）.

A line over the rows counts when every such line of the table is a body; a heading above a table when it says so (责任单位：县教育局), or
when the tables of the document stand one below the other, each under its own body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.actors.notes import is_note
from loaders.blocks import Cell, Paragraph, Table
from loaders.outline.numbering import read_mark
from loaders.tables.columns import fold, header_role, is_actor_cell

Owner = tuple[int, int]
"""Where the body's name stands in a line."""
_COUNT = re.compile(
    r"\s*[（(](?:共|计|合计)?\s*[0-9０-９一二三四五六七八九十]{1,4}\s*(?:大?[项条件个]|类)[^（()）]{0,10}[）)]\s*[:：]?\s*$"
)
_LONGEST = 60


def owner_in(line: str) -> Owner | None:
    """Return the stretch of a heading that names a body, its number and its count of tasks left off; None when it names none.

    >>> line = "一、县教育局（共2项）"
    >>> line[slice(*owner_in(line))]
    '县教育局'
    """
    if len(line) > _LONGEST:
        return None
    mark = read_mark(line.lstrip())
    start = len(line) - len(line.lstrip()) + (mark.end if mark else 0)
    count = _COUNT.search(line)
    end = len(line[: count.start() if count else len(line)].rstrip(" \u3000:："))
    words = line[start:end]
    return (start, end) if start < end and (is_note(words) or is_actor_cell(words) and len(words) <= 20) else None


def owners_in_bands(sections: Sequence[Cell]) -> dict[int, Cell]:
    """Return by row the body each line over the rows names, as a cell of its own; {} unless all of them do."""
    found = {cell.row: (cell, owner_in(cell.text)) for cell in sections}
    if not found or any(owner is None for _, owner in found.values()):
        return {}
    return {row: replace(cell, text=cell.text[slice(*owner)], start=cell.start + owner[0]) for row, (cell, owner) in found.items() if owner}


def owners_above(order: Sequence[Paragraph | Table]) -> dict[int, Cell]:
    """Return by the number of the table the body that the paragraph above it names, for tables whose header has no column of bodies."""
    found: dict[int, Cell] = {}
    said = False
    tables = 0
    for above, table in zip(order, order[1:], strict=False):
        if not isinstance(table, Table) or not isinstance(above, Paragraph) or _names_bodies(table):
            continue
        tables += 1
        owner = owner_in(above.text)
        if owner:
            said |= is_note(above.text[slice(*owner)])
            found[table.number] = Cell(above.text[slice(*owner)], above.start + owner[0], 0, 0)
    names = {fold(cell.text) for cell in found.values()}
    return found if said or len(found) >= 2 and len(found) == tables and len(names) == len(found) else {}


def _names_bodies(table: Table) -> bool:
    return any(header_role(cell.text) in ("lead", "responsible") for row in table.rows[:3] for cell in row)
