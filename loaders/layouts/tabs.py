"""Rows of text with TABs between the cells, one row a line, as pasted from a spreadsheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from loaders.layouts.text_lines import Found, Line, as_table
from loaders.sheets.delimited import Record, split_records
from loaders.sheets.grid import Written
from loaders.tables.columns import is_header

_LEAST = 3
_MOST_TRIES = 20


def is_rows(text: str) -> bool:
    """Return whether a text with TABs holds rows, not the dump in which each line starts with a TAB and is one cell."""
    counts = Counter(line.count("\t") for line in text.split("\n") if "\t" in line)
    tabs, lines = max(counts.items(), key=lambda item: (item[1] * item[0], item[0]), default=(0, 0))
    return (
        tabs >= 2
        and lines >= 0.6 * sum(counts.values())
        and any(not t.startswith("\t") and t.count("\t") >= 2 and is_header(t.split("\t")) for t in text.split("\n"))
    )


def find(lines: Sequence[Line]) -> Found | None:
    """Return the first run of rows: under a task table's header, or three lines of as many cells."""
    tries = 0
    for first, line in enumerate(lines):
        cells = line.text.rstrip("\t").split("\t")
        if len(cells) < _LEAST or line.text.startswith("\t"):
            continue
        alike = first + 2 < len(lines) and all(after.text.count("\t") == line.text.count("\t") for after in lines[first + 1 : first + 3])
        if alike or is_header(cells):
            tries += 1
            found = _rows(lines, first)
            if found or tries >= _MOST_TRIES:
                return found
    return None


def _rows(lines: Sequence[Line], first: int) -> Found | None:
    """Read rows as long as lines have TABs; a line without any goes on with a cell that was broken off."""
    base = lines[first].start
    text = "\n".join(line.text for line in lines[first:])
    records = split_records(text, "\t")
    wide = max(len(record) for record in records[:_LEAST])
    rows: list[Record] = []
    used = 0
    for at, record in enumerate(records):
        blank = all(not field.text.strip() for field in record)
        held = len(rows[-1]) if rows else 0
        if len(record) == 1 and len(rows) > 1 and held == wide and _row_follows(records, at):
            broken = rows[-1].pop()
            rows[-1].append(Written(f"{broken.text}\n{record[0].text}".rstrip("\n")))
        elif 0 < held < wide and held + len(record) - 1 <= wide and (len(record) > 1 or _goes_on(records, at, held, wide)):
            broken = rows[-1].pop()
            rows[-1] += [Written(f"{broken.text}\n{record[0].text}"), *record[1:]]
        elif len(record) == 1 and not (blank and at + 1 < len(records) and len(records[at + 1]) > 1):
            break
        elif not blank:
            rows.append(list(record))
        used = at + 1
    if len(rows) < 2:
        return None
    height = sum(1 + sum(_height(field) for field in record) for record in records[:used])
    padded = [[*record, *[Written("")] * (wide - len(record))] for record in rows]
    table = as_table([[(field.text, None if field.start is None else field.start + base) for field in record] for record in padded])
    return Found(first, min(len(lines), first + height), (table,))


def _goes_on(records: Sequence[Record], at: int, width: int, wide: int) -> bool:
    """A line without a TAB belongs to a broken cell only when a line after it brings the rest of the row."""
    for after in records[at + 1 : at + 12]:
        if len(after) > 1:
            return width + len(after) - 1 <= wide
    return False


def _row_follows(records: Sequence[Record], at: int) -> bool:
    """Lines without a TAB after a whole row belong to its last cell when another row comes soon."""
    return any(len(after) > 1 for after in records[at + 1 : at + 8])


def _height(field: Written) -> int:
    return field.text.count("\n")
