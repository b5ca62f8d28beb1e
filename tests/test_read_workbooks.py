"""Workbooks are read as a person sees them: merged cells, titles, notes, numbers and dates as shown; hostile ones are refused."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from render_sheets import as_xls, as_xlsx, biff_start
from seed_tables import guangzhou, hechi, wrong_fields

from loaders.blocks import RawParagraph, RawTable, ReadResult
from loaders.extract import extract_bytes
from loaders.read import read_bytes
from loaders.readers import xls, xlsx
from zhengmai.errors import UnreadableSource, ZhengmaiError

HEAD = ["序号", "重点任务", "具体举措", "牵头部门", "完成时限"]
WRITERS = {"xlsx": as_xlsx, "xls": as_xls}


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(*rows: list[object]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


def read(book: Workbook) -> ReadResult:
    return read_bytes(saved(book), "a.xlsx")


def grid(result: ReadResult, at: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in [b for b in result.blocks if isinstance(b, RawTable)][at].rows]


def paragraphs(result: ReadResult) -> list[str]:
    return [b.text for b in result.blocks if isinstance(b, RawParagraph)]


def codes(result: ReadResult) -> list[str]:
    return [remark.code for remark in result.remarks]


@pytest.mark.parametrize("kind", WRITERS)
def test_guangzhou_as_a_workbook_has_every_field_right_and_nothing_doubtful(kind: str) -> None:
    extraction = extract_bytes(WRITERS[kind](guangzhou()), f"a.{kind}")
    assert wrong_fields(extraction, "guangzhou") == []
    assert [row.row for row in extraction.rows if row.doubtful] == []
    assert extraction.meta.title == "广州市国家税务局全面推进政务公开任务细化分工表"


@pytest.mark.parametrize("kind", WRITERS)
def test_hechi_as_a_workbook_has_every_field_right_and_nothing_doubtful(kind: str) -> None:
    extraction = extract_bytes(WRITERS[kind](hechi()), f"a.{kind}")
    assert wrong_fields(extraction, "hechi") == []
    assert [row.row for row in extraction.rows if row.doubtful] == []
    assert len(extraction.footnotes) == 1


@pytest.mark.parametrize("kind", WRITERS)
def test_a_wrong_extension_does_not_matter(kind: str) -> None:
    assert read_bytes(WRITERS[kind](guangzhou()), "a.csv").format == kind


def test_a_merged_cell_has_its_spans_and_its_name_and_covers_the_rest() -> None:
    book = book_of(HEAD, [1, "甲", "做好甲事", "办公室", "长期"], [2, None, "做好乙事", "人事处", None])
    book.active.merge_cells("B2:B3")
    book.active.merge_cells("E2:E3")
    table = next(b for b in read(book).blocks if isinstance(b, RawTable))
    assert table.spans_known
    assert [(c.text, c.row, c.column, c.rowspan, c.name) for c in table.rows[1]][1] == ("甲", 2, 2, 2, "B2")
    assert [(c.text, c.column) for c in table.rows[2]] == [("2", 1), ("做好乙事", 3), ("人事处", 4)]


def test_titles_above_and_notes_below_are_paragraphs() -> None:
    book = book_of(
        ["附件"],
        ["某市任务分工表"],
        HEAD,
        [1, "甲", "做好甲事", "办公室", "长期"],
        [2, "乙", "做好乙事", "人事处", "长期"],
        ["备注：每年一报。"],
    )
    book.active.merge_cells("A2:E2")
    book.active.merge_cells("A6:E6")
    result = read(book)
    assert paragraphs(result) == ["附件", "某市任务分工表", "备注：每年一报。"]
    assert [row[0] for row in grid(result)] == ["序号", "1", "2"]


def test_a_group_line_inside_the_table_stays_a_row() -> None:
    book = book_of(HEAD, [1, "甲", "做好甲事", "办公室", "长期"], ["二、其他"], [2, "乙", "做好乙事", "人事处", "长期"])
    book.active.merge_cells("A3:E3")
    assert [len(row) for row in grid(read(book))] == [5, 5, 1, 5]


def test_every_sheet_is_read_and_a_second_table_on_a_sheet_is_a_table() -> None:
    book = book_of(
        HEAD,
        [1, "甲", "做好甲事", "办公室", "长期"],
        [2, "乙", "做好乙事", "人事处", "长期"],
        [],
        ["联系表"],
        ["任务", "责任部门", "电话"],
        ["甲", "办公室", "123"],
    )
    other = book.create_sheet("附件2")
    other.append(HEAD)
    other.append([1, "丙", "做好丙事", "办公室", "长期"])
    result = read(book)
    assert [b.sheet for b in result.blocks if isinstance(b, RawTable)] == ["Sheet", "Sheet", "附件2"]
    assert grid(result, 1) == [["任务", "责任部门", "电话"], ["甲", "办公室", "123"]]
    assert paragraphs(result) == ["联系表"]


def test_numbers_and_dates_are_as_shown() -> None:
    book = book_of(HEAD, [1.0, "甲", 0.2, "办公室", date(2024, 6, 30)], [2, "乙", 3.14, "人事处", date(2024, 7, 1)])
    sheet = book.active
    sheet["C2"].number_format = "0%"
    sheet["E2"].number_format = 'yyyy"年"m"月"d"日";@'
    sheet["E3"].number_format = "yyyy/m/d"
    assert grid(read(book))[1:] == [["1", "甲", "20%", "办公室", "2024年6月30日"], ["2", "乙", "3.14", "人事处", "2024/7/1"]]


def test_hidden_rows_columns_and_sheets_are_read_and_named() -> None:
    book = book_of(HEAD, [1, "甲", "做好甲事", "办公室", "长期"], [2, "乙", "做好乙事", "人事处", "长期"])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["D"].hidden = True
    other = book.create_sheet("旧表")
    other.append(["旧稿"])
    other.sheet_state = "hidden"
    result = read(book)
    assert len(grid(result)) == 3 and "旧稿" in paragraphs(result)
    assert codes(result) == ["hidden-rows-read", "hidden-columns-read", "hidden-sheet-read"]
    assert "（第 3 行）" in result.remarks[0].zh and "（D 列）" in result.remarks[1].zh


def test_a_formula_is_never_evaluated() -> None:
    result = read(book_of(HEAD, [1, "甲", "做好甲事", "办公室", "=1+1"], [2, "乙", "做好乙事", "人事处", "长期"]))
    assert grid(result)[1][4] == "=1+1"
    assert codes(result) == ["formula-without-value"]
    assert "E2" in result.remarks[0].en


def test_blank_rows_and_columns_are_left_out_and_a_table_may_stand_anywhere() -> None:
    book = Workbook()
    for row, values in enumerate((HEAD, [1, "甲", "做好甲事", "办公室", "长期"], [2, "乙", "做好乙事", "人事处", "长期"]), 5):
        for column, value in enumerate(values, 4):
            book.active.cell(row, column, value)
    table = next(b for b in read(book).blocks if isinstance(b, RawTable))
    assert [(c.row, c.column, c.name) for c in table.rows[0]][0] == (1, 1, "D5")
    assert [len(row) for row in table.rows] == [5, 5, 5]


def test_a_merge_over_the_whole_sheet_costs_nothing() -> None:
    book = book_of(HEAD, [1, "甲", "做好甲事", "办公室", "长期"], [2, "乙", "做好乙事", "人事处", "长期"])
    data = with_part(
        saved(book),
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    assert [len(row) for row in grid(read_bytes(data, "a.xlsx"))] == [5, 5, 5]


def with_part(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            body = source.read(part)
            target.writestr(part, body.replace(old, new) if part == name else body)
    return out.getvalue()


def test_a_sheet_of_far_too_many_rows_is_refused_in_bounded_time() -> None:
    row = b'<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d" t="inlineStr"><is><t>x</t></is></c></row>'
    rows = b"".join(row % (at, at, at) for at in range(1, 120_001))
    data = with_part(saved(book_of(["x"])), "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData>" + rows)
    began = time.monotonic()
    with pytest.raises(UnreadableSource, match="50000 rows"):
        read_bytes(data, "a.xlsx")
    assert time.monotonic() - began < 120


def test_formatted_rows_without_words_are_no_rows() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (at, at) for at in range(10, 100_000))
    book = book_of(HEAD, [1, "甲", "做好甲事", "办公室", "长期"])
    data = with_part(saved(book), "xl/worksheets/sheet1.xml", b"</sheetData>", rows + b"</sheetData>")
    assert len(grid(read_bytes(data, "a.xlsx"))) == 2


def test_a_zip_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target, target.open("xl/workbook.xml", "w", force_zip64=True) as part:
        for _ in range(210):
            part.write(b" " * 1_000_000)
    with pytest.raises(UnreadableSource, match="unpacks to"):
        read_bytes(out.getvalue(), "a.xlsx")


def test_xml_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'
    data = with_part(saved(book_of(HEAD)), "xl/worksheets/sheet1.xml", b"<worksheet", bomb)
    with pytest.raises(UnreadableSource, match="XML entities"):
        read_bytes(data, "a.xlsx")


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_a_locked_file_says_so(name: str) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    with pytest.raises(UnreadableSource, match="password") as error:
        read_bytes(ole, name)
    assert "密码" in error.value.zh


def test_a_locked_excel_97_file_says_so() -> None:
    with pytest.raises(UnreadableSource, match="password"):
        read_bytes(biff_start(0x05) + b"\x2f\0\x06\0" + b"\1\0\1\0\1\0" + b"\x0a\0\0\0", "a.xls")


@pytest.mark.parametrize("kind", WRITERS)
def test_a_truncated_file_says_so(kind: str) -> None:
    data = WRITERS[kind](guangzhou())
    with pytest.raises(UnreadableSource) as error:
        read_bytes(data[: len(data) // 2], f"a.{kind}")
    assert error.value.zh


def test_a_workbook_without_words_says_so() -> None:
    with pytest.raises(UnreadableSource, match="without words"):
        read(Workbook())


def test_a_comment_is_named_and_left_out() -> None:
    from openpyxl.comments import Comment

    book = book_of(HEAD, [1, "甲", "做好甲事", "办公室", "长期"])
    book.active["A1"].comment = Comment("核对", "x")
    assert codes(read(book)) == ["comments-left-out"]


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\x00\x00\x06\x05\x00"]),
    st.sampled_from([xlsx, xls]),
)
def test_any_bytes_give_a_result_or_a_message(tail: bytes, magic: bytes, reader: object) -> None:
    try:
        assert isinstance(reader.read(magic + tail, "a.x"), ReadResult)  # type: ignore[attr-defined]
    except ZhengmaiError as error:
        assert error.zh


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["xlsx", "xls"]), st.integers(0, 10**6), st.binary(min_size=1, max_size=6))
def test_any_damage_gives_a_result_or_a_message(kind: str, at: int, noise: bytes) -> None:
    data = DAMAGED[kind]
    at %= len(data)
    try:
        assert isinstance(read_bytes(data[:at] + noise + data[at + len(noise) :], f"a.{kind}"), ReadResult)
    except ZhengmaiError as error:
        assert error.zh


DAMAGED = {kind: write(hechi()) for kind, write in WRITERS.items()}
