"""Columns of a Word table that people would count as columns.

Word lays a table on a grid of every cell edge in any row. Two edges a hair's breadth apart, which come from dragging a border in half
of the table, make a column nobody sees and put the cells of the other half one column off. Such columns are taken into their neighbour.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

HAIR_TWIPS = 170
"""3 mm; the narrowest column that holds a character is about 5 mm."""


@dataclass(slots=True)
class CellSpan:
    """A cell from grid line ``start`` to ``end`` (counted from 0), ``row`` from 1."""

    row: int
    start: int
    end: int
    text: str
    rowspan: int = 1


def number_columns(rows: Sequence[Sequence[CellSpan]], widths: Sequence[int]) -> dict[int, int]:
    """Return for every grid line where a cell starts or ends its number among the lines that count, from 0.

    >>> upper, lower = [CellSpan(1, 0, 1, "a"), CellSpan(1, 1, 3, "b")], [CellSpan(2, 0, 2, "c"), CellSpan(2, 2, 3, "d")]
    >>> number_columns([upper, lower], [2000, 40, 3000])
    {0: 0, 1: 1, 2: 1, 3: 2}
    """
    lines = sorted({line for row in rows for cell in row for line in (cell.start, cell.end)})
    apart = {line: at for at, line in enumerate(lines)}
    if not lines or len(widths) < lines[-1] or not all(widths[: lines[-1]]):
        return apart
    twips = [0]
    for width in widths:
        twips.append(twips[-1] + width)
    kept: list[int] = []
    for line in lines:
        if not kept or twips[line] - twips[kept[-1]] >= HAIR_TWIPS:
            kept.append(line)
    near = {line: bisect_right(kept, line) - 1 for line in lines}
    lost = any(near[cell.start] == near[cell.end] and cell.text.strip() for row in rows for cell in row)
    return apart if lost else near
