"""A document held against itself from end to end: dates, who signs, headings and their list, contradictions, figures, names."""

from __future__ import annotations

import pytest

from loaders.extract import extract_bytes
from loaders.records import Finding

WHOLE = """某市教育局关于印发学校管理办法的通知
某教发〔2024〕3号

各区教育局，局内各单位：

现将《学校管理办法》印发给你们，请遵照执行。咨询12345政务服务热线，或12348公共法律服务热线。

某市教育局

2024年3月5日

学校管理办法

为贯彻《教育工作意见》（某政发〔2023〕8号），根据市委2023年5月印发的有关文件，制定本办法。

一、总体要求

（一）原则。坚持以公开为常态、不公开为例外。重大事项应当提交会议讨论。

（二）主要任务。推进校务公开，加强教师培训，规范经费管理，改善办学条件，强化组织保障。

（三）目标。到2026年，学校管理水平全面提升。项目编号为340215，项目340215的资金单列，按项目340215核算，由财务科管理。

二、推进校务公开

（一）公开事项。公开学校事项。成立校务公开工作领导小组。

三、加强教师培训

（一）培训。组织教师培训。

四、规范经费管理

（一）经费。管好经费。

五、改善办学条件

（一）条件。改善条件。校务公开工作领导小组每年检查一次。

六、强化组织保障

（一）保障。落实《教育工作意见》（某政发〔2023〕8号）。由校务公开工作领导小组负责。
"""


def whole(old: str = "", new: str = "") -> str:
    """Return the document with ``new`` for the first ``old``."""
    assert old in WHOLE
    return WHOLE.replace(old, new, 1) if old else WHOLE


def found(old: str = "", new: str = "") -> list[Finding]:
    return list(extract_bytes(whole(old, new).encode(), "t.txt").findings)


CODES = {
    "end-mark",
    "sentence-repeated",
    "repeated-word",
    "reference-nowhere",
    "date-order",
    "date-far",
    "issuer-conflict",
    "heading-mismatch",
    "self-contradiction",
    "two-names",
    "typo-suspected",
}


def test_a_document_that_agrees_with_itself_has_none_of_these() -> None:
    assert [(f.code, f.quote) for f in found() if f.code in CODES] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "severity", "quote"),
    [
        ("某政发〔2023〕8号", "某政发〔2025〕8号", "date-order", "warning", "某政发〔2025〕8号"),
        ("某政发〔2023〕8号", "某政发〔2025〕8号", "date-order", "info", "2024年3月5日"),
        ("市委2023年5月印发的", "市委2024年5月印发的", "date-order", "warning", "2024年5月印发的"),
        ("2024年3月5日", "2021年3月5日", "date-order", "warning", "2021年3月5日"),
        ("组织教师培训。", "截至2025年底，已培训全部教师。", "date-order", "warning", "截至2025年底，已"),
        ("到2026年", "到2016年", "date-far", "warning", "2016年"),
        ("\n某市教育局\n\n2024", "\n某市财政局\n\n2024", "issuer-conflict", "warning", "某市财政局"),
        ("某市教育局关于印发", "某市民政局关于印发", "issuer-conflict", "warning", "某市教育局"),
        ("某教发〔2024〕3号", "财税〔2024〕3号", "issuer-conflict", "warning", "某市教育局"),
        ("局内各单位", "厅内各单位", "issuer-conflict", "warning", "某市教育局"),
        ("加强教师培训，规范", "规范", "heading-mismatch", "info", "加强教师培训"),
        ("四、规范经费管理", "四、规范经费使用", "heading-mismatch", "info", "规范经费使用"),
        ("四、规范经费管理", "四、规范经费使用", "heading-mismatch", "info", "规范经费管理"),
        ("加强教师培训，规范", "加强教师培训，深化教学改革，规范", "heading-mismatch", "info", "深化教学改革"),
        ("以公开为常态、不公开为例外", "以不公开为常态、公开为例外", "self-contradiction", "warning", "以不公开为常态"),
        ("组织教师培训。", "修订标准，报下一级教育部门备案。", "self-contradiction", "warning", "报下一级教育部门备案"),
        ("组织教师培训。", "专职教师不少于本单位专职教师总数的5%。", "self-contradiction", "warning", "专职教师不少于本单位专职教师总数的"),
        (
            "组织教师培训。",
            "2027年底前完成第一轮培训，2028年底前完成第二轮培训。",
            "date-far",
            "info",
            "2026年",
        ),
        ("公开学校事项。", "重大事项不得提交会议讨论。", "self-contradiction", "warning", "不得提交会议讨论"),
        ("12348公共法律", "12345公共法律", "typo-suspected", "warning", "12345"),
        ("12345政务", "12354政务", "typo-suspected", "warning", "12354"),
        ("项目340215核算", "项目340251核算", "typo-suspected", "info", "340251"),
        (
            "落实《教育工作意见》（某政发〔2023〕8号）",
            "落实《教育工作意见》（某政发〔2023〕6号）",
            "typo-suspected",
            "info",
            "某政发〔2023〕6号",
        ),
        ("管好经费。", "应在2023年6月底前管好经费。", "date-far", "warning", "2023年"),
        ("管好经费。", "2204年底前管好经费。", "date-far", "warning", "2204年"),
        ("管好经费。", "不断降低经费管理水平。", "self-contradiction", "warning", "不断降低经费管理水平"),
        ("管好经费。", "使用情况不应及时公开。", "self-contradiction", "warning", "不应及时公开"),
        ("（一）经费。", "（一）（一）经费。", "number-repeated", "warning", "（一）（一）"),
        ("请遵照执行", "请请遵照执行", "repeated-word", "info", "请请"),
        ("现将《学校管理办法》", "现将《学校经费管理办法》", "reference-nowhere", "warning", "学校经费管理办法"),
        ("印发给你们", "印发给他们", "typo-suspected", "info", "印发给他们"),
        ("现将《学校管理办法》", "现将《学校管理规定》", "reference-nowhere", "warning", "学校管理规定"),
        ("（二）主要任务", "二）主要任务", "unbalanced-mark", "info", "二）"),
        ("某政发〔2023〕8号", "某政发〔2023〕第8", "typo-suspected", "warning", "〔2023〕第8"),
        ("请遵照执行。", "请结合实际。", "end-mark", "warning", "印发给你们，请结合实际。"),
        ("请遵照执行。", "请遵照。", "end-mark", "warning", "遵照。"),
        ("局内各单位：", "局内各单位。", "end-mark", "info", "。"),
        ("各区教育局，局内", "各区教育局、各区教育局，局内", "repeated-word", "info", "各区教育局、各区教育局"),
        ("\n某市教育局\n\n2024", "\n某市教局\n\n2024", "issuer-conflict", "warning", "某市教局"),
        ("（一）公开事项。", "二、推进校务公开\n\n（一）公开事项。", "sentence-repeated", "warning", "二、推进校务公开"),
        ("（二）主要任务。", "（二）原则。", "heading-mismatch", "warning", "原则"),
        ("某政发〔2023〕8号", "某政发〔2023〕号", "typo-suspected", "warning", "〔2023〕号"),
        ("某政发〔2023〕8号", "某政发8号", "typo-suspected", "warning", "某政发8号"),
        ("某政发〔2023〕8号", "某政发〔203〕8号", "typo-suspected", "warning", "〔203〕8号"),
        ("制定本办法", "制定本方案", "two-names", "info", "制定本方案"),
        ("由校务公开工作领导小组负责", "由校务公开工作协调小组负责", "two-names", "info", "校务公开工作协调小组"),
    ],
)
def test_a_fault_is_told_at_its_words(old: str, new: str, code: str, severity: str, quote: str) -> None:
    assert (code, severity, quote) in [(f.code, f.severity, f.quote) for f in found(old, new)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("某政发〔2023〕8号）。由", "某政发〔2023〕8号）。本文件被某政发〔2025〕2号修改。由"),  # a remark added later
        ("组织教师培训。", "截至2023年底，已培训全部教师。"),
        ("到2026年，", "从2016年到2020年，"),
        ("组织教师培训。", "到2020年，全市已实现教师培训全覆盖。"),
        ("某市教育局关于印发", "市教育局关于印发"),
        ("\n某市教育局\n\n2024", "\n某市教育局 某市财政局\n\n2024"),
        ("某教发〔2024〕3号", "某教发〔2024〕13号"),
        ("加强教师培训，规范", "切实加强教师培训，规范"),
        ("公开学校事项。", "重大事项不得泄露。"),
        ("12348公共法律", "12315消费者投诉"),
        ("项目340215核算", "项目560318核算"),
        ("学校管理水平全面提升。", "学校管理水平全面提升，覆盖340214人。"),
        ("由校务公开工作领导小组负责", "由教育督导工作协调小组负责"),
        ("现将《学校管理办法》", "现将《管理办法》"),
        ("管好经费。", "清理2023年底前成立的账户。"),
        ("管好经费。", "不断降低经费管理成本。"),
        ("管好经费。", "不得限制学生的知情权。"),
        ("印发给你们", "印发给各区"),
        ("组织教师培训。", "家长参与。"),
        ("各区教育局，局内", "各区教育局、各县教育局，局内"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(old: str, new: str) -> None:
    assert [(f.code, f.quote) for f in found(old, new) if f.code in CODES] == []


def noted(note: str, supporting: str = "") -> list[tuple[str, str]]:
    rows = "".join(f"{n},办好事项{n}。,办公室,人事处,{supporting},2024年6月30日前\n" for n in range(1, 6))
    text = f"某市任务分工表,,,,,\n序号,具体举措,牵头部门,责任部门,配合部门,完成时限\n{rows}{note},,,,,\n"
    return [(f.code, f.quote) for f in extract_bytes(text.encode(), "t.csv").findings if f.code == "self-contradiction"]


def test_a_note_in_which_those_missing_decide_contradicts_itself() -> None:
    assert noted("备注：没有明确配合部门的，由牵头部门及责任部门明确。") == []
    assert ("self-contradiction", "没有明确牵头部门的，由牵头部门及责任部门") in noted(
        "备注：没有明确牵头部门的，由牵头部门及责任部门明确。"
    )
    assert noted("备注：未明确责任部门的，由办公室明确。") == [("self-contradiction", "未明确责任部门")]
    assert noted("备注：未明确配合部门的，由办公室明确。", "信息中心") == []


@pytest.mark.parametrize(
    "words",
    [
        "更多优惠请登录注册领取彩金www.hg8888.com",
        "点击下载www.abc.com领取优惠",
        "加微信abc12345领红包",
        "北京赛车投注平台",
        "QQ群：123456789",
    ],
)
def test_an_advertisement_in_a_sentence_is_told(words: str) -> None:
    assert [f.code for f in found("组织教师培训", f"组织教师培训，{words}")].count("suspected-injected-text") >= 1


@pytest.mark.parametrize(
    "words",
    [
        "登录门户网站www.gd.gov.cn查询",
        "通过12366纳税服务网站www.12366.com申报",
        "查处投注平台等违法行为",
        "加强微信公众号管理",
        "点击下载中心获取表格",
    ],
)
def test_an_office_s_own_address_is_no_advertisement(words: str) -> None:
    assert [f.quote for f in found("组织教师培训", f"组织教师培训，{words}") if f.code == "suspected-injected-text"] == []


def test_an_advertisement_ends_with_its_site() -> None:
    quotes = [f.quote for f in found("组织教师培训。", "组织教师培训，更多优惠请登录领取彩金www.hg8888.com，方便教师。")]
    assert "更多优惠请登录领取彩金www.hg8888.com" in quotes


def test_a_date_after_all_goals_of_its_text_is_told_at_the_date() -> None:
    later = extract_bytes(whole("2024年3月5日", "2029年3月5日").replace("管好经费。", "应在2025年底前管好经费。").encode(), "t.txt")
    assert ("date-order", "warning", "2029年3月5日") in [(f.code, f.severity, f.quote) for f in later.findings]


def test_a_service_line_of_another_field_than_the_text_is_told() -> None:
    rows = "".join(f"{n},通过12336服务热线办好税务事项{n}。,办公室,2024年6月30日前\n" for n in range(1, 8))
    text = f"某市任务分工表,,,\n序号,具体举措,牵头部门,完成时限\n{rows}"
    right = text.replace("12336", "12366")
    assert {f.quote for f in extract_bytes(text.encode(), "t.csv").findings if f.code == "typo-suspected"} == {"12336"}
    assert [f for f in extract_bytes(right.encode(), "t.csv").findings if f.code == "typo-suspected"] == []


def titled(title: str) -> list[tuple[str, str]]:
    rows = "".join(f"{n},在市国税局网站公布政务公开事项{n}。,办公室,2024年6月30日前\n" for n in range(1, 8))
    text = f"{title},,,\n序号,具体举措,牵头部门,完成时限\n{rows}"
    return [(f.code, f.quote) for f in extract_bytes(text.encode(), "t.csv").findings if f.code in CODES]


def test_the_words_of_a_title_are_those_of_its_text() -> None:
    assert titled("广州市国家税务局政务公开任务分工表") == []
    assert titled("广州市地方税务局政务公开任务分工表") == [("issuer-conflict", "广州市地方税务局")]
    assert titled("广州市国家税务局政府公开任务分工表") == [("typo-suspected", "政府公开")]
