"""An answer as a workbook: ids stay text (3.10 is not 3.1), and no text is a formula, whatever a document says.

A second sheet says what was asked of which graph. The same answer gives the same bytes: the file carries no clock.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from queries.saved import FORMULA_STARTS
from queries.text_table import width, wrap

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from queries.run import Answer
    from queries.style import Style

WIDEST = 44
LINE, HIGHEST = 15.5, 409.0  # points: one line of the usual 11-point words, and the highest row Excel allows
ON_A_PAGE = 220  # characters across a sheet of A3 on its side that can still be read
LONGEST = 32767  # characters a cell may hold
UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot hold
NO_CLOCK = (1980, 1, 1, 0, 0, 0)


def workbook(answer: Answer, style: Style, headings: Sequence[str], cells: Sequence[Sequence[str]]) -> bytes:
    """Return the bytes of an .xlsx with the rows, and how they were asked for on a second sheet."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", answer.query.title[style.lang])[:31]
    numbers = [at for at, column in enumerate(answer.columns) if column.kind == "number"]
    _write(sheet, [list(headings), *(_with_numbers(answer, row, numbers, texts) for row, texts in zip(answer.rows, cells, strict=True))])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    print_readable(sheet, heading=1, key_columns=1)
    about = book.create_sheet("关于" if style.lang == "zh" else "About")
    asked = [(f"-p {name}", value) for name, value in answer.params.items()]
    told = [("", note[style.lang]) for note in answer.notes]
    head = [("zhengmai query", f"{answer.query.name} {answer.query.version}"), ("", answer.query.summary[style.lang])]
    _write(about, [*map(list, head), *map(list, asked), ["graph", answer.graph_version], *map(list, told)])
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def print_readable(sheet: Worksheet, *, heading: int, key_columns: int) -> None:
    """Set a sheet up for A3 on its side, as many pages across as its columns need, each with the heading and the first columns."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    across = sum(column.width for column in sheet.column_dimensions.values() if not column.hidden)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = max(1, math.ceil(across / ON_A_PAGE)), 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.print_title_cols = f"A:{get_column_letter(key_columns)}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = "&P / &N"


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Return the height in points a row needs for texts that wrap in columns of these widths; not every program finds it itself.

    A twentieth of the width stays free: a Chinese character is drawn a little wider than two of the digits Excel counts in.
    """
    lines = (sum(len(wrap(line, max(2, int(wide * 0.95)))) for line in text.split("\n")) for text, wide in cells)
    return min(HIGHEST, LINE * max(lines, default=1) + 4)


def holdable(text: str) -> str:
    """Return a text without the characters a workbook cannot hold, cut to what a cell can."""
    return UNHOLDABLE.sub("\ufffd", text)[:LONGEST]


def _with_numbers(answer: Answer, row: Mapping[str, object], numbers: Sequence[int], texts: Sequence[str]) -> list[object]:
    cells: list[object] = list(texts)
    for at in numbers:
        cells[at] = row[answer.columns[at].name]
    return cells


def _write(sheet: Worksheet, rows: Sequence[Sequence[object]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for at_row, row in enumerate(rows, 1):
        for at_column, value in enumerate(row, 1):
            cell = sheet.cell(at_row, at_column)
            if isinstance(value, str):
                cell.value = holdable(value)
                cell.data_type = "s"  # whatever openpyxl took it for
                cell.number_format = "@"
                # A text stays a text when somebody edits the cell: the mark Excel itself sets for a leading apostrophe.
                cell.quotePrefix = value.startswith(FORMULA_STARTS)
            elif value is not None:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if at_row == 1:
                cell.font = Font(bold=True)
    for at_column in range(1, sheet.max_column + 1):
        longest = max((width(str(row[at_column - 1] or "")) for row in rows if len(row) >= at_column), default=0)
        sheet.column_dimensions[get_column_letter(at_column)].width = min(max(longest + 2, 8), WIDEST)
    widths = [sheet.column_dimensions[get_column_letter(at)].width for at in range(1, sheet.max_column + 1)]
    for at_row, row in enumerate(rows, 1):
        sheet.row_dimensions[at_row].height = row_height((str(value or ""), wide - 1) for value, wide in zip(row, widths, strict=False))


def without_clock(data: bytes) -> bytes:
    """Return the same workbook with no time in it: openpyxl writes the hour of saving into the archive and its properties."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            content = given.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", content)
            made.writestr(zipfile.ZipInfo(name, NO_CLOCK), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
