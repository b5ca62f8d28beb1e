"""Limits of what others follow, cycles, bodies named twice in a limit, ranks of units, and other things among names."""

from __future__ import annotations

import pytest
from small_document import found_in_table, found_in_text

HEAD = (
    "某市任务分工表\n2024年1月5日\n"
    "| 序号 | 主要任务 | 具体举措 | 责任单位 | 牵头部门 | 责任部门 | 完成时限 |\n|---|---|---|---|---|---|---|\n"
)
GOOD = [
    ["1", "服务", "主要负责人每年至少听取一次政务公开工作汇报。", "市税务局", "人事处", "人事处、稽查处", "2024年6月30日前"],
    ["2", "服务", "在网站设置意见征集专栏。", "各级税务机关", "法规处", "法规处", "市局2024年6月30日前，县（区）局2024年5月31日前"],
    ["3", "服务", "编制数据资源目录。", "各级税务机关", "财务处", "财务处", "2024年6月30日前"],
    ["4", "执法", "按照数据资源目录开放数据。", "各级税务机关", "稽查处", "稽查处", "2024年9月30日前"],
    ["5", "执法", "完善执法案卷归档办法。", "各级税务机关", "征管处", "征管处", "2024年6月30日前"],
    ["6", "执法", "梳理权责事项并动态调整。", "各级税务机关", "征管处", "征管处", "2024年6月30日前"],
]
MEASURE, UNIT, RESPONSIBLE, DEADLINE = 2, 3, 5, 6
TEXT = (
    "省税务局关于做好政务公开的实施办法\n\n2024年1月5日\n\n一、主要任务\n\n"
    "（一）公开目录。省局于2024年6月底前修订公开目录，2024年9月底前各级税务机关按照省局发布的目录体系，全面完成修订。（办公室牵头，会同法规处落实）\n\n"
    "（二）组织领导。主要负责人每年至少听取一次政务公开工作汇报，研究推动工作。（人事处牵头，会同稽查处落实）\n\n"
    "（三）设备管理。2024年6月底前配备音像记录设备。2024年9月起进行音像记录。（财务处牵头，会同征管处、稽查处落实）\n\n"
    "（四）政策解读。2024年3月底前制定服务规范。同步解读政策。（法规处牵头落实）\n\n"
    "（五）规范服务。2024年4月底前按照服务规范完成办税厅改造。（人事处牵头落实）\n\n（六）回应关切。及时回应社会关切。（征管处牵头落实）\n"
)


@pytest.mark.parametrize(
    ("code", "row", "column", "value"),
    [
        ("step-order", 3, DEADLINE, "2024年12月31日前"),
        ("duty-repeated", 6, MEASURE, "主要负责人每两年至少听取一次政务公开工作汇报。"),
        ("duty-repeated", 6, MEASURE, "每季度至少听取一次政务公开工作汇报。"),
        ("deadline-differs", 2, DEADLINE, "市局2024年6月30日前，市局2024年5月31日前"),
        ("deadline-differs", 1, DEADLINE, "县（区）局2024年6月30日前"),
        ("actor-elsewhere", 1, RESPONSIBLE, "人事处、稽查科"),
        ("type-mismatch", 1, RESPONSIBLE, "人事处、12、稽查处"),
        ("quantity-odd", 1, DEADLINE, "每月3月31日前"),
        ("quantity-odd", 1, DEADLINE, "0个工作日"),
        ("quantity-odd", 1, DEADLINE, "20个工作月内"),
        ("redundant-words", 1, DEADLINE, "2024年6月30日前内"),
        ("redundant-words", 1, DEADLINE, "2024年6月30日30日前"),
        ("redundant-words", 1, DEADLINE, "持续开展、持续开展"),
        ("type-mismatch", 1, RESPONSIBLE, "人事处、及时公开领导信息、稽查处"),
    ],
)
def test_a_fault_in_a_cell_is_told_there(code: str, row: int, column: int, value: str) -> None:
    assert code not in {f.code for f in found_in_table(HEAD, GOOD, 0, 0, None)}
    found = [f for f in found_in_table(HEAD, GOOD, row, column, value) if f.code == code]
    assert column + 1 in {f.place.column for f in found}


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (3, DEADLINE, "2024年9月30日前"),
        (6, MEASURE, "分管负责人每季度至少听取一次政务公开工作汇报。"),
        (2, DEADLINE, "市局2024年5月31日前完成自查，市局2024年6月30日前完成整改"),
        (2, DEADLINE, "市局每季度，县（区）局每月"),
        (5, DEADLINE, "每月10日前"),
        (5, DEADLINE, "30个工作日内"),
        (5, DEADLINE, "每年11月1日前"),
        (1, RESPONSIBLE, "人事处、市政务服务办事处"),
        (1, RESPONSIBLE, "人事处、推进职能转变协调办公室"),
    ],
)
def test_what_is_no_fault_in_a_cell_is_not_told(row: int, column: int, value: str) -> None:
    told = {"step-order", "duty-repeated", "deadline-differs", "actor-elsewhere", "type-mismatch", "quantity-odd", "redundant-words"}
    assert not told & {f.code for f in found_in_table(HEAD, GOOD, row, column, value)}


@pytest.mark.parametrize(
    ("code", "old", "new", "quote"),
    [
        ("step-order", "省局于2024年6月底前", "省局于2025年6月底前", "省局于2025年6月底前修订公开目录"),
        ("step-order", "2024年3月底前制定服务规范", "2024年8月底前制定服务规范", "2024年8月底前制定服务规范"),
        ("step-order", "2024年6月底前配备", "2024年12月底前配备", "2024年9月起进行音像记录"),
        ("duty-repeated", "研究推动工作。", "研究推动工作。每两年至少听取一次政务公开工作汇报。", "每两年至少听取一次政务公开工作汇报"),
        ("actor-elsewhere", "会同征管处、", "会同征管科、", "征管科"),
        ("actor-elsewhere", "（征管处牵头落实）", "（河池市税务局牵头落实）", "河池市税务局"),
        ("type-mismatch", "会同征管处、", "会同2024年底前、", "2024年底前"),
        ("type-mismatch", "会同征管处、", "会同12、", "12"),
        ("type-mismatch", "会同征管处、", "会同推进税收数据公开、", "推进税收数据公开"),
    ],
)
def test_a_fault_in_the_text_is_told_at_its_words(code: str, old: str, new: str, quote: str) -> None:
    assert code not in {f.code for f in found_in_text(TEXT, "", "")}
    assert quote in {f.quote for f in found_in_text(TEXT, old, new) if f.code == code}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("按照省局发布的目录体系", "按照财政部发布的目录体系"),
        ("2024年3月底前制定服务规范", "2024年8月底前制定考核规范"),
        ("研究推动工作。", "研究推动工作。每两年至少召开一次政务公开工作会议。"),
        ("会同征管处、", "会同市公安局、"),
    ],
)
def test_what_is_no_fault_in_the_text_is_not_told(old: str, new: str) -> None:
    told = {"step-order", "duty-repeated", "actor-elsewhere", "type-mismatch"}
    assert not told & {f.code for f in found_in_text(TEXT, old, new)}
