"""Faults in tables of other makes: several roles in a cell, columns of no known role, dotted numbers, limits and counts in words."""

from __future__ import annotations

import pytest
from small_document import found_in_table, found_in_text

from loaders.records import Finding

HEAD = "江东区2024年老旧小区改造任务清单\n\n| 任务类别 | 编号 | 目标任务 | 分管领导 | 责任单位 | 时间节点 |\n|---|---|---|---|---|---|\n"
GOOD = [
    ["（一）组织发动", "1.1", "成立工作专班。", "张三丰", "牵头：区住建局；配合：区财政局", "2024年3月底前"],
    ["（一）组织发动", "1.2", "2024年国庆前完成入户走访。", "张三丰", "牵头：区民政局；配合：区住建局", "2024年9月底前"],
    ["（一）组织发动", "1.3", "10月中旬前报送下年度计划。", "李四光", "牵头：区住建局；配合：区财政局", "2024年10月15日前"],
    ["（二）资金筹措", "2.1", "区审计局对奖补资金开展专项审计。", "李四光", "牵头：区审计局；配合：区财政局", "2024年9月底前"],
    ["（二）资金筹措", "2.2", "足额安排配套资金。", "李四光", "牵头：区财政局；配合：区住建局", "2024年4月底前"],
    ["（二）资金筹措", "2.3", "申报专项债券项目。", "李四光", "牵头：区发改局；配合：区财政局", "2024年6月底前"],
    ["（三）工程推进", "3.1", "开展房屋安全鉴定。", "王五常", "牵头：区住建局；配合：区应急局", "2024年5月底前"],
    ["（三）工程推进", "3.2", "上半年完成施工图审查。", "王五常", "牵头：区住建局；配合：区市场监管局", "2024年6月底前"],
    ["（三）工程推进", "3.3", "建立质量回访制度。", "王五常", "牵头：区住建局；配合：区市场监管局", "2024年12月底前"],
    ["（四）长效管理", "4.1", "引入专业物业服务。", "赵六安", "牵头：区住建局；配合：区民政局", "2024年12月底前"],
    ["（四）长效管理", "4.2", "推行电梯维保公示。", "赵六安", "牵头：区市场监管局；配合：区住建局", "2024年12月底前"],
    ["（四）长效管理", "4.3", "开展满意度测评。", "赵六安", "牵头：区统计局；配合：区住建局", "2024年12月底前"],
]
NUMBER, MEASURE, LEADER, ROLES, LIMIT = 1, 2, 3, 4, 5
NEW = {
    "lead-unnamed",
    "cell-blank",
    "number-gap",
    "number-repeated",
    "number-order",
    "deadline-differs",
    "date-far",
    "actor-elsewhere",
    "role-conflict",
}


def _told(found: list[Finding], code: str) -> set[tuple[int | None, int | None]]:
    return {(f.place.row, f.place.column) for f in found if f.code == code}


def test_the_clean_table_has_none_of_these() -> None:
    assert not {f.code for f in found_in_table(HEAD, GOOD, 0, 0, None)} & NEW


@pytest.mark.parametrize(
    ("code", "row", "column", "value"),
    [
        ("lead-unnamed", 5, ROLES, "牵头：有关单位；配合：区财政局"),
        ("lead-unnamed", 5, ROLES, "牵头：各相关部门；配合：区财政局"),
        ("cell-blank", 6, LEADER, ""),
        ("number-gap", 12, NUMBER, "4.4"),
        ("number-repeated", 6, NUMBER, "2.2"),
        ("number-order", 8, NUMBER, "2.4"),
        ("deadline-differs", 2, LIMIT, "2025年3月底前"),
        ("deadline-differs", 3, LIMIT, "2024年11月15日前"),
        ("deadline-differs", 8, LIMIT, "2024年9月底前"),
        ("date-far", 5, LIMIT, "2023年4月底前"),
        ("actor-elsewhere", 11, ROLES, "牵头：省市场监管局；配合：区住建局"),
        ("actor-elsewhere", 11, ROLES, "牵头：西山区市场监管局；配合：区住建局"),
        ("role-conflict", 4, ROLES, "牵头：区商务局；配合：区财政局"),
    ],
)
def test_a_fault_is_told_at_its_cell(code: str, row: int, column: int, value: str) -> None:
    head = _told(found_in_table(HEAD, GOOD, 0, 0, None), code)
    assert {at for _, at in _told(found_in_table(HEAD, GOOD, row, column, value), code) - head} & {column + 1}


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (5, ROLES, "牵头：区财政局；配合：有关单位"),
        (2, MEASURE, "2024年国庆前完成入户走访，2024年9月底前完成复核。"),
        (4, MEASURE, "按照区审计局要求对奖补资金开展专项审计。"),
        (4, ROLES, "牵头：区财政局；配合：各有关单位"),
        (11, ROLES, "牵头：区市场监管局；配合：市自然资源局江东分局"),
        (5, LIMIT, "2025年4月底前"),
        (8, MEASURE, "每年上半年完成施工图审查的项目优先安排。"),
    ],
)
def test_what_is_right_stays_untold(row: int, column: int, value: str) -> None:
    found = found_in_table(HEAD, GOOD, row, column, value)
    assert not {f.code for f in found} & (NEW - {"deadline-differs"} if column == LIMIT else NEW)


def test_a_row_among_those_of_another_group_is_told() -> None:
    rows = [[*row] for row in GOOD]
    moved = rows.pop(5)  # 2.3 comes to stand between 3.1 and 3.2
    rows.insert(6, [rows[6][0], *moved[1:]])
    found = found_in_table(HEAD, rows, 0, 0, None)
    assert [f.quote for f in found if f.code == "number-order"] == ["2.3"]


def test_groups_leave_no_number_out() -> None:
    rows = [[row[0].replace("（四）", "（五）"), row[1].replace("4.", "5."), *row[2:]] for row in GOOD]
    rows += [
        ["（六）宣传引导", f"6.{n}", f"做好第{n}期宣传。", "赵六安", "牵头：区委宣传部；配合：区住建局", "2024年12月底前"]
        for n in (1, 2, 3)
    ]
    assert [f.quote for f in found_in_table(HEAD, rows, 0, 0, None) if f.code == "number-gap"] == ["（五）长效管理"]


TEXT = (
    "临川市人民政府关于加强社区治理的意见\n\n2024年1月5日\n\n一、总体要求\n\n"
    "（一）健全体系。推动市、县、乡、村四级联动，县（市、区）、乡镇（街道）、村（社区）三级同步。由市体育局会同市教育局指导。\n\n"
    "（二）搭建平台。建立“居委会、业委会、物业企业、产权单位、施工单位”五方议事会。落实建设、勘察、设计、施工、监理五方主体责任。\n\n"
    "二、主要任务\n\n"
    "（三）分类推进。按照本意见第（二）项要求，对以下三类小区：失养小区、失修小区、失管小区。\n\n"
    "（四）强化保障。落实“四个一”（一个专班、一个方案、一张清单、一套制度），抓好三项工作：一是宣传；二是培训；三是考核。\n\n"
    "（五）督促检查。市财政局加强监督。\n\n（六）总结推广。市民政局做好总结。\n"
)


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("quantity-odd", "乡、村四级", "乡、村三级"),
        ("quantity-odd", "（社区）三级", "（社区）四级"),
        ("quantity-odd", "、施工单位”五方", "”五方"),
        ("quantity-odd", "设计、施工、监理五方", "设计、施工五方"),
        ("quantity-odd", "以下三类", "以下四类"),
        ("quantity-odd", "一张清单、", ""),
        ("quantity-odd", "抓好三项工作", "抓好四项工作"),
        ("reference-nowhere", "第（二）项", "第（二十八）项"),
        ("reference-nowhere", "第（二）项", "第九项"),
        ("confusable-character", "市体育局", "市休育局"),
    ],
)
def test_a_fault_in_a_text_is_told(code: str, old: str, new: str) -> None:
    assert code not in {f.code for f in found_in_text(TEXT, "", "")}
    assert code in {f.code for f in found_in_text(TEXT, old, new)}
