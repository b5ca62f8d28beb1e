"""Short forms, other places and levels, years, look-alikes: each doubt sees its fault in a small document, and a good one has none."""

from __future__ import annotations

import pytest
from small_document import found_in_table, found_in_text

from loaders.extract import extract_bytes
from loaders.records import Finding

HEAD = (
    "广州市税务局任务分工表\n2019年1月5日\n"
    "| 序号 | 主要任务 | 工作分项 | 具体举措 | 牵头部门 | 责任部门 | 完成时限 |\n|---|---|---|---|---|---|---|\n"
)
GOOD = [
    ["1", "服务", "指南", "编制发布办事指南和办事流程图并向社会公布。", "纳税服务处", "纳税服务处", "2019年9月30日前"],
    ["2", "服务", "指南", "在广州市政府网站设置意见征集专栏。", "办公室", "办公室、人事教育处", "2019年9月30日前"],
    ["3", "服务", "学习", "组织业务骨干参加专题学习。", "人事教育处", "人事教育处", "2019年9月30日前"],
    ["4", "执法", "抽查", "公示随机抽查事项清单。", "稽查处", "稽查处", "2019年9月30日前"],
    ["5", "执法", "案卷", "完善执法案卷归档办法，与佛山市税务局交流做法。", "稽查处", "稽查处", "2019年10月31日前"],
    ["6", "执法", "案卷", "梳理权责事项并动态调整，培训执法人员。", "收入规划核算处", "收入规划核算处", "2020年6月30日前"],
    ["7", "执法", "案卷", "收入员工意见，构建全程可查的台账。", "信息中心", "信息中心", "2020年6月30日前"],
    ["8", "保障", "经费", "落实工作经费。", "办公室", "办公室", "持续开展"],
    ["9", "保障", "经费", "制定专题培训方案。", "办公室", "办公室", "2019年4月30日前"],
    ["10", "保障", "培训", "开展全员培训。", "办公室", "办公室", "2019年6月30日前"],
]
TASK, GROUP, MEASURE, LEAD, RESPONSIBLE, DEADLINE = 1, 2, 3, 4, 5, 6
TEXT = (
    "关于做好政务公开的实施办法\n\n2017年4月27日\n\n为贯彻落实《关于全面推进政务公开工作的意见》（中办发〔2016〕8号）和"
    "《〈关于全面推进政务公开工作的意见〉实施细则》（国办发〔2016〕80号），"
    "根据《国家税务总局关于全面推进政务公开工作的意见》（税总发〔2016〕50号），制定本办法。\n\n"
    "一、主要任务\n\n（一）公开目录。编制公开目录并更新。（纳税服务司牵头落实）\n\n（二）公开平台。建设统一公开平台。（纳税服务司牵头落实）\n\n"
    "（三）公众参与。听取公众意见，每年参加2次听证。（纳税服务司牵头，会同各司局落实）\n\n（四）政策解读。同步解读政策。（办公厅牵头，会同各司局落实）\n\n"
    "（五）回应关切。到2020年及时回应社会关切。（办公厅牵头，会同各司局落实）\n\n（六）教育培训。组织业务培训。（办公厅牵头，会同各司局落实）\n\n"
    "（七）督促检查。组织抽查。（办公厅牵头落实）\n\n（八）经费保障。落实经费。（财务管理司牵头落实）\n\n"
    "（九）信息报送。按时报送。（办公厅牵头落实）\n\n（十）总结评估。开展评估。（办公厅牵头落实）\n"
)


def table(row: int = 0, column: int = 0, value: str | None = None) -> list[Finding]:
    return found_in_table(HEAD, GOOD, row, column, value)


def text(old: str = "", new: str = "") -> list[Finding]:
    return found_in_text(TEXT, old, new)


@pytest.mark.parametrize(
    ("code", "row", "column", "value", "quote"),
    [
        ("name-form", 2, RESPONSIBLE, "办公室、人教处", "人教处"),
        ("name-form", 6, LEAD, "收核处", "收核处"),
        ("name-alike", 7, RESPONSIBLE, "信息处", "信息处"),
        ("actor-elsewhere", 8, LEAD, "国家税务总局办公厅", "国家税务总局办公厅"),
        ("actor-elsewhere", 8, LEAD, "省税务局办公室", "省税务局办公室"),
        ("actor-elsewhere", 8, LEAD, "广西壮族自治区税务局", "广西壮族自治区税务局"),
        ("actor-elsewhere", 2, MEASURE, "在佛山市政府网站设置意见征集专栏。", "佛山市"),
        ("date-far", 4, DEADLINE, "2018年9月30日前", "2018年9月30日前"),
        ("step-order", 9, DEADLINE, "2020年6月30日前", "2020年6月30日前"),
        ("confusable-character", 6, MEASURE, "梳理权责事项并动态调整，培训执法入员。", "入员"),
        ("suspected-injected-text", 6, MEASURE, "梳理权责事项并动态asdf调整，培训执法人员。", "asdf"),
        ("suspected-injected-text", 6, MEASURE, "梳理权责事项并动态调整，第 3 页 共 10 页培训执法人员。", "第 3 页 共 10 页"),
    ],
)
def test_a_fault_of_a_table_is_told_with_its_words(code: str, row: int, column: int, value: str, quote: str) -> None:
    assert code not in {f.code for f in table()}
    assert [f.quote for f in table(row, column, value) if f.code == code and quote in f.quote]


@pytest.mark.parametrize(
    ("code", "old", "new", "quote"),
    [
        ("date-far", "国办发〔2016〕80号", "国办发〔2006〕80号", "2006"),
        ("date-far", "2017年4月27日", "2071年4月27日", "2071年"),
        (
            "name-alike",
            "（一）公开目录。编制公开目录并更新。（纳税服务司",
            "（一）公开目录。编制公开目录并更新。（纳税服务局",
            "纳税服务局",
        ),
        ("name-alike", "财务管理司", "财政管理司", "财政管理司"),
        ("note-unlike", "组织抽查。（办公厅牵头落实）", "组织抽查。（办公厅）", "办公厅"),
        ("quantity-odd", "参加2次", "参加-2次", "-2次"),
        ("reference-nowhere", "国家税务总局关于全面推进政务", "国家税务总局关于全面推进党务", "党务"),
    ],
)
def test_a_fault_of_a_text_is_told_with_its_words(code: str, old: str, new: str, quote: str) -> None:
    assert code not in {f.code for f in text()}
    assert [f.quote for f in text(old, new) if f.code == code and quote in f.quote]


def test_both_sides_of_a_repeated_duty_are_told() -> None:
    found = [f for f in table(9, MEASURE, GOOD[0][MEASURE]) if f.code == "duty-repeated"]
    assert [(f.severity, f.quote) for f in found] == [("info", GOOD[0][MEASURE]), ("warning", GOOD[0][MEASURE])]


def test_a_place_misspelt_in_the_title_is_told_where_the_text_has_it_right() -> None:
    wrong = HEAD.replace("广州市", "广洲市") + "".join(f"| {' | '.join(cells)} |\n" for cells in GOOD)
    assert "广洲市" in [f.quote for f in extract_bytes(wrong.encode(), "t.md").findings if f.code == "typo-suspected"]


def test_rows_that_ran_together_were_left_empty_or_numbered_twice_are_told() -> None:
    two = "落实工作经费。按时拨付到位。"
    rows = [list(cells) for cells in GOOD]
    rows[7][MEASURE], rows[8][0], rows[4][0] = two, "10", "4"
    rows[9][0] = "11"
    found = extract_bytes((HEAD + "".join(f"| {' | '.join(cells)} |\n" for cells in rows)).encode(), "t.md").findings
    told = [(f.code, f.place.row, f.quote) for f in found if f.code in ("number-gap", "number-repeated")]
    assert told == [("number-repeated", 6, "4"), ("number-gap", 9, two)]
    empty = HEAD + "".join(f"| {' | '.join(cells if cells[0] != '5' else [''] * 7)} |\n" for cells in GOOD)
    blank = [f.place.row for f in extract_bytes(empty.encode(), "t.md").findings if f.code == "cell-blank"]
    assert blank == [6]


def test_a_time_limit_by_reference_is_none_of_the_names_and_an_odd_body_is_told() -> None:
    assert ("type-mismatch", 9) in [(f.code, f.place.row) for f in table(8, RESPONSIBLE, "按照税务总局、省税务局要求")]
    rows = [list(cells) for cells in GOOD]
    for at, name in ((2, "省国税局"), (3, "省国税局"), (4, "省国税局"), (8, "省地税局")):
        rows[at][MEASURE] = f"按{name}要求，{rows[at][MEASURE]}"
    found = extract_bytes((HEAD + "".join(f"| {' | '.join(cells)} |\n" for cells in rows)).encode(), "t.md").findings
    assert [(f.place.row, f.quote) for f in found if f.code == "name-alike"] == [(10, "省地税局")]
