"""Tables of a Word file keep their grid: merges down and sideways, gaps, nested tables, reading order."""

from __future__ import annotations

from io import BytesIO

from render_docx import docx, p, r, tbl, tc, tr

from loaders.blocks import RawBlock, RawParagraph, RawTable
from loaders.readers.word import read

START, GO_ON = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"


def blocks(body: str) -> tuple[RawBlock, ...]:
    return read(docx(body), "a.docx").blocks


def grid(table: RawBlock) -> list[list[tuple[str, int, int, int, int]]]:
    assert isinstance(table, RawTable) and table.spans_known
    return [[(c.text, c.row, c.column, c.rowspan, c.colspan) for c in row] for row in table.rows]


def span(width: int) -> str:
    return f"<w:gridSpan w:val='{width}'/>"


def test_cells_merged_down_and_sideways() -> None:
    body = tbl(
        tr("序号", tc("举措", properties=span(2)), "部门"),
        tr("1", tc("组", properties=START), "甲", ""),
        tr("2", tc("", properties=GO_ON), "乙", "办公室\n人事处"),
        tr("3", tc("丙", properties=span(2) + START), "无"),
        tr("4", tc("", properties=span(2) + GO_ON), "无"),
    )
    assert grid(blocks(body)[0]) == [
        [("序号", 1, 1, 1, 1), ("举措", 1, 2, 1, 2), ("部门", 1, 4, 1, 1)],
        [("1", 2, 1, 1, 1), ("组", 2, 2, 2, 1), ("甲", 2, 3, 1, 1), ("", 2, 4, 1, 1)],
        [("2", 3, 1, 1, 1), ("乙", 3, 3, 1, 1), ("办公室\n人事处", 3, 4, 1, 1)],
        [("3", 4, 1, 1, 1), ("丙", 4, 2, 2, 2), ("无", 4, 4, 1, 1)],
        [("4", 5, 1, 1, 1), ("无", 5, 4, 1, 1)],
    ]


def test_a_table_made_by_another_writer_reads_the_same() -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("前")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "合"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "横"
    table.cell(0, 1).text = "甲"
    document.add_paragraph("后")
    out = BytesIO()
    document.save(out)
    found = read(out.getvalue(), "a.docx").blocks
    assert found[0] == RawParagraph("前") and found[2] == RawParagraph("后")
    assert grid(found[1]) == [
        [("合", 1, 1, 2, 1), ("甲", 1, 2, 1, 1), ("", 1, 3, 1, 1)],
        [("", 2, 2, 1, 1), ("", 2, 3, 1, 1)],
        [("", 3, 1, 1, 1), ("横", 3, 2, 1, 2)],
    ]


def test_the_old_way_to_merge_sideways() -> None:
    body = tbl(tr(tc("甲", properties="<w:hMerge w:val='restart'/>"), tc("", properties="<w:hMerge/>"), "乙"), tr("1", "2", "3"))
    assert grid(blocks(body)[0])[0] == [("甲", 1, 1, 1, 2), ("乙", 1, 3, 1, 1)]


def test_gaps_before_a_row_move_its_cells() -> None:
    body = tbl(tr("1", "2", "3"), tr("乙", "丙", properties="<w:gridBefore w:val='1'/>"), tr("丁", properties="<w:gridAfter w:val='2'/>"))
    assert grid(blocks(body)[0])[1:] == [[("乙", 2, 2, 1, 1), ("丙", 2, 3, 1, 1)], [("丁", 3, 1, 1, 1)]]


def test_columns_that_no_cell_edge_parts_are_one() -> None:
    body = tbl(tr("1", tc("2", properties=span(5))), tr("3", tc("4", properties=span(5))))
    assert grid(blocks(body)[0]) == [[("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1)], [("3", 2, 1, 1, 1), ("4", 2, 2, 1, 1)]]


def test_an_edge_moved_by_a_hair_makes_no_column() -> None:
    upper = tr("序号", tc("任务", properties=span(2)), "时限")
    lower = tr(tc("1", properties=span(2)), "甲", "长期")
    assert [[cell[2:3] + cell[4:] for cell in row] for row in grid(blocks(tbl(upper, lower, widths=[600, 40, 4000, 1500]))[0])] == [
        [(1, 1), (2, 1), (3, 1)]
    ] * 2
    wide = grid(blocks(tbl(upper, lower, widths=[600, 700, 4000, 1500]))[0])
    assert [(cell[2], cell[4]) for cell in wide[0]] == [(1, 1), (2, 2), (4, 1)]


def test_a_narrow_column_with_words_stays() -> None:
    assert len(grid(blocks(tbl(tr("1", "2", "3"), widths=[600, 40, 900]))[0])[0]) == 3


def test_a_hostile_span_is_bounded() -> None:
    row = grid(
        blocks(tbl(tr(tc("1", properties=span(2_000_000_000)), "2", properties="<w:gridBefore w:val='99999999'/>"), tr("3", "4")))[0]
    )[0]
    assert [(cell[2], cell[4]) for cell in row] == [(4, 1), (5, 1)]


def test_a_table_inside_a_cell_follows_the_outer_one() -> None:
    inner = tbl(tr("内1", "内2"))
    body = p("前") + tbl(tr("甲", tc("乙", inner, p("丙"))), tr("1", "2")) + p("中") + tbl(tr("丁", "戊")) + p("后")
    found = blocks(body)
    assert [b.text if isinstance(b, RawParagraph) else b.rows[0][0].text for b in found] == ["前", "甲", "内1", "中", "丁", "后"]
    assert grid(found[1])[0][1][0] == "乙\n丙"


def test_a_table_of_one_cell_is_a_frame_round_its_content() -> None:
    body = tbl(tr(tc(p("题"), tbl(tr("甲", "乙"), tr("1", "2")), p("注"))))
    found = blocks(body)
    assert [b.text if isinstance(b, RawParagraph) else b.rows[0][0].text for b in found] == ["题", "甲", "注"]


def test_ten_tables_inside_each_other_lose_no_words() -> None:
    body = tbl(tr("最里", "层0"))
    for depth in range(1, 11):
        body = tbl(tr(tc(body, p(f"层{depth}")), "旁"))
    found = blocks(body)
    assert len(found) == 11 and all(isinstance(b, RawTable) for b in found)
    text = "".join(cell.text for b in found if isinstance(b, RawTable) for row in b.rows for cell in row)
    assert [f"层{depth}" in text for depth in range(11)] == [True] * 11 and "最里" in text


def test_deleted_rows_are_left_out_and_inserted_ones_kept() -> None:
    body = tbl(
        tr("序号", "任务"),
        tr(tc("1", properties=START), "甲"),
        tr(tc("", properties=GO_ON), "旧", properties="<w:del w:id='1'/>"),
        tr(tc("", properties=GO_ON), "新", properties="<w:ins w:id='2'/>"),
    )
    result = read(docx(body), "a.docx")
    assert grid(result.blocks[0])[1:] == [[("1", 2, 1, 2, 1), ("甲", 2, 2, 1, 1)], [("新", 3, 2, 1, 1)]]
    assert [remark.code for remark in result.remarks] == ["tracked-changes", "outside-links"]
    assert "删除表格行 1 行" in result.remarks[0].zh


def test_rows_and_cells_inside_content_controls() -> None:
    cell = f"<w:sdt><w:sdtPr/><w:sdtContent>{tc('乙')}</w:sdtContent></w:sdt>"
    body = tbl(tr("甲", cell), f"<w:sdt><w:sdtPr/><w:sdtContent>{tr('丙', '丁')}</w:sdtContent></w:sdt>")
    assert [[c[0] for c in row] for row in grid(blocks(body)[0])] == [["甲", "乙"], ["丙", "丁"]]


def test_words_under_a_merged_cell_are_reported() -> None:
    body = tbl(tr(tc("同", properties=START), "1"), tr(tc("同", properties=GO_ON), "2"), tr(tc("异", properties=GO_ON), "3"))
    result = read(docx(body), "a.docx")
    assert grid(result.blocks[0])[0][0] == ("同", 1, 1, 3, 1)
    assert [x.zh for x in result.remarks if x.code == "merged-away-text"] == ["纵向合并单元格中被遮住的文字 1 处未读入（Word 亦不显示）。"]


def test_inside_a_cell_line_breaks_are_kept_and_tabs_are_blanks() -> None:
    cell = tc(p(r("规范"), "<w:r><w:br/><w:t>事中</w:t><w:tab/><w:t>公示</w:t></w:r>"), p(), p("末"), p())
    assert grid(blocks(tbl(tr(cell, "x")))[0])[0][0][0] == "规范\n事中 公示\n\n末"
