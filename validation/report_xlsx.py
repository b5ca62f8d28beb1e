"""The report as a workbook: a summary with every rule, one row for each finding, and a sheet for each document.

A formula in a source must never run on somebody's desk: what a spreadsheet would take for one is written as plain text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ontology.labels import Language, label
from validation.findings import ReportFinding
from validation.report_text import count_words, heading, said, totals, trend_line
from zhengmai.errors import UsageError

if TYPE_CHECKING:
    from validation.report import Report

MOST_ROWS = 1_000_000
MOST_SHEETS = 200
# What a person reads, with the width of the column in characters: together one page across, on its side.
PRINTED = {"severity": 8, "rule": 13, "document": 17, "place": 18, "header": 10, "cell": 7, "message": 40, "quote": 40} | {
    "expected": 18,
    "fix": 22,
    "department": 12,
    "status": 8,
}
BESIDE = {"number": 9, "table": 7, "row": 7, "column": 7, "context": 60, "related": 34, "key": 16, "permalink": 40}  # for other tools
COLUMNS = {**PRINTED, **BESIDE}
HEADS = {
    "header": ("表头", "header"),
    "context": ("原文上下文", "context"),
    "expected": ("应为", "expected"),
    "fix": ("处理", "to do"),
    "related": ("参见", "see also"),
    "status": ("状态", "status"),
    "key": ("编号", "key"),
    "permalink": ("链接", "link"),
    "all": ("全部", "all"),
    "summary": ("概况", "summary"),
}
STATES = {"new": ("新增", "new"), "still": ("仍在", "still there"), "": ("", "")}
LINE_POINTS, MOST_LINES = 14, 28  # a spreadsheet has no higher rows than 409 points
A4 = 9  # the number a spreadsheet has for this paper
FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook wants a time of making; the same report gives the same bytes
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def xlsx_report(report: Report, lang: Language) -> bytes:
    """Return the workbook's bytes.

    :raises UsageError: when there are more findings than a sheet has rows.
    """
    from openpyxl import Workbook

    if len(report.findings) > MOST_ROWS:
        raise UsageError(
            where="zhengmai validate --format xlsx",
            found=f"{len(report.findings)} findings",
            expected=f"at most {MOST_ROWS}",
            fix="use --format json, or name one document",
            zh="发现过多，一张工作表放不下，请改用 json 或指定一份文件。",
        )
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = FIXED
    _summary(book, report, lang)
    _sheet(book, _head("all", lang), report.findings, lang)
    documents = sorted({f.document for f in report.findings})
    used = {_head("all", lang), _head("summary", lang)}
    for document in documents[:MOST_SHEETS]:
        name = _sheet_name(document or "-", used)
        _sheet(book, name, [f for f in report.findings if f.document == document], lang)
    out = io.BytesIO()
    book.save(out)
    return _same_bytes(out.getvalue())


def _same_bytes(data: bytes) -> bytes:
    """A zip carries the time each member was written; put one time everywhere."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _summary(book: Any, report: Report, lang: Language) -> None:
    sheet = book.create_sheet(_head("summary", lang))
    for name, width in zip("ABCDE", (30, 34, 64, 12, 74), strict=True):
        sheet.column_dimensions[name].width = width
    _for_print(sheet)
    for line in (heading(report, lang), totals(report, lang), trend_line(report, lang)):
        sheet.append([_safe(line)])
    for source in report.sources:
        sheet.append([_safe(source.slug), _safe(source.file), _safe(source.title), "", f"sha256 {source.sha256}"])
    sheet.append([])
    sheet.append([label("column/rule", lang), label("column/severity", lang), label("column/message", lang), label("column/count", lang)])
    for rule, count in report.counts_by_rule():
        shown = count_words(rule, count)
        sheet.append([rule.code, label(f"severity/{rule.severity}", lang), rule.title(lang), int(shown) if shown.isdigit() else shown])


def _sheet(book: Any, name: str, findings: Sequence[ReportFinding], lang: Language) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "C2"
    sheet.print_title_rows = "1:1"
    _for_print(sheet)
    sheet.print_area = f"A1:{get_column_letter(len(PRINTED))}{len(findings) + 1}"
    for at, width in enumerate(COLUMNS.values(), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    head = []
    for column in COLUMNS:
        cell = WriteOnlyCell(sheet, value=_head(column, lang))
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        head.append(cell)
    sheet.append(head)
    for at, finding in enumerate(findings, start=2):
        values = _values(finding, lang)
        sheet.row_dimensions[at].height = LINE_POINTS * max(_lines(values[name], width) for name, width in PRINTED.items())
        sheet.append([_value(sheet, values[column]) for column in COLUMNS])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(findings) + 1}"


def _for_print(sheet: Any) -> None:
    """All columns on one A4 page across, on its side, with narrow margins and the number of the page."""
    from openpyxl.worksheet.page import PageMargins

    sheet.page_setup.paperSize, sheet.page_setup.orientation = A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(left=0.3, right=0.3, top=0.4, bottom=0.5, header=0.2, footer=0.2)
    sheet.oddFooter.center.text = "&A  &P / &N"


def _lines(value: object, width: int) -> int:
    """Return how many lines a cell takes: a Chinese character is as wide as two of the column's."""
    fits = max(1, width * 4 // 5)  # fonts differ from desk to desk
    lines = (sum(2 if char > "\u2e7f" else 1 for char in line) for line in str(value).split("\n"))
    return min(MOST_LINES, sum(max(1, -(-line // fits)) for line in lines))


def _value(sheet: Any, value: object) -> object:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    cell = WriteOnlyCell(sheet, value=_safe(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _values(f: ReportFinding, lang: Language) -> dict[str, object]:
    from openpyxl.utils import get_column_letter

    zh = lang == "zh"
    state = STATES[f.trend][not zh]
    if f.waiver:
        state = f"{said('waived', lang)}：{f.waiver.reason}（{f.waiver.who}，{f.waiver.date}）"
    return {
        "severity": label(f"severity/{f.severity}", lang),
        "rule": f.code,
        "document": f.document_title,
        "place": f.place(lang) or f.focus,
        "header": f.header or (label(f"field/{f.field}", lang) if f.field else ""),
        "cell": f"{get_column_letter(f.column)}{f.row}" if f.row and f.column else "",
        "message": f.message(lang),
        "quote": f.quote,
        "expected": f.expected(lang),
        "fix": f.fix(lang),
        "department": "、".join(f.departments),
        "status": state,
        "number": f.notation,
        "table": f.table,
        "row": f.row,
        "column": f.column,
        "context": f.context,
        "related": "\n".join(one.place_zh if zh else one.place_en for one in f.related),
        "key": f.key,
        "permalink": f.permalink,
    }


def _head(name: str, lang: Language) -> str:
    return HEADS[name][lang != "zh"] if name in HEADS else label(f"column/{name}", lang)


def _sheet_name(document: str, used: set[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\]", "-", document)[:28] or "-"
    name, number = base, 2
    while name.lower() in {one.lower() for one in used}:
        name, number = f"{base[:26]}-{number}", number + 1
    used.add(name)
    return name


def _safe(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)[:32000]
