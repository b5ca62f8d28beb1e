"""Miswritten departments, words of a page, references to parts: each told where it stands, and what is well stated is not."""

from __future__ import annotations

import pytest
from small_document import found_in_table

from loaders.extract import extract_bytes
from loaders.records import Finding

HEAD = (
    "青溪县托育服务重点任务清单\n2021年3月5日\n| 序号 | 工作任务 | 工作内容 | 牵头部门 | 配合部门 | 完成时间 |\n|---|---|---|---|---|---|\n"
)
GOOD = [
    ["1", "一、增加供给", "对全县托育机构开展摸底，建立托育机构台账。", "县卫生健康局", "县民政局、县公安局", "2021年5月底前"],
    ["2", "一、增加供给", "新建托育机构3家。", "县卫生健康局", "县财政局", "2021年12月底前"],
    ["3", "一、增加供给", "对摸底发现问题的托育机构进行整改。", "县卫生健康局", "青溪经济开发区管委会", "2021年8月底前"],
    ["4", "一、增加供给", "支持用人单位办托育。", "县总工会", "县工业和信息化局", "2021年12月底前"],
    ["1", "二、规范管理", "落实消防安全责任。", "县消防救援大队", "县教育局", "2021年9月底前"],
    ["2", "二、规范管理", "公布托育机构名单，与本部分第3项一并推进。", "县卫生健康局", "县教育局", "2021年9月底前"],
    ["3", "二、规范管理", "开展联合检查。", "县市场监管局", "县委编办、县民委", "2021年10月底前"],
    ["4", "二、规范管理", "争取国家发展改革委资金支持。", "县发展改革局", "县自然资源局", "2021年12月底前"],
]
MEASURE, LEAD, SUPPORTING, DEADLINE = 2, 3, 4, 5


def table(row: int = 0, column: int = 0, value: str | None = None) -> list[Finding]:
    return found_in_table(HEAD, GOOD, row, column, value)


@pytest.mark.parametrize(
    ("code", "row", "column", "value", "quote"),
    [
        ("name-variant", 1, SUPPORTING, "县民政局、县公局", "县公局"),
        ("name-variant", 2, SUPPORTING, "县政财局", "县政财局"),
        ("name-variant", 7, LEAD, "县司司法局", "县司司法局"),
        ("name-variant", 3, SUPPORTING, "县教局", "县教局"),
        ("name-variant", 5, SUPPORTING, "县育教局", "县育教局"),
        ("reference-nowhere", 6, MEASURE, "公布托育机构名单，与本部分第15项一并推进。", "本部分第15项"),
        ("reference-nowhere", 6, MEASURE, "公布托育机构名单，与第一部分第六项同步。", "第一部分第六项"),
        ("reference-nowhere", 6, MEASURE, "公布托育机构名单，与第四部分第2项同步。", "第四部分第2项"),
        (
            "suspected-injected-text",
            6,
            MEASURE,
            "公布名单。【字体：大 中 小】打印本页 关闭窗口 分享到：微信 微博",
            "【字体：大 中 小】打印本页 关闭窗口 分享到：微信 微博",
        ),
        ("suspected-injected-text", 6, MEASURE, "公布托育机构名单，扫一扫在手机打开当前页按季更新。", "扫一扫在手机打开当前页"),
        ("suspected-injected-text", 6, MEASURE, "公布托育机构— 9 —名单。", "— 9 —"),
        ("suspected-injected-text", 6, MEASURE, "公布名单。第 3 页 共 8 页", "第 3 页 共 8 页"),
        ("actor-elsewhere", 3, SUPPORTING, "青河经济开发区管委会", "青河经济开发区管委会"),
        ("actor-elsewhere", 7, SUPPORTING, "司法部", "司法部"),
        ("step-order", 1, DEADLINE, "2021年12月底前", "2021年12月底前"),
        ("step-order", 3, DEADLINE, "2021年4月底前", "2021年4月底前"),
        ("quantity-odd", 2, MEASURE, "新建托育机构3家，其中农村4家。", "其中农村4家"),
        ("quantity-odd", 2, MEASURE, "负责同志每年至少带队检查2次托育机构，主要负责人每年至少带队检查3次托育机构。", "每年至少带队检查3次"),
        ("quantity-odd", 2, MEASURE, "建立以县医院为龙头、镇卫生院为骨干、村卫生室为基础的四级托育网络。", "四级"),
        ("quantity-odd", 2, MEASURE, "支持绿源、天润三家龙头企业办托育。", "三家"),
        ("quantity-odd", 2, MEASURE, "新建托育机构3家，每半检查一次。", "每半"),
        ("redundant-words", 2, MEASURE, "新建托育机构3家3家。", "3家3家"),
        ("name-variant", 4, SUPPORTING, "县供社", "县供社"),
        ("cell-blank", 4, SUPPORTING, "/", "/"),
        ("lead-unnamed", 5, LEAD, "各乡镇人民政府", "各乡镇人民政府"),
        ("name-form", 1, MEASURE, "对全县托育机构开展摸底，由县生健康局建立托育机构台账。", "县生健康局"),
    ],
)
def test_a_fault_is_told_where_it_stands(code: str, row: int, column: int, value: str, quote: str) -> None:
    at = [f.quote for f in table(row, column, value) if f.code == code]
    assert quote in at
    assert quote not in [f.quote for f in table() if f.code == code]


@pytest.mark.parametrize(
    ("code", "row", "column", "value"),
    [
        ("name-variant", 1, SUPPORTING, "县民政局、县公路局"),
        ("name-variant", 1, SUPPORTING, "县委编办、县侨办、县文旅局、县民委、县科协"),
        ("name-variant", 1, SUPPORTING, "县渔政局、县卫健局、县文旅体局"),
        ("reference-nowhere", 6, MEASURE, "公布托育机构名单，与本表第4项、第二部分第3项同步。"),
        ("actor-elsewhere", 3, SUPPORTING, "临港经济开发区管委会、青石镇人民政府"),
        ("actor-elsewhere", 8, SUPPORTING, "国家发展改革委"),
        ("step-order", 2, DEADLINE, "2021年4月底前"),
        ("quantity-odd", 2, MEASURE, "新建托育机构3家，其中农村1家，每家新增托位40个。"),
        (
            "quantity-odd",
            2,
            MEASURE,
            "支持绿源、天润两家企业和青禾、大柳、三岔3个乡镇建立以县医院为龙头、村卫生室为基础的二级网络，每半年报告。",
        ),
        ("name-variant", 4, SUPPORTING, "县供销社、县总工会、县工会、县政府办、县网信办"),
        ("name-form", 7, MEASURE, "由县卫生健康局、县教育局联合检查。"),
        ("suspected-injected-text", 6, MEASURE, "2019—2021年公布名单，每年3—5家，鼓励分享到家长群，按第3页表格填报。"),
    ],
)
def test_what_is_well_stated_is_not(code: str, row: int, column: int, value: str) -> None:
    assert [f.quote for f in table(row, column, value) if f.code == code] == []


NOTE = "备注：牵头部门发挥统筹协调作用；{}承担相关任务的主体责任；{}发挥协助、支持作用。"


@pytest.mark.parametrize(("second", "third", "told"), [("责任部门", "责任部门", ["责任部门"]), ("责任部门", "配合部门", [])])
def test_a_note_explains_each_role_once(second: str, third: str, told: list[str]) -> None:
    head = HEAD.replace("| 牵头部门 | 配合部门 |", "| 牵头部门 | 责任部门 | 配合部门 |").replace(
        "|---|---|---|---|---|---|", "|---|---|---|---|---|---|---|"
    )
    rows = "".join(f"| {' | '.join([*row[:4], row[3], *row[4:]])} |\n" for row in GOOD)
    data = (head + rows + "\n" + NOTE.format(second, third) + "\n").encode()
    assert [f.quote for f in extract_bytes(data, "t.md").findings if f.code == "self-contradiction"] == told
