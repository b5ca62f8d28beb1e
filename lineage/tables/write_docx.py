"""A page as a Word document in the layout offices use: A4 landscape, centred title, a table whose header repeats on every page."""

from __future__ import annotations

import io
from typing import Any

from lineage.tables.page import Cell, Column, Page, Sheet
from lineage.tables.write_xlsx import INK, TINTS
from queries.spreadsheet import UNHOLDABLE, without_clock

TITLE_FONT, BODY_FONT, HEAD_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体"
USABLE_CM = 26.7  # A4 landscape less 1.5 cm on both sides


def write_docx(page: Page) -> bytes:
    """Return the bytes of a .docx; hidden columns are left out, the facts stand on the last page."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document: Any = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.8)
    normal = document.styles["Normal"]
    normal.font.size = Pt(9)
    _font(normal, BODY_FONT)
    _page_number(section)
    for number, sheet in enumerate(page.sheets):
        if number:
            document.add_page_break()
        _sheet(document, sheet)
    document.add_paragraph()
    _said(document, page.facts_name, HEAD_FONT, 11, bold=True)
    for word, value in page.facts:
        _said(document, f"{word}：{value}" if page.lang == "zh" else f"{word}: {value}", BODY_FONT, 9)
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _sheet(document: Any, sheet: Sheet) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    for line in sheet.title.split("\n"):
        _said(document, line, TITLE_FONT, 18).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for notice in sheet.notices:
        _said(document, notice, BODY_FONT, 9)
    shown = [at for at, column in enumerate(sheet.columns) if not column.hidden]
    columns = [sheet.columns[at] for at in shown]
    table = document.add_table(rows=1 + len(sheet.rows), cols=len(shown))
    table.style, table.autofit = "Table Grid", False
    widths = _widths(columns)
    for at, width_cm in enumerate(widths):
        table.columns[at].width = Cm(width_cm)
    grid = [row._tr.tc_lst for row in table.rows]  # asking the table for each cell anew is quadratic
    for at, column in enumerate(columns):
        _fill(grid[0][at], table, Cell(), column, widths[at], head=column.label)
    for number, row in enumerate(sheet.rows, 1):
        for at, column in enumerate(columns):
            _fill(grid[number][at], table, row[shown[at]], column, widths[at])
    _repeat_header(table.rows[0])
    for row in table.rows:
        _whole(row)


def _widths(columns: list[Column]) -> list[float]:
    total = sum(column.width for column in columns) or 1
    return [USABLE_CM * column.width / total for column in columns]


def _fill(element: Any, table: Any, one: Cell, column: Column, width_cm: float, head: str = "") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor
    from docx.table import _Cell

    cell = _Cell(element, table)
    cell.width = Cm(width_cm)
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if head:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(head)
        run.bold = True
        _font(run, HEAD_FONT)
        _shade(cell, "E7E6E6")
        return
    if column.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in one.runs:
        run = paragraph.add_run(_clean(part.text))
        if part.mark:
            run.font.color.rgb = RGBColor.from_string(INK[part.mark])
            run.font.strike, run.font.underline = part.mark == "dropped" or None, part.mark == "added" or None
    if TINTS.get(one.tone, "FFFFFF") != "FFFFFF":
        _shade(cell, TINTS[one.tone])


def _said(document: Any, text: str, font: str, size: int, *, bold: bool = False) -> Any:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(_clean(text))
    run.bold, run.font.size = bold or None, Pt(size)
    _font(run, font)
    return paragraph


def _font(styled: Any, name: str) -> None:
    """Set the font for Chinese too, which Word keeps apart."""
    from docx.oxml.ns import qn

    styled.font.name = name
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts() if hasattr(styled.element, "get_or_add_rPr") else styled.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), name)


def _shade(cell: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shade.set(qn(key), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _repeat_header(row: Any) -> None:
    _mark_row(row, "w:tblHeader")


def _whole(row: Any) -> None:
    """Keep a row on one page."""
    _mark_row(row, "w:cantSplit")


def _mark_row(row: Any, tag: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(tag))


def _page_number(section: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = "PAGE"
        run._r.append(element)


def _clean(text: str) -> str:
    """Return a text without the characters XML cannot hold."""
    return UNHOLDABLE.sub("\ufffd", text)
