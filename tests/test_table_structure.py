"""Task tables as they come: deep headers, section lines, merged numbers, other tables beside them."""

from __future__ import annotations

import pytest

from loaders.blocks import RawBlock, RawCell, RawParagraph, RawTable, assemble
from loaders.tables import TableReading, read_table
from loaders.tables.columns import is_header
from loaders.tables.lift import ready

Grid = list[list[str | tuple[str, int, int]]]


def table(rows: Grid) -> RawTable:
    """Build a table with true merges: a cell is its text, or (text, rowspan, colspan); covered places are left out by hand."""
    taken: set[tuple[int, int]] = set()
    built = []
    for y, cells in enumerate(rows, 1):
        x, line = 1, []
        for cell in cells:
            while (y, x) in taken:
                x += 1
            text, tall, wide = (cell, 1, 1) if isinstance(cell, str) else cell
            line.append(RawCell(text, y, x, tall, wide))
            taken |= {(y + a, x + b) for a in range(tall) for b in range(wide)}
            x += wide
        built.append(tuple(line))
    return RawTable(tuple(built), spans_known=True)


def read(*blocks: RawBlock) -> TableReading:
    assembled = assemble(ready(blocks))
    found = [r for t in assembled.tables if (r := read_table(t, ordinal=1))]
    assert len(found) == 1
    return found[0]


def leads(reading: TableReading) -> list[list[str]]:
    return [[m.actor.name for m in row.roles if m.role == "lead"] for row in reading.rows]


def test_a_header_of_two_rows_names_the_parts_of_a_wide_heading() -> None:
    reading = read(
        table(
            [
                [("序号", 2, 1), ("重点任务", 2, 1), ("具体举措", 2, 1), ("责任分工", 1, 2), ("完成时限", 2, 1)],
                ["牵头单位", "配合单位"],
                ["1", ("优化审批", 2, 1), "压减审批时限至3个工作日。", "市政务服务局", "市发展改革委、市司法局", "2024年6月底前"],
                ["2", "推行告知承诺制。", "市司法局", "各区政府", "长期坚持"],
            ]
        )
    )
    assert leads(reading) == [["市政务服务局"], ["市司法局"]]
    helpers = [[m.actor.name for m in row.roles if m.role == "supporting"] for row in reading.rows]
    assert helpers == [["市发展改革委", "市司法局"], ["各区政府"]]
    assert reading.rows[1].text("task") == "优化审批"
    assert (reading.rows[1].inherited, reading.rows[1].doubtful) == (("task",), ())
    assert reading.rows[0].columns["责任分工 牵头单位"] == "市政务服务局"


def test_who_fills_in_and_when_above_the_header_is_no_heading() -> None:
    reading = read(
        table(
            [
                [("填报单位：县卫生健康局", 1, 3), "", "（2021年3月）"],
                ["序号", "工作内容", "牵头部门", "配合部门", "完成时间"],
                ["1", "到2022年底新建托育机构12家。", "县卫生健康局", "县自然资源局", "2022年12月"],
            ]
        )
    )
    assert list(reading.rows[0].columns) == ["序号", "工作内容", "牵头部门", "配合部门", "完成时间"]


def test_a_title_line_above_the_header_is_a_paragraph_and_the_note_below_too() -> None:
    blocks = ready(
        [
            table(
                [
                    [("某市2024年重点任务分工表", 1, 4)],
                    ["序号", "工作任务", "责任单位", "完成时间"],
                    ["1", "制定行动计划并公布。", "市发展改革委", "2024年3月底前"],
                    [("注：列第一位者为牵头单位。", 1, 4)],
                ]
            )
        ]
    )
    assert [type(b) for b in blocks] == [RawParagraph, RawTable, RawParagraph]
    assert blocks[0] == RawParagraph("某市2024年重点任务分工表")


def test_section_lines_head_the_rows_of_a_table_without_task_column() -> None:
    reading = read(
        table(
            [
                ["序号", "工作措施", "责任单位", "完成时限"],
                [("一、优化营商环境", 1, 4)],
                ["1", "推进企业开办一网通办。", "市市场监管局", "2024年底前"],
                ["2", "清理涉企收费目录清单。", "市财政局", "2024年底前"],
                [("二、加强监管执法", 1, 4)],
                ["3", "推行双随机一公开监管。", "市市场监管局", "长期坚持"],
            ]
        )
    )
    assert [row.text("task") for row in reading.rows] == ["一、优化营商环境", "一、优化营商环境", "二、加强监管执法"]
    assert [s.reason for s in reading.skipped] == ["section-row", "section-row"]
    assert reading.seen == len(reading.rows) + len(reading.skipped)


def test_rows_under_one_merged_number_are_rows_of_their_own() -> None:
    reading = read(
        table(
            [
                ["序号", "重点任务", "具体措施", "牵头单位", "完成时限"],
                [("1", 2, 1), ("强化统筹", 2, 1), "建立联席会议制度。", "市政府办公室", "2024年5月底前"],
                ["印发年度工作要点。", "市发展改革委", "2024年3月底前"],
                ["2", "严格考核", "纳入年度绩效考核。", "市委考核办", "每年12月底前"],
            ]
        )
    )
    assert [row.row for row in reading.rows] == ["1", "1-2", "2"]


def test_ditto_marks_take_the_words_above() -> None:
    reading = read(
        table(
            [
                ["序号", "工作任务", "牵头单位", "完成时限"],
                ["1", "制定实施方案并印发。", "市发展改革委", "2024年6月底前"],
                ["2", "组织开展业务培训。", "同上", "〃"],
            ]
        )
    )
    assert leads(reading) == [["市发展改革委"], ["市发展改革委"]]
    assert reading.rows[1].inherited == ("lead", "deadline")
    assert reading.rows[1].deadline and reading.rows[1].deadline.date == "2024-06-30"


def test_a_table_on_its_side_is_set_upright() -> None:
    reading = read(
        table(
            [
                ["工作任务", "制定实施方案并印发。", "组织开展业务培训。"],
                ["牵头单位", "市发展改革委", "市人力资源社会保障局"],
                ["完成时限", "2024年6月底前", "2024年9月底前"],
            ]
        )
    )
    assert leads(reading) == [["市发展改革委"], ["市人力资源社会保障局"]]


def test_the_column_of_authority_classes_is_the_addressee_whatever_its_name() -> None:
    reading = read(
        table(
            [
                ["序号", "工作措施", "责任单位", "牵头部门", "责任部门", "完成时限"],
                ["1", "公开执法主体清单。", "各级税务机关", "法制部门", "法制部门、办公室", "2019年9月30日前"],
                ["2", "配备音像记录设备。", "县税务机关", "稽查部门", "稽查部门", "2019年12月31日前"],
            ]
        )
    )
    assert [[m.actor.name for m in row.roles if m.role == "addressee"] for row in reading.rows] == [["各级税务机关"], ["县税务机关"]]
    assert [[m.actor.name for m in row.roles if m.role == "responsible"] for row in reading.rows] == [["法制部门", "办公室"], ["稽查部门"]]


def test_one_column_of_departments_with_verbs_gives_each_its_role() -> None:
    reading = read(
        table(
            [
                ["序号", "任务内容", "责任单位", "时间节点"],
                ["1", "建设统一服务平台。", "市大数据局牵头，市财政局、各区政府配合", "2025年底前"],
                ["2", "开展满意度测评。", "市政务服务局", "每季度"],
            ]
        )
    )
    assert leads(reading) == [["市大数据局"], []]
    assert [m.role for m in reading.rows[0].roles] == ["lead", "supporting", "supporting"]


@pytest.mark.parametrize(
    "header",
    [
        ["序号", "姓名", "职务", "单位", "联系电话"],
        ["项目名称", "预算金额（万元）", "责任单位"],
        ["一级指标", "二级指标", "指标值", "责任单位"],
        ["考核内容", "评分标准", "分值", "责任单位"],
        ["序号", "指标名称", "2020年基期值", "2025年目标值", "属性"],
        ["日期", "会议名称", "地点"],
        ["项目", "单价", "数量"],
    ],
)
def test_other_tables_are_not_task_tables(header: list[str]) -> None:
    assert not is_header(header)


@pytest.mark.parametrize(
    "header",
    [
        ["序号", "工作任务", "责任单位"],
        ["任务名称", "任务内容", "牵头部门（单位）", "时间进度"],
        ["编号", "改革任务", "第一责任单位", "参与单位", "时间节点"],
        ["重点任务", "目标值", "牵头单位", "完成时限"],
        ["序号", "项目", "内容", "承办单位", "完成时间"],
        ["序号", "主要任务和具体举措", "责任部门", "完成时限"],
    ],
)
def test_headers_of_task_tables(header: list[str]) -> None:
    assert is_header(header)


HEAD = ["序号", "工作任务", "办理路径", "牵头单位", "完成时限"]


def test_long_texts_under_a_heading_not_known_are_what_is_to_be_done() -> None:
    reading = read(
        table(
            [
                list(HEAD),
                ["1", ("摸清底数", 2, 1), "逐院建立档案，摸清楼龄、产权和居民意愿。", "区住建局", "8月底"],
                ["2", "分类排序，编制五年总体规划和年度任务表。", "区住建局", "11月底"],
                ["3", ("施工", 1, 1), "管线单位先下管、后铺路，避免重复开挖。", "区城管局", "年底"],
            ]
        )
    )
    assert [row.text("measure") for row in reading.rows] == [
        "逐院建立档案，摸清楼龄、产权和居民意愿。",
        "分类排序，编制五年总体规划和年度任务表。",
        "管线单位先下管、后铺路，避免重复开挖。",
    ]
    assert [row.text("task") for row in reading.rows] == ["摸清底数", "摸清底数", "施工"]


def test_short_words_under_a_heading_not_known_are_no_duties() -> None:
    reading = read(
        table(
            [
                list(HEAD),
                ["1", "逐院建立档案，摸清楼龄、产权和居民意愿。", "线上", "区住建局", "8月底"],
                ["2", "分类排序，编制五年总体规划和年度任务表。", "线下", "区住建局", "11月底"],
            ]
        )
    )
    assert [row.text("measure") for row in reading.rows] == ["", ""]
    assert [row.columns["办理路径"] for row in reading.rows] == ["线上", "线下"]
