"""How a doubt says where it is: at a cell of a row, at a row, at a stretch of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from loaders.records import Extraction, Finding, Place, Provision, Severity, TaskRow, Text2

Said = tuple[str, str]


def at_cell(
    code: str, severity: Severity, row: TaskRow, field: str, said: Said, quote: str | None = None, related: Iterable[Place] = ()
) -> Finding:
    """Return the finding at a row's cell; without such a cell at the row. ``quote`` is the cell's words unless given."""
    cell = row.cells.get(field)
    if not cell:
        return at_row(code, severity, row, said, quote or "", related)
    words = cell.raw.strip() if quote is None else quote
    place = cell.place
    at = cell.raw.find(words) if words else -1
    if at >= 0 and place.start is not None:
        place = replace(place, start=place.start + at, end=place.start + at + len(words))
    return Finding(code, severity, place, words, Text2(*said), tuple(related))


def at_row(code: str, severity: Severity, row: TaskRow, said: Said, quote: str = "", related: Iterable[Place] = ()) -> Finding:
    """Return the finding at a whole row."""
    return Finding(code, severity, row.place, quote, Text2(*said), tuple(related))


def at_text(
    code: str, severity: Severity, document: Extraction, start: int, end: int, said: Said, related: Iterable[Place] = ()
) -> Finding:
    """Return the finding at a stretch of the normalised text, with its cell where it stands in one."""
    place = Place(start=start, end=end)
    for row in document.rows:
        for cell in row.cells.values():
            if cell.place.start is not None and cell.place.end is not None and cell.place.start <= start and end <= cell.place.end:
                place = replace(cell.place, start=start, end=end)
    if place.row is None:
        place = _in_another_column(document, start, end) or place
    return Finding(code, severity, place, document.text[start:end], Text2(*said), tuple(related))


def _in_another_column(document: Extraction, start: int, end: int) -> Place | None:
    """The row, and where it is sure the column, of words in a cell that plays no role (备注): its place in the row's headers."""
    for row in document.rows:
        if row.place.start is not None and row.place.end is not None and row.place.start <= start and end <= row.place.end:
            values = [value.strip() for value in row.columns.values()]
            known = {
                cell.place.column: cell.raw.strip() for cell in row.cells.values() if cell.place.row == row.place.row and cell.raw.strip()
            }
            straight = all(column and column <= len(values) and values[column - 1] == raw for column, raw in known.items())
            holding = [number for number, value in enumerate(values, 1) if document.text[start:end] in value]
            column = holding[0] if straight and len(holding) == 1 else None
            return replace(row.place, start=start, end=end, column=column)
    return None


def at_provision(
    code: str, severity: Severity, provision: Provision, said: Said, quote: str = "", related: Iterable[Place] = ()
) -> Finding:
    """Return the finding at the beginning of a provision; ``quote`` are words it starts with (its number)."""
    start = provision.place.start
    place = replace(provision.place, end=start + len(quote)) if start is not None and quote else provision.place
    return Finding(code, severity, place, quote, Text2(*said), tuple(related))


def tables(document: Extraction) -> Iterator[Sequence[TaskRow]]:
    """Yield the rows of each task table, in order."""
    for _, rows in groupby(document.rows, key=lambda row: row.table):
        yield list(rows)


def own(row: TaskRow, field: str) -> str:
    """Return the cleaned words of a cell that is the row's own, "" when it was taken from a merged cell or is blank."""
    cell = row.cells.get(field)
    return cell.value if cell and field not in row.inherited and cell.place.row == row.place.row else ""
