"""Seed tables written as workbooks and as delimited text."""

from __future__ import annotations

import csv
import io
import struct

from openpyxl import Workbook
from seed_tables import SeedTable


def as_xlsx(table: SeedTable) -> bytes:
    """Return a workbook: title lines merged over the whole width, the table with its merged cells, notes below."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    words, merges = _with_lines(table)
    for (row, column), text in words.items():
        sheet.cell(row, column, int(text) if text.isdigit() else text)
    for top, left, bottom, right in merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_xls(table: SeedTable) -> bytes:
    """Return the same as a BIFF8 stream, as Excel 97 wrote it (without the container around it)."""
    words, merges = _with_lines(table)
    cells = b"".join(_label(row, column, text) for (row, column), text in sorted(words.items()))
    spans = b"".join(
        _record(
            0x00E5,
            struct.pack("<H", len(part))
            + b"".join(struct.pack("<4H", top - 1, bottom - 1, left - 1, right - 1) for top, left, bottom, right in part),
        )
        for part in (merges[at : at + 500] for at in range(0, len(merges), 500))
    )
    sheet = biff_start(0x10) + cells + spans + _record(0x000A)
    name = "分工表"
    bound = struct.pack("<BB", 0, 0) + struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    formats = _record(0x0031, struct.pack("<5HB3sBB", 200, 0, 0x7FFF, 400, 0, 0, b"\0\0\0", 5, 0) + b"Arial") * 4
    formats += _record(0x00E0, struct.pack("<3H14s", 0, 0, 0xFFF5, b"\0" * 14)) * 15 + _record(
        0x00E0, struct.pack("<3H14s", 0, 0, 1, b"\0" * 14)
    )
    head = biff_start(0x05) + _record(0x0042, struct.pack("<H", 1200)) + formats
    at = len(head) + 4 + 4 + len(bound) + 4
    return head + _record(0x0085, struct.pack("<I", at) + bound) + _record(0x000A) + sheet


def biff_start(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def as_delimited(table: SeedTable, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Return delimited text as a spreadsheet saves it: all rows equally wide, merged cells blank but for their first."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for line in table.before:
        writer.writerow([line, *[""] * (table.columns - 1)])
    writer.writerows(table.lines())
    for line in table.after:
        writer.writerow([line, *[""] * (table.columns - 1)])
    return out.getvalue().encode(encoding)


def _with_lines(table: SeedTable) -> tuple[dict[tuple[int, int], str], list[tuple[int, int, int, int]]]:
    above = len(table.before)
    words = {(row, 1): text for row, text in enumerate(table.before, 1)}
    words |= {(row + above, column): text for (row, column), text in table.words.items() if text}
    words |= {(above + table.rows + at, 1): text for at, text in enumerate(table.after, 1)}
    wide = [*range(1, above + 1), *range(above + table.rows + 1, above + table.rows + len(table.after) + 1)]
    merges = [(row, 1, row, table.columns) for row in wide] + [
        (top + above, left, bottom + above, right) for top, left, bottom, right in table.merges
    ]
    return words, merges


def _label(row: int, column: int, text: str) -> bytes:
    if text.isdigit():
        return _record(0x0203, struct.pack("<HHHd", row - 1, column - 1, 15, float(text)))
    return _record(0x0204, struct.pack("<HHHHB", row - 1, column - 1, 15, len(text), 1) + text.encode("utf-16-le"))


def _record(code: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(body)) + body
