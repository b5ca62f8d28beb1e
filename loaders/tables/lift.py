"""Tables made ready to be read: titles and notes inside the grid become paragraphs, a table on its side is set upright."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from loaders.blocks import RawBlock, RawCell, RawParagraph, RawTable
from loaders.tables.cards import carded
from loaders.tables.columns import header_role, is_header
from loaders.tables.continued import joined_tables
from loaders.words import words

_FIRST_ROWS = 15
_MOST_ROWS_ON_ITS_SIDE = 14
_FILLED_IN = re.compile(r"[^\n:：]{2,14}[:：]")


def ready(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks with every table's titles and closing notes as paragraphs round it; nothing is left out."""
    found: list[RawBlock] = []
    for block in carded(blocks):
        found += [block] if isinstance(block, RawParagraph) else _lifted(_upright(block))
    return joined_tables(found)


def _lifted(table: RawTable) -> list[RawBlock]:
    header = next((at for at, row in enumerate(table.rows[:_FIRST_ROWS]) if is_header([c.text for c in row])), None)
    if header is None:
        return [table]
    first = 0
    while first < header and _is_above(table.rows[first]):
        first += 1
    last = len(table.rows)
    while last > header + 1 and _is_note(table.rows[last - 1]):
        last -= 1
    before = [p for row in table.rows[:first] for p in _paragraphs(row)]
    after = [p for row in table.rows[last:] for p in _paragraphs(row)]
    return [*before, replace(table, rows=table.rows[first:last]), *after]


def _filled(row: Sequence[RawCell]) -> list[RawCell]:
    return [cell for cell in row if cell.text.strip()]


def _is_above(row: Sequence[RawCell]) -> bool:
    """A title, or a line to be filled in: 填报单位：区财政局 | 填报日期：8月15日."""
    filled = _filled(row)
    return len(filled) <= 1 or all(_FILLED_IN.match(cell.text.strip()) for cell in filled)


def _is_note(row: Sequence[RawCell]) -> bool:
    filled = _filled(row)
    starts = "|".join(map(re.escape, words("headers")["notes"]))
    return not filled or (len(filled) == 1 and re.match(rf"\s*(?:{starts})\s*[:：]", filled[0].text) is not None)


def _paragraphs(row: Sequence[RawCell]) -> list[RawBlock]:
    found: list[RawBlock] = []
    for cell in _filled(row):
        for hit in re.finditer(r"[^\n]+", cell.text):
            line = hit[0].strip()
            at = None if cell.raw_start is None else cell.raw_start + hit.start() + hit[0].index(line)
            found += [RawParagraph(line, at, cell.page)] if line else []
    return found


def _upright(table: RawTable) -> RawTable:
    """Turn a table whose header runs down its first column; only a plain grid without merges is turned."""
    rows = table.rows
    plain = rows and all(len(row) == len(rows[0]) and all(c.rowspan == c.colspan == 1 for c in row) for row in rows)
    if not plain or len(rows[0]) < 2 or len(rows) > _MOST_ROWS_ON_ITS_SIDE:
        return table
    if any(is_header([c.text for c in row]) for row in rows[:_FIRST_ROWS]):
        return table
    side = [row[0].text for row in rows]
    if not is_header(side) or sum(bool(header_role(text)) for text in side) < 3:
        return table
    turned = tuple(tuple(replace(rows[y][x], row=x + 1, column=y + 1) for y in range(len(rows))) for x in range(len(rows[0])))
    return replace(table, rows=turned)
