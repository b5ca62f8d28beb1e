"""Which of a document's columns are those of one of its tables: the account lists the columns of all tables, one table after another."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.records import TaskRow

Columns = Sequence[tuple[str, str | None]]


def table_columns(columns: Columns, rows: Sequence[TaskRow]) -> Columns:
    """Return a table's own columns (header as published, role) from those of all tables; () where its rows fit none of them."""
    cells = {field: cell.place.column for row in rows for field, cell in row.cells.items() if field not in row.inherited}
    headers = {header for row in rows for header in row.columns}
    width = len(headers)
    for first in range(len(columns) - width + 1):
        here = columns[first : first + width]
        known = all(not at or (at <= width and here[at - 1][1] == field) for field, at in cells.items())
        if known and headers == {header for header, _ in here}:
            return here
    return ()
