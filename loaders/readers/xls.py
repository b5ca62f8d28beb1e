"""Excel 97 workbooks (.xls, and .et of WPS): every sheet's words as shown, merged cells as published, through xlrd.

Formulas are never evaluated (the file holds their results); macros are left alone. A file that Excel locked with a password is an OLE
container too, also when it is called .xlsx, so its message comes from here.
"""

from __future__ import annotations

import io
from typing import Any

from loaders.blocks import RawBlock, ReadResult, Remark
from loaders.sheets import remarks as sheet_remarks
from loaders.sheets.grid import Area, Sheet, TooWide, Written, letters, sheet_blocks
from loaders.sheets.numbers import BUILT_IN, show_number
from loaders.sheets.remarks import MOST_CELLS, MOST_ROWS
from loaders.zip_guard import locked
from zhengmai.errors import UnreadableSource

ORDER = 22
LARGEST_BYTES = 60_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE = (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")
_WORD_AT_512 = b"\xec\xa5"
_EXTENSIONS = (".xls", ".xlt", ".et", ".xlsx", ".xlsm")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def accepts(name: str, head: bytes) -> bool:
    """Take a bare workbook stream, or an OLE container whose first sector or directory is a workbook's; else the extension decides."""
    if head.startswith(_BARE):
        return True
    if not head.startswith(OLE) or head[512:514] == _WORD_AT_512 or _utf16("WordDocument") in head:
        return False
    return head[512:].startswith(_BARE) or _utf16("Workbook") in head or name.lower().endswith(_EXTENSIONS)


def read(data: bytes, where: str) -> ReadResult:
    """Return the paragraphs and tables of all sheets.

    :raises UnreadableSource: when the file is locked, damaged, too large, without words, or no workbook.
    """
    if _utf16("EncryptedPackage") in data:
        raise locked(where)
    if len(data) > LARGEST_BYTES:
        raise _refused(
            where, f"{len(data)} bytes", f"at most {LARGEST_BYTES}", "keep only the document's own sheets", "文件过大，请只保留正文工作表。"
        )
    try:
        blocks, remarks = _workbook(data, where)
    except UnreadableSource:
        raise
    except TooWide as error:
        raise sheet_remarks.too_large(where, "?", str(error)) from error
    except Exception as error:  # xlrd answers damaged bytes with any error at all
        if "encrypted" in str(error).lower():
            raise locked(where) from error
        raise _refused(
            where,
            f"a workbook that cannot be understood ({type(error).__name__})",
            "a whole .xls workbook",
            "open it and save it as .xlsx",
            "文件损坏或不是工作簿，请打开后另存为 .xlsx。",
        ) from error
    if not blocks:
        raise sheet_remarks.no_words(where, pictures=b"\xff\xd8\xff" in data or b"\x89PNG" in data)
    return ReadResult("xls", "", tuple(blocks), remarks=tuple(remarks))


def _workbook(data: bytes, where: str) -> tuple[list[RawBlock], list[Remark]]:
    import xlrd

    blocks: list[RawBlock] = []
    remarks: list[Remark] = []
    cells = 0
    # The log is caught: xlrd writes to stdout, which belongs to results.
    with xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()) as book:
        for at in range(book.nsheets):
            sheet = book.sheet_by_index(at)
            words: dict[tuple[int, int], Written] = {}
            for row in range(sheet.nrows):
                for column in range(sheet.row_len(row)):
                    text = _shown(sheet.cell(row, column), book)
                    if text.strip():
                        words[row + 1, column + 1] = Written(text)
            cells += len(words)
            if sheet.nrows > MOST_ROWS and len({row for row, _ in words}) > MOST_ROWS or cells > MOST_CELLS:
                raise sheet_remarks.too_large(where, sheet.name, f"{sheet.nrows} rows and {cells} cells with words")
            merges: list[Area] = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
            blocks += sheet_blocks(Sheet(words, merges, sheet.name))
            remarks += _remarks(sheet, words)
            book.unload_sheet(at)
    return blocks, remarks


def _shown(cell: Any, book: Any) -> str:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        key = book.xf_list[cell.xf_index].format_key
        code = BUILT_IN.get(key) or (book.format_map[key].format_str if key in book.format_map else "General")
        return show_number(cell.value, code, from_1904=book.datemode == 1)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
    return str(cell.value).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _remarks(sheet: Any, words: dict[tuple[int, int], Written]) -> list[Remark]:
    found = []
    if sheet.visibility and words:
        found.append(sheet_remarks.hidden_sheet(sheet.name))
    rows, columns = sorted({row for row, _ in words}), sorted({column for _, column in words})
    if hidden := [row for row in rows if (info := sheet.rowinfo_map.get(row - 1)) and info.hidden]:
        found.append(sheet_remarks.hidden_rows(sheet.name, hidden))
    if kept := [letters(column) for column in columns if (info := sheet.colinfo_map.get(column - 1)) and info.hidden]:
        found.append(sheet_remarks.hidden_columns(sheet.name, kept))
    return found


def _refused(where: str, found: str, expected: str, fix: str, zh: str) -> UnreadableSource:
    return UnreadableSource(where=where, found=found, expected=expected, fix=fix, zh=zh)
