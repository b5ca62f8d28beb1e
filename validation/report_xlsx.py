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
WIDTHS = {"message": 60, "quote": 50, "context": 60, "place": 34, "document": 34, "expected": 30, "fix": 40}
COLUMNS = (
    *("severity", "rule", "document", "place", "number", "table", "row", "column", "header", "cell", "message", "quote", "context"),
    *("expected", "fix", "department", "related", "status", "key", "permalink"),
)
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
    sheet.page_setup.orientation = "landscape"
    for at, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS.get(column, 12)
    head = []
    for column in COLUMNS:
        cell = WriteOnlyCell(sheet, value=_head(column, lang))
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        head.append(cell)
    sheet.append(head)
    for finding in findings:
        sheet.append([_value(sheet, column, value) for column, value in zip(COLUMNS, _values(finding, lang), strict=True)])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{len(findings) + 1}"


def _for_print(sheet: Any) -> None:
    """All columns on one page across, on its side."""
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _value(sheet: Any, column: str, value: object) -> object:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_safe(value))
    cell.data_type = "s"
    if column in WIDTHS:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _values(f: ReportFinding, lang: Language) -> list[object]:
    from openpyxl.utils import get_column_letter

    zh = lang == "zh"
    address = f"{get_column_letter(f.column)}{f.row}" if f.row and f.column else ""
    related = "\n".join(one.place_zh if zh else one.place_en for one in f.related)
    state = STATES[f.trend][not zh]
    if f.waiver:
        state = f"{said('waived', lang)}：{f.waiver.reason}（{f.waiver.who}，{f.waiver.date}）"
    return [
        label(f"severity/{f.severity}", lang),
        f.code,
        f.document_title,
        f.place(lang) or f.focus,
        f.notation,
        f.table,
        f.row,
        f.column,
        f.header or (label(f"field/{f.field}", lang) if f.field else ""),
        address,
        f.message(lang),
        f.quote,
        f.context,
        f.expected(lang),
        f.fix(lang),
        "、".join(f.departments),
        related,
        state,
        f.key,
        f.permalink,
    ]


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
