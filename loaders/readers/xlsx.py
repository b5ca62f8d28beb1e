"""Excel workbooks (.xlsx, .xlsm): every sheet's words as the sheet shows them, merged cells as published.

openpyxl reads the workbook, its styles and shared texts. Rows come one at a time from its row parser, which holds no sheet in memory, so
that a sheet of a million rows is refused after the first ones. Formulas are never evaluated: the saved result is taken, or the formula's
own text. Macros and links to other files are left alone.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from loaders.blocks import RawBlock, RawParagraph, ReadResult, Remark
from loaders.sheets import remarks as sheet_remarks
from loaders.sheets.grid import Area, Sheet, TooWide, Written, letters, sheet_blocks
from loaders.sheets.numbers import BUILT_IN, show_number
from loaders.sheets.remarks import MOST_CELLS, MOST_ROWS
from loaders.sheets.stream import LeanSheet, full_rows
from loaders.zip_guard import open_office_zip
from zhengmai.errors import UnreadableSource

ORDER = 20
_EXTENSIONS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def accepts(name: str, head: bytes) -> bool:
    """Take a zip with the parts of a workbook in it; where none shows in the head, the extension decides."""
    if not head.startswith(b"PK\x03\x04") or b"word/" in head or b"ppt/" in head:
        return False
    return b"xl/" in head or name.lower().endswith(_EXTENSIONS)


def read(data: bytes, where: str) -> ReadResult:
    """Return the paragraphs and tables of all sheets.

    :raises UnreadableSource: when the file is locked, damaged, too large, a picture only, or no workbook.
    """
    with open_office_zip(data, where) as archive:
        names = archive.namelist()
        if "xl/workbook.bin" in names:
            raise _refused(
                where, "a binary workbook (.xlsb)", "an .xlsx workbook", "open it and save it as .xlsx", "请将该文件另存为 .xlsx 后再导入。"
            )
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                blocks, remarks = _workbook(archive, where)
                boxes = _text_boxes(archive)
        except UnreadableSource:
            raise
        except TooWide as error:
            raise sheet_remarks.too_large(where, "?", str(error)) from error
        except Exception as error:  # openpyxl and expat answer a damaged part with any error at all
            raise _refused(
                where,
                f"a workbook that cannot be understood ({type(error).__name__})",
                "a whole .xlsx workbook",
                "open it and save it again as .xlsx",
                "文件损坏，请打开后另存为 .xlsx。",
            ) from error
        if not blocks and not boxes:
            raise sheet_remarks.no_words(where, any(name.startswith("xl/media/") for name in names))
        remarks += [sheet_remarks.text_boxes(len(boxes))] if boxes else []
        remarks += _remarks_on_parts(archive, names)
    return ReadResult("xlsx", "", (*blocks, *(RawParagraph(text) for text in boxes)), remarks=tuple(remarks))


def _workbook(archive: zipfile.ZipFile, where: str) -> tuple[list[RawBlock], list[Remark]]:
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import MAC_EPOCH

    book = load_workbook(archive.fp, read_only=True, data_only=True, keep_links=False)
    blocks: list[RawBlock] = []
    remarks: list[Remark] = []
    cells = 0
    for sheet in book.worksheets:
        path = getattr(sheet, "_worksheet_path", None)
        if path is None:
            continue
        with archive.open(path) as stream:
            if full_rows(stream, MOST_ROWS) > MOST_ROWS:
                raise sheet_remarks.too_large(where, sheet.title, f"more than {MOST_ROWS} rows")
        with archive.open(path) as stream:
            parser = _row_parser(LeanSheet(stream), sheet._shared_strings)
            words: dict[tuple[int, int], Written] = {}
            rows = 0
            for _, row in parser.parse():
                before = len(words)
                for cell in row:
                    text = _shown(cell, book, book.epoch == MAC_EPOCH)
                    if text.strip():
                        words[cell["row"], cell["column"]] = Written(text)
                rows += len(words) > before
                if rows > MOST_ROWS or cells + len(words) > MOST_CELLS:
                    raise sheet_remarks.too_large(
                        where, sheet.title, f"more than {min(rows, MOST_ROWS)} rows and {cells + len(words)} cells with words"
                    )
        cells += len(words)
        blocks += sheet_blocks(Sheet(words, list(_merges(parser)), sheet.title))
        remarks += _remarks(sheet.title, sheet.sheet_state, words, parser)
    return blocks, remarks


def _row_parser(stream: Any, shared: Any) -> Any:
    """Return openpyxl's row parser, told to pass over cells without content and to keep formulas that have no saved value."""
    from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

    class RowParser(WorkSheetParser):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(stream, shared, data_only=True)
            self.hidden_rows: list[int] = []
            self.unsaved: list[str] = []

        def parse_row(self, row: Any) -> tuple[int, list[dict[str, Any]]]:
            self.row_counter: int = int(row.get("r") or self.row_counter + 1)
            self.col_counter = 0
            if row.get("hidden") in ("1", "true"):
                self.hidden_rows.append(self.row_counter)
            return self.row_counter, [self.parse_cell(cell) for cell in row if len(cell) or not cell.get("r")]

        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            formula = element.find(FORMULA_TAG)
            saved = element.get("t") == "str" and element.find(VALUE_TAG) is not None  # a result that is an empty text
            if cell["value"] is None and formula is not None and not saved:
                cell["value"], cell["data_type"] = f"={formula.text or ''}", "s"
                self.unsaved.append(f"{letters(cell['column'])}{cell['row']}")
            return cell

    return RowParser()


def _shown(cell: dict[str, Any], book: Any, from_1904: bool) -> str:
    """Return a cell's words as the sheet shows them."""
    value = cell["value"]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return show_number(value, _format(cell["style_id"], book), from_1904=from_1904)
    text = _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), str(value)) if "_x" in str(value) else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _format(style: int, book: Any) -> str:
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    number = book._cell_styles[style].numFmtId
    if number >= 164:
        return str(book._number_formats[number - 164])
    return BUILT_IN.get(number) or BUILTIN_FORMATS.get(number, "General")


def _merges(parser: Any) -> Iterator[Area]:
    from openpyxl.utils.cell import range_boundaries

    for merge in parser.merged_cells.mergeCell if parser.merged_cells else ():
        left, top, right, bottom = range_boundaries(merge.ref)
        yield (top, left, bottom, right)


def _remarks(title: str, state: str, words: dict[tuple[int, int], Written], parser: Any) -> list[Remark]:
    found = []
    rows, columns = {row for row, _ in words}, {column for _, column in words}
    if state != "visible" and words:
        found.append(sheet_remarks.hidden_sheet(title))
    if hidden := [row for row in parser.hidden_rows if row in rows]:
        found.append(sheet_remarks.hidden_rows(title, hidden))
    marked = [c for c in parser.column_dimensions.values() if c.get("hidden") in ("1", "true")]
    spans = [(int(c.get("min", 0)), int(c.get("max", 0))) for c in marked]
    if kept := [letters(column) for column in sorted(columns) if any(low <= column <= high for low, high in spans)]:
        found.append(sheet_remarks.hidden_columns(title, kept))
    if parser.unsaved:
        found.append(sheet_remarks.formula_without_value(title, parser.unsaved))
    return found


def _text_boxes(archive: zipfile.ZipFile) -> list[str]:
    """Return the paragraphs of text boxes: a title is sometimes put into one."""
    from defusedxml.ElementTree import iterparse

    found = []
    for name in sorted(n for n in archive.namelist() if re.fullmatch(r"xl/drawings/drawing\d+\.xml", n)):
        with archive.open(name) as stream:
            for _, element in iterparse(stream):
                if element.tag.endswith("}p"):
                    text = "".join(t.text or "" for t in element.iter() if t.tag.endswith("}t")).strip()
                    found += [text] if text else []
                    element.clear()
    return found


def _remarks_on_parts(archive: zipfile.ZipFile, names: list[str]) -> list[Remark]:
    notes = sum(archive.read(n).count(b"<comment ") for n in names if re.fullmatch(r"xl/comments/?\w*\.xml", n))
    return [
        *([sheet_remarks.macros()] if "xl/vbaProject.bin" in names else []),
        *([sheet_remarks.external_links()] if any(n.startswith("xl/externalLinks/") for n in names) else []),
        *([sheet_remarks.comments(notes)] if notes else []),
    ]


def _refused(where: str, found: str, expected: str, fix: str, zh: str) -> UnreadableSource:
    return UnreadableSource(where=where, found=found, expected=expected, fix=fix, zh=zh)
