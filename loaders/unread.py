"""The headers of a table that was not read because none of its columns is known: so that a person can say what they are."""

from __future__ import annotations

from pathlib import Path

from loaders.blocks import Table, assemble
from loaders.read import read_bytes
from loaders.tables.columns import fold
from loaders.tables.lift import ready

LEAST_ROWS, LEAST_COLUMNS, LOOKED_AT = 2, 3, 6
LONGEST = 30  # characters of a header


def unread_headers(path: Path) -> tuple[str, ...]:
    """Return the cells of what looks like the header of a file's first table, () when it has no table.

    :raises UnreadableSource: as ``loaders.extract.extract_file``.
    """
    tables = assemble(ready(read_bytes(path.read_bytes(), str(path)).blocks)).tables
    found = (_header(table) for table in tables if len(table.rows) >= LEAST_ROWS)
    return next((header for header in found if header), ())


def _header(table: Table) -> tuple[str, ...]:
    """Return the first row of a table whose cells are short words that differ."""
    for row in table.rows[:LOOKED_AT]:
        cells = tuple(dict.fromkeys(" ".join(cell.text.split()) for cell in row if cell.text.strip()))
        if len(cells) >= LEAST_COLUMNS and all(len(fold(cell)) <= LONGEST and not fold(cell).isdecimal() for cell in cells):
            return cells
    return ()
