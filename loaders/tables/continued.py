"""A table that goes on below, without its header: after a page break set by hand, under 续表, in a second part of a web page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.blocks import RawBlock, RawCell, RawTable
from loaders.tables.columns import fold, is_header

_BETWEEN = re.compile(
    r"[（(]?(?:接上页|接上表|上接.{0,8}|续表|续|转下页|下页续|第[0-9]{1,3}页(?:共[0-9]{1,3}页)?|[-—]*[0-9]{1,3}[-—]*)[0-9一二三四五]?[)）]?"
)
_NUMBER = re.compile(r"[0-9]{1,4}")
_FIRST_ROWS = 15


def joined_tables(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks, every table without a header added to the task table above it when its numbers go on with that one's."""
    found: list[RawBlock] = []
    for block in blocks:
        above = _above(found)
        if isinstance(block, RawTable) and above is not None and _goes_on(found[above], block):  # type: ignore[arg-type]
            found[above] = _joined(found[above], block)  # type: ignore[arg-type]
        else:
            found.append(block)
    return found


def _above(blocks: Sequence[RawBlock]) -> int | None:
    """Return where the last table stands, when nothing but 续表 or a page's number is between."""
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if isinstance(block, RawTable):
            return at
        if not _BETWEEN.fullmatch(fold(block.text)):
            return None
    return None


def _goes_on(table: RawTable, more: RawTable) -> bool:
    if not more.rows or table.spans_known != more.spans_known or table.sheet != more.sheet or _width(table) != _width(more):
        return False
    if not any(is_header([c.text for c in row]) for row in table.rows[:_FIRST_ROWS]):
        return False
    if any(is_header([c.text for c in row]) for row in more.rows[:_FIRST_ROWS]):
        return False
    last = next((own for row in reversed(table.rows) if (own := _number(row)) is not None), None)
    first = next((own for row in more.rows if (own := _number(row)) is not None), None)
    return last is not None and first == last + 1


def _width(table: RawTable) -> int:
    return max((cell.column + cell.colspan - 1 for row in table.rows for cell in row), default=0)


def _number(row: Sequence[RawCell]) -> int | None:
    text = fold(row[0].text).rstrip(".、") if row and row[0].column == 1 else ""
    return int(text) if _NUMBER.fullmatch(text) else None


def _joined(table: RawTable, more: RawTable) -> RawTable:
    after = max((cell.row for row in table.rows[-1:] for cell in row), default=0)
    return replace(table, rows=(*table.rows, *(tuple(replace(cell, row=cell.row + after) for cell in row) for row in more.rows)))
