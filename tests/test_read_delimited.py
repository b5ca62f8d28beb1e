"""Delimited text: encodings, delimiters, quotes, titles; running text with commas is never taken for a table."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_sheets import as_delimited
from seed_tables import guangzhou, hechi, wrong_fields
from seeds import GUANGZHOU, HECHI, NATIONAL, SOURCES

from loaders.blocks import RawCell, RawParagraph, RawTable, ReadResult
from loaders.extract import extract_bytes
from loaders.read import read_bytes
from loaders.readers import delimited_text
from loaders.sheets.delimited import split_records
from zhengmai.errors import UnreadableSource, ZhengmaiError

TABLE = "序号,重点任务,具体举措,牵头部门,完成时限\n1,甲,做好甲事,办公室,长期\n2,乙,做好乙事,人事处,2024年底前\n3,丙,做好丙事,财务处,长期\n"


def grid(result: ReadResult) -> list[list[str]]:
    return [[cell.text for cell in row] for row in next(b for b in result.blocks if isinstance(b, RawTable)).rows]


def cells(result: ReadResult) -> list[RawCell]:
    return [cell for b in result.blocks if isinstance(b, RawTable) for row in b.rows for cell in row]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_guangzhou_as_csv_has_every_field_right(encoding: str) -> None:
    assert wrong_fields(extract_bytes(as_delimited(guangzhou(), encoding=encoding), "a.csv"), "guangzhou") == []


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_hechi_as_csv_has_every_field_right(encoding: str) -> None:
    extraction = extract_bytes(as_delimited(hechi(), encoding=encoding), "a.csv")
    assert wrong_fields(extraction, "hechi") == []
    assert len(extraction.footnotes) == 1


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    result = read_bytes(as_delimited(guangzhou(), delimiter), "a.csv")
    assert (len(grid(result)), {len(row) for row in grid(result)}) == (92, {7})
    assert result.format == ("tsv" if delimiter == "\t" else "csv")


@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.xlsx", "a"])
def test_content_decides_and_not_the_name(name: str) -> None:
    assert grid(read_bytes(TABLE.encode(), name))[2] == ["2", "乙", "做好乙事", "人事处", "2024年底前"]


def test_title_lines_and_notes_are_paragraphs() -> None:
    result = read_bytes(f"附件,,,,\n某市任务分工表,,,,\n{TABLE}备注：每年一报。,,,,\n".encode(), "a.csv")
    assert [b.text for b in result.blocks if isinstance(b, RawParagraph)] == ["附件", "某市任务分工表", "备注：每年一报。"]
    assert len(grid(result)) == 4


def test_a_quoted_field_keeps_its_lines_commas_and_quotes() -> None:
    text = TABLE.replace("做好甲事", '"做好甲事,\n并""上报"""').replace("人事处", '"人事处"')
    assert grid(read_bytes(text.encode(), "a.csv"))[1][2] == '做好甲事,\n并"上报"'
    assert grid(read_bytes(text.encode(), "a.csv"))[2][3] == "人事处"


def test_a_quote_that_never_closes_loses_nothing() -> None:
    assert grid(read_bytes(TABLE.replace("做好甲事", '"做好甲事').encode(), "a.csv"))[1] == ["1", "甲", '"做好甲事', "办公室", "长期"]


def test_every_cell_knows_its_place_in_the_file() -> None:
    text = "sep=;\n" + TABLE.replace(",", ";").replace("甲事", '"甲事"')
    result = read_bytes(text.encode(), "a.csv")
    assert grid(result)[1][0] == "1"
    assert all(text[cell.raw_start :].startswith(cell.text) for cell in cells(result) if cell.raw_start is not None)
    assert sum(cell.raw_start is not None for cell in cells(result)) == 20


def test_a_short_row_is_filled_up_and_a_blank_column_left_out() -> None:
    text = "任务,举措,牵头部门,完成时限,,\n甲,做好甲事,办公室,长期,,\n乙,做好乙事,人事处\n"
    assert grid(read_bytes(text.encode(), "a.csv"))[1:] == [["甲", "做好甲事", "办公室", "长期"], ["乙", "做好乙事", "人事处", ""]]


@pytest.mark.parametrize("seed", [NATIONAL, GUANGZHOU, HECHI])
def test_the_seeds_are_not_taken(seed: str) -> None:
    assert not delimited_text.accepts(seed, (SOURCES / seed).read_bytes()[:4096])


@pytest.mark.parametrize(
    "text",
    [
        "各区,各部门,各单位:\n现将方案印发给你们,请结合实际,认真执行。\n任务由办公室,人事处,财务处负责。\n",
        "一、主要任务,责任分工,完成时限\n二、加强领导,落实责任。\n三、强化督查。\n",
    ],
)
def test_running_text_with_commas_stays_text(text: str) -> None:
    result = read_bytes(text.encode(), "a.txt")
    assert not any(isinstance(b, RawTable) for b in result.blocks)
    assert len(result.blocks) == 3


def test_a_file_named_csv_that_is_no_table_is_text() -> None:
    assert read_bytes("关于开展工作的通知\n请认真执行。\n".encode(), "a.csv").format == "text"


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(UnreadableSource, match="50000 rows"):
        read_bytes((TABLE + "4,丁,做好丁事,办公室,长期\n" * 50_001).encode(), "a.csv")


@given(st.lists(st.lists(st.text(alphabet='甲a,"\n ;', max_size=6), min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert [[field.text for field in record] for record in split_records(out.getvalue(), ",")] == rows


@given(st.text(alphabet='甲a,"\n ;', max_size=80))
def test_no_word_is_lost_and_every_place_is_right(text: str) -> None:
    fields = [field for record in split_records(text, ",") for field in record]
    assert sum(field.text.count("甲") for field in fields) == text.count("甲")
    assert all(text[field.start :].startswith(field.text) for field in fields if field.start is not None)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(st.binary(max_size=200), st.text(alphabet='序号任务,\t\n"1甲;|', max_size=200).map(str.encode)),
    st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE]),
)
def test_any_bytes_give_a_result_or_a_message(data: bytes, mark: bytes) -> None:
    try:
        assert isinstance(delimited_text.read(mark + data, "a.csv"), ReadResult)
    except ZhengmaiError as error:
        assert error.zh
