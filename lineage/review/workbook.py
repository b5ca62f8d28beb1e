"""The export as a workbook for people: what to fill in on the left, ids as text, choices as lists, the records on a second sheet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import TYPE_CHECKING

from lineage.review.records import DECISIONS, REASONS, RELATIONS
from lineage.review.sheet import FILL_IN, ITEM_COLUMNS, Tables
from lineage.review.table import COLUMNS, to_cells
from ontology.labels import Language, label
from queries.spreadsheet import holdable, without_clock
from queries.text_table import width

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_WIDTHS = {
    "subject_label": 46,
    "object_label": 46,
    "match_string": 30,
    "object_match_string": 30,
    "comment": 30,
    "relation": 14,
    "gap_reason": 16,
}
_CHOICES = {"decision": ("decision", DECISIONS), "relation": ("relation-type", RELATIONS), "gap_reason": ("gap-reason", REASONS)}
_CODES = {**_CHOICES, "machine_relation": ("relation-type", ()), "machine_status": ("status", ()), "now_status": ("status", ()),
          "now_relation": ("relation-type", ()),
          "now_decided_by": ("decided-by", ()), "item_kind": ("item-kind", ())}  # fmt: skip
_LINE, _MOST_LINES = 15.0, 12  # points
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
TITLES = {"zh": ("复核", "已有记录", "填写说明"), "en": ("Review", "Records", "How to fill in")}
_TOLD = {
    "zh": (
        "只填左边四列：复核判断（接受、拒绝、存疑、修改）、对应类型、理由、备注。判断为空的行不计。",
        "对应类型已填机器所判，不同意可直接改；只改类型也算一次“修改”。",
        "请勿改动任务标识、条文标识、原文校验码三列；列的次序可以调整，行可以删去或排序。",
        "“已有记录”为各人已作的判断，永不改动；改变看法请在“复核”中再填一次。",
        "填好后：zhengmai review import 文件名 --reviewer 姓名",
    ),
    "en": (
        "Fill in the four columns on the left: decision (accepted, rejected, unsure, edited), relation, reason, comment.",
        "Rows without a decision say nothing.",
        "The relation holds what the machine found; write over it where you differ. A changed relation alone is an edit.",
        "Leave subject_id, object_id and content_key as they are. Columns may be moved, rows deleted or sorted.",
        "The second sheet holds what was said already and is never changed; to change your mind, fill in the first sheet again.",
        "Then: zhengmai review import FILE --reviewer NAME",
    ),
}


def to_xlsx(tables: Tables, lang: Language = "zh") -> bytes:
    """Return the bytes of the workbook; the same tables give the same bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    titles = TITLES[lang]
    items = book.create_sheet(titles[0])
    _fill(items, ITEM_COLUMNS, (_words(cells, ITEM_COLUMNS, lang) for cells in tables.items), lang, len(tables.items))
    _choices(items, len(tables.items), lang)
    records = book.create_sheet(titles[1])
    _fill(records, COLUMNS, (_in_order(to_cells(r)) for r in tables.records), lang, len(tables.records))
    told = book.create_sheet(titles[2])
    told.column_dimensions["A"].width = 120
    for line in _TOLD[lang]:
        told.append([line])
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _words(cells: object, columns: Sequence[str], lang: Language) -> list[str]:
    """Codes as the words people know; they are read back as either."""
    assert isinstance(cells, dict)
    shown = []
    for name in columns:
        value = cells.get(name, "")
        shown.append(label(f"{_CODES[name][0]}/{value}", lang) if name in _CODES and value not in ("", "none") else value)
    return shown


def _in_order(cells: Mapping[str, str]) -> list[str]:
    return [cells[name] for name in COLUMNS]


def _fill(sheet: WriteOnlyWorksheet, columns: Sequence[str], rows: Iterable[Sequence[str]], lang: Language, count: int) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes = "A2"
    size = f"A1:{get_column_letter(len(columns))}{count + 1}"
    sheet.calculate_dimension = lambda: size  # said in the file, a reader need not look for it
    sheet.auto_filter.ref = size
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "8"  # A3
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    for at, name in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(name, 12)
    styles = {}
    for name in columns:  # a style set once a column and shared: set on each cell it takes ten times as long
        made = WriteOnlyCell(sheet)
        made.number_format = "@"  # an id stays text, also when somebody edits it
        made.alignment = Alignment(vertical="top", wrap_text=name in _WIDTHS)
        if name in FILL_IN and columns is ITEM_COLUMNS:
            made.fill = PatternFill("solid", fgColor="FFF4CE")
        styles[name] = made._style

    def cell(value: str, name: str) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, holdable(value))
        made._style, made.data_type = styles[name], "s"
        if value.startswith(_FORMULA):
            made._style = copy(styles[name])
            made.quotePrefix = True
        return made

    def title(name: str) -> WriteOnlyCell:
        made = cell(label(f"review-column/{name}", lang), name)
        made._style = copy(styles[name])
        made.font, made.alignment = Font(bold=True), Alignment(vertical="top", wrap_text=True)
        return made

    sheet.append([title(name) for name in columns])
    for at, row in enumerate(rows, 2):
        sheet.row_dimensions[at].height = _height(row, columns)
        if columns is ITEM_COLUMNS:
            sheet.append([cell(value, name) if value or name in FILL_IN else None for value, name in zip(row, columns, strict=True)])
        else:  # nobody fills these in, and a cell of its own for each takes three times as long
            sheet.append([_plain(value) or cell(value, name) if value else None for value, name in zip(row, columns, strict=True)])


def _plain(value: str) -> str | None:
    """Return a value that a workbook takes for text as it is, None for one that needs to be told so."""
    return None if value.startswith((*_FORMULA, "#")) else holdable(value)


def _height(row: Sequence[str], columns: Sequence[str]) -> float:
    """Return a height that shows the longest wrapped text, up to a dozen lines; programs do not all work it out themselves."""
    lines = (-(-width(value) // (_WIDTHS[name] - 4)) for value, name in zip(row, columns, strict=True) if name in _WIDTHS)
    return _LINE * max(1, min(_MOST_LINES, max(lines, default=1)))


def _choices(sheet: WriteOnlyWorksheet, count: int, lang: Language) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for name, (topic, codes) in _CHOICES.items():
        letter = get_column_letter(ITEM_COLUMNS.index(name) + 1)
        words = ",".join(label(f"{topic}/{code}", lang) for code in codes)
        rule = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=False)
        rule.add(f"{letter}2:{letter}{max(count + 1, 2)}")
        sheet.data_validations.append(rule)
