"""Text dumps of tables: rows are rebuilt whatever blanks, breaks and widths the dump has."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.blocks import RawParagraph, RawTable
from loaders.extract import extract_bytes
from loaders.readers.plain_text import dump_blocks, read
from loaders.records import Extraction
from zhengmai.errors import ZhengmaiError

HEAD = ["序号", "重点任务", "具体举措", "牵头部门", "责任部门", "完成时限"]


def dump(*rows: list[str]) -> str:
    """Write rows the way the dumps do: a TAB before each cell, a blank line after each row."""
    return "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)


def tables(text: str) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in b.rows] for b in dump_blocks(text) if isinstance(b, RawTable)]


def extract(*rows: list[str], title: str = "某市推进数字政府建设任务分工表") -> Extraction:
    return extract_bytes(f"{title}\n{dump(HEAD, *rows)}".encode(), "test.txt")


def test_a_row_broken_over_blocks_is_one_row() -> None:
    text = (
        dump(HEAD, ["1", "甲", "做好甲事", "办公室", "人事处", "持续开展"])
        + "\n\t2\n\n\n\t\n\t做好乙事\n\t办公室\n\n\t人事处\n\t2019年底前\n"
    )
    assert tables(text)[0][2] == ["2", "", "做好乙事", "办公室", "人事处", "2019年底前"]


def test_blank_lines_inside_a_cell_stay_inside() -> None:
    text = dump(
        HEAD, ["1", "甲", "做好甲事", "办公室", "人事处\n\n财务处", "持续开展"], ["2", "", "做好乙事", "办公室", "人事处", "持续开展"]
    )
    assert tables(text)[0][1][4] == "人事处\n\n财务处"
    assert len(tables(text)[0]) == 3


def test_title_before_and_note_after_are_paragraphs() -> None:
    text = (
        "\t附件\n\n\t任务分工表\n\n"
        + dump(HEAD, ["1", "甲", "做好甲事", "办公室", "人事处", "持续开展"])
        + "\n\t备注：牵头部门负责统筹。\n"
    )
    blocks = dump_blocks(text)
    assert [b.text for b in blocks if isinstance(b, RawParagraph)] == ["附件", "任务分工表", "备注：牵头部门负责统筹。"]
    assert len(tables(text)[0]) == 2


def test_a_table_wider_than_its_header_has_a_group_column() -> None:
    found = extract(
        ["1", "加强公开", "推进清单公开", "编制权力清单并向社会公布。", "法规处", "法规处、办公室", "持续开展"],
        ["2", "", "", "及时更新权力清单。", "法规处", "法规处", "2019年底前"],
        ["3", "", "推进许可公开", "公开行政许可目录。", "法规处", "法规处", "持续开展"],
    )
    assert [(r.text("task"), r.text("group"), r.text("measure")) for r in found.rows] == [
        ("加强公开", "推进清单公开", "编制权力清单并向社会公布。"),
        ("加强公开", "推进清单公开", "及时更新权力清单。"),
        ("加强公开", "推进许可公开", "公开行政许可目录。"),
    ]
    assert found.rows[1].inherited == ("task", "group")


def test_a_new_task_ends_the_group_before_it() -> None:
    found = extract(
        ["1", "加强公开", "推进清单公开", "编制权力清单并向社会公布。", "法规处", "法规处", "持续开展"],
        ["2", "优化服务", "", "设置综合窗口办理业务。", "办公室", "办公室", "持续开展"],
    )
    assert found.rows[1].text("group") == ""


def test_one_blank_value_is_inherited_and_doubtful_two_are_a_merged_block() -> None:
    found = extract(
        ["1", "甲", "做好第一件事情。", "办公室", "人事处", "2019年底前"],
        ["2", "", "做好第二件事情。", "", "财务处", "持续开展"],
        ["3", "", "做好第三件事情。", "法规处", "", ""],
    )
    assert (found.rows[1].inherited, found.rows[1].doubtful) == (("task", "lead"), ("lead",))
    assert (found.rows[2].inherited, found.rows[2].doubtful) == (("task", "responsible", "deadline"), ())


def test_repeated_headers_and_notes_are_skipped_with_a_reason() -> None:
    found = extract(
        ["1", "甲", "做好甲事情。", "办公室", "人事处", "持续开展"], HEAD, ["2", "乙", "做好乙事情。", "办公室", "人事处", "持续开展"]
    )
    assert [(s.reason) for s in found.ingest.skipped] == ["repeated-header"]
    assert found.ingest.rows_seen == found.ingest.rows_kept + 1


def test_numbers_met_again_and_rows_without_a_number_get_ids_of_their_own() -> None:
    row = ["甲", "做好一件具体事情。", "办公室", "人事处", "持续开展"]
    found = extract(["1", *row], ["", *row], ["2", *row], ["2", *row], ["", *row], ["", *row], ["３", *row])
    assert [r.row for r in found.rows] == ["1", "1-u1", "2", "2-2", "2-u1", "2-u2", "3"]


def test_other_column_orders_and_names() -> None:
    head = ["完成时间", "责任单位", "牵头单位", "工作内容", "工作任务"]
    text = "某区重点工作任务分解表\n" + dump(
        head,
        ["2024年6月底前", "区教育局、区财政局", "区发展改革委", "制定年度实施方案并印发。", "强化统筹"],
        ["长期坚持", "各街道", "区民政局", "每季度开展一次督促检查工作。", "督查考核"],
    )
    found = extract_bytes(text.encode(), "test.txt")
    assert [(r.row, r.text("task"), [m.actor.name for m in r.roles if m.role == "lead"]) for r in found.rows] == [
        ("1", "强化统筹", ["区发展改革委"]),
        ("2", "督查考核", ["区民政局"]),
    ]
    assert found.rows[0].deadline and found.rows[0].deadline.date == "2024-06-30"


def test_running_text_is_no_table() -> None:
    result = read("第一行\n\t缩进的一行\n第三行\n".encode(), "t.txt")
    assert all(isinstance(b, RawParagraph) for b in result.blocks)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(alphabet="\t\n 序号任务部门处1。，2年月日（）《》一、", max_size=300).map(str.encode)))
def test_any_bytes_give_records_or_a_clear_message(data: bytes) -> None:
    try:
        found = extract_bytes(data, "any")
    except ZhengmaiError as error:
        assert error.message()
        return
    for row in found.rows:
        for cell in row.cells.values():
            assert found.text[cell.place.start : cell.place.end] == cell.raw.strip()


def test_who_signed_below_the_table_is_no_part_of_its_last_cell() -> None:
    rows = [
        ["序号", "工作举措", "牵头单位", "完成时限"],
        ["1", "开展排查。", "市水务局", "2024年底前"],
        ["2", "公开结果。", "市水务局", "持续推进"],
    ]
    table = f"某市任务分工表\n\n{dump(*rows)}"
    signed = extract_bytes((table + "\n某市人民政府办公室\n2023年6月15日\n").encode(), "t.txt")
    assert [row.text("deadline") for row in signed.rows] == ["2024年底前", "持续推进"]
    assert signed.meta.written_on == "2023-06-15"
    two = extract_bytes((table.replace("\t持续推进\n", "\t市级6月底前\n\n县级12月底前\n")).encode(), "t.txt")
    assert two.rows[-1].text("deadline") == "市级6月底前\n\n县级12月底前"
