"""All words of a report, whatever its format, so that one check holds for every writer."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook


def words_of(report: str | bytes) -> str:
    """Return a report's text; of a workbook, the cells of all sheets."""
    if isinstance(report, str):
        return report
    book = load_workbook(BytesIO(report), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
