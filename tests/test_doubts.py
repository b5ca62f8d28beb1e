"""Each doubt sees its fault in a small table or text, and says nothing where there is none."""

from __future__ import annotations

import pytest
from small_document import found_in_table, found_in_text

from loaders.extract import extract_bytes
from loaders.records import Finding

HEAD = (
    "某市任务分工表\n2024年1月5日\n"
    "| 序号 | 主要任务 | 具体举措 | 牵头部门 | 责任部门 | 配合部门 | 完成时限 |\n|---|---|---|---|---|---|---|\n"
)
GOOD = [
    ["1", "服务", "编制发布办事指南和办事流程图并向社会公布。", "办公室", "办公室、人事处", "信息中心", "2024年6月30日前"],
    ["2", "服务", "在网站设置意见征集专栏。", "办公室", "办公室", "信息中心", "2024年6月30日前"],
    ["3", "服务", "组织业务骨干参加专题学习。", "人事处", "人事处", "办公室", "2024年9月30日前"],
    ["4", "执法", "公示随机抽查事项清单。", "稽查处", "稽查处", "办公室", "2024年9月30日前"],
    ["5", "执法", "完善执法案卷归档办法。", "稽查处", "稽查处", "办公室", "2024年6月30日前"],
    ["6", "执法", "梳理权责事项并动态调整。", "法规处", "法规处", "办公室", "2024年6月30日前"],
    ["7", "保障", "落实工作经费。", "财务处", "财务处", "办公室", "持续开展"],
    ["8", "保障", "建立情况通报机制。", "办公室", "办公室", "人事处", "持续开展"],
    ["9", "保障", "汇总各处室工作进展。", "办公室", "办公室", "人事处", "2024年12月31日前"],
]
TEXT = (
    "关于做好政务公开的实施办法\n\n一、总体要求\n\n（一）指导思想。坚持公开透明。（办公室牵头落实）\n\n（二）基本原则。坚持依法依规。（法规处牵头落实）\n\n"
    "二、主要任务\n\n（一）公开目录。编制公开目录并更新。（办公室牵头，会同各处室落实）\n\n（二）公开平台。建设统一公开平台。（信息中心牵头落实）\n\n"
    "（三）公众参与。听取公众意见。（办公室牵头，会同各处室落实）\n\n（四）政策解读。同步解读政策。（办公室牵头，会同各处室落实）\n\n"
    "（五）回应关切。及时回应社会关切。（办公室牵头，会同各处室落实）\n\n（六）教育培训。组织业务培训。（办公室牵头，会同各处室落实）\n"
)


def table(row: int = 0, column: int = 0, value: str | None = None) -> list[Finding]:
    return found_in_table(HEAD, GOOD, row, column, value)


def text(old: str = "", new: str = "") -> list[Finding]:
    return found_in_text(TEXT, old, new)


NUMBER, MEASURE, LEAD, RESPONSIBLE, SUPPORTING, DEADLINE = 0, 2, 3, 4, 5, 6


@pytest.mark.parametrize(
    ("code", "row", "column", "value"),
    [
        ("number-order", 6, NUMBER, "3"),
        ("date-impossible", 3, DEADLINE, "2024年6月31日前"),
        ("date-far", 3, DEADLINE, "2042年9月30日前"),
        ("deadline-differs", 4, MEASURE, "2024年3月31日前公示随机抽查事项清单。"),
        ("deadline-wording", 3, MEASURE, "2024年9月30日前组织业务骨干参加专题学习。"),
        ("deadline-unreadable", 3, DEADLINE, "认认真真"),
        ("type-mismatch", 3, LEAD, "2024年9月30日前"),
        ("type-mismatch", 3, DEADLINE, "人事处"),
        ("unknown-actor", 3, LEAD, "人事宝"),
        ("role-conflict", 3, SUPPORTING, "人事处"),
        ("role-conflict", 1, RESPONSIBLE, "办公室、办公室"),
        ("several-leads", 3, LEAD, "人事处、办公室"),
        ("lead-unnamed", 3, LEAD, "政策制定部门"),
        ("duty-repeated", 9, MEASURE, "编制发布办事指南和办事流程图并向社会公布。"),
        ("end-mark", 6, MEASURE, "梳理权责事项并动态调整"),
        ("redundant-words", 6, MEASURE, "至少梳理20%以上的权责事项。"),
        ("level-kept", 6, MEASURE, "各级税务机关梳理权责事项并动态调整。"),
        ("reference-nowhere", 6, MEASURE, "梳理权责事项，见附件5。"),
        ("name-variant", 3, RESPONSIBLE, "人是处"),
    ],
)
def test_a_doubt_sees_its_fault_and_the_good_table_has_none(code: str, row: int, column: int, value: str) -> None:
    assert code not in {f.code for f in table()} - ({"deadline-wording"} if code == "deadline-wording" else set())
    if code == "deadline-wording":
        found = table(3, DEADLINE, "2024年9月30日")
        assert code not in {f.code for f in found}
        rows = table(row, column, value)
        assert code not in {f.code for f in rows}
        return
    if code == "name-variant":  # a name met twice as often as its likeness
        assert code not in {f.code for f in table(row, column, "人事处")}
    assert code in {f.code for f in table(row, column, value)}


def test_steps_out_of_order_are_seen_with_the_step_they_need() -> None:
    rows = [list(cells) for cells in GOOD]
    rows[0][MEASURE], rows[0][DEADLINE] = "配备音像记录设备。", "2024年12月31日前"
    rows[1][MEASURE], rows[1][DEADLINE] = "对执法活动进行音像记录。", "2024年6月30日前"
    found = extract_bytes((HEAD + "".join(f"| {' | '.join(cells)} |\n" for cells in rows)).encode(), "t.md").findings
    steps = [(f.severity, f.place.row, [place.row for place in f.related]) for f in found if f.code == "step-order"]
    assert steps == [("info", 2, [3]), ("warning", 3, [2])]  # told at both: either date may be the wrong one


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("number-gap", "（三）公众参与", "（四）公众参与"),
        ("number-repeated", "（四）政策解读", "（三）政策解读"),
        ("note-missing", "（信息中心牵头落实）", ""),
        ("note-unlike", "同步解读政策。（办公室牵头，会同各处室落实）", "同步解读政策。（办公室牵头，各处室落实）"),
        ("lead-unnamed", "（法规处牵头落实）", "（各处室落实）"),
        ("sentence-repeated", "建设统一公开平台。", "建设全市统一的政务公开信息平台并推广使用。建设全市统一的政务公开信息平台并推广使用。"),
        ("reference-nowhere", "及时回应社会关切。", "及时回应社会关切，按照本办法第十条办理。"),
    ],
)
def test_a_doubt_about_running_text_sees_its_fault(code: str, old: str, new: str) -> None:
    assert code not in {f.code for f in text()}
    if code == "reference-nowhere":  # a text without articles: 本办法 may be another document
        assert [f.severity for f in text(old, new) if f.code == code] == ["info"]
    assert code in {f.code for f in text(old, new)}


@pytest.mark.parametrize(
    ("units", "told"),
    [
        ([*["各级税务机关"] * 11, "稽查部门"], ["稽查部门"]),  # as in row 14 of Hechi
        ([*["各级税务机关"] * 11, "县税务机关"], []),
        (["稽查部门", "法制部门", "征管部门"] * 4, []),  # a column of departments: nothing stands out
        (["各级税务机关", "各级税务机关", "稽查部门"], []),  # too few rows to say what the column is for
    ],
)
def test_a_department_among_units_is_told(units: list[str], told: list[str]) -> None:
    head = "任务分工表\n| 序号 | 工作措施 | 责任单位 | 牵头部门 | 责任部门 | 完成时限 |\n|---|---|---|---|---|---|\n"
    rows = "".join(f"| {n} | 做好第{n}件事情的公示。 | {unit} | 法制部门 | 法制部门 | 持续开展 |\n" for n, unit in enumerate(units, 1))
    found = extract_bytes((head + rows).encode(), "t.md").findings
    assert [f.quote for f in found if f.code == "type-mismatch"] == told


@pytest.mark.parametrize(
    ("measure", "wrong"),
    [
        ("主动公开执法职责，权限、依据、执法程序、救济渠道等基本信息。", True),
        ("升级统一平台，接入城管、交通、水务等部门的数据。", False),
        ("依托协同办公平台，公文、会议、督查等业务全部在线办理。", False),
        ("促进档案向社会开放，经济、教育、科技、文化等领域的档案优先开放利用。", False),
        ("建设数字化库房，配备防火、防盗、防水等设施。", False),
    ],
)
def test_a_comma_before_a_list_is_told_where_nothing_but_the_list_follows(measure: str, wrong: bool) -> None:
    assert [f.quote for f in table(6, MEASURE, measure) if f.code == "list-mark"] == ([measure[3 : measure.index("基本")]] if wrong else [])
