"""A page as a workbook: frozen header, filters, wrapped text, words marked inside their cells, ids as text, no text a formula.

The facts stand on a last sheet. The same page gives the same bytes: the file carries no clock.
"""

from __future__ import annotations

import io
import re
from copy import copy
from typing import TYPE_CHECKING, Any

from lineage.tables.page import Cell, Page, Sheet
from queries.saved import FORMULA_STARTS
from queries.spreadsheet import holdable, print_readable, row_height, without_clock
from queries.text_table import width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Light tints of the Okabe-Ito palette: told apart without red against green, and the cell says the word too.
TINTS = {
    "verbatim": "DDF1E6", "adapted": "DCEBF7", "narrowed": "FCEBCC", "extended": "F3E0EC", "merged": "E6E6F5", "exceptionDropped": "FBDDD0",
    "gap": "F2F2F2", "unmatched": "F2F2F2", "proposed": "FFF6C9", "person": "DDF1E6", "rule": "FFFFFF",
}  # fmt: skip
INK = {"dropped": "C00000", "added": "0050A0", "elsewhere": "8C8C8C"}


def write_xlsx(page: Page) -> bytes:
    """Return the bytes of an .xlsx."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    taken: set[str] = set()
    for sheet in page.sheets:
        _sheet(book.create_sheet(_sheet_name(sheet.name, taken)), sheet)
    _facts(book.create_sheet(_sheet_name(page.facts_name, taken)), page)
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name a workbook allows, at most 31 characters, each once."""
    plain = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", name).strip()[:31] or "-"
    shown, number = plain, 2
    while shown.lower() in taken:
        shown, number = f"{plain[:27]} ({number})"[:31], number + 1
    taken.add(shown.lower())
    return shown


def _sheet(out: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    styles: dict[tuple[bool, str, bool], Any] = {}
    last = len(sheet.columns)
    top = _head(out, sheet, last)
    thin = Side(style="thin", color="BFBFBF")
    for at, column in enumerate(sheet.columns, 1):
        head = out.cell(top, at, column.label)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E7E6E6")
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        head.border = Border(thin, thin, thin, thin)
        letter = get_column_letter(at)
        out.column_dimensions[letter].width = column.width * 2 + 1
        out.column_dimensions[letter].hidden = column.hidden
    for number, row in enumerate(sheet.rows, top + 1):
        for at, (one, column) in enumerate(zip(row, sheet.columns, strict=True), 1):
            cell = out.cell(number, at)
            key = (column.centred, TINTS.get(one.tone, "FFFFFF"), one.text.startswith(FORMULA_STARTS))
            if key not in styles:  # making each cell's style anew takes most of the time
                cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="center" if column.centred else "left")
                cell.border, cell.number_format, cell.quotePrefix = Border(thin, thin, thin, thin), "@", key[2]
                if key[1] != "FFFFFF":
                    cell.fill = PatternFill("solid", fgColor=key[1])
                styles[key] = cell._style
            cell._style = copy(styles[key])
            _put(cell, one)
        shown = ((one.text, column.width * 2.0) for one, column in zip(row, sheet.columns, strict=True) if not column.hidden)
        out.row_dimensions[number].height = row_height(shown)
    end = top + max(1, len(sheet.rows))
    out.freeze_panes = out.cell(top + 1, sheet.frozen + 1)
    out.auto_filter.ref = f"A{top}:{get_column_letter(last)}{end}"
    _choices(out, sheet, top + 1, end)
    print_readable(out, heading=top, key_columns=max(1, min(sheet.frozen, 2)))


def _head(out: Worksheet, sheet: Sheet, last: int) -> int:
    """Write title and notices over the table and return the row its header stands in."""
    from openpyxl.styles import Alignment, Font

    shown = [at for at, column in enumerate(sheet.columns, 1) if not column.hidden]
    across = sum(sheet.columns[at - 1].width for at in shown)
    lines = [*sheet.title.split("\n"), *sheet.notices]
    titles = len(sheet.title.split("\n"))
    for number, line in enumerate(lines, 1):
        out.merge_cells(start_row=number, start_column=1, end_row=number, end_column=last)
        cell = out.cell(number, 1)
        _text(cell, line)
        title = number <= titles
        cell.font = Font(bold=title, size=16 if title else 10)
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)  # centred, it would stand on a later page
        out.row_dimensions[number].height = 24 if title else 15 * max(1, -(-width(line) // max(1, across * 2)))
    return len(lines) + 1


def _put(cell: Any, one: Cell) -> None:
    """Write a cell's words, marked ones as rich text."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    if not any(run.mark for run in one.runs):
        _text(cell, one.text)
        return
    parts: list[Any] = []
    for run in one.runs:
        words = holdable(run.text)
        font = InlineFont(color=INK.get(run.mark), strike=run.mark == "dropped" or None, u="single" if run.mark == "added" else None, sz=11)
        parts.append(TextBlock(font, words) if run.mark else words)
    cell.value = CellRichText(*[part for part in parts if str(part)])


def _text(cell: Any, text: str) -> None:
    if text:
        cell.value = holdable(text)
        cell.data_type = "s"  # whatever openpyxl took it for


def _choices(out: Worksheet, sheet: Sheet, first: int, last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for at, column in enumerate(sheet.columns, 1):
        if column.choices:
            listed = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True, showErrorMessage=False)
            out.add_data_validation(listed)
            listed.add(f"{get_column_letter(at)}{first}:{get_column_letter(at)}{last}")


def _facts(out: Worksheet, page: Page) -> None:
    from openpyxl.styles import Alignment, Font

    for number, (word, value) in enumerate(page.facts, 1):
        for at, text in enumerate((word, value), 1):
            cell = out.cell(number, at)
            _text(cell, text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=at == 1)
    out.column_dimensions["A"].width, out.column_dimensions["B"].width = 20, 100
