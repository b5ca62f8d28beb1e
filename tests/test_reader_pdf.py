"""PDF with a text layer: paragraphs rejoined, ruled tables with merges over page breaks, clear words for what cannot be read."""

from __future__ import annotations

import re
import zlib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merged_seeds import COLUMNS, GridCell, differences
from render_pdf import picture_pdf, seed_pdf, table_pdf, text_pdf
from seeds import GUANGZHOU, HECHI, NATIONAL, answers, fold, seed

from loaders.blocks import RawParagraph, RawTable, ReadResult
from loaders.extract import extract_bytes
from loaders.read import read_bytes
from loaders.readers import pdf
from loaders.records import Extraction
from zhengmai.errors import UnreadableSource

TITLE = "*关于全面推进政务公开工作的实施方案"
LONG = "深入推进依法行政，全面落实党中央、国务院有关政务公开决策部署和政府信息公开条例，坚持以公开为常态、不公开为例外。"


@cache
def drawn(name: str) -> bytes:
    return seed_pdf(name, running="某市税务公报")


@cache
def extracted(name: str) -> Extraction:
    return extract_bytes(drawn(name), "table.pdf")


def lines(result: ReadResult) -> list[str]:
    return [block.text for block in result.blocks if isinstance(block, RawParagraph)]


def only_table(result: ReadResult) -> RawTable:
    (table,) = (block for block in result.blocks if isinstance(block, RawTable))
    return table


def texts(table: RawTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize("name", [GUANGZHOU, HECHI])
def test_a_seed_as_a_pdf_of_several_pages_reads_as_the_seed(name: str) -> None:
    wrong = differences(name, extracted(name))
    assert [w for w in wrong if w[1] == "row"] == []
    assert len(wrong) <= 0.02 * len(seed(name).rows) * len(COLUMNS[name]), wrong
    assert [row.row for row in extracted(name).rows if row.doubtful] == []
    assert [note.value for note in extracted(name).footnotes] == [note.value for note in seed(name).footnotes]


def test_the_guangzhou_pdf_holds_against_the_rows_read_by_hand() -> None:
    found = {row.row: row for row in extracted(GUANGZHOU).rows}
    wants = answers("guangzhou_rows.tsv")
    right = sum(
        fold(found[want["row"]].text(field)) == fold(want[key])
        for want in wants
        for field, key in (("task", "main_task"), ("group", "group"), ("measure", "measure"), ("deadline", "deadline_raw"))
    )
    assert right >= 0.98 * 4 * len(wants)


def test_pages_headers_and_running_heads_are_accounted_for() -> None:
    result = read_bytes(drawn(GUANGZHOU), "x.pdf")
    table = only_table(result)
    assert table.spans_known and len(table.rows) == 92
    assert {cell.page for row in table.rows for cell in row} == set(range(1, 11))
    assert {r.code for r in result.remarks} == {"running-heads-left-out", "repeated-headers-left-out", "rows-joined-over-pages"}
    assert not re.search(r"—\s*\d|某市税务公报", "".join(lines(result)) + "".join(c.text for row in table.rows for c in row))


def test_running_text_is_joined_into_its_paragraphs() -> None:
    wanted = [line for line in seed(NATIONAL).text.split("\n") if line.strip()]
    result = pdf.read(text_pdf(wanted), "x.pdf")
    assert lines(result) == wanted
    pages = [block.page for block in result.blocks if isinstance(block, RawParagraph)]
    assert pages == sorted(pages) and pages[0] == 1 and pages[-1] > 5


def test_a_title_over_two_lines_is_one_and_a_number_begins_a_paragraph() -> None:
    title = "*某市人民政府办公室关于印发某市全面推进政务公开工作任务细化分工表的通知"
    result = pdf.read(text_pdf([title, "各区人民政府：", "一、总体要求", LONG, "（一）" + LONG, "1." + LONG, "2019年6月1日"]), "x.pdf")
    assert lines(result) == [title[1:], "各区人民政府：", "一、总体要求", LONG, "（一）" + LONG, "1." + LONG, "2019年6月1日"]


def grid(*rows: tuple[str, ...]) -> list[list[GridCell]]:
    return [[GridCell(text, r, c) for c, text in enumerate(row, 1)] for r, row in enumerate(rows, 1)]


def test_a_row_cut_by_the_page_is_put_together_and_a_row_without_number_is_not() -> None:
    head = ("序号", "工作措施", "责任部门")
    rows = [(str(k), LONG, "办公室") for k in range(1, 30)]
    cut = only_table(pdf.read(table_pdf(grid(head, *rows), (40, 200, 80)), "x.pdf"))
    assert texts(cut)[1:] == [list(row) for row in rows]
    rows = [(str(k) if k % 2 else "", "公开清单。", "办公室") for k in range(1, 60)]
    whole = only_table(pdf.read(table_pdf(grid(head, *rows), (40, 200, 80)), "x.pdf"))
    assert texts(whole)[1:] == [list(row) for row in rows]


def test_names_that_fill_a_narrow_column_stay_two_lines() -> None:
    rows = [
        ("序号", "措施", "部门"),
        ("1", "公开", "征管部门\n稽查部门"),
        ("2", "公开", "督察内审部门\n稽查部门"),
        ("3", "公开", "人事教育部门"),
    ]
    table = only_table(pdf.read(table_pdf(grid(*rows), (40, 60, 46.5)), "x.pdf"))
    assert [row[2] for row in texts(table)[1:]] == ["征管部门\n稽查部门", "督察内审部门\n稽查部门", "人事教育部门"]


def test_merged_cells_are_told_by_the_ruling() -> None:
    cells = [
        [GridCell("分工表", 1, 1, 1, 3)],
        [GridCell("序号", 2, 1), GridCell("措施", 2, 2, 1, 2)],
        [GridCell("1", 3, 1, 2), GridCell("甲", 3, 2), GridCell("", 3, 3)],
        [GridCell("乙", 4, 2, 1, 2)],
    ]
    table = only_table(pdf.read(table_pdf(cells, (40, 60, 80)), "x.pdf"))
    assert [[(c.text, c.row, c.column, c.rowspan, c.colspan) for c in row] for row in table.rows] == [
        [("分工表", 1, 1, 1, 3)],
        [("序号", 2, 1, 1, 1), ("措施", 2, 2, 1, 2)],
        [("1", 3, 1, 2, 1), ("甲", 3, 2, 1, 1), ("", 3, 3, 1, 1)],
        [("乙", 4, 2, 1, 2)],
    ]


def test_two_tables_of_other_columns_are_not_joined() -> None:
    one = pdf.read(table_pdf(grid(("序号", "任务"), ("1", "甲")), (40, 60)), "x.pdf")
    assert len(only_table(one).rows) == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (picture_pdf(), "OCR"),
        (text_pdf([TITLE, LONG], encrypt="geheim"), "密码"),
        (text_pdf([TITLE, LONG])[:-400], "截断"),
        (b"%PDF-1.4\nrubbish\nstartxref\n0\n%%EOF", "损坏"),
        (b"%PDF-1.4\n1 0 obj<</Length 1>>stream\n" + zlib.compress(bytes(70_000_000), 9) + b"\nendstream\nstartxref\n0\n%%EOF", "过大"),
    ],
    ids=["scan", "password", "cut", "damaged", "bomb"],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableSource) as error:
        read_bytes(data, "x.pdf")
    assert said in error.value.zh


def test_the_content_decides_not_the_name() -> None:
    assert pdf.accepts("x.docx", b"\r\n%PDF-1.7") and not pdf.accepts("x.pdf", b"PK\x03\x04")
    assert read_bytes(text_pdf([TITLE, LONG]), "wrong.txt").format == "pdf"


WHOLE = text_pdf(["一、总体要求", LONG])


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(WHOLE) - 1))
def test_any_bytes_give_blocks_or_a_message(junk: bytes, at: int) -> None:
    for data in (b"%PDF-1.4\n" + junk + b"\nstartxref\n9\n%%EOF", WHOLE[:at] + junk[:40] + WHOLE[at + len(junk[:40]) :]):
        try:
            assert pdf.read(data, "x.pdf").blocks
        except UnreadableSource as error:
            assert error.fix
